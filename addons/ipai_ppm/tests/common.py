from odoo.tests import TransactionCase


class PpmCase(TransactionCase):
    """ A project with a milestone, two tasks (`second` waits for `first`), and a person of each role. """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True, no_reset_password=True))
        cls.employee = cls._person('employee', 'base.group_user')
        cls.user = cls._person('user', 'project.group_project_user')
        cls.manager = cls._person('manager', 'project.group_project_manager')
        cls.project = cls.env['project.project'].create({
            'name': "Rocket", 'privacy_visibility': 'employees', 'allow_milestones': True,
            'allow_task_dependencies': True,
        })
        cls.milestone = cls.env['project.milestone'].create({'name': "Lift-off", 'project_id': cls.project.id})
        cls.first, cls.second = cls.env['project.task'].create([
            {'name': name, 'project_id': cls.project.id, 'milestone_id': cls.milestone.id, 'user_ids': False}
            for name in ("Engine", "Launch")
        ])
        cls.second.depend_on_ids = cls.first

    @classmethod
    def _person(cls, login, group):
        return cls.env['res.users'].create({
            'name': login.title(), 'login': f'ppm-{login}', 'email': f'{login}@example.com',
            'group_ids': [(6, 0, cls.env.ref(group).ids)],
        })

    def _open_review(self, task=None, **values):
        return self.env['ipai.ship.review'].create({'task_id': (task or self.first).id, **values})

    def _deployment(self, **values):
        return self.env['ipai.deployment'].create({'name': "Build", 'commit_sha': '0123abc', **values})
