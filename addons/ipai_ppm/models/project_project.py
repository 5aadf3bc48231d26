from odoo import fields, models


class Project(models.Model):
    _name = 'project.project'
    _inherit = ['project.project', 'ipai.planned.mixin']

    portfolio_id = fields.Many2one('ipai.portfolio', "Portfolio", index='btree_not_null', ondelete='set null', tracking=True)
    portfolio_name = fields.Char("Portfolio Name", related='portfolio_id.name', store=True)
