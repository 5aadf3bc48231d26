from odoo import api, fields, models
from odoo.orm.model_classes import add_to_registry

from .common import ConnectorCase


class Deadline(models.Model):
    """ What a domain module's model looks like; it lives only while its tests run. """
    _module = None
    _name = 'plane.test.deadline'
    _description = "Deadline"
    _inherit = ['ipai.plane.connector']

    name = fields.Char()
    due_on = fields.Date()
    note = fields.Char()
    closed = fields.Boolean()

    @api.model
    def _plane_watched_fields(self):
        return {'name', 'due_on'}

    @api.model
    def _plane_handle_event(self, event):
        deadlines = self._plane_find(event)
        if 'broken' in deadlines.mapped('name'):
            deadlines.note = "half done"
            raise ValueError("it is broken")
        deadlines.closed = event['data'].get('state', {}).get('group') == 'completed'
        return bool(deadlines)


class HeirCase(ConnectorCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        add_to_registry(cls.registry, Deadline)
        cls.addClassCleanup(cls.forget)
        cls.registry._setup_models__(cls.cr, [Deadline._name])
        cls.registry.init_models(cls.cr, [Deadline._name], {'models_to_check': True})
        cls.registry.clear_all_caches()
        cls.deadlines = cls.env[Deadline._name]

    @classmethod
    def forget(cls):
        del cls.registry[Deadline._name]
        cls.registry._setup_models__(cls.cr, [])
        cls.registry.clear_all_caches()
