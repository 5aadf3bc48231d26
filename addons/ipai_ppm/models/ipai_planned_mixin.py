from odoo import api, fields, models
from odoo.exceptions import ValidationError


class PlannedMixin(models.AbstractModel):
    _name = 'ipai.planned.mixin'
    _description = "Place in the Work Breakdown and Planned Dates"

    # Names one element of a plan: a duplicate of the record is another element.
    wbs_code = fields.Char("WBS Code", index=True, copy=False)
    planned_date_begin = fields.Date("Planned Start", copy=False)
    planned_date_end = fields.Date("Planned End", copy=False)

    @api.constrains('planned_date_begin', 'planned_date_end')
    def _check_planned_dates(self):
        for record in self:
            begin, end = record.planned_date_begin, record.planned_date_end
            if begin and end and begin > end:
                raise ValidationError(self.env._(
                    "“%(name)s” is planned to end (%(end)s) before it starts (%(begin)s).",
                    name=record.display_name, begin=begin, end=end,
                ))
