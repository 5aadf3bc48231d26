import threading
from unittest.mock import MagicMock, patch

from odoo import sql_db
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models import changes as noted
from ..models.ipai_plane_outbox import DELIVERY_MODELS, FIELD_NAMES_MAX, NEVER_WATCHED
from ..models.parameters import PUSH_URL, WATCHED_MODELS
from ..models.wake import wake
from .common import ConnectorCase

PARTNER = 'res.partner'


@tagged('post_install', '-at_install')
class TestOutbox(ConnectorCase):

    def test_create_write_unlink(self):
        partner = self.env[PARTNER].create({'name': "Grace"})
        event, = [event for event in self.take() if event['res_id'] == partner.id]
        self.assertEqual((event['model'], event['op'], event['fields'], event['uid']),
                         (PARTNER, 'create', [], self.env.uid))
        self.assertRegex(event['at'], r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$')
        partner.write({'ref': "G1", 'comment': "<p>Admiral</p>"})
        self.assertEqual(self.changes(), {(PARTNER, partner.id): ('write', ['comment', 'ref'])})
        partner_id = partner.id
        partner.unlink()
        self.assertEqual(self.changes(), {(PARTNER, partner_id): ('unlink', [])})

    def test_one_row_for_what_a_transaction_does_to_a_record(self):
        self.partner.ref = "A1"
        self.partner.write({'comment': "x"})
        self.partner.write({'ref': "A2", 'street': "Main Street"})
        self.assertEqual(self.changes(), {(PARTNER, self.partner.id): ('write', ['comment', 'ref', 'street'])})
        # The same, with what a savepoint stores in between.
        self.partner.ref = "A3"
        self.env.cr.flush()
        self.partner.write({'comment': "y"})
        self.assertEqual(self.changes(), {(PARTNER, self.partner.id): ('write', ['comment', 'ref'])})

    def test_merged_with_what_a_savepoint_stored(self):
        for act, expected in (
            (lambda partner: partner.write({'ref': "B"}), 'create'),
            (lambda partner: partner.unlink(), None),
        ):
            for between in (self.env.cr.flush, lambda: None):
                with self.subTest(expected=expected, between=between):
                    partner = self.env[PARTNER].create({'name': "Bob"})
                    partner_id = partner.id
                    between()
                    act(partner)
                    op, _ = self.changes().get((PARTNER, partner_id), (None, None))
                    self.assertEqual(op, expected)
        for between in (self.env.cr.flush, lambda: None):
            partner = self.env[PARTNER].create({'name': "Bob"})
            self.take()
            partner_id, partner.ref = partner.id, "C"
            between()
            partner.unlink()
            self.assertEqual(self.changes(), {(PARTNER, partner_id): ('unlink', [])})

    def test_the_whole_record_swallows_names(self):
        def look():
            noted.note(self.partner, 'write')

        def write():
            self.partner.ref = "D"

        for first, second in ((look, write), (write, look)):
            for between in (self.env.cr.flush, lambda: None):
                first()
                between()
                second()
                self.assertEqual(self.changes(), {(PARTNER, self.partner.id): ('write', [])})

    def test_a_write_of_nothing(self):
        self.partner.write({})
        self.assertEqual(self.changes(), {(PARTNER, self.partner.id): ('write', [])})
        self.partner.write({})
        self.partner.write({'ref': "E"})
        self.assertEqual(self.changes(), {(PARTNER, self.partner.id): ('write', ['ref'])})

    def test_a_rollback_leaves_nothing(self):
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self.partner.ref = "F"
            created = self.env[PARTNER].create({'name': "Nobody"})
            self.env.cr.flush()  # some of it is stored already
            created.ref = "F1"
            1 / 0
        self.assertEqual(self.changes(), {})
        savepoint = self.env.cr.savepoint()
        self.partner.ref = "G"
        savepoint.rollback()
        savepoint.close()
        self.assertEqual(self.changes(), {})

    def test_recomputed_columns(self):
        parent = self.env[PARTNER].create({'name': "Engines", 'is_company': True})
        child = self.env[PARTNER].create({'name': "Charles", 'parent_id': parent.id})
        self.take()
        parent.name = "Difference Engines"
        changes = self.changes()
        self.assertIn('name', changes[PARTNER, parent.id][1])
        self.assertIn('complete_name', changes[PARTNER, child.id][1])  # nobody wrote to the child

    def test_many2many(self):
        category = self.env['res.partner.category'].create({'name': "Pioneers"})
        self.take()
        self.partner.category_id = category
        self.assertEqual(self.changes(), {(PARTNER, self.partner.id): ('write', ['category_id'])})

    def test_unwatched_models_leave_nothing(self):
        category = self.env['res.partner.category'].create({'name': "Pioneers"})
        category.name = "Founders"
        category.unlink()
        self.assertEqual(self.changes(), {})
        self.set_parameters({WATCHED_MODELS: 'res.partner.category'})
        category = self.env['res.partner.category'].create({'name': "Pioneers"})
        self.partner.ref = "H"
        self.assertEqual(self.changes(), {('res.partner.category', category.id): ('create', [])})

    def test_records_that_are_not_in_the_database(self):
        self.env[PARTNER].new({'name': "Draft"}).name = "Second draft"
        self.env[PARTNER].browse().write({'ref': "I"})
        self.assertEqual(self.changes(), {})

    def test_the_user_is_the_one_who_wrote(self):
        user = self.person('writer', 'base.group_user', 'base.group_partner_manager')
        self.take()
        self.partner.with_user(user).ref = "J"
        self.partner.with_user(user).sudo().street = "K"
        event, = self.take()
        self.assertEqual((event['uid'], event['fields']), (user.id, ['ref', 'street']))
        self.set_parameters({WATCHED_MODELS: False})
        first, second = self.two_tasks()
        self.take()
        second.with_user(user).sudo().name = "Lift-off"
        self.env.flush_all()
        first.state = '1_done'  # somebody else's write has the second task recomputed
        authors = {event['res_id']: (event['uid'], event['fields']) for event in self.take()}
        self.assertEqual(authors[first.id][0], self.env.uid)
        self.assertEqual(authors[second.id], (user.id, ['name', 'state']))

    def two_tasks(self):
        project = self.env['project.project'].create({'name': "Rocket", 'allow_task_dependencies': True})
        first, second = self.env['project.task'].create([
            {'name': name, 'project_id': project.id, 'user_ids': False} for name in ("Engine", "Launch")])
        second.depend_on_ids = first
        return first, second

    def test_order_is_the_order_of_the_changes(self):
        partners = self.env[PARTNER].create([{'name': f"Partner {number}"} for number in range(20)])
        self.take()
        for partner in reversed(partners):
            partner.ref = "L"
        self.assertEqual([event['res_id'] for event in self.take()], partners.ids[::-1])

    def test_the_delivery_models_are_watched_unless_others_are_named(self):
        self.set_parameters({WATCHED_MODELS: False})
        self.assertEqual({name for name in self.outbox._watched() if name in DELIVERY_MODELS},
                         {name for name in DELIVERY_MODELS if name in self.env})
        self.assertNotIn(PARTNER, self.outbox._watched())
        self.set_parameters({WATCHED_MODELS: 'none'})
        self.assertFalse({*DELIVERY_MODELS, PARTNER} & {*self.outbox._watched()})

    def test_what_cannot_be_watched_is_not(self):
        self.set_parameters({WATCHED_MODELS: ','.join(
            [PARTNER, 'no.such.model', 'mail.thread', 'res.config.settings', ' res.partner.category', *NEVER_WATCHED])})
        self.assertEqual({PARTNER, 'res.partner.category'},
                         {name for name in self.outbox._watched() if not name.startswith('plane.test')})

    def test_the_delivery_records(self):
        self.set_parameters({WATCHED_MODELS: False})
        first, second = self.two_tasks()
        project = first.project_id
        child = self.env['project.task'].create({'name': "Valve", 'parent_id': first.id, 'project_id': project.id})
        changes = self.changes(project, first, second)
        self.assertEqual({op for op, _ in changes.values()}, {'create'})
        self.assertEqual(len(changes), 3)
        second.depend_on_ids = False
        self.take()
        second.depend_on_ids = first
        changes = self.changes()
        self.assertIn('depend_on_ids', changes['project.task', second.id][1])
        self.assertIn('state', changes['project.task', second.id][1])  # it waits now
        first.state = '1_done'
        changes = self.changes()
        self.assertEqual(changes['project.task', second.id], ('write', ['state']))
        gone = {('project.task', id_) for id_ in (first + child).ids}
        first.unlink()
        changes = self.changes()
        self.assertEqual({key for key, (op, _) in changes.items() if op == 'unlink'}, gone)

    def test_very_many_fields_are_the_whole_record(self):
        names = {f'x_{number}' for number in range(FIELD_NAMES_MAX + 1)}
        noted.note(self.partner, 'write', names)
        self.assertEqual(self.changes(), {(PARTNER, self.partner.id): ('write', [])})
        noted.note(self.partner, 'write', set(sorted(names)[1:]))
        self.assertEqual(len(self.changes()[PARTNER, self.partner.id][1]), FIELD_NAMES_MAX)

    def test_a_broken_outbox_costs_nobody_their_work(self):
        with mute_logger('odoo.addons.ipai_plane_connector.models.ipai_plane_outbox', 'odoo.sql_db'):
            with patch.object(type(self.outbox), '_trigger_push', side_effect=ValueError("broken")):
                self.partner.ref = "M"
                self.env.cr.flush()
            self.assertEqual(self.changes(), {(PARTNER, self.partner.id): ('write', ['ref'])})  # it waits
            with patch.object(type(self.outbox), '_insert',
                              lambda self, _changes: self.env.cr.execute("SELECT * FROM no_such_table")):
                self.partner.street = "N"
                self.env.cr.flush()
        self.env.cr.execute("SELECT ref, street FROM res_partner WHERE id = %s", [self.partner.id])
        self.assertEqual(self.env.cr.fetchone(), ("M", "N"))
        self.assertEqual(self.changes(), {})

    def test_the_push_is_woken_only_when_there_is_somewhere_to_push_to(self):
        triggers = self.env['ir.cron.trigger']
        push = [('cron_id', '=', self.env.ref('ipai_plane_connector.ir_cron_push').id)]
        before = triggers.search_count(push)
        self.partner.ref = "O"
        self.env.cr.flush()
        self.assertEqual(triggers.search_count(push), before)
        self.set_parameters({PUSH_URL: 'https://syncline.example.com/hooks/odoo/main'})
        self.partner.ref = "P"
        self.env.cr.flush()
        self.assertEqual(triggers.search_count(push), before + 1)
        self.env.ref('ipai_plane_connector.ir_cron_push').unlink()
        self.partner.ref = "Q"
        self.assertIn((PARTNER, self.partner.id), self.changes())

    def test_waking_the_scheduler(self):
        connection = MagicMock()
        with patch.object(sql_db, 'db_connect', return_value=connection) as connect:
            self.woken()
            connect.assert_called_once_with('postgres')
            sent = connection.cursor.return_value.__enter__.return_value.execute.call_args.args[0]
            self.assertIn("('cron_trigger', %s)", sent.code)
            self.assertEqual(sent.params, ['a database'])
            connect.side_effect = ValueError("no connection left")
            with self.assertLogs('odoo.addons.ipai_plane_connector.models.wake', 'WARNING'):
                self.woken()
            connect.side_effect = None
            self.woken()  # a failure does not keep the next one
            self.assertEqual(connect.call_count, 3)

    def woken(self):
        wake('a database')
        for thread in threading.enumerate():
            if thread.name == 'syncline-wake':
                thread.join()

    def test_rows_that_nobody_fetches_are_dropped_after_a_month(self):
        old, young = self.partner, self.env[PARTNER].create({'name': "Young"})
        self.take()
        old.ref, young.ref = "R", "S"
        self.env.cr.flush()
        self.env.cr.execute("""UPDATE ipai_plane_outbox SET created_at = created_at - interval '31 days'
                                WHERE res_id = %s""", [old.id])
        with self.assertLogs('odoo.addons.ipai_plane_connector.models.ipai_plane_outbox', 'WARNING') as logged:
            self.outbox._gc_never_fetched()
        self.assertIn("1 changes", logged.output[0])
        self.assertEqual(list(self.changes()), [(PARTNER, young.id)])
