""" The names of the addon's system parameters. None of them holds a secret. """
PREFIX = 'ipai_plane_connector'

PUSH_URL = f'{PREFIX}.push_url'
PUSH_SECRET = f'{PREFIX}.push_secret_reference'
WEBHOOK_SECRET = f'{PREFIX}.webhook_secret_reference'
WATCHED_MODELS = f'{PREFIX}.watched_models'  # names with commas between; not set: the delivery models
PLANE_URL = f'{PREFIX}.plane_url'
PLANE_WORKSPACE = f'{PREFIX}.plane_workspace'
