from odoo import api, fields, models
from odoo.addons.project.models.project_task import CLOSED_STATES


class ProjectTask(models.Model):
    _name = 'project.task'
    _inherit = ['project.task', 'ipai.planned.mixin', 'ipai.shippable.mixin']

    # The groups: other employees and portal users may read tasks, but neither deployments nor reviews.
    deployment_ids = fields.Many2many(
        'ipai.deployment', relation='ipai_deployment_task_rel', column1='task_id', column2='deployment_id',
        string="Deployments", copy=False, groups='project.group_project_user',
    )
    deployment_count = fields.Integer("Number of Deployments", compute='_compute_deployment_count', store=True)
    ship_review_ids = fields.One2many(
        'ipai.ship.review', 'task_id', "Ship Reviews", groups='project.group_project_user',
    )

    @api.depends('deployment_ids')
    def _compute_deployment_count(self):
        for task in self:
            task.deployment_count = len(task.deployment_ids)

    def _is_shipped_or_closed(self):
        self.ensure_one()
        return self.is_shipped or self.state in CLOSED_STATES

    def _ship_blockers(self):
        # As superuser: a task that the manager may not see blocks all the same.
        return self.sudo().depend_on_ids.filtered(lambda task: not task._is_shipped_or_closed())

    @api.model_create_multi
    def create(self, vals_list):
        tasks = super().create(vals_list).with_env(self.env)
        tasks._check_created_shipped()
        return tasks

    def write(self, vals):
        newly_shipped = self._begin_shipping(vals)
        result = super().write(vals)
        newly_shipped._check_ship_blockers()
        return result

    def action_open_ship_review(self, source='manual'):
        """ The open ship reviews of these tasks, made where there is none yet. """
        reviews = self.env['ipai.ship.review'].search([('task_id', 'in', self.ids), ('state', '=', 'open')])
        return reviews | reviews.create([
            {'task_id': task.id, 'source': source} for task in self - reviews.task_id
        ])

    def action_view_deployments(self):
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('ipai_ppm.ipai_deployment_action')
        action['domain'] = [('task_ids', 'in', self.ids)]
        action['context'] = {'default_task_ids': self.ids}
        return action
