#!/usr/bin/env python3
"""The addon ipai_plane_connector on a real Odoo 19, as it is seen from outside: what people change arrives, signed; what
is refused is not told, and what is lost comes again. How soon it arrives is measured by connector_live_test.cpp."""
import hashlib
import hmac
import http.server
import json
import os
import sys
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.request
import uuid

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from addon_contract_test import SKIPPED, Odoo, Refused  # noqa: E402

WAIT_SECONDS = 90  # more than the minute in which Odoo's scheduler looks for itself
TOLERANCE_SECONDS = 300
SECRET = uuid.uuid4().hex.encode()


class Receiver:
    """Keeps what verifies, and refuses what does not, as Syncline's hook does."""

    def __init__(self):
        self.arrived = threading.Condition()
        self.batches = []  # (body, content), the verified ones
        self.refused = 0
        self.failing = False
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers['Content-Length']))
                status = receiver.take(self.headers, body)
                self.send_response(status)
                self.send_header('Content-Length', '0')
                self.end_headers()

            def log_message(self, *_arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.url = f'http://127.0.0.1:{self.server.server_port}/hooks/odoo/live'
        threading.Thread(target=self.server.serve_forever, kwargs={'poll_interval': 0.01}, daemon=True).start()

    def take(self, headers, body):
        timestamp = headers['X-Sync-Timestamp'] or ''
        expected = hmac.new(SECRET, timestamp.encode() + b'.' + body, hashlib.sha256).hexdigest()
        with self.arrived:
            if (headers['Content-Type'] != 'application/json' or not timestamp.isdigit()
                    or abs(int(timestamp) - time.time()) > TOLERANCE_SECONDS
                    or not hmac.compare_digest(headers['X-Sync-Signature'] or '', f'sha256={expected}')):
                self.refused += 1
                return 401
            self.batches.append((body, json.loads(body)))
            self.arrived.notify_all()
            return 500 if self.failing else 200

    def wait(self, wanted):
        """The first truth that `wanted` makes of the batches."""
        deadline = time.monotonic() + WAIT_SECONDS
        with self.arrived:
            while not (found := wanted(self.batches)):
                if not self.arrived.wait(deadline - time.monotonic()):
                    raise AssertionError(f'nothing of that kind within {WAIT_SECONDS} s')
            return found

    def event(self, model, record, since, op=None):
        """The first one about this record, after `since` batches."""
        return self.wait(lambda batches: next((
            event for _, content in batches[since:] for event in content['events']
            if (event['model'], event['res_id']) == (model, record) and op in (None, event['op'])), None))


class ConnectorLive(unittest.TestCase):
    def setUp(self):
        self.odoo = Odoo(os.environ)
        self.receiver = Receiver()
        self.addCleanup(self.receiver.server.server_close)
        self.addCleanup(self.receiver.server.shutdown)
        with tempfile.NamedTemporaryFile(delete=False) as file:
            file.write(SECRET + b'\n')
        self.addCleanup(os.unlink, file.name)
        self.reference = f'file:{file.name}'
        self.addCleanup(self.set, plane_push_url=False)
        self.set(plane_push_url=self.receiver.url, plane_push_secret_reference=self.reference,
                 plane_webhook_secret_reference=self.reference)
        self.mark = f'connector {uuid.uuid4()}'
        self.project, = self.odoo('project.project', 'create', vals_list=[{'name': self.mark}])
        self.addCleanup(self.odoo, 'project.project', 'unlink', ids=[self.project])
        self.task, = self.odoo('project.task', 'create', vals_list=[
            {'name': self.mark, 'project_id': self.project, 'user_ids': []}])
        # Also the end of whatever other tests left in the queue.
        event = self.receiver.event('project.task', self.task, 0)
        self.assertEqual((event['op'], event['fields']), ('create', []))

    def set(self, **values):
        settings, = self.odoo('res.config.settings', 'create', vals_list=[values])
        self.odoo('res.config.settings', 'execute', ids=[settings])

    def write(self, **values):
        self.odoo('project.task', 'write', ids=[self.task], vals=values)

    def since(self):
        with self.receiver.arrived:
            return len(self.receiver.batches)

    def test_a_refused_write_is_not_told(self):
        since = self.since()
        with self.assertRaises(Refused):
            self.write(name=f'{self.mark} refused', planned_date_begin='2026-03-02', planned_date_end='2026-03-01')
        self.odoo('project.project', 'write', ids=[self.project], vals={'name': f'{self.mark} renamed'})
        self.receiver.event('project.project', self.project, since)
        told = [event for _, content in self.receiver.batches[since:] for event in content['events']
                if event['model'] == 'project.task' and event['res_id'] == self.task and 'name' in event['fields']]
        self.assertEqual(told, [])

    def test_a_failed_batch_comes_again_as_it_was(self):
        since = self.since()
        self.receiver.failing = True
        self.write(name=f'{self.mark} 1')
        self.receiver.event('project.task', self.task, since)
        self.write(name=f'{self.mark} 2')  # two transactions: two rows, and they wait
        self.write(priority='1')
        settings, = self.odoo('res.config.settings', 'create', vals_list=[{}])
        state = self.until(lambda: self.odoo('res.config.settings', 'read', ids=[settings], fields=[
            'plane_waiting', 'plane_last_error', 'plane_attempts', 'plane_push_secret_state'])[0],
            lambda state: state['plane_last_error'])
        self.assertIn('answered 500', state['plane_last_error'])
        self.assertEqual(state['plane_push_secret_state'], 'found')
        self.assertGreaterEqual(state['plane_attempts'], 1)
        self.assertGreaterEqual(state['plane_waiting'], 3)
        self.receiver.failing = False
        self.odoo('res.config.settings', 'action_plane_push_now', ids=[settings])
        self.receiver.wait(lambda batches: any(
            'priority' in event['fields'] for _, content in batches[since:] for event in content['events']))
        batches = self.receiver.batches[since:]
        tries = [body for body, content in batches if content['batch'] == batches[0][1]['batch']]
        self.assertGreaterEqual(len(tries), 2)
        self.assertEqual(len(set(tries)), 1)
        later = [event['fields'] for _, content in batches[len(tries):] for event in content['events']
                 if (event['model'], event['res_id']) == ('project.task', self.task)]
        self.assertEqual(later, [['name'], ['priority']])

    def until(self, ask, wanted):
        """What `ask` answers as soon as it is `wanted`."""
        deadline = time.monotonic() + WAIT_SECONDS
        while not wanted(answer := ask()):
            self.assertLess(time.monotonic(), deadline, answer)
            time.sleep(0.05)
        return answer

    def test_deletions(self):
        child, = self.odoo('project.task', 'create', vals_list=[
            {'name': self.mark, 'project_id': self.project, 'parent_id': self.task, 'user_ids': []}])
        since = self.since()
        self.odoo('project.task', 'unlink', ids=[self.task])
        for task in (self.task, child):
            self.receiver.event('project.task', task, since, 'unlink')

    def test_the_test_button(self):
        since = self.since()
        settings, = self.odoo('res.config.settings', 'create', vals_list=[{}])
        shown = self.odoo('res.config.settings', 'action_plane_test', ids=[settings])['params']
        self.assertEqual((shown['type'], shown['message']), ('success', 'accepted (200)'))
        self.assertTrue(self.receiver.wait(lambda batches: [
            content for _, content in batches[since:] if content.get('ping') and content['events'] == []]))

    def test_pull_and_ack(self):
        self.set(plane_push_url=False)
        since = self.since()
        self.write(name=f'{self.mark} pulled')
        event, = [event for event in self.odoo('ipai.plane.outbox', 'pull', limit=5000)
                  if (event['model'], event['res_id']) == ('project.task', self.task)]
        self.assertEqual((event['op'], event['fields']), ('write', ['name']))
        self.assertEqual(self.odoo('ipai.plane.outbox', 'ack', ids=[event['id']]), [event['id']])
        self.assertEqual(self.odoo('ipai.plane.outbox', 'ack', ids=[event['id']]), [])
        self.assertEqual(self.since(), since)

    def test_an_event_of_plane(self):
        body = json.dumps({'event': 'issue', 'action': 'updated', 'webhook_id': str(uuid.uuid4()),
                           'data': {'id': str(uuid.uuid4())}}).encode()
        good = hmac.new(SECRET, body, hashlib.sha256).hexdigest()
        self.assertEqual(self.forward(body, good[::-1]), (401, 'INVALID_SIGNATURE'))
        self.assertEqual(self.forward(body, good), (200, False))
        self.assertEqual(self.forward(body, good), (200, True))
        self.assertEqual(self.forward(b'x' * (1 << 20) + b'x', good)[0], 413)
        digest = hashlib.sha256(body).hexdigest()
        kept, = self.until(lambda: self.odoo('plane.webhook.delivery', 'search_read', fields=['state', 'event'],
                                             domain=[['digest', '=', digest]], limit=2),
                           lambda kept: kept[0]['state'] == 'processed')
        self.assertEqual(kept['event'], 'issue')

    def forward(self, body, signature):
        request = urllib.request.Request(f'{self.odoo.url}/ipai/plane/webhook', body, {
            'Content-Type': 'application/json', 'X-Plane-Delivery': str(uuid.uuid4()), 'X-Plane-Event': 'issue',
            'X-Plane-Signature': signature})
        try:
            with self.odoo.opener.open(request, timeout=60) as response:
                return response.status, json.load(response)['duplicate']
        except urllib.error.HTTPError as error:
            content = error.read()
            return error.code, json.loads(content)['error']['code'] if content.startswith(b'{') else ''


if __name__ == '__main__':
    if 'SYNCLINE_ODOO_URL' not in os.environ:
        print('skipped: no Odoo (SYNCLINE_ODOO_URL is not set)')
        sys.exit(SKIPPED)
    unittest.main()
