from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PpmCase


@tagged('post_install', '-at_install')
class TestDeployment(PpmCase):

    def test_commits(self):
        for sha in ('0123abc', 'ABCDEF0', '0' * 40):
            self.assertEqual(self._deployment(commit_sha=sha).commit_sha, sha)

    @mute_logger('odoo.sql_db')
    def test_what_is_no_commit_is_refused(self):
        for sha in ('012345', '0' * 41, '0123abg', '0123abc ', '0123abc\n', 'v1.2.34', ''):
            with self.subTest(sha=sha), self.assertRaises(IntegrityError), self.cr.savepoint():
                self._deployment(commit_sha=sha)

    def test_selections(self):
        for environment in ('preview', 'staging', 'production'):
            for status in ('pending', 'running', 'success', 'failed', 'cancelled'):
                self._deployment(environment=environment, status=status)
        for values in ({'environment': 'laptop'}, {'status': 'done'}):
            with self.assertRaises(ValueError):
                self._deployment(**values)

    def _stored_count(self, task):
        self.env.flush_all()
        self.env.cr.execute("SELECT deployment_count FROM project_task WHERE id = %s", [task.id])
        return self.env.cr.fetchone()[0]

    def test_the_count_follows_from_either_side(self):
        one = self._deployment(task_ids=[(6, 0, (self.first | self.second).ids)])
        self.assertEqual((self._stored_count(self.first), self._stored_count(self.second)), (1, 1))
        self.first.deployment_ids = [(0, 0, {'name': "Build 2", 'commit_sha': 'abcdef0'})]
        self.assertEqual(self._stored_count(self.first), 2)
        one.task_ids = [(3, self.second.id)]
        self.assertEqual(self._stored_count(self.second), 0)
        one.unlink()
        self.assertEqual(self._stored_count(self.first), 1)

    def test_a_duplicate_task_was_not_deployed(self):
        self._deployment(task_ids=self.first.ids)
        self.assertEqual(self.first.copy().deployment_count, 0)

    def test_deployments_of_a_task(self):
        mine = self._deployment(task_ids=self.first.ids)
        self._deployment(task_ids=self.second.ids)
        action = self.first.action_view_deployments()
        self.assertEqual(self.env[action['res_model']].search(action['domain']), mine)
