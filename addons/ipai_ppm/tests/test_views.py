from lxml import etree

from odoo.tests import Form, tagged

from .common import PpmCase


@tagged('post_install', '-at_install')
class TestViews(PpmCase):

    def _names(self, model, view, user):
        arch = self.env[model].with_user(user).get_view(self.env.ref(view).id)['arch']
        return {node.get('name') for node in etree.fromstring(arch).iter('field', 'button', 'filter', 'page')}

    def test_the_fields_are_in_odoo_s_own_views(self):
        expected = [
            ('project.project', 'project.edit_project', {'portfolio_id', 'wbs_code', 'planned_date_begin', 'planned_date_end'}),
            ('project.project', 'project.view_project', {'portfolio_id', 'wbs_code'}),
            ('project.project', 'project.view_project_project_filter', {'portfolio_id', 'wbs_code', 'group_portfolio'}),
            ('project.task', 'project.view_task_form2', {
                'wbs_code', 'planned_date_begin', 'planned_date_end', 'is_shipped', 'shipped_at', 'ship_review_ids',
                'action_open_ship_review', 'action_view_deployments',
            }),
            ('project.task', 'project.view_task_tree2', {'wbs_code', 'planned_date_end', 'is_shipped', 'deployment_count'}),
            ('project.task', 'project.view_task_search_form', {'wbs_code', 'shipped', 'in_ship_review'}),
            ('project.milestone', 'project.project_milestone_view_form', {'is_shipped', 'shipped_at'}),
            ('project.milestone', 'project.project_milestone_view_tree', {'is_shipped', 'shipped_at'}),
        ]
        for model, view, names in expected:
            for user in (self.user, self.manager):
                with self.subTest(view, user=user.name):
                    self.assertLessEqual(names, self._names(model, view, user))

    def test_other_employees_get_the_task_form_without_reviews(self):
        names = self._names('project.task', 'project.view_task_form2', self.employee)
        self.assertIn('wbs_code', names)
        self.assertFalse(names & {'ship_review_ids', 'action_open_ship_review', 'action_view_deployments'})

    def test_only_managers_see_the_decision_buttons(self):
        for user, visible in ((self.user, False), (self.manager, True)):
            names = self._names('ipai.ship.review', 'ipai_ppm.ipai_ship_review_view_form', user)
            self.assertEqual({'action_approve', 'action_reject'} <= names, visible)

    def test_the_menus_lead_to_views_that_load(self):
        visible = self.env['ir.ui.menu'].with_user(self.user)._visible_menu_ids()
        for name in ('portfolio', 'deployment', 'ship_review'):
            menu = self.env.ref(f'ipai_ppm.menu_ipai_{name}')
            self.assertIn(menu.id, visible)
            views = self.env[menu.action.res_model].with_user(self.user).get_views(
                [(False, view_type) for view_type in ('list', 'form', 'search')])
            self.assertEqual(set(views['views']), {'list', 'form', 'search'})

    def test_a_manager_fills_the_forms(self):
        env = self.env(user=self.manager)
        with Form(env['ipai.portfolio']) as form:
            form.name, form.code = "Space", 'SPC'
        with Form(env['project.project'].browse(self.project.id)) as project:
            project.portfolio_id, project.wbs_code = form.record, '1'
        self.assertEqual(self.project.portfolio_name, "Space")
        with Form(env['ipai.deployment']) as deployment:
            deployment.name, deployment.commit_sha = "Build", '0123abc'
            deployment.task_ids.add(self.first)
        self.assertEqual(self.first.deployment_count, 1)
        with Form(env['ipai.ship.review']) as review:
            review.task_id = self.first
        review.record.action_approve()
        self.assertTrue(self.first.is_shipped)
