""" Wakes the scheduler without letting anybody wait for it.

Odoo's own way opens a connection to PostgreSQL in the request that changed something: several milliseconds for each
change, and an error for the user when there is no connection left. Nothing depends on the call: the scheduler looks
for itself once a minute.
"""
import logging
import threading

from odoo import sql_db
from odoo.addons.base.models.ir_cron import ODOO_NOTIFY_FUNCTION
from odoo.tools import SQL

_logger = logging.getLogger(__name__)
_lock = threading.Lock()
_on_the_way = set()  # databases


def wake(database):
    """ Safe from many threads; returns at once. """
    with _lock:
        if database in _on_the_way:
            return
        _on_the_way.add(database)
    try:
        threading.Thread(target=_notify, args=(database,), name='syncline-wake', daemon=True).start()
    except RuntimeError:  # no more threads
        with _lock:
            _on_the_way.discard(database)
        _logger.warning("the scheduler could not be woken", exc_info=True)


def _notify(database):
    with _lock:
        _on_the_way.discard(database)  # first: what commits from now on needs a call of its own
    try:
        with sql_db.db_connect('postgres').cursor() as cr:
            cr.execute(SQL("SELECT %s('cron_trigger', %s)", SQL.identifier(ODOO_NOTIFY_FUNCTION), database))
    except Exception:
        _logger.warning("the scheduler could not be woken", exc_info=True)
