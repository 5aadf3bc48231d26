from . import ipai_planned_mixin
from . import ipai_shippable_mixin
from . import ipai_portfolio
from . import ipai_deployment
from . import ipai_ship_review
from . import project_project
from . import project_task
from . import project_milestone
