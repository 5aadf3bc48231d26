import hashlib
import hmac
import json
import os
from unittest.mock import patch

from odoo.tests import tagged

from ..controllers.plane_webhook import BODY_BYTES_MAX
from ..models.parameters import WEBHOOK_SECRET
from .common import ENVIRONMENT, SECRET
from .web import WebCase

BODY = {'event': 'issue', 'action': 'updated', 'webhook_id': '26eb9b7b-f5e1-40a9-a45a-08faf564446d',
        'data': {'id': '4106db3a-c031-440d-8d83-e898297d887e', 'name': "Home page layout"}}


def sign(body, secret=SECRET):
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


@tagged('post_install', '-at_install')
class TestWebhook(WebCase):

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.dict(os.environ, ENVIRONMENT))
        self.env['ir.config_parameter'].set_param(WEBHOOK_SECRET, 'env:PLANE_TEST_SECRET')
        self.deliveries = self.env['plane.webhook.delivery']
        self.deliveries.search([]).unlink()

    def send(self, body, signature=None, content_type='application/json', **headers):
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        response = self.post('/ipai/plane/webhook', body, {
            'Content-Type': content_type, 'X-Plane-Delivery': 'bab12535', 'X-Plane-Event': 'issue',
            'X-Plane-Signature': sign(body) if signature is None else signature, **headers})
        self.assertNotIn('Set-Cookie', response.headers)
        return response.status_code, response.json

    def refused(self, status, code, *arguments, **options):
        answer = self.send(*arguments, **options)
        self.assertEqual((answer[0], answer[1]['error']['code']), (status, code))
        self.assertNotIn(SECRET, str(answer))
        self.assertFalse(self.deliveries.search([]))
        return answer[1]['error']['message']

    def test_kept_and_recognised(self):
        self.assertEqual(self.send(BODY), (200, {'duplicate': False}))
        self.assertEqual(self.send(BODY), (200, {'duplicate': True}))
        # Plane's retry: the same bytes under a new delivery id.
        self.assertEqual(self.send(BODY, **{'X-Plane-Delivery': '84362cee'}), (200, {'duplicate': True}))
        self.assertEqual(self.send({**BODY, 'action': 'created'}), (200, {'duplicate': False}))
        delivery = self.deliveries.search([], order='id')[0]
        self.assertEqual((delivery.event, delivery.action, delivery.webhook_id, delivery.state, delivery.delivery_id),
                         ('issue', 'updated', BODY['webhook_id'], 'received', 'bab12535'))
        self.assertEqual(json.loads(delivery.body), BODY)
        self.assertEqual(delivery.headers['X-Plane-Event'], 'issue')

    def test_signatures(self):
        body = json.dumps(BODY).encode()
        for wrong in (sign(body, 'another'), sign(body + b' '), sign(body).upper(), 'sha256=' + sign(body), '',
                      sign(body)[:-1], sign(b''), f'{sign(body)},{sign(body)}'):
            self.refused(401, 'INVALID_SIGNATURE', body, signature=wrong)
        response = self.post('/ipai/plane/webhook', body, {'Content-Type': 'application/json'})
        self.assertEqual(response.status_code, 401)

    def test_fails_closed_without_a_secret(self):
        for reference in ('env:PLANE_TEST_ABSENT', 'not a reference', False):
            self.env['ir.config_parameter'].set_param(WEBHOOK_SECRET, reference)
            message = self.refused(503, 'KEY_MISSING', BODY)
            self.assertNotIn('not a reference', message)
        self.env['ir.config_parameter'].set_param(WEBHOOK_SECRET, 'env:PLANE_TEST_EMPTY')
        with patch.dict(os.environ, {'PLANE_TEST_EMPTY': ''}):
            body = json.dumps(BODY).encode()
            self.refused(503, 'KEY_MISSING', body, signature=sign(body, ''))

    def test_size_and_type(self):
        for content_type in ('application/json', 'application/x-www-form-urlencoded', 'text/plain'):
            self.assertEqual(self.send(b'x' * (BODY_BYTES_MAX + 1), content_type=content_type)[0], 413)
        self.assertFalse(self.deliveries.search([]))
        self.refused(415, 'UNSUPPORTED_MEDIA_TYPE', BODY, content_type='text/plain')
        self.refused(415, 'UNSUPPORTED_MEDIA_TYPE', b'a=b', content_type='application/x-www-form-urlencoded')
        padding = BODY_BYTES_MAX - len(json.dumps({**BODY, 'padding': ''}))
        self.assertEqual(self.send({**BODY, 'padding': 'x' * padding})[0], 200)

    def test_what_is_signed_but_broken(self):
        for body in (b' ', b'{', b'[1]', b'"issue"', b'\xff\xfe', b'[' * 100_000,
                     {'event': 5}, {'webhook_id': 'x' * 65}, {'action': 'a\0b'}, {'event': ['issue']}):
            self.refused(400, 'BAD_REQUEST', body)
