from urllib.parse import quote

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..channel.sender import url_fault
from . import changes
from .parameters import PLANE_URL, PLANE_WORKSPACE


class PlaneConnector(models.AbstractModel):
    """ What a domain model inherits to have a work item in Plane. Its changes go to the outbox without any setting. """
    _name = 'ipai.plane.connector'
    _description = "Plane Connector"

    plane_issue_id = fields.Char("Plane Work Item", index='btree_not_null', copy=False, help="Its UUID.")
    plane_project_id = fields.Char("Plane Project", copy=False, help="Its UUID.")
    plane_issue_url = fields.Char("Plane Address", compute='_compute_plane_issue_url')

    @api.depends('plane_issue_id', 'plane_project_id')
    def _compute_plane_issue_url(self):
        parameters = self.env['ir.config_parameter'].sudo()
        url, workspace = parameters.get_param(PLANE_URL), parameters.get_param(PLANE_WORKSPACE)
        known = url and workspace and not url_fault(url)
        for record in self:
            parts = (workspace, 'projects', record.plane_project_id, 'issues', record.plane_issue_id)
            record.plane_issue_url = known and all(parts) and '/'.join(
                [url.rstrip('/'), *(quote(part, safe='') for part in parts)])

    def action_open_in_plane(self):
        self.ensure_one()
        if not self.plane_issue_url:
            raise UserError(self.env._(
                "The address in Plane is not known: it takes a work item and its project on this record, and Plane's "
                "address and workspace in the settings."))
        return {'type': 'ir.actions.act_url', 'url': self.plane_issue_url, 'target': 'new'}

    @api.model
    def _plane_watched_fields(self):
        """ To override: names of the fields whose change matters to Plane; None: all. Creations and deletions always
        matter. Asked once, so it must depend on nothing but the code. """
        return None

    def _plane_request_look(self):
        """ Asks the other side to look at these records, although nothing may have changed. """
        changes.note(self, 'write')

    @api.model
    def _plane_handle_event(self, event):
        """ To override: something happened in Plane. True when this model had to do with it. Runs as superuser in a
        savepoint of its own; an exception means that it is tried again.

        `event`: {'event': 'issue', 'action': 'updated', 'id': entity's UUID, 'webhook_id', 'data', 'activity',
        'payload': all of it as Plane sent it}. Events come late, twice and in any order: look at the state, do not add
        up the changes. """
        return False

    @api.model
    def _plane_find(self, event):
        """ The records whose work item the event is about. """
        return self.search([('plane_issue_id', '=', event['id'])]) if event['id'] else self.browse()
