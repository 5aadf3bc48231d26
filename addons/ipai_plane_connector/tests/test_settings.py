import json
from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..models.parameters import PUSH_SECRET, PUSH_URL, WATCHED_MODELS
from .common import SECRET, ConnectorCase
from .receiver import Receiver


@tagged('post_install', '-at_install')
class TestSettings(ConnectorCase):

    def settings(self, **values):
        return self.env['res.config.settings'].create(values)

    def parameter(self, name):
        return self.env['ir.config_parameter'].get_param(name)

    def test_saved(self):
        partners, tags = (self.env['ir.model']._get(name) for name in ('res.partner', 'res.partner.category'))
        settings = self.settings(
            plane_push_url=' https://syncline.example.com/hooks/odoo/main ',
            plane_push_secret_reference='env:ANOTHER_ONE',
            plane_watched_model_ids=[(6, 0, (partners | tags).ids)])
        settings.set_values()
        self.assertEqual(self.parameter(PUSH_URL), 'https://syncline.example.com/hooks/odoo/main')
        self.assertEqual(self.parameter(PUSH_SECRET), 'env:ANOTHER_ONE')
        self.assertEqual(self.parameter(WATCHED_MODELS), 'res.partner,res.partner.category')
        self.assertIn('res.partner.category', self.outbox._watched())
        self.assertEqual(self.settings().plane_watched_model_ids, partners | tags)
        self.settings(plane_watched_model_ids=[(5,)]).set_values()
        self.assertEqual([name for name in self.outbox._watched() if name.startswith('res.')], [])
        self.assertFalse(self.settings().plane_watched_model_ids)

    def test_models_that_come_later_are_watched_unless_others_were_chosen(self):
        self.set_parameters({WATCHED_MODELS: False})
        settings = self.settings()
        self.assertIn('project.task', settings.plane_watched_model_ids.mapped('model'))
        settings.set_values()
        self.assertFalse(self.parameter(WATCHED_MODELS))

    def test_a_secret_cannot_be_put_in(self):
        for name in ('plane_push_secret_reference', 'plane_webhook_secret_reference'):
            with self.assertRaises(ValidationError) as caught, self.cr.savepoint():
                self.settings(**{name: SECRET})
            self.assertNotIn(SECRET, str(caught.exception))
        self.env.cr.execute("SELECT count(*) FROM res_config_settings AS s WHERE s::text LIKE %s", [f'%{SECRET}%'])
        self.assertEqual(self.env.cr.fetchone(), (0,))

    def test_a_secret_cannot_be_read(self):
        settings = self.settings()
        self.assertEqual(settings.plane_push_secret_state, "found")
        self.assertNotIn(SECRET, json.dumps(settings.read(), default=str))
        self.assertNotIn(SECRET, json.dumps(settings.default_get(list(settings._fields)), default=str))
        settings.plane_push_secret_reference = 'env:PLANE_TEST_ABSENT'
        self.assertEqual(settings.plane_push_secret_state,
                         "KEY_MISSING: env:PLANE_TEST_ABSENT is not set on the Odoo server")

    def test_addresses_are_looked_at(self):
        for name in ('plane_push_url', 'plane_url'):
            for url in ('ftp://x/', 'syncline', 'https://user:password@example.com/', 'javascript:alert(1)'):
                with self.assertRaises(ValidationError), self.cr.savepoint():
                    self.settings(**{name: url})

    def test_the_page_and_its_state(self):
        self.partner.ref = "A"
        self.env.cr.flush()
        self.env['ipai.plane.push']._state().write({'last_error': "nobody answers", 'failures': 3})
        self.env.cr.execute("UPDATE ipai_plane_outbox SET attempts = 3, created_at = created_at - interval '2 hours'")
        with Form(self.env['res.config.settings']) as form:
            self.assertEqual((form.plane_waiting, form.plane_attempts, form.plane_last_error), (1, 3, "nobody answers"))
            self.assertIn(form.plane_oldest_minutes, (119, 120))
            form.plane_push_secret_reference = 'env:PLANE_TEST_ABSENT'
            self.assertIn("KEY_MISSING", form.plane_push_secret_state)

    def test_the_views(self):
        for model, views in (('ipai.plane.outbox', ('list', 'search')),
                             ('plane.webhook.delivery', ('list', 'form', 'search'))):
            for view in views:
                self.assertTrue(self.env[model].get_view(view_type=view)['arch'])
        self.assertIn('plane_push_url', self.env['res.config.settings'].get_view(view_type='form')['arch'])

    def test_the_test_button(self):
        receiver = Receiver()
        self.addCleanup(receiver.stop)
        self.set_parameters({PUSH_URL: 'http://127.0.0.1:1/'})
        settings = self.settings(plane_push_url=receiver.url)  # not saved yet
        shown = settings.action_plane_test()['params']
        self.assertEqual((shown['type'], shown['message']), ('success', "accepted (200)"))
        (headers, body), = receiver.requests
        content = json.loads(body)
        self.assertEqual({**content, 'batch': ''}, {'batch': '', 'ping': True, 'events': []})
        self.assertRegex(headers['X-Sync-Signature'], '^sha256=[0-9a-f]{64}$')
        for answer, words in (
            (401, "the signature was refused"), (404, "no such endpoint"),
            ((503, b'{"error": {"code": "KEY_MISSING", "message": "env:X"}}'), "KEY_MISSING env:X"),
            ((302, b'', {'Location': receiver.url}), "redirects are not followed"),
        ):
            receiver.answers = [answer]
            shown = settings.action_plane_test()['params']
            self.assertEqual(shown['type'], 'danger')
            self.assertIn(words, shown['message'])
        self.assertEqual(len(receiver.requests), 5)
        for values, words in (
            ({'plane_push_url': False}, "must begin with https"),
            ({'plane_push_secret_reference': False}, "no secret reference is set"),
            ({'plane_push_url': 'http://127.0.0.1:1/'}, "nobody answers"),
        ):
            shown = self.settings(**{'plane_push_url': receiver.url, **values}).action_plane_test()['params']
            self.assertIn(words, shown['message'])

    def test_a_new_address_is_tried_at_once(self):
        state = self.env['ipai.plane.push']._state()
        for act in (
            lambda: self.settings(plane_push_url='https://syncline.example.com/hooks/odoo/main').set_values(),
            lambda: self.settings(plane_push_secret_reference='env:ANOTHER_ONE').set_values(),
            lambda: self.settings().action_plane_push_now(),
        ):
            state.next_attempt_at = '2030-01-01 00:00:00'
            with patch.object(type(self.outbox), '_trigger_push') as trigger:
                act()
            self.assertFalse(state.next_attempt_at)
            trigger.assert_called_once()
        state.next_attempt_at = '2030-01-01 00:00:00'
        self.settings().set_values()  # nothing new
        self.assertTrue(state.next_attempt_at)

    def test_only_for_administrators(self):
        user = self.person('curious', 'base.group_user', 'base.group_erp_manager')
        settings = self.settings().with_user(user)
        for action in ('action_plane_test', 'action_plane_push_now'):
            with mute_logger('odoo.addons.base.models.ir_model'), self.assertRaises(AccessError):
                getattr(settings, action)()
        self.assertFalse(settings._plane_secret_state('env:PLANE_TEST_SECRET'))
