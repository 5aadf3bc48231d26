from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import PpmCase


@tagged('post_install', '-at_install')
class TestShipReview(PpmCase):

    @mute_logger('odoo.sql_db')
    def test_one_open_review_per_task(self):
        review = self._open_review()
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self._open_review()
        self._open_review(self.second)  # another task
        review.action_reject()
        again = self._open_review()
        again.action_reject()
        self.assertEqual(self.first.ship_review_ids.mapped('state'), ['rejected', 'rejected'])

    def test_the_open_review_is_reused(self):
        opened = self.first.action_open_ship_review(source='plane')
        both = (self.first | self.second).action_open_ship_review()
        self.assertEqual(len(both), 2)
        self.assertIn(opened, both)
        self.assertEqual(both.mapped('source'), ['plane', 'manual'])

    def test_approval_ships(self):
        review = self._open_review().with_user(self.manager)
        with freeze_time('2026-03-01 10:00:00'):
            review.action_approve()
        self.assertEqual((review.state, review.decided_by), ('approved', self.manager))
        self.assertTrue(self.first.is_shipped)
        self.assertEqual(review.decided_at, self.first.shipped_at)

    def test_rejection_does_not_ship(self):
        review = self._open_review().with_user(self.manager)
        review.action_reject()
        self.assertEqual((review.state, review.decided_by), ('rejected', self.manager))
        self.assertTrue(review.decided_at)
        self.assertFalse(self.first.is_shipped)

    def test_a_blocked_task_keeps_its_review_open(self):
        review = self._open_review(self.second).with_user(self.manager)
        with self.assertRaisesRegex(UserError, "Engine"), self.cr.savepoint():
            review.action_approve()
        self.assertEqual(review.state, 'open')
        self.assertFalse(self.second.is_shipped)
        self.first.state = '1_done'
        review.action_approve()
        self.assertTrue(self.second.is_shipped)

    def test_what_is_decided_stays_decided(self):
        for decide in ('action_approve', 'action_reject'):
            review = self._open_review().with_user(self.manager)
            getattr(review, decide)()
            for again in ('action_approve', 'action_reject'):
                with self.assertRaises(UserError), self.cr.savepoint():
                    getattr(review, again)()

    def test_approving_what_is_shipped_already(self):
        review = self._open_review().with_user(self.manager)
        with freeze_time('2026-03-01 10:00:00'):
            self.first.is_shipped = True
        shipped_at = self.first.shipped_at
        review.action_approve()
        self.assertEqual(self.first.shipped_at, shipped_at)

    def test_no_decision_around_the_actions(self):
        review = self._open_review().with_user(self.manager)
        for values in (
            {'state': 'approved'}, {'decided_by': self.user.id}, {'decided_at': '2026-01-01 00:00:00'},
            {'task_id': self.second.id},
        ):
            with self.subTest(values), self.assertRaises(UserError), self.cr.savepoint():
                review.write(values)
        with self.assertRaises(UserError), self.cr.savepoint():
            review.create({'task_id': self.second.id, 'state': 'approved'})
        review.note = "Looked at the logs."
        self.assertEqual(review.note, "Looked at the logs.")

    def test_reviews_go_with_their_task(self):
        review = self._open_review()
        self.first.unlink()
        self.assertFalse(review.exists())
