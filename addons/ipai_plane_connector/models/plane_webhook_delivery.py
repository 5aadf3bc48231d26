import hashlib
import json
import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.constants import GC_UNLINK_LIMIT

_logger = logging.getLogger(__name__)

ATTEMPTS_MAX = 3
RETRY_SECONDS = 60
EVENTS_PER_RUN = 100
KEPT_DAYS = 7
ERROR_LENGTH_MAX = 500

# Plane's older hooks say create, its newer ones have dotted names (workitem.created).
_ACTIONS = {'create': 'created', 'update': 'updated', 'delete': 'deleted'}
_ENTITIES = {'workitem': 'issue'}


class PlaneWebhookDelivery(models.Model):
    """ A verified event of Plane: kept before anything is done about it, and done about once. """
    _name = 'plane.webhook.delivery'
    _description = "Plane Webhook Delivery"
    _order = 'id desc'
    _rec_name = 'event'
    _log_access = False

    webhook_id = fields.Char("Webhook", required=True, readonly=True, default='')
    digest = fields.Char(required=True, readonly=True, help="SHA-256 of the body.")
    # Not the key: Plane gives a new one with each try of the same event.
    delivery_id = fields.Char("Delivery", readonly=True)
    event = fields.Char(readonly=True)
    action = fields.Char(readonly=True)
    body = fields.Text(readonly=True, help="Exactly as it was signed.")
    headers = fields.Json(readonly=True)
    received_at = fields.Datetime(required=True, readonly=True, index=True)
    state = fields.Selection(
        [('received', "Received"), ('processed', "Processed"), ('failed', "Failed")],
        required=True, default='received', readonly=True, index=True,
    )
    processed_at = fields.Datetime(readonly=True)
    handlers = fields.Char("Handled By", readonly=True, help="Models that had to do with it.")
    attempts = fields.Integer(readonly=True, aggregator=None)
    next_attempt_at = fields.Datetime(readonly=True)
    error = fields.Char(readonly=True)

    _once = models.UniqueIndex("(webhook_id, digest)")

    @api.model
    def _receive(self, body, webhook_id, event, action, headers):
        """ Keeps a verified body. Returns its id, or None when it is here already. """
        self.env.cr.execute("""
            INSERT INTO plane_webhook_delivery
                        (webhook_id, digest, delivery_id, event, action, body, headers, received_at, state, attempts)
            VALUES (%s, %s, %s, %s, %s, %s, %s::jsonb, %s, 'received', 0)
            ON CONFLICT (webhook_id, digest) DO NOTHING
            RETURNING id
        """, [
            webhook_id, hashlib.sha256(body).hexdigest(), headers.get('X-Plane-Delivery'), event, action,
            body.decode(), json.dumps(headers), fields.Datetime.now(),
        ])
        row = self.env.cr.fetchone()
        if row:
            self._trigger_processing()
        return row and row[0]

    @api.model
    def _trigger_processing(self, at=None):
        cron = self.env.ref('ipai_plane_connector.ir_cron_deliveries', raise_if_not_found=False)
        if cron:
            cron.sudo()._trigger(at)

    @api.model
    def _run(self):
        """ The scheduled action: oldest first, each in a transaction of its own. """
        due = [('state', '=', 'received'), '|', ('next_attempt_at', '=', False),
               ('next_attempt_at', '<=', fields.Datetime.now())]
        deliveries = self.search(due, order='id', limit=EVENTS_PER_RUN)
        cron = self.env['ir.cron']
        cron._commit_progress(remaining=self.search_count(due))
        for delivery in deliveries:
            delivery._process()
            if not cron._commit_progress(1):
                return

    def _process(self):
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                handlers = self._dispatch()
        except Exception as error:
            _logger.exception("delivery %d of Plane could not be processed", self.id)
            self._failed(f"{type(error).__name__}: {error}")
        else:
            self.write({'state': 'processed', 'processed_at': fields.Datetime.now(), 'error': False,
                        'attempts': self.attempts + 1, 'next_attempt_at': False, 'handlers': ', '.join(handlers)})

    def _dispatch(self):
        event = self._event()
        models_asked = (
            self.env[name].with_context(plane_delivery_id=self.id)
            for name in self.env.registry.descendants(['ipai.plane.connector'], '_inherit')
            if not self.env[name]._abstract
        )
        return [model._name for model in models_asked if model._plane_handle_event(event)]

    def _event(self):
        payload = json.loads(self.body)
        data = payload.get('data')
        data = data if isinstance(data, dict) else {}
        entity, _, dotted_action = (self.event or '').partition('.')
        action = dotted_action or self.action or ''
        return {
            'event': _ENTITIES.get(entity, entity), 'action': _ACTIONS.get(action, action),
            'id': data.get('id') or payload.get('entity_id'), 'webhook_id': self.webhook_id, 'data': data,
            'activity': payload.get('activity') or {}, 'payload': payload,
        }

    def _failed(self, error):
        attempts = self.attempts + 1
        again = attempts < ATTEMPTS_MAX and fields.Datetime.now() + timedelta(seconds=RETRY_SECONDS)
        self.write({'state': 'received' if again else 'failed', 'attempts': attempts, 'next_attempt_at': again,
                    'error': error.replace('\0', '')[:ERROR_LENGTH_MAX]})
        if again:
            self._trigger_processing(again)

    def action_retry(self):
        """ For what has failed; what is processed is done. """
        self.check_access('write')
        self.filtered(lambda delivery: delivery.state == 'failed').write(
            {'state': 'received', 'attempts': 0, 'next_attempt_at': False})
        self._trigger_processing()

    @api.autovacuum
    def _gc_old(self):
        """ What waits is never dropped. """
        old = self.search([('received_at', '<', fields.Datetime.now() - timedelta(days=KEPT_DAYS)),
                           ('state', '!=', 'received')], limit=GC_UNLINK_LIMIT)
        old.unlink()
        return len(old), len(old) == GC_UNLINK_LIMIT
