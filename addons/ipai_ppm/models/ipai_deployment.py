from odoo import fields, models


class Deployment(models.Model):
    _name = 'ipai.deployment'
    _description = "Deployment"
    _order = 'deployed_at desc, id desc'

    name = fields.Char(required=True)
    commit_sha = fields.Char("Commit", required=True, index=True)
    environment = fields.Selection(
        [('preview', "Preview"), ('staging', "Staging"), ('production', "Production")],
        required=True, default='preview',
    )
    status = fields.Selection(
        [
            ('pending', "Pending"),
            ('running', "Running"),
            ('success', "Success"),
            ('failed', "Failed"),
            ('cancelled', "Cancelled"),
        ],
        required=True, default='pending', copy=False,
    )
    deployed_at = fields.Datetime("Deployed On", copy=False)
    task_ids = fields.Many2many(
        'project.task', relation='ipai_deployment_task_rel', column1='deployment_id', column2='task_id',
        string="Tasks", copy=False,
    )

    _commit_sha_hex = models.Constraint(
        "CHECK (commit_sha ~ '^[0-9a-fA-F]{7,40}$')",
        "A commit is written as 7 to 40 hexadecimal digits.",
    )

    def unlink(self):
        # Deleting the other side of a many2many counts as no change of it. To depend on a field of the deployments
        # would notice, but would also touch all their tasks, write dates included, at every change of that field.
        tasks = self.sudo().task_ids
        result = super().unlink()
        self.env.add_to_compute(tasks._fields['deployment_count'], tasks)
        return result
