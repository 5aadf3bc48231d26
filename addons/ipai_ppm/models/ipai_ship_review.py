from odoo import api, fields, models
from odoo.exceptions import UserError

# Decided by the two actions and by nothing else, so that an approval never misses its consequence.
DECISION_FIELDS = {'task_id', 'state', 'decided_by', 'decided_at'}


class ShipReview(models.Model):
    _name = 'ipai.ship.review'
    _description = "Ship Review"
    _order = 'opened_at desc, id desc'
    _rec_name = 'task_id'

    task_id = fields.Many2one('project.task', "Task", required=True, index=True, ondelete='cascade')
    project_id = fields.Many2one(related='task_id.project_id')
    state = fields.Selection(
        [('open', "Open"), ('approved', "Approved"), ('rejected', "Rejected")],
        required=True, default='open', readonly=True, index=True, copy=False,
    )
    source = fields.Selection(
        [('plane', "Plane"), ('odoo', "Odoo"), ('manual', "Manual")],
        required=True, default='manual', help="Where the question came from.",
    )
    opened_at = fields.Datetime("Opened On", required=True, default=fields.Datetime.now, copy=False)
    decided_by = fields.Many2one('res.users', "Decided By", readonly=True, copy=False)
    decided_at = fields.Datetime("Decided On", readonly=True, copy=False)
    note = fields.Text()

    _one_open_per_task = models.UniqueIndex(
        "(task_id) WHERE state = 'open'", "This task already has an open ship review.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        reviews = super().create(vals_list)
        if not self.env.su and any(review.state != 'open' or review.decided_by or review.decided_at for review in reviews):
            raise UserError(self.env._("A ship review starts open."))
        return reviews

    def write(self, vals):
        if not self.env.su and not DECISION_FIELDS.isdisjoint(vals):
            raise UserError(self.env._("A ship review is decided by approving or rejecting it."))
        return super().write(vals)

    def action_approve(self):
        # One instant for both: a decision and what it ships are never a second apart.
        now = self._decide('approved')
        self.task_id.filtered(lambda task: not task.is_shipped).write({'is_shipped': True, 'shipped_at': now})
        return True

    def action_reject(self):
        self._decide('rejected')
        return True

    def _decide(self, state):
        self.check_access('write')
        if any(review.state != 'open' for review in self):
            raise UserError(self.env._("This ship review is decided already."))
        now = fields.Datetime.now()
        self.sudo().write({'state': state, 'decided_by': self.env.uid, 'decided_at': now})
        # Into the table at once: a new review of the same task may follow in this transaction, and the unique index
        # knows nothing of what Odoo has yet to write.
        self.flush_recordset(['state'])
        return now
