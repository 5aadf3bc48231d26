from odoo import api, models

from . import changes


class Base(models.AbstractModel):
    _inherit = 'base'

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if changes.is_watched(records):
            changes.note(records, 'create')
        return records

    def write(self, vals):
        result = super().write(vals)
        changes.note_write(self, vals)
        return result

    def _write_multi(self, vals_list):
        # The columns of ordinary writes, too; but recomputed ones come nowhere else.
        super()._write_multi(vals_list)
        changes.note_columns(self, vals_list)

    def unlink(self):
        result = super().unlink()
        if changes.is_watched(self):
            changes.note(self, 'unlink')
        return result
