from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

SHIPPING_FIELDS = {'is_shipped', 'shipped_at'}


class ShippableMixin(models.AbstractModel):
    """ What can be shipped. Shipping is a decision of a project manager, and waits for what it depends on.

    A model that includes this calls `_begin_shipping` and `_check_ship_blockers` around its own `write`, and
    `_check_created_shipped` after its own `create`. The mixin cannot override the two itself: it comes last in the
    method order, and some of the models in between go on as superuser, so that it would not see who asked.
    """
    _name = 'ipai.shippable.mixin'
    _description = "Can Be Shipped"

    is_shipped = fields.Boolean("Shipped", copy=False, index=True, tracking=True)
    shipped_at = fields.Datetime(
        "Shipped On", compute='_compute_shipped_at', store=True, readonly=False, copy=False,
        help="Now, when it is marked as shipped and no other time is given.",
    )

    @api.depends('is_shipped')
    def _compute_shipped_at(self):
        now = fields.Datetime.now()
        for record in self:
            record.shipped_at = (record.shipped_at or now) if record.is_shipped else False

    @api.constrains('is_shipped', 'shipped_at')
    def _check_shipped_at(self):
        if any(record.shipped_at and not record.is_shipped for record in self):
            raise ValidationError(self.env._("What is not shipped has no shipping time."))

    def _ship_blockers(self):
        """ The tasks that must be shipped or closed before this record may be. """
        self.ensure_one()
        return self.env['project.task']

    def _begin_shipping(self, vals):
        """ Refuses a change of the shipping fields to who may not; returns the records that `vals` ships. """
        if SHIPPING_FIELDS.isdisjoint(vals):
            return self.browse()
        is_shipped = bool(vals.get('is_shipped'))
        changes_state = 'is_shipped' in vals and any(bool(record.is_shipped) != is_shipped for record in self)
        shipped_at = fields.Datetime.to_datetime(vals.get('shipped_at')) or False
        changes_time = 'shipped_at' in vals and any(record.shipped_at != shipped_at for record in self)
        if changes_state or changes_time:
            self._check_may_ship()
        return self.filtered(lambda record: not record.is_shipped) if is_shipped else self.browse()

    def _check_created_shipped(self):
        shipped = self.filtered('is_shipped')
        if shipped:
            self._check_may_ship()
            shipped._check_ship_blockers()

    def _check_may_ship(self):
        if not self.env.su and not self.env.user.has_group('project.group_project_manager'):
            raise AccessError(self.env._("Only a project manager decides what is shipped. Open a ship review instead."))

    def _check_ship_blockers(self):
        for record in self:
            blockers = record._ship_blockers()
            if blockers:
                raise UserError(self.env._(
                    "“%(name)s” cannot be shipped before: %(blockers)s.",
                    name=record.display_name, blockers=", ".join(sorted(blockers.mapped('display_name'))),
                ))
