from . import controllers
from . import models
from .models.parameters import PREFIX


def uninstall_hook(env):
    env['ir.config_parameter'].sudo().search([('key', '=like', f'{PREFIX}.%')]).unlink()
