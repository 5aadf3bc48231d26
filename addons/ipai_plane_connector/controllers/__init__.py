from . import plane_webhook
