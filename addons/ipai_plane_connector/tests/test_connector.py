from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.parameters import PLANE_URL, PLANE_WORKSPACE, WATCHED_MODELS
from .heir import HeirCase

NAME = 'plane.test.deadline'
ISSUE, PROJECT = '4106db3a-c031-440d-8d83-e898297d887e', 'b0c55f44-ae82-41cd-8890-1843ad0a297a'


@tagged('post_install', '-at_install')
class TestConnector(HeirCase):

    def test_heirs_are_watched_without_any_setting(self):
        for watched in ('none', False, 'res.partner'):
            self.set_parameters({WATCHED_MODELS: watched})
            self.assertEqual(self.outbox._watched()[NAME], {'name', 'due_on'})
        self.assertNotIn('ipai.plane.connector', self.outbox._watched())

    def test_only_the_fields_that_matter(self):
        deadline = self.deadlines.create({'name': "1601-C", 'note': "x"})
        self.assertEqual(self.changes(), {(NAME, deadline.id): ('create', [])})
        deadline.write({'note': "y", 'plane_issue_id': ISSUE})
        deadline.write({})
        self.assertEqual(self.changes(), {})
        deadline.write({'note': "z", 'due_on': '2026-12-10'})
        self.assertEqual(self.changes(), {(NAME, deadline.id): ('write', ['due_on'])})
        deadline_id = deadline.id
        deadline.unlink()
        self.assertEqual(self.changes(), {(NAME, deadline_id): ('unlink', [])})

    def test_a_look_can_be_asked_for(self):
        deadlines = self.deadlines.create([{'name': "A"}, {'name': "B"}])
        self.take()
        deadlines._plane_request_look()
        self.assertEqual(self.changes(), {(NAME, id_): ('write', []) for id_ in deadlines.ids})

    def test_the_address_in_plane(self):
        deadline = self.deadlines.create({'name': "A", 'plane_issue_id': ISSUE, 'plane_project_id': PROJECT})
        for url, workspace in ((False, 'acme'), ('https://plane.example.com', False), ('javascript:alert(1)', 'acme')):
            self.set_parameters({PLANE_URL: url, PLANE_WORKSPACE: workspace})
            deadline.invalidate_recordset()
            self.assertFalse(deadline.plane_issue_url)
            with self.assertRaisesRegex(UserError, "not known"):
                deadline.action_open_in_plane()
        for url in ('https://plane.example.com', 'https://plane.example.com/'):
            self.set_parameters({PLANE_URL: url, PLANE_WORKSPACE: 'acme'})
            deadline.invalidate_recordset()
            self.assertEqual(deadline.action_open_in_plane(), {
                'type': 'ir.actions.act_url', 'target': 'new',
                'url': f'https://plane.example.com/acme/projects/{PROJECT}/issues/{ISSUE}',
            })
        deadline.plane_issue_id = 'a/../b?'
        self.assertTrue(deadline.plane_issue_url.endswith('/issues/a%2F..%2Fb%3F'))
        deadline.plane_issue_id = False
        self.assertFalse(deadline.plane_issue_url)

    def test_a_copy_is_another_work_item(self):
        deadline = self.deadlines.create({'name': "A", 'plane_issue_id': ISSUE, 'plane_project_id': PROJECT})
        copy = deadline.copy()
        self.assertEqual((copy.plane_issue_id, copy.plane_project_id), (False, False))
