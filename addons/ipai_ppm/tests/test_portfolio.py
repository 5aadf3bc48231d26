from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PpmCase


@tagged('post_install', '-at_install')
class TestPortfolio(PpmCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portfolio = cls.env['ipai.portfolio'].create({'name': "Space", 'code': 'SPC'})
        cls.project.portfolio_id = cls.portfolio

    def _stored_name(self):
        self.env.flush_all()
        self.env.cr.execute("SELECT portfolio_name FROM project_project WHERE id = %s", [self.project.id])
        return self.env.cr.fetchone()[0]

    def test_the_name_follows_into_the_column(self):
        self.assertEqual(self._stored_name(), "Space")
        self.portfolio.name = "Deep Space"
        self.assertEqual(self._stored_name(), "Deep Space")
        self.project.portfolio_id = False
        self.assertIsNone(self._stored_name())

    def test_deleting_a_portfolio_keeps_its_projects(self):
        self.portfolio.unlink()
        self.assertTrue(self.project.exists())
        self.assertFalse(self.project.portfolio_id)

    def test_archived_portfolio_keeps_its_projects(self):
        self.portfolio.action_archive()
        self.assertFalse(self.env['ipai.portfolio'].search([('code', '=', 'SPC')]))
        self.assertEqual(self.portfolio.project_ids, self.project)
        self.assertEqual(self.project.portfolio_name, "Space")

    @mute_logger('odoo.sql_db')
    def test_codes_are_unique_and_optional(self):
        self.env['ipai.portfolio'].create([{'name': "One"}, {'name': "Two"}])
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.env['ipai.portfolio'].create({'name': "Other", 'code': 'SPC'})
