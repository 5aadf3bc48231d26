import os
from unittest.mock import patch

from odoo.tests import TransactionCase

from ..models.parameters import PUSH_SECRET, PUSH_URL, WATCHED_MODELS, WEBHOOK_SECRET

SECRET = 'correct horse battery staple 5151'
ENVIRONMENT = {'PLANE_TEST_SECRET': SECRET, 'NO_PROXY': '127.0.0.1', 'no_proxy': '127.0.0.1'}


class ConnectorCase(TransactionCase):
    """ Partners are watched, the outbox is empty, nothing is pushed. """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True, no_reset_password=True))
        cls.startClassPatcher(patch.dict(os.environ, ENVIRONMENT))
        cls.set_parameters({
            WATCHED_MODELS: 'res.partner', PUSH_URL: False, PUSH_SECRET: 'env:PLANE_TEST_SECRET',
            WEBHOOK_SECRET: 'env:PLANE_TEST_SECRET',
        })
        cls.outbox = cls.env['ipai.plane.outbox']
        cls.partner = cls.env['res.partner'].create({'name': "Ada"})

    def setUp(self):
        super().setUp()
        self.take()

    @classmethod
    def set_parameters(cls, values):
        for name, value in values.items():
            cls.env['ir.config_parameter'].set_param(name, value)

    @classmethod
    def person(cls, login, *groups):
        return cls.env['res.users'].create({
            'name': login.title(), 'login': f'plane-{login}', 'email': f'{login}@example.com',
            'group_ids': [(6, 0, [cls.env.ref(group).id for group in groups])],
        })

    def take(self):
        """ The events so far, as if the transaction ended here, taken out of the outbox. """
        self.env.cr.flush()
        events = self.outbox.pull(5000)
        self.outbox.browse([event['id'] for event in events]).ack()
        return events

    def changes(self, *records):
        """ The same, as {(model, id): (op, fields)}, of these records only. """
        events = self.take()
        keys = {(record._name, id_) for group in records for record in group for id_ in record.ids} if records else None
        return {
            (event['model'], event['res_id']): (event['op'], event['fields']) for event in events
            if keys is None or (event['model'], event['res_id']) in keys
        }
