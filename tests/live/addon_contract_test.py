#!/usr/bin/env python3
"""What Syncline relies on from the addon ipai_ppm, as it is seen over Odoo's JSON-2 interface."""
import json
import os
import sys
import unittest
import urllib.error
import urllib.request
import uuid

SKIPPED = 77
TIMEOUT_SECONDS = 60

FIELDS = {
    'project.project': {
        'wbs_code': 'char', 'portfolio_id': 'many2one', 'portfolio_name': 'char',
        'planned_date_begin': 'date', 'planned_date_end': 'date',
    },
    'project.task': {
        'wbs_code': 'char', 'planned_date_begin': 'date', 'planned_date_end': 'date', 'is_shipped': 'boolean',
        'shipped_at': 'datetime', 'deployment_ids': 'many2many', 'deployment_count': 'integer',
        'ship_review_ids': 'one2many',
    },
    'project.milestone': {'is_shipped': 'boolean', 'shipped_at': 'datetime'},
    'ipai.portfolio': {'name': 'char', 'code': 'char', 'active': 'boolean', 'project_ids': 'one2many'},
    'ipai.deployment': {
        'name': 'char', 'commit_sha': 'char', 'environment': 'selection', 'status': 'selection',
        'deployed_at': 'datetime', 'task_ids': 'many2many',
    },
    'ipai.ship.review': {
        'task_id': 'many2one', 'state': 'selection', 'source': 'selection', 'opened_at': 'datetime',
        'decided_by': 'many2one', 'decided_at': 'datetime', 'note': 'text',
    },
}
STORED = {'portfolio_name', 'deployment_count', 'shipped_at'}  # a pull reads columns


class Refused(Exception):
    def __init__(self, status, name, message):
        super().__init__(f'{status} {name}: {message}')
        self.status, self.name, self.message = status, name, message


class Odoo:
    def __init__(self, environment):
        self.url = environment['SYNCLINE_ODOO_URL']
        with open(environment['SYNCLINE_ODOO_KEY_FILE'], encoding='ascii') as file:
            self.headers = {
                'Authorization': f'bearer {file.read().strip()}', 'Content-Type': 'application/json',
                'X-Odoo-Database': environment['SYNCLINE_ODOO_DATABASE'],
            }
        # A proxy of the environment is not for the loopback interface.
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def __call__(self, model, method, **arguments):
        request = urllib.request.Request(
            f'{self.url}/json/2/{model}/{method}', json.dumps(arguments).encode(), self.headers)
        try:
            with self.opener.open(request, timeout=TIMEOUT_SECONDS) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            answer = json.load(error)
            raise Refused(error.code, answer['name'], answer['message']) from None


class AddonContract(unittest.TestCase):
    def setUp(self):
        self.odoo = Odoo(os.environ)
        self.mark = f'contract {uuid.uuid4()}'
        self.project, = self.odoo('project.project', 'create', vals_list=[
            {'name': self.mark, 'allow_task_dependencies': True}])
        self.addCleanup(self.odoo, 'project.project', 'unlink', ids=[self.project])
        self.blocker, self.task = self.odoo('project.task', 'create', vals_list=[
            {'name': f'{self.mark} {name}', 'project_id': self.project, 'user_ids': []}
            for name in ('blocker', 'task')])
        self.odoo('project.task', 'write', ids=[self.task], vals={'depend_on_ids': [[6, 0, [self.blocker]]]})

    def read(self, model, record, *names):
        row, = self.odoo(model, 'read', ids=[record], fields=list(names), load='')
        return [row[name] for name in names]

    def assert_refused(self, name, model, method, **arguments):
        with self.assertRaises(Refused) as caught:
            self.odoo(model, method, **arguments)
        self.assertEqual((caught.exception.status, caught.exception.name), (422, f'odoo.exceptions.{name}'))
        return caught.exception.message

    def test_fields(self):
        for model, expected in FIELDS.items():
            fields = self.odoo(model, 'fields_get', allfields=list(expected), attributes=['type', 'store'])
            self.assertEqual({name: field['type'] for name, field in fields.items()}, expected, model)
            self.assertTrue(all(fields[name]['store'] for name in STORED & fields.keys()), model)

    def test_a_review_ships_once_and_only_unblocked(self):
        review, = self.odoo('project.task', 'action_open_ship_review', ids=[self.task], source='plane')
        self.assertEqual(self.odoo('project.task', 'action_open_ship_review', ids=[self.task]), [review])
        self.assert_refused('ValidationError', 'ipai.ship.review', 'create', vals_list=[{'task_id': self.task}])
        message = self.assert_refused('UserError', 'ipai.ship.review', 'action_approve', ids=[review])
        self.assertIn(f'{self.mark} blocker', message)
        self.assertEqual(self.read('ipai.ship.review', review, 'state', 'source'), ['open', 'plane'])
        self.odoo('project.task', 'write', ids=[self.blocker], vals={'state': '1_done'})
        self.assertIs(self.odoo('ipai.ship.review', 'action_approve', ids=[review]), True)
        shipped, shipped_at = self.read('project.task', self.task, 'is_shipped', 'shipped_at')
        self.assertTrue(shipped)
        self.assertEqual(self.read('ipai.ship.review', review, 'state', 'decided_at'), ['approved', shipped_at])
        self.assert_refused('UserError', 'ipai.ship.review', 'action_reject', ids=[review])

    def test_a_refused_write_changes_nothing(self):
        self.assert_refused('UserError', 'project.task', 'write', ids=[self.task],
                            vals={'is_shipped': True, 'wbs_code': '1.1'})
        self.assert_refused('ValidationError', 'project.task', 'write', ids=[self.task], vals={
            'wbs_code': '1.1', 'planned_date_begin': '2026-03-02', 'planned_date_end': '2026-03-01'})
        self.assertEqual(self.read('project.task', self.task, 'is_shipped', 'wbs_code', 'planned_date_end'),
                         [False, False, False])

    def test_deployments(self):
        self.assert_refused('ValidationError', 'ipai.deployment', 'create', vals_list=[
            {'name': self.mark, 'commit_sha': 'not hex'}])
        deployment, = self.odoo('ipai.deployment', 'create', vals_list=[{
            'name': self.mark, 'commit_sha': '0123abc', 'environment': 'production', 'status': 'success',
            'deployed_at': '2026-03-01 10:00:00', 'task_ids': [[6, 0, [self.task, self.blocker]]]}])
        self.assertEqual(self.read('project.task', self.task, 'deployment_ids', 'deployment_count'), [[deployment], 1])
        self.odoo('ipai.deployment', 'unlink', ids=[deployment])
        self.assertEqual(self.read('project.task', self.task, 'deployment_count'), [0])

    def test_the_portfolio_name_follows(self):
        portfolio, = self.odoo('ipai.portfolio', 'create', vals_list=[{'name': self.mark, 'code': self.mark}])
        self.addCleanup(self.odoo, 'ipai.portfolio', 'unlink', ids=[portfolio])
        self.odoo('project.project', 'write', ids=[self.project], vals={'portfolio_id': portfolio})
        self.odoo('ipai.portfolio', 'write', ids=[portfolio], vals={'name': f'{self.mark} renamed'})
        self.assertEqual(self.read('project.project', self.project, 'portfolio_name'), [f'{self.mark} renamed'])
        self.assert_refused('ValidationError', 'ipai.portfolio', 'create', vals_list=[
            {'name': 'x', 'code': self.mark}])


if __name__ == '__main__':
    if 'SYNCLINE_ODOO_URL' not in os.environ:
        print('skipped: no Odoo (SYNCLINE_ODOO_URL is not set)')
        sys.exit(SKIPPED)
    unittest.main()
