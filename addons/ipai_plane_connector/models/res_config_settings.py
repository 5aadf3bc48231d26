from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..channel.reference import KeyMissing, is_reference, resolve
from ..channel.sender import url_fault
from .ipai_plane_outbox import NEVER_WATCHED, NOTHING_WATCHED
from .parameters import PLANE_URL, PLANE_WORKSPACE, PUSH_SECRET, PUSH_URL, WATCHED_MODELS, WEBHOOK_SECRET


class ResConfigSettings(models.TransientModel):
    _inherit = 'res.config.settings'

    plane_push_url = fields.Char("Syncline's Hook", config_parameter=PUSH_URL)
    plane_push_secret_reference = fields.Char("Push Secret", config_parameter=PUSH_SECRET)
    plane_webhook_secret_reference = fields.Char("Webhook Secret", config_parameter=WEBHOOK_SECRET)
    plane_url = fields.Char("Plane's Address", config_parameter=PLANE_URL)
    plane_workspace = fields.Char("Plane's Workspace", config_parameter=PLANE_WORKSPACE)
    plane_watched_model_ids = fields.Many2many(
        'ir.model', string="Watched Models",
        domain=[('transient', '=', False), ('abstract', '=', False), ('model', 'not in', sorted(NEVER_WATCHED))],
    )

    plane_push_secret_state = fields.Char(compute='_compute_plane_secret_states')
    plane_webhook_secret_state = fields.Char(compute='_compute_plane_secret_states')
    plane_waiting = fields.Integer("Waiting", compute='_compute_plane_queue')
    plane_oldest_at = fields.Datetime("Oldest Since", compute='_compute_plane_queue')
    plane_oldest_minutes = fields.Integer("Oldest Age (Minutes)", compute='_compute_plane_queue')
    plane_attempts = fields.Integer("Most Tries", compute='_compute_plane_queue')
    plane_last_success_at = fields.Datetime("Last Success", compute='_compute_plane_queue')
    plane_last_failure_at = fields.Datetime("Last Failure", compute='_compute_plane_queue')
    plane_last_error = fields.Char("Last Error", compute='_compute_plane_queue')
    plane_next_attempt_at = fields.Datetime("Not Before", compute='_compute_plane_queue')

    @api.depends('plane_push_secret_reference', 'plane_webhook_secret_reference')
    def _compute_plane_secret_states(self):
        for settings in self:
            settings.plane_push_secret_state = self._plane_secret_state(settings.plane_push_secret_reference)
            settings.plane_webhook_secret_state = self._plane_secret_state(settings.plane_webhook_secret_reference)

    @api.model
    def _plane_secret_state(self, reference):
        if not self.env.is_system():
            return False
        try:
            resolve(reference)
        except KeyMissing as missing:
            return str(missing)
        return self.env._("found")

    @api.depends_context('uid')
    def _compute_plane_queue(self):
        waiting, oldest_at, attempts = self.env['ipai.plane.outbox']._waiting()
        state = self.env['ipai.plane.push']._state()
        self.plane_waiting = waiting
        self.plane_oldest_at = oldest_at
        self.plane_oldest_minutes = oldest_at and max(
            0, (fields.Datetime.now() - oldest_at).total_seconds() // 60)
        self.plane_attempts = attempts
        self.plane_last_success_at = state.last_success_at
        self.plane_last_failure_at = state.last_failure_at
        self.plane_last_error = state.last_error
        self.plane_next_attempt_at = state.next_attempt_at

    @api.model
    def get_values(self):
        return {**super().get_values(), 'plane_watched_model_ids': [(6, 0, self._plane_configured_models().ids)]}

    def set_values(self):
        parameters = self.env['ir.config_parameter'].sudo()
        before = [parameters.get_param(name) for name in (PUSH_URL, PUSH_SECRET)]
        if self.plane_watched_model_ids != self._plane_configured_models():
            names = ','.join(sorted(self.plane_watched_model_ids.mapped('model')))
            parameters.set_param(WATCHED_MODELS, names or NOTHING_WATCHED)
        super().set_values()
        if before != [parameters.get_param(name) for name in (PUSH_URL, PUSH_SECRET)]:
            self.env['ipai.plane.push']._retry_now()

    @api.model
    def _plane_configured_models(self):
        return self.env['ir.model'].sudo().search([
            ('model', 'in', list(self.env['ipai.plane.outbox']._configured_models())),
        ], order='id').sudo(False)

    # A constraint, because what is typed into the form is in a table before it is in force: a secret must not be there.
    @api.constrains('plane_push_url', 'plane_url', 'plane_push_secret_reference', 'plane_webhook_secret_reference')
    def _check_plane(self):
        for settings in self:
            for url in (settings.plane_push_url, settings.plane_url):
                if url and (fault := url_fault(url.strip())):
                    raise ValidationError(self.env._("Syncline and Plane: %s.", fault))
            for reference in (settings.plane_push_secret_reference, settings.plane_webhook_secret_reference):
                if reference and not is_reference(reference.strip()):
                    raise ValidationError(self.env._(
                        "A secret is never kept here: give a reference, env:NAME or file:/path on the Odoo server."))

    def action_plane_test(self):
        """ A signed ping to what the form shows, saved or not. """
        self.ensure_one()
        self._plane_check_system()
        answer = self.env['ipai.plane.push']._ping(
            (self.plane_push_url or '').strip(), (self.plane_push_secret_reference or '').strip())
        return {
            'type': 'ir.actions.client', 'tag': 'display_notification',
            'params': {
                'type': 'success' if answer.accepted else 'danger', 'sticky': not answer.accepted,
                'title': self.env._("The connection works") if answer.accepted
                else self.env._("The connection does not work"),
                'message': answer.words,
            },
        }

    def action_plane_push_now(self):
        self._plane_check_system()
        self.env['ipai.plane.push']._retry_now()
        return {'type': 'ir.actions.client', 'tag': 'reload'}

    @api.model
    def _plane_check_system(self):
        if not self.env.is_system():
            raise AccessError(self.env._("Only administrators may do this."))
