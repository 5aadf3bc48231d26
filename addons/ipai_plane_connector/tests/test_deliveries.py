import json
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo import fields
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..models import plane_webhook_delivery as delivery_module
from .heir import HeirCase

ISSUE = '4106db3a-c031-440d-8d83-e898297d887e'
QUIET = ('odoo.addons.ipai_plane_connector.models.plane_webhook_delivery', 'odoo.addons.base.models.ir_cron')


@tagged('post_install', '-at_install')
class TestDeliveries(HeirCase):

    def setUp(self):
        super().setUp()
        self.deliveries = self.env['plane.webhook.delivery']
        self.deliveries.search([]).unlink()
        self.deadline = self.deadlines.create({'name': "1601-C", 'plane_issue_id': ISSUE})

    def receive(self, group='completed', issue=ISSUE, webhook='hook', event='issue', action='updated', **more):
        body = json.dumps({'event': event, 'action': action, 'webhook_id': webhook,
                           'data': {'id': issue, 'state': {'group': group}}, **more}).encode()
        return self.deliveries._receive(body, webhook, event, action, {'X-Plane-Delivery': 'new each time'})

    def process(self):
        self.env.cr.flush()
        with mute_logger(*QUIET), self.enter_registry_test_mode():
            self.env.ref('ipai_plane_connector.ir_cron_deliveries').method_direct_trigger()

    def delivery(self, id_):
        return self.deliveries.browse(id_)

    def test_a_delivery_is_processed_once(self):
        delivery = self.delivery(self.receive())
        self.assertEqual((delivery.state, delivery.delivery_id), ('received', 'new each time'))
        self.assertIsNone(self.receive())
        self.assertFalse(self.deadline.closed)  # nothing is done before it is kept
        self.process()
        self.assertTrue(self.deadline.closed)
        self.assertEqual((delivery.state, delivery.handlers, delivery.attempts), ('processed', self.deadlines._name, 1))
        self.deadline.closed = False
        self.process()
        self.assertIsNone(self.receive())  # duplicates stay duplicates afterwards
        self.process()
        self.assertFalse(self.deadline.closed)

    def test_the_key_is_the_hook_and_the_body(self):
        first = self.receive()
        self.assertTrue(self.receive(webhook=''))
        self.assertTrue(self.receive(group='started'))
        row = self.delivery(first)
        with self.assertRaises(IntegrityError), mute_logger('odoo.sql_db'), self.cr.savepoint():
            self.deliveries.create({'webhook_id': 'hook', 'digest': row.digest, 'received_at': fields.Datetime.now()})

    def test_what_nobody_knows_is_processed_by_nobody(self):
        delivery = self.delivery(self.receive(issue='another'))
        self.process()
        self.assertEqual((delivery.state, delivery.handlers), ('processed', ''))

    def test_a_handler_that_fails_is_asked_again_and_costs_the_others_nothing(self):
        self.deadline.name = 'broken'
        good = self.deadlines.create({'name': "1700", 'plane_issue_id': 'good'})
        bad_delivery, good_delivery = self.delivery(self.receive()), self.delivery(self.receive(issue='good'))
        with freeze_time('2026-11-21 10:00:00') as clock:
            for attempt in range(1, delivery_module.ATTEMPTS_MAX + 1):
                self.assertEqual(bad_delivery.state, 'received')
                self.process()
                self.process()  # not before its time
                self.assertEqual((bad_delivery.attempts, bad_delivery.error), (attempt, "ValueError: it is broken"))
                self.assertFalse(self.deadline.note)  # what it did before it failed is undone
                clock.tick(delivery_module.RETRY_SECONDS)
            self.assertEqual(bad_delivery.state, 'failed')
            self.assertEqual(good_delivery.state, 'processed')
            self.assertTrue(good.closed)
            self.process()
            self.assertEqual(bad_delivery.attempts, delivery_module.ATTEMPTS_MAX)
            self.deadline.name = "1601-C"
            (bad_delivery | good_delivery).action_retry()
            self.assertEqual((bad_delivery.state, good_delivery.state), ('received', 'processed'))
            self.process()
        self.assertEqual((bad_delivery.state, bad_delivery.error), ('processed', False))
        self.assertTrue(self.deadline.closed)

    def test_more_than_one_run_takes(self):
        deliveries = self.deliveries.browse([self.receive(issue=f'issue {number}') for number in range(5)])
        with patch.object(delivery_module, 'EVENTS_PER_RUN', 2):
            self.process()
        self.assertEqual(set(deliveries.mapped('state')), {'processed'})

    def test_what_a_handler_gets(self):
        seen = []

        def handle(_self, event):
            seen.append(event)
            return False

        with patch.object(type(self.deadlines), '_plane_handle_event', handle):
            self.receive(activity={'field': 'state'})
            self.receive(action='update')
            self.receive(event='workitem.deleted', action='', data={}, entity_id='v2')
            self.receive(data=['odd'])
            self.process()
        self.assertEqual([(event['event'], event['action'], event['id']) for event in seen],
                         [('issue', 'updated', ISSUE), ('issue', 'updated', ISSUE), ('issue', 'deleted', 'v2'),
                          ('issue', 'updated', None)])
        self.assertEqual(seen[0]['activity'], {'field': 'state'})
        self.assertEqual(seen[0]['payload']['webhook_id'], 'hook')
        self.assertEqual(seen[0]['data']['state'], {'group': 'completed'})

    def test_the_body_is_kept_byte_by_byte(self):
        body = '{"event":  "issue", "data": {"id": "\u00e9\\u0000\U0001f600"}}'.encode()
        delivery = self.delivery(self.deliveries._receive(body, '', 'issue', '', {}))
        self.assertEqual(delivery.body.encode(), body)

    def test_what_a_handler_writes_goes_to_the_outbox(self):
        self.receive()
        self.take()
        with patch.object(type(self.deadlines), '_plane_handle_event',
                          lambda deadlines, event: deadlines._plane_find(event).write({'due_on': '2026-12-10'})):
            self.process()
        self.assertEqual(self.changes(), {(self.deadlines._name, self.deadline.id): ('write', ['due_on'])})

    def test_purged_after_seven_days_but_never_unprocessed(self):
        old, young, waiting = (self.delivery(self.receive(issue=name)) for name in ('old', 'young', 'waiting'))
        (old | young).state = 'processed'
        with freeze_time('2026-11-21 10:00:00'):
            (old | waiting).received_at = '2026-11-14 09:59:59'
            young.received_at = '2026-11-14 10:00:01'
            self.assertEqual(self.deliveries._gc_old(), (1, False))
        self.assertEqual(self.deliveries.search([], order='id'), young | waiting)
