from . import ipai_plane_connector
from . import ipai_plane_outbox
from . import ipai_plane_push
from . import plane_webhook_delivery
from . import res_config_settings
from . import base
