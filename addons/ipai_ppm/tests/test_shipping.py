from datetime import datetime

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import PpmCase


@tagged('post_install', '-at_install')
class TestShipping(PpmCase):

    def test_shipping_sets_the_time_and_taking_back_clears_it(self):
        for record in (self.first, self.env['project.milestone'].create({'name': "Empty", 'project_id': self.project.id})):
            with self.subTest(record._name):
                with freeze_time('2026-03-01 10:00:00'):
                    record.is_shipped = True
                    self.assertEqual(record.shipped_at, datetime(2026, 3, 1, 10))
                with freeze_time('2026-03-02 10:00:00'):
                    record.is_shipped = True
                self.assertEqual(record.shipped_at, datetime(2026, 3, 1, 10), "shipped already: the time stays")
                record.is_shipped = False
                self.assertFalse(record.shipped_at)

    def test_a_given_time_is_kept(self):
        self.first.write({'is_shipped': True, 'shipped_at': '2026-01-02 03:04:05'})
        self.assertEqual(fields.Datetime.to_string(self.first.shipped_at), '2026-01-02 03:04:05')

    def test_no_time_without_shipping(self):
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.first.shipped_at = '2026-01-02 03:04:05'

    def test_a_task_waits_for_its_blockers(self):
        with self.assertRaisesRegex(UserError, "Engine"), self.cr.savepoint():
            self.second.is_shipped = True
        self.first.is_shipped = True
        self.second.is_shipped = True
        self.assertTrue(self.second.shipped_at)

    def test_a_closed_blocker_blocks_no_more(self):
        for state in ('1_done', '1_canceled'):
            with self.subTest(state), self.cr.savepoint() as savepoint:
                self.first.state = state
                self.second.is_shipped = True
                self.assertTrue(self.second.shipped_at)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_blocker_and_task_shipped_together(self):
        (self.first | self.second).write({'is_shipped': True})
        self.assertTrue(self.second.shipped_at)

    def test_a_new_blocker_does_not_unship(self):
        self.first.is_shipped = True
        self.first.depend_on_ids = self.env['project.task'].create({'name': "Late", 'project_id': self.project.id})
        self.first.is_shipped = True
        self.assertTrue(self.first.shipped_at)

    def test_created_shipped(self):
        values = {'name': "Fuel", 'project_id': self.project.id, 'is_shipped': True}
        self.assertTrue(self.env['project.task'].create(values).shipped_at)
        with self.assertRaises(UserError), self.cr.savepoint():
            self.env['project.task'].create({**values, 'depend_on_ids': self.first.ids})

    def test_a_milestone_waits_for_its_tasks(self):
        with self.assertRaisesRegex(UserError, "Engine, Launch"), self.cr.savepoint():
            self.milestone.is_shipped = True
        self.first.is_shipped = True
        self.second.state = '1_canceled'
        self.milestone.is_shipped = True
        self.assertTrue(self.milestone.shipped_at)

    def test_a_duplicate_is_not_shipped(self):
        self.first.is_shipped = True
        duplicate = self.first.copy()
        self.assertFalse(duplicate.is_shipped)
        self.assertFalse(duplicate.shipped_at)
