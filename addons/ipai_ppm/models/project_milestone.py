from odoo import api, models


class ProjectMilestone(models.Model):
    _name = 'project.milestone'
    _inherit = ['project.milestone', 'ipai.shippable.mixin']

    def _ship_blockers(self):
        # As superuser: a task that the manager may not see blocks all the same.
        return self.sudo().task_ids.filtered(lambda task: not task._is_shipped_or_closed())

    @api.model_create_multi
    def create(self, vals_list):
        milestones = super().create(vals_list)
        milestones._check_created_shipped()
        return milestones

    def write(self, vals):
        newly_shipped = self._begin_shipping(vals)
        result = super().write(vals)
        newly_shipped._check_ship_blockers()
        return result
