import json
import uuid
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ConnectorCase
from .web import WebCase

CONNECTOR = 'ipai_plane_connector.group_connector'
MODELS = ('ipai.plane.outbox', 'ipai.plane.push', 'plane.webhook.delivery')


@tagged('post_install', '-at_install')
class TestAccess(ConnectorCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee = cls.person('employee', 'base.group_user')
        cls.connector = cls.person('connector', 'base.group_user', CONNECTOR)
        cls.administrator = cls.person('administrator', 'base.group_user', 'base.group_system')

    def refused(self, action, *arguments):
        with mute_logger('odoo.addons.base.models.ir_model'), self.assertRaises(AccessError), self.cr.savepoint():
            action(*arguments)

    def test_users_see_nothing(self):
        for model in MODELS:
            self.refused(self.env[model].with_user(self.employee).search, [])
        outbox = self.outbox.with_user(self.employee)
        self.refused(outbox.pull)
        self.refused(outbox.browse(1).ack)

    def test_users_write_what_is_watched(self):
        user = self.person('writer', 'base.group_user', 'base.group_partner_manager')
        self.take()
        self.partner.with_user(user).ref = "A"
        self.assertEqual(list(self.changes()), [('res.partner', self.partner.id)])

    def test_the_connector_fetches_and_acknowledges_and_no_more(self):
        outbox = self.outbox.with_user(self.connector)
        self.partner.ref = "B"
        self.env.cr.flush()
        event, = outbox.pull()
        row = outbox.browse(event['id'])
        self.assertEqual(row.read(['model', 'res_id'])[0]['model'], 'res.partner')
        self.refused(row.write, {'op': 'unlink'})
        self.refused(row.unlink)
        self.refused(outbox.create, {'model': 'res.partner', 'res_id': 1, 'op': 'write', 'txn': '1',
                                     'created_at': '2026-01-01'})
        self.assertEqual(row.ack(), [event['id']])
        self.assertEqual(row.ack(), [])
        self.assertEqual(outbox.pull(), [])
        for model in MODELS[1:]:
            self.refused(self.env[model].with_user(self.connector).search, [])
        self.refused(self.env['res.config.settings'].with_user(self.connector).create, {})

    def test_administrators_see_all(self):
        for model in MODELS:
            self.env[model].with_user(self.administrator).search([]).read()
        self.env['res.config.settings'].with_user(self.administrator).create({})

    def test_pulling_takes_nothing_out(self):
        partners = self.env['res.partner'].create([{'name': f"Partner {number}"} for number in range(5)])
        self.env.cr.flush()
        outbox = self.outbox.with_user(self.connector)
        first = outbox.pull(limit=2)
        self.assertEqual([event['res_id'] for event in first], partners.ids[:2])
        self.assertEqual(outbox.pull(limit=2), first)
        # Acknowledged out of order: what is left stays, whatever its id.
        rest = outbox.pull()
        outbox.browse([rest[0]['id'], rest[3]['id']]).ack()
        self.assertEqual([event['res_id'] for event in outbox.pull()], [partners.ids[place] for place in (1, 2, 4)])
        for limit in (0, -1, 5001, '5', None):
            with self.assertRaises(UserError):
                outbox.pull(limit)

    def test_a_batch_that_lost_rows_is_another_batch(self):
        self.env['res.partner'].create([{'name': f"Partner {number}"} for number in range(3)])
        self.env.cr.flush()
        batch, events = self.outbox._next_batch()
        self.outbox.browse(events[1]['id']).ack()
        again, left = self.outbox._next_batch()
        self.assertNotEqual(again, batch)
        self.assertEqual(uuid.UUID(again).version, 4)
        self.assertEqual(left, [events[0], events[2]])


@tagged('post_install', '-at_install')
class TestJson2(WebCase):
    """ The same as it is called from outside. """

    def test_pull_and_ack(self):
        user = self.env['res.users'].create({
            'name': "Syncline", 'login': 'plane-json2',
            'group_ids': [(6, 0, [self.env.ref('base.group_user').id, self.env.ref(CONNECTOR).id])],
        })
        key = self.env['res.users.apikeys'].with_user(user)._generate(
            None, 'test', fields.Datetime.now() + timedelta(days=1))
        self.env.cr.flush()
        self.env.cr.execute("DELETE FROM ipai_plane_outbox")
        project = self.env['project.project'].create({'name': "Rocket"})
        self.env.cr.flush()

        def call(method, **arguments):
            response = self.post(
                f'/json/2/ipai.plane.outbox/{method}', json.dumps(arguments).encode(),
                {'Authorization': f'bearer {key}', 'Content-Type': 'application/json'})
            return response.status_code, response.json

        status, events = call('pull', limit=100)
        self.assertEqual(status, 200)
        event, = [event for event in events if event['model'] == 'project.project']
        self.assertEqual((event['res_id'], event['op']), (project.id, 'create'))
        self.assertEqual(call('ack', ids=[event['id']]), (200, [event['id']]))
        self.assertEqual([left for left in call('pull')[1] if left['model'] == 'project.project'], [])
        with mute_logger('odoo.http'):
            self.assertEqual(call('pull', limit=0)[0], 422)
            user.group_ids -= self.env.ref(CONNECTOR)
            self.assertEqual(call('pull')[0], 403)
