import os
import tempfile
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from ..channel import reference, sender
from ..channel.signature import is_plane_signature, push_headers


@tagged('post_install', '-at_install')
class TestReference(BaseCase):

    def missing(self, text, words):
        with self.assertRaises(reference.KeyMissing) as caught:
            reference.resolve(text)
        self.assertIn(words, str(caught.exception))
        self.assertTrue(str(caught.exception).startswith("KEY_MISSING: "))
        return caught.exception

    def test_environment(self):
        with patch.dict(os.environ, {'PLANE_TEST_A': ' s\u00e9cret ', 'PLANE_TEST_B': ''}):
            self.assertEqual(reference.resolve('env:PLANE_TEST_A'), ' s\u00e9cret '.encode())
            self.missing('env:PLANE_TEST_B', "env:PLANE_TEST_B is empty")
        missing = self.missing('env:PLANE_TEST_A', "is not set on the Odoo server")
        self.assertEqual(missing.reference, 'env:PLANE_TEST_A')

    def test_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'secret')
            self.missing(f'file:{path}', "No such file")
            for content, expected in ((b'one', b'one'), (b'two\r\nmore', b'two'), (b' 3 \n', b' 3 '),
                                      (b'x' * 65536 + b'\r\n', b'x' * 65536)):
                with open(path, 'wb') as file:
                    file.write(content)
                self.assertEqual(reference.resolve(f'file:{path}'), expected)  # read anew each time
            with open(path, 'wb') as file:
                file.write(b'x' * 65537)
            self.missing(f'file:{path}', "more than 65536 bytes")
            with open(path, 'wb') as file:
                file.write(b'\n')
            self.missing(f'file:{path}', "is empty")
            self.missing(f'file:{folder}', "cannot be read")

    def test_what_is_no_reference_is_not_repeated(self):
        for text in ('hunter2', 'env:', 'env:A-B', 'env:1A', 'file:relative', 'file:', 'vault:x', 'env:A\nB', ' env:A'):
            self.assertFalse(reference.is_reference(text), text)
            missing = self.missing(text, "not of the form env:NAME or file:/path")
            self.assertNotIn(text + ' ', str(missing) + ' ')
        for nothing in ('', False, None):
            self.missing(nothing, "no secret reference is set")

    def test_a_known_signature(self):
        self.assertEqual(push_headers(b'key', 1700000000.9, b'{}'), {
            'X-Sync-Timestamp': '1700000000',
            'X-Sync-Signature': 'sha256=9d713ed406bb7076d4123f0dc2c39d2df5c654ed4b0cd56b52c8b4c940bd63ae',
        })
        good = 'f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8'
        self.assertTrue(is_plane_signature(b'key', b'The quick brown fox jumps over the lazy dog', good))
        for bad in (good.upper(), good[:-1], good + ' ', 'sha256=' + good, '', None, '\u00e9' * 64, '\udcff'):
            self.assertFalse(is_plane_signature(b'key', b'The quick brown fox jumps over the lazy dog', bad))

    def test_addresses(self):
        for url in ('https://syncline.example.com/hooks/odoo/main', 'http://127.0.0.1:8080/x', 'https://[::1]:1/x'):
            self.assertEqual(sender.url_fault(url), '')
        for url in ('', None, 'syncline', 'ftp://x/y', 'file:///etc/passwd', 'https://', 'http://:80/',
                    'https://x:port/', 'https://a:b@example.com/', 'javascript:alert(1)', 'https://[::1/'):
            self.assertNotEqual(sender.url_fault(url), '', url)
            self.assertFalse(sender.post(url, b'secret', b'{}').accepted)
