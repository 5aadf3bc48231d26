import json
import logging
import uuid
from datetime import timedelta

from psycopg2.extensions import TransactionRollbackError

from odoo import api, fields, models

from ..channel import reference, sender
from .parameters import PUSH_SECRET, PUSH_URL

_logger = logging.getLogger(__name__)

RETRY_SECONDS_FIRST = 5  # doubled with each failure in a row
RETRY_SECONDS_MAX = 300
SETTLE_ATTEMPTS_MAX = 3


class PlanePush(models.Model):
    """ Sends the outbox, oldest first. One row: how it goes. """
    _name = 'ipai.plane.push'
    _description = "Plane Push"
    _log_access = False

    last_success_at = fields.Datetime(readonly=True)
    last_failure_at = fields.Datetime(readonly=True)
    last_error = fields.Char(readonly=True, help="Empty once something was accepted.")
    failures = fields.Integer(readonly=True, help="In a row.")
    next_attempt_at = fields.Datetime(readonly=True, help="Not before; empty: at once.")
    restarts = fields.Integer(readonly=True, help="How often somebody wanted it to begin anew.")

    @api.model
    def _state(self):
        return self.sudo().search([], limit=1) or self.sudo().create({})

    @api.model
    def _run(self):
        """ The scheduled action. Fails for nothing that the network or the other side does: Odoo would switch an action
        off that keeps failing. """
        state = self._state()
        if state.next_attempt_at and state.next_attempt_at > fields.Datetime.now():
            return  # woken by a new change; the next try is planned already
        url, secret_reference = self._settings()
        if not url:
            return  # whoever wants the changes pulls them
        restarts = state.restarts
        seconds_left = True
        while seconds_left:
            batch, events = self.env['ipai.plane.outbox']._next_batch()
            if not batch:
                return
            self.env.cr.commit()  # the rows belong to this batch, whatever happens to the request
            answer = self._send(
                {'batch': batch, 'database': self.env.cr.dbname, 'events': events}, url, secret_reference)
            seconds_left = self._settle(batch, len(events), answer, restarts)

    @api.model
    def _settings(self):
        """ Not from the cache: they must be those of the same moment as the state. """
        self.env.cr.execute("SELECT key, value FROM ir_config_parameter WHERE key IN %s", [(PUSH_URL, PUSH_SECRET)])
        values = dict(self.env.cr.fetchall())
        return values.get(PUSH_URL), values.get(PUSH_SECRET)

    @api.model
    def _settle(self, batch, count, answer, restarts):
        """ Writes down what came of a batch, and commits. Somebody may acknowledge rows or change the settings in the
        same moment: then it is done again, and the batch not sent again. Returns the seconds left for more batches. """
        for _ in range(SETTLE_ATTEMPTS_MAX - 1):
            try:
                return self._settle_once(batch, count, answer, restarts)
            except TransactionRollbackError:
                self.env.cr.rollback()
        return self._settle_once(batch, count, answer, restarts)

    @api.model
    def _settle_once(self, batch, count, answer, restarts):
        outbox, cron = self.env['ipai.plane.outbox'], self.env['ir.cron']
        if not answer.accepted:
            outbox._batch_failed(batch)
            self._state()._failed(answer, restarts)
            cron._commit_progress(remaining=0)  # until the next try
            return 0
        outbox._batch_accepted(batch)
        self._state()._succeeded()
        # With no time left, Odoo comes again at once when something remains.
        return cron._commit_progress(count, remaining=0 if outbox._is_empty() else 1)

    @api.model
    def _send(self, content, url, secret_reference):
        try:
            secret = reference.resolve(secret_reference)
        except reference.KeyMissing as missing:
            return sender.Answer(False, str(missing))
        return sender.post(url, secret, json.dumps(content).encode())

    @api.model
    def _ping(self, url, secret_reference):
        return self._send({'batch': str(uuid.uuid4()), 'ping': True, 'events': []}, url, secret_reference)

    def _succeeded(self):
        self.write({'last_success_at': fields.Datetime.now(), 'last_error': False, 'failures': 0,
                    'next_attempt_at': False})

    def _failed(self, answer, restarts):
        now = fields.Datetime.now()
        if self.restarts != restarts:
            # The settings were mended while we tried with the old ones: no reason to let the new ones wait.
            self.write({'last_failure_at': now, 'last_error': answer.words})
            return
        # The exponent is limited, too: after a month of failures the power would be a number of thousands of digits.
        wait = min(RETRY_SECONDS_FIRST * 2 ** min(self.failures, 16), RETRY_SECONDS_MAX)
        next_attempt_at = now + timedelta(seconds=wait)
        self.write({'last_failure_at': now, 'last_error': answer.words, 'failures': self.failures + 1,
                    'next_attempt_at': next_attempt_at})
        cron = self.env.ref('ipai_plane_connector.ir_cron_push', raise_if_not_found=False)
        if cron:
            cron.sudo()._trigger(next_attempt_at)
        _logger.warning("changes could not be pushed (failure %d, again in %d s): %s",
                        self.failures, wait, answer.words)

    @api.model
    def _retry_now(self):
        state = self._state()
        state.write({'next_attempt_at': False, 'failures': 0, 'restarts': state.restarts + 1})
        self.env['ipai.plane.outbox']._trigger_push()
