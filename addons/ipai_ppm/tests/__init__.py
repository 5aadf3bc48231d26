from . import test_access
from . import test_deployment
from . import test_planned
from . import test_portfolio
from . import test_ship_review
from . import test_shipping
from . import test_views
