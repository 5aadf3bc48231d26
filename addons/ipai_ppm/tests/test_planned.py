from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import PpmCase


@tagged('post_install', '-at_install')
class TestPlanned(PpmCase):

    def test_begin_after_end_is_refused(self):
        for record in (self.project, self.first):
            with self.subTest(record._name):
                record.write({'planned_date_begin': '2026-03-01', 'planned_date_end': '2026-03-01'})
                with self.assertRaisesRegex(ValidationError, "2026-02-28"), self.cr.savepoint():
                    record.planned_date_end = '2026-02-28'
                with self.assertRaises(ValidationError), self.cr.savepoint():
                    record.planned_date_begin = '2026-03-02'

    def test_one_date_alone_is_fine(self):
        for values in ({'planned_date_begin': '2026-03-01'}, {'planned_date_end': '2026-03-01'}):
            task = self.env['project.task'].create({'name': "Paint", 'project_id': self.project.id, **values})
            self.assertEqual(task.read(list(values), load='')[0] | {'id': 0}, {
                'id': 0, **{name: task._fields[name].to_date(value) for name, value in values.items()},
            })

    def test_the_plan_is_not_copied(self):
        values = {'wbs_code': '1.2', 'planned_date_begin': '2026-03-01', 'planned_date_end': '2026-03-02'}
        for record in (self.project, self.first):
            with self.subTest(record._name):
                record.write(values)
                duplicate = record.copy()
                self.assertFalse(any(duplicate[name] for name in values))

    def test_wbs_code_is_searchable(self):
        self.first.wbs_code = '1.2.3'
        self.assertEqual(self.env['project.task'].search([('wbs_code', '=', '1.2.3')]), self.first)
        self.env.cr.execute("""
            SELECT count(*) FROM pg_indexes
            WHERE tablename IN ('project_task', 'project_project') AND indexdef LIKE '%(wbs_code)%'
        """)
        self.assertEqual(self.env.cr.fetchone()[0], 2)
