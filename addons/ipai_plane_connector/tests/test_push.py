import hashlib
import hmac
import json
import time
import uuid
from unittest.mock import patch

import requests
from psycopg2.errors import SerializationFailure

from odoo import fields
from odoo.tests import freeze_time, tagged
from odoo.tests.common import _super_send
from odoo.tools import mute_logger

from ..channel import sender
from ..models import ipai_plane_outbox, ipai_plane_push
from ..models.parameters import PUSH_SECRET, PUSH_URL
from .common import SECRET, ConnectorCase
from .receiver import Receiver

QUIET = ('odoo.addons.ipai_plane_connector.models.ipai_plane_push', 'odoo.addons.base.models.ir_cron')


@tagged('post_install', '-at_install')
class TestPush(ConnectorCase):

    @classmethod
    def _request_handler(cls, session, request, /, **options):
        return _super_send(session, request, **options)  # with the time limit as it is; all of it stays on this machine

    def setUp(self):
        super().setUp()
        self.receiver = Receiver()
        self.addCleanup(self.receiver.stop)
        self.set_parameters({PUSH_URL: self.receiver.url})
        self.state = self.env['ipai.plane.push']._state()
        self.cron = self.env.ref('ipai_plane_connector.ir_cron_push')

    def run_push(self, again=True):
        """ As the scheduler does, in transactions of its own; `again`: as if the time to wait were over. """
        if again:
            self.state.next_attempt_at = False
        self.env.cr.flush()
        with mute_logger(*QUIET), self.enter_registry_test_mode():
            self.cron.method_direct_trigger()

    def change(self, count=1):
        partners = self.env['res.partner'].create([{'name': f"Partner {number}"} for number in range(count)])
        self.env.cr.flush()
        return partners

    def body(self, number=-1):
        return json.loads(self.receiver.requests[number][1])

    def waiting(self):
        return self.outbox._waiting()[0]

    def test_a_signed_batch(self):
        partners = self.change(3)
        self.run_push()
        (headers, body), = self.receiver.requests
        content = json.loads(body)
        self.assertEqual(list(content), ['batch', 'database', 'events'])
        self.assertEqual(uuid.UUID(content['batch']).version, 4)
        self.assertEqual(content['database'], self.env.cr.dbname)
        self.assertEqual([event['res_id'] for event in content['events']], partners.ids)
        self.assertEqual(list(content['events'][0]), ['id', 'model', 'res_id', 'op', 'fields', 'uid', 'at'])
        timestamp = headers['X-Sync-Timestamp']
        self.assertLess(abs(int(timestamp) - time.time()), 60)
        expected = hmac.new(SECRET.encode(), timestamp.encode() + b'.' + body, hashlib.sha256).hexdigest()
        self.assertEqual(headers['X-Sync-Signature'], f'sha256={expected}')
        self.assertEqual(headers['Content-Type'], 'application/json')
        self.assertNotIn('Authorization', headers)
        self.assertEqual(self.waiting(), 0)
        self.assertTrue(self.state.last_success_at)
        self.assertFalse(self.state.last_error)

    def test_nothing_to_send_is_not_sent(self):
        self.run_push()
        self.assertEqual(self.receiver.requests, [])

    def test_many_go_in_batches_in_order(self):
        partners = self.change(1100)
        self.run_push()
        self.assertEqual([len(self.body(number)['events']) for number in range(3)], [500, 500, 100])
        ids = [event['res_id'] for number in range(3) for event in self.body(number)['events']]
        self.assertEqual(ids, partners.ids)
        self.assertEqual(len({self.body(number)['batch'] for number in range(3)}), 3)
        self.assertEqual(self.waiting(), 0)

    def test_a_batch_is_no_longer_than_the_other_side_takes(self):
        partners = self.change(10)
        with patch.object(ipai_plane_outbox, 'BATCH_BYTES_MAX', 4 * ipai_plane_outbox.EVENT_BYTES + 20):
            self.run_push()
        self.assertEqual([len(self.body(number)['events']) for number in range(3)], [4, 4, 2])
        ids = [event['res_id'] for number in range(3) for event in self.body(number)['events']]
        self.assertEqual(ids, partners.ids)

    def test_a_failed_batch_comes_again_as_it_was(self):
        self.change(2)
        failures = [500, 503, 429, 404, 401, (302, b'', {'Location': self.receiver.url})]
        self.receiver.answers = [*failures, 204]
        for number, _ in enumerate(failures, start=1):
            self.run_push()
            self.assertEqual(len(self.receiver.requests), number)  # one try, and no redirect followed
            self.assertEqual(self.state.failures, number)
            self.assertEqual(self.waiting(), 2)
            self.assertEqual(self.outbox._waiting()[2], number)
            self.change()  # what happens meanwhile is not mixed into it
            self.take_last_row()
        self.run_push()
        self.assertEqual(len({body for _, body in self.receiver.requests}), 1)
        self.assertEqual(self.waiting(), 0)
        self.assertEqual((self.state.failures, self.state.last_error, self.state.next_attempt_at), (0, False, False))

    def take_last_row(self):
        """ Of the changes made meanwhile, to keep the counts plain. """
        self.env.cr.execute("SELECT max(id), count(*) FROM ipai_plane_outbox WHERE batch IS NULL")
        last, count = self.env.cr.fetchone()
        self.assertEqual(count, 1)
        self.outbox.browse(last).ack()

    def test_new_changes_wait_behind_the_failed_batch(self):
        first = self.change()
        self.receiver.answers = [500, 200]
        self.run_push()
        second = self.change()
        self.run_push()
        self.assertEqual([[event['res_id'] for event in self.body(number)['events']] for number in range(3)],
                         [first.ids, first.ids, second.ids])
        self.assertEqual(self.body(0)['batch'], self.body(1)['batch'])
        self.assertNotEqual(self.body(1)['batch'], self.body(2)['batch'])

    def test_no_answer_in_time(self):
        self.change()
        self.receiver.answers = [Receiver.HANG, 200]
        with patch.object(sender, 'TIMEOUT_SECONDS', 0.2):
            self.run_push()
        self.assertEqual(self.waiting(), 1)
        self.assertIn("no answer within", self.state.last_error)
        self.run_push()
        self.assertEqual(self.receiver.requests[0][1], self.receiver.requests[1][1])
        self.assertEqual(self.waiting(), 0)

    def test_nobody_there(self):
        self.change()
        self.set_parameters({PUSH_URL: 'http://127.0.0.1:1/hooks/odoo/main'})
        self.run_push()
        self.assertEqual(self.waiting(), 1)
        self.assertIn("nobody answers at 127.0.0.1:1", self.state.last_error)

    def test_after_a_failure_it_waits_longer_each_time(self):
        self.change()
        self.receiver.answers = [500]
        waits = []
        with freeze_time('2026-11-21 10:00:00'):
            for _ in range(8):
                self.run_push()
                waits.append((self.state.next_attempt_at - fields.Datetime.now()).total_seconds())
        self.assertEqual(waits, [5, 10, 20, 40, 80, 160, 300, 300])
        trigger = self.env['ir.cron.trigger'].search(
            [('cron_id', '=', self.cron.id), ('call_at', '=', self.state.next_attempt_at)], limit=1)
        self.assertTrue(trigger)
        self.state.failures = 1000  # a month of them
        self.run_push()
        self.assertEqual(len(self.receiver.requests), 9)

    def test_a_new_change_does_not_shorten_the_wait(self):
        self.change()
        self.receiver.answers = [500, 200]
        self.run_push()
        self.change()
        self.run_push(again=False)
        self.assertEqual(len(self.receiver.requests), 1)
        with freeze_time(self.state.next_attempt_at):
            self.run_push(again=False)
        self.assertEqual(len(self.receiver.requests), 3)

    def test_the_rows_are_of_the_batch_before_it_is_sent(self):
        """ Odoo may die after the other side took the batch and before that is written down. """
        self.change(2)

        def dies(*_arguments, **_options):
            raise SystemExit

        try:  # assertRaises would undo what was committed
            with patch.object(requests.Session, 'send', dies):
                self.run_push()
            self.fail("it did not get as far as sending")
        except SystemExit:
            pass
        self.env.cr.execute("SELECT count(DISTINCT batch), count(batch) FROM ipai_plane_outbox")
        self.assertEqual(self.env.cr.fetchone(), (1, 2))

    def test_a_conflict_while_it_is_written_down(self):
        """ Not a reason to send what the other side has. """
        outbox, conflicts = type(self.outbox), [SerializationFailure(), SerializationFailure()]
        for name in ('_batch_accepted', '_batch_failed'):
            self.change()
            self.receiver.answers = [200 if name == '_batch_accepted' else 500]
            real, left = getattr(outbox, name), list(conflicts)

            def settle(model, batch, real=real, left=left):
                if left:
                    raise left.pop()
                real(model, batch)

            sent = len(self.receiver.requests)
            with patch.object(outbox, name, settle):
                self.run_push()
            self.assertEqual((len(self.receiver.requests), left), (sent + 1, []))
            self.assertEqual(self.waiting(), 0 if name == '_batch_accepted' else 1)
        self.assertEqual((self.state.failures, self.outbox._waiting()[2]), (1, 1))

    def test_settings_that_were_mended_meanwhile_do_not_wait_for_the_old_ones(self):
        self.change()
        self.receiver.answers = [500, 200]
        push = type(self.env['ipai.plane.push'])
        real, wait = push._send, []

        def send(model, *arguments):
            answer = real(model, *arguments)
            if not wait:
                model._retry_now()
                wait.append(True)
            return answer

        with patch.object(push, '_send', send):
            self.run_push()
            self.assertEqual((self.state.next_attempt_at, self.state.failures), (False, 0))
            self.assertIn("answered 500", self.state.last_error)
            self.run_push(again=False)
        self.assertEqual(self.waiting(), 0)

    def test_a_missing_secret_is_named_and_costs_nothing(self):
        self.change()
        for reference, words in (
            ('env:PLANE_TEST_ABSENT', "KEY_MISSING: env:PLANE_TEST_ABSENT is not set on the Odoo server"),
            ('file:/nonexistent/secret', "KEY_MISSING: file:/nonexistent/secret cannot be read"),
            (False, "KEY_MISSING: no secret reference is set"),
        ):
            self.set_parameters({PUSH_SECRET: reference})
            self.run_push()
            self.assertIn(words, self.state.last_error)
        self.assertEqual(self.receiver.requests, [])
        self.assertEqual(self.waiting(), 1)

    def test_without_an_address_nothing_is_tried(self):
        self.set_parameters({PUSH_URL: False})
        self.change()
        self.run_push()
        self.assertEqual((self.waiting(), self.state.failures), (1, 0))

    def test_the_secret_is_in_no_log_and_in_no_column(self):
        self.change()
        self.receiver.answers = [(500, b'{"error": {"code": "BROKEN", "message": "tables turned"}}'), 200]
        self.env.cr.flush()
        with self.assertLogs(level='INFO') as logged, self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.assertTrue([line for line in logged.output if "changes could not be pushed" in line])
        self.assertFalse([line for line in logged.output if SECRET in line])
        self.assertIn("BROKEN tables turned", self.state.last_error)
        self.env.cr.execute("""
            SELECT count(*) FROM ir_config_parameter WHERE value LIKE %(secret)s
            UNION ALL SELECT count(*) FROM ipai_plane_push WHERE last_error LIKE %(secret)s
            UNION ALL SELECT count(*) FROM ipai_plane_outbox AS o WHERE o::text LIKE %(secret)s
        """, {'secret': f'%{SECRET}%'})
        self.assertEqual(self.env.cr.fetchall(), [(0,), (0,), (0,)])

    def test_a_slow_refusal_is_not_waited_for(self):
        with patch.object(sender, 'TIMEOUT_SECONDS', 0):
            self.assertEqual(sender._reason(self.endless()), '')

    def endless(self):
        class Response:
            def iter_content(self, _size):
                while True:
                    yield b'x'
        return Response()

    def test_a_long_refusal_is_cut(self):
        long = json.dumps({'error': {'code': 'LONG', 'message': 'x' * 1000}}).encode()
        self.change()
        self.receiver.answers = [(400, long)]
        self.run_push()
        self.assertLess(len(self.state.last_error), 300)
        self.receiver.answers = [(400, b'x' * 100_000)]
        self.run_push()
        self.assertEqual(self.state.last_error, "answered 400: the other side refused")

    def test_the_scheduled_action_stays_active(self):
        self.change()
        self.receiver.answers = [500]
        self.run_push()
        self.assertTrue(self.cron.active)
        self.assertEqual(self.cron.failure_count, 0)
        self.assertEqual(ipai_plane_push.RETRY_SECONDS_MAX, 300)
