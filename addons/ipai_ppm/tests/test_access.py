from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PpmCase


@tagged('post_install', '-at_install')
class TestAccess(PpmCase):

    def _refused(self, action, *arguments):
        with mute_logger('odoo.addons.base.models.ir_rule', 'odoo.addons.base.models.ir_model'):
            with self.assertRaises(AccessError), self.cr.savepoint():
                action(*arguments)

    def test_a_project_user_asks_and_a_manager_decides(self):
        review = self.first.with_user(self.user).action_open_ship_review()
        self.assertEqual(review.create_uid, self.user)
        self._refused(review.action_approve)
        self._refused(review.action_reject)
        self._refused(review.write, {'note': "Fine with me."})
        self._refused(review.unlink)
        self.assertEqual(review.state, 'open')
        review.with_user(self.manager).action_approve()
        self.assertTrue(self.first.is_shipped)

    def test_only_a_manager_touches_the_shipping_fields(self):
        for record in (self.first, self.env['project.milestone'].create({'name': "Empty", 'project_id': self.project.id})):
            with self.subTest(record._name):
                as_user, as_manager = record.with_user(self.user), record.with_user(self.manager)
                self._refused(as_user.write, {'is_shipped': True})
                self._refused(as_user.create, {'name': "X", 'project_id': self.project.id, 'is_shipped': True})
                self._refused(as_user.with_context(default_is_shipped=True).create, {
                    'name': "X", 'project_id': self.project.id,
                })
                as_manager.is_shipped = True
                self._refused(as_user.write, {'is_shipped': False})
                self._refused(as_user.write, {'shipped_at': '2026-01-01 00:00:00'})
                as_user.write({'is_shipped': True, 'name': "Renamed"})  # the same value changes nothing
                self.assertEqual(record.name, "Renamed")

    def test_users_read_and_managers_write(self):
        for record in (self.env['ipai.portfolio'].create({'name': "Space"}), self._deployment()):
            with self.subTest(record._name):
                as_user = record.with_user(self.user)
                self.assertTrue(as_user.read(['name']))
                self._refused(as_user.write, {'name': "X"})
                self._refused(as_user.create, {'name': "X", 'commit_sha': '0123abc'}
                              if 'commit_sha' in record else {'name': "X"})
                self._refused(as_user.unlink)
                record.with_user(self.manager).write({'name': "Y"})
                record.with_user(self.manager).unlink()

    def test_other_employees_read_tasks_but_nothing_of_this(self):
        for model in ('ipai.portfolio', 'ipai.deployment', 'ipai.ship.review'):
            self._refused(self.env[model].with_user(self.employee).search, [])
        self._open_review()
        self._deployment(task_ids=self.first.ids)
        self.project.portfolio_id = self.env['ipai.portfolio'].create({'name': "Space"})
        task = self.first.with_user(self.employee)
        self.assertEqual(task.read(['deployment_count'])[0]['deployment_count'], 1)
        for name in ('deployment_ids', 'ship_review_ids'):
            self.assertNotIn(name, task.fields_get())
            self._refused(task.read, [name])
        project, = self.project.with_user(self.employee).read(['portfolio_name'])
        self.assertEqual(project['portfolio_name'], "Space")

    def test_reviews_of_a_hidden_project_are_hidden(self):
        review = self._open_review()
        self.project.privacy_visibility = 'followers'
        reviews = self.env['ipai.ship.review']
        self.assertFalse(reviews.with_user(self.user).search([('id', '=', review.id)]))
        self.assertTrue(reviews.with_user(self.manager).search([('id', '=', review.id)]))
        self.project.message_subscribe(self.user.partner_id.ids)
        self.assertTrue(reviews.with_user(self.user).search([('id', '=', review.id)]))

    def test_reviews_of_another_company_are_hidden(self):
        review = self._open_review()
        self.project.company_id = self.env['res.company'].create({'name': "Elsewhere"})
        self.env.flush_all()
        self.assertEqual(self.first.company_id.name, "Elsewhere")
        self.assertFalse(self.env['ipai.ship.review'].with_user(self.manager).search([('id', '=', review.id)]))
