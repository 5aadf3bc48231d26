from odoo import fields, models


class Portfolio(models.Model):
    _name = 'ipai.portfolio'
    _description = "Portfolio"
    _order = 'name, id'

    name = fields.Char(required=True)
    code = fields.Char(copy=False)
    active = fields.Boolean(default=True)
    project_ids = fields.One2many('project.project', 'portfolio_id', "Projects")

    _code_unique = models.Constraint('UNIQUE (code)', "Another portfolio has this code.")
