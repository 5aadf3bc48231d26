import threading

from werkzeug.test import Client

from odoo.http import root
from odoo.tests import TransactionCase


class WebCase(TransactionCase):
    """ Requests to Odoo's web application without a network between. An HttpCase would have the assets of the whole
    user interface built first, which nothing here looks at. """

    def post(self, path, body, headers):
        self.env.cr.flush()
        thread = threading.current_thread()
        database = thread.dbname  # the application takes it from the thread that it serves in
        self.http_request_allow_all = True
        try:
            with self.enter_registry_test_mode():
                return Client(root).post(path, data=body, headers=headers)
        finally:
            self.http_request_allow_all = False
            thread.dbname = database
