import logging
import time
from statistics import median

from odoo.tests import tagged

from ..models.parameters import PUSH_URL, WATCHED_MODELS
from .common import ConnectorCase

_logger = logging.getLogger(__name__)
ROUNDS = 20


@tagged('post_install', '-at_install')
class TestOverhead(ConnectorCase):

    def test_figures(self):
        """ What watching costs, up to the commit: printed for people to judge, because machines are noisy. """
        self.set_parameters({PUSH_URL: 'https://syncline.example.com/hooks/odoo/main'})
        figures = {}
        for name, act in (('write', self.write), ('create 200', self.create)):
            for watched in ('none', 'res.partner'):  # in turn would be fairer, but clears the caches each time
                self.set_parameters({WATCHED_MODELS: watched})
                act(0)
                self.take()
                rounds = ROUNDS if name == 'write' else 3
                figures[name, watched] = median([self.milliseconds(act, number) for number in range(1, rounds + 1)])
                self.assertEqual(bool(self.take()), watched != 'none')
        _logger.info("overhead: %s", '; '.join(
            f"{name}: {figures[name, 'none']:.1f} ms unwatched, {figures[name, 'res.partner']:.1f} ms watched"
            for name in ('write', 'create 200')))

    def milliseconds(self, act, number):
        begun = time.perf_counter()
        act(number)
        self.env.cr.flush()
        return (time.perf_counter() - begun) * 1000

    def write(self, number):
        self.partner.write({'ref': f"R{number}"})

    def create(self, number):
        self.env['res.partner'].create([{'name': f"{number}-{place}"} for place in range(200)])
