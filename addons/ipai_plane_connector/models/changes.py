""" What a transaction changed, noted while it runs and stored in the outbox just before it commits.

The notes live with the cursor and are discarded with it: a rollback leaves nothing. A savepoint stores what was noted
so far; the outbox merges it with what follows in the same transaction.
"""
from functools import partial

from odoo import SUPERUSER_ID, api
from odoo.models import LOG_ACCESS_COLUMNS

_KEY = 'ipai_plane_connector.changes'
# Odoo's own account of the writing: it changes with every write and says nothing about the record.
_BOOKKEEPING = {*LOG_ACCESS_COLUMNS, 'parent_path'}


class Change:
    __slots__ = ('by_hand', 'names', 'op', 'uid')

    def __init__(self, op, names, uid, by_hand):
        self.op, self.names, self.uid, self.by_hand = op, names, uid, by_hand

    def add(self, op, names, uid, by_hand):
        if self.op == 'write':
            self.op = op
            self.names = None if names is None or self.names is None else self.names | names
        # Who wrote, and not whose transaction recomputed what follows from it.
        if by_hand or not self.by_hand:
            self.uid, self.by_hand = uid, by_hand


def is_watched(records):
    return records._name in _watched(records)


def note_write(records, names):
    watched = _watched(records)
    if records._name not in watched:
        return
    wanted = watched[records._name]
    names = _that_matter(names, wanted)
    if names or wanted is None:
        # A write of nothing has no names. It moves the date of writing all the same.
        note(records, 'write', names)


def note_columns(records, vals_list):
    """ As they go into the table: `vals_list` has one dictionary for each of `records`. """
    watched = _watched(records)
    if records._name not in watched:
        return
    for record, vals in zip(records, vals_list):
        names = _that_matter(vals, watched[records._name])
        if names:
            note(record, 'write', names, uid=vals.get('write_uid'), by_hand=False)


def note(records, op, names=None, *, uid=None, by_hand=True):
    """ `names`: of the changed fields; None when the whole record should be looked at. """
    cr = records.env.cr
    changes = cr.precommit.data.get(_KEY)
    if changes is None:
        changes = cr.precommit.data[_KEY] = {}
        cr.precommit.add(partial(_store, cr))
    uid = uid or records.env.uid
    for record_id in records._ids:
        if not record_id:  # not in the database
            continue
        key = (records._name, record_id)
        change = changes.get(key)
        if change is None:
            changes[key] = Change(op, names, uid, by_hand)
        elif op == 'unlink' and change.op == 'create':
            del changes[key]  # nobody else ever saw it
        else:
            change.add(op, names, uid, by_hand)


def _watched(records):
    if not records.pool.ready:  # modules are being loaded: the table may not be there yet
        return {}
    return records.env['ipai.plane.outbox']._watched()


def _that_matter(names, wanted):
    return {name for name in names if name not in _BOOKKEEPING and (wanted is None or name in wanted)}


def _store(cr):
    changes = cr.precommit.data.pop(_KEY, None)
    if changes:
        api.Environment(cr, SUPERUSER_ID, {})['ipai.plane.outbox']._store(changes)
