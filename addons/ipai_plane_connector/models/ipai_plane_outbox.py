import json
import logging
import uuid
from datetime import timedelta
from functools import partial

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, ormcache

from .parameters import PUSH_URL, WATCHED_MODELS
from .wake import wake

_logger = logging.getLogger(__name__)

BATCH_EVENTS_MAX = 500
BATCH_BYTES_MAX = 900_000  # of the events; the other side takes bodies of 1 MiB
EVENT_BYTES = 300  # more than an event without its field names needs
FIELD_NAMES_MAX = 200  # more: the whole record
PULL_EVENTS_MAX = 5000
KEPT_DAYS = 30  # nobody fetched it: a full comparison is due anyway

DELIVERY_MODELS = (
    'project.project', 'project.task', 'project.milestone', 'project.task.type', 'project.tags', 'res.users',
)
NOTHING_WATCHED = 'none'
# What this addon and the scheduler write themselves: watching it would never come to rest.
NEVER_WATCHED = frozenset({
    'ipai.plane.outbox', 'ipai.plane.push', 'plane.webhook.delivery', 'ir.cron', 'ir.cron.trigger', 'ir.cron.progress',
    'ir.config_parameter', 'ir.logging', 'bus.bus',
})


class PlaneOutbox(models.Model):
    """ One row for each record that a transaction changed, there if and only if the transaction committed.

    Rows are taken away when the other side has them, so the queue needs no cursor: a transaction that commits late
    cannot be passed over.
    """
    _name = 'ipai.plane.outbox'
    _description = "Plane Outbox"
    _order = 'id'
    _rec_name = 'model'
    _log_access = False

    model = fields.Char(required=True, readonly=True)
    res_id = fields.Integer("Record", required=True, readonly=True, aggregator=None)
    op = fields.Selection(
        [('create', "Created"), ('write', "Changed"), ('unlink', "Deleted")], "Change", required=True, readonly=True,
    )
    field_names = fields.Json("Fields", readonly=True, help="Those that changed; empty: look at the whole record.")
    # No many2one: its foreign key would look at the user in each transaction.
    author_uid = fields.Integer("User", readonly=True, aggregator=None)
    created_at = fields.Datetime("Since", required=True, readonly=True)
    txn = fields.Char("Transaction", required=True, readonly=True)
    batch = fields.Char(readonly=True, index='btree_not_null', help="The same for all tries to send these rows.")
    attempts = fields.Integer(readonly=True, aggregator=None)

    _one_per_record_and_transaction = models.UniqueIndex("(txn, model, res_id) WHERE batch IS NULL")

    # --- what is watched ---------------------------------------------------------------------------------------------

    @api.model
    @ormcache(cache='stable')
    def _watched(self):
        """ {model: names of its fields that matter, or None for all}. Cleared whenever a system parameter changes. """
        names = [*self._configured_models(), *self.env.registry.descendants(['ipai.plane.connector'], '_inherit')]
        watched = {}
        for name in names:
            model = self.env.get(name)
            if model is None or model._abstract or model._transient or name in NEVER_WATCHED:
                continue
            wanted = model._plane_watched_fields() if hasattr(model, '_plane_watched_fields') else None
            watched[name] = None if wanted is None else frozenset(wanted)
        return watched

    @api.model
    def _configured_models(self):
        names = self.env['ir.config_parameter'].sudo().get_param(WATCHED_MODELS)
        if not names:
            return DELIVERY_MODELS
        return [] if names == NOTHING_WATCHED else [name.strip() for name in names.split(',')]

    # --- putting in --------------------------------------------------------------------------------------------------

    @api.model
    def _store(self, changes):
        """ Called just before a commit. Whatever is wrong here must not cost people their work: it is logged, and the
        other side's own comparison finds what is missing. """
        for waking in (True, False):  # rows that nobody is woken for are better than none
            try:
                with self.env.cr.savepoint(flush=False):
                    self._insert(changes)
                    if waking:
                        self._trigger_push()
                return
            except Exception:
                _logger.exception("%d changes could not be put into the outbox", len(changes))

    @api.model
    def _insert(self, changes):
        deleted = [key for key, change in changes.items() if change.op == 'unlink']
        never_seen = self._forget_created(deleted) if deleted else set()
        rows = [
            {'model': model, 'res_id': res_id, 'op': change.op, 'author_uid': change.uid,
             'field_names': self._names_to_tell(change)}
            for (model, res_id), change in changes.items() if (model, res_id) not in never_seen
        ]
        self.env.cr.execute("""
            INSERT INTO ipai_plane_outbox AS known
                        (txn, model, res_id, op, field_names, author_uid, created_at, attempts)
            SELECT txid_current()::text, model, res_id, op, field_names, author_uid,
                   clock_timestamp() AT TIME ZONE 'UTC', 0
              FROM ROWS FROM (jsonb_to_recordset(%s::jsonb)
                              AS (model text, res_id integer, op text, field_names jsonb, author_uid integer))
                   WITH ORDINALITY AS fresh (model, res_id, op, field_names, author_uid, position)
             ORDER BY position
            ON CONFLICT (txn, model, res_id) WHERE batch IS NULL DO UPDATE SET
                   op = CASE WHEN known.op = 'write' THEN EXCLUDED.op ELSE known.op END,
                   field_names = CASE
                       WHEN known.op != 'write' OR EXCLUDED.op != 'write'
                            OR known.field_names = '[]' OR EXCLUDED.field_names = '[]' THEN '[]'
                       ELSE (SELECT jsonb_agg(DISTINCT name ORDER BY name)
                               FROM jsonb_array_elements(known.field_names || EXCLUDED.field_names) AS name)
                   END,
                   author_uid = EXCLUDED.author_uid
        """, [json.dumps(rows)])

    @api.model
    def _names_to_tell(self, change):
        names = change.names if change.op == 'write' else None
        return sorted(names) if names and len(names) <= FIELD_NAMES_MAX else []

    @api.model
    def _forget_created(self, keys):
        """ Of these deleted records, those that this very transaction created: nobody else ever saw them. """
        self.env.cr.execute("""
            DELETE FROM ipai_plane_outbox
             WHERE txn = txid_current()::text AND batch IS NULL AND op = 'create'
               AND (model, res_id) IN (SELECT model, res_id
                                         FROM jsonb_to_recordset(%s::jsonb) AS gone (model text, res_id integer))
            RETURNING model, res_id
        """, [json.dumps([{'model': model, 'res_id': res_id} for model, res_id in keys])])
        return set(self.env.cr.fetchall())

    @api.model
    def _trigger_push(self):
        if not self.env['ir.config_parameter'].sudo().get_param(PUSH_URL):
            return
        cron = self.env.ref('ipai_plane_connector.ir_cron_push', raise_if_not_found=False)
        if cron:
            # What ir.cron._trigger does, in a tenth of the time.
            self.env.cr.execute("INSERT INTO ir_cron_trigger (cron_id, call_at) VALUES (%s, %s)",
                                [cron.id, fields.Datetime.now()])
            self.env.cr.postcommit.add(partial(wake, self.env.cr.dbname))

    # --- taking out --------------------------------------------------------------------------------------------------

    @api.model
    def _next_batch(self):
        """ (uuid, events) of the batch to send now, or (None, []). The caller commits before it sends: from then on the
        same rows go under the same uuid, however many tries it takes. """
        self.env.cr.execute("SELECT batch FROM ipai_plane_outbox WHERE batch IS NOT NULL ORDER BY id LIMIT 1")
        row = self.env.cr.fetchone()
        if row:
            return row[0], self._events(SQL("batch = %s", row[0]))
        batch = str(uuid.uuid4())
        self.env.cr.execute("""
            UPDATE ipai_plane_outbox SET batch = %s WHERE id IN (
                SELECT id FROM (
                    SELECT id, sum(octet_length(field_names::text) + %s) OVER (ORDER BY id) AS bytes FROM (
                        SELECT id, field_names FROM ipai_plane_outbox WHERE batch IS NULL ORDER BY id LIMIT %s
                    ) AS oldest
                ) AS measured WHERE bytes <= %s
            )
        """, [batch, EVENT_BYTES, BATCH_EVENTS_MAX, BATCH_BYTES_MAX])
        return (batch, self._events(SQL("batch = %s", batch))) if self.env.cr.rowcount else (None, [])

    @api.model
    def _batch_failed(self, batch):
        self.env.cr.execute("UPDATE ipai_plane_outbox SET attempts = attempts + 1 WHERE batch = %s", [batch])

    @api.model
    def _batch_accepted(self, batch):
        self.env.cr.execute("DELETE FROM ipai_plane_outbox WHERE batch = %s", [batch])

    @api.model
    def _is_empty(self):
        self.env.cr.execute("SELECT NOT EXISTS (SELECT FROM ipai_plane_outbox)")
        return self.env.cr.fetchone()[0]

    @api.model
    def _waiting(self):
        """ (number of rows, when the oldest was put in, most tries) """
        self.env.cr.execute("SELECT count(*), min(created_at), coalesce(max(attempts), 0) FROM ipai_plane_outbox")
        return self.env.cr.fetchone()

    @api.model
    def pull(self, limit=BATCH_EVENTS_MAX):
        """ The oldest changes, without taking them out: `ack` does. For where Odoo cannot reach the other side. """
        self._check_connector()
        if not isinstance(limit, int) or not 1 <= limit <= PULL_EVENTS_MAX:
            raise UserError(self.env._("The limit must be a number from 1 to %s.", PULL_EVENTS_MAX))
        return self._events(SQL("TRUE"), limit)

    def ack(self):
        """ Takes these rows out, for good. Returns the ids that were still there. """
        self._check_connector()
        if not self.ids:
            return []
        self.env.cr.execute("DELETE FROM ipai_plane_outbox WHERE id = ANY(%s) RETURNING id, batch", [self.ids])
        taken = self.env.cr.fetchall()
        # A batch that lost rows is another batch: its uuid must not stand for two contents.
        for batch in {batch for _, batch in taken if batch}:
            self.env.cr.execute("UPDATE ipai_plane_outbox SET batch = %s WHERE batch = %s", [str(uuid.uuid4()), batch])
        self.invalidate_model()
        return sorted(row_id for row_id, _ in taken)

    @api.model
    def _check_connector(self):
        if not (self.env.is_system() or self.env.user.has_group('ipai_plane_connector.group_connector')):
            raise AccessError(self.env._("Only members of the group \"Syncline connector\" may do this."))

    @api.model
    def _events(self, condition, limit=None):
        rows = self.env.execute_query(SQL("""
            SELECT id, model, res_id, op, field_names, author_uid, created_at
              FROM ipai_plane_outbox WHERE %s ORDER BY id LIMIT %s
        """, condition, limit))
        return [
            {'id': row_id, 'model': model, 'res_id': res_id, 'op': op, 'fields': names, 'uid': uid,
             'at': f"{at.isoformat(timespec='microseconds')}Z"}
            for row_id, model, res_id, op, names, uid, at in rows
        ]

    @api.autovacuum
    def _gc_never_fetched(self):
        self.env.cr.execute("DELETE FROM ipai_plane_outbox WHERE created_at < %s",
                            [fields.Datetime.now() - timedelta(days=KEPT_DAYS)])
        if self.env.cr.rowcount:
            _logger.warning("%d changes that nobody fetched in %d days were dropped from the outbox",
                            self.env.cr.rowcount, KEPT_DAYS)
