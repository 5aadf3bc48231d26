""" Secrets by reference: the database holds where a secret is, never the secret. """
import os
import re

SECRET_BYTES_MAX = 4096
_ENVIRONMENT = re.compile(r'env:([A-Za-z_][A-Za-z0-9_]*)')
_FILE = re.compile(r'file:(/\S(?:.*\S)?)')


class KeyMissing(Exception):
    """ The message names the reference and is fit to be shown; it never holds what the reference leads to. """

    def __init__(self, message, reference=''):
        super().__init__(f"KEY_MISSING: {message}")
        self.reference = reference


def is_reference(text):
    return bool(_ENVIRONMENT.fullmatch(text) or _FILE.fullmatch(text))


def resolve(reference):
    """ The secret as bytes. Read each time, so that a rotation needs no restart where the reference is a file. """
    if not reference:
        raise KeyMissing("no secret reference is set")
    if not is_reference(reference):
        # Not repeated: somebody may have put the secret itself there.
        raise KeyMissing("the secret reference is not of the form env:NAME or file:/path")
    secret = _from_environment(reference) if reference.startswith('env:') else _from_file(reference)
    if not secret:
        raise KeyMissing(f"{reference} is empty", reference)
    return secret


def _from_environment(reference):
    value = os.environ.get(_ENVIRONMENT.fullmatch(reference)[1])
    if value is None:
        raise KeyMissing(f"{reference} is not set on the Odoo server", reference)
    return value.strip().encode()


def _from_file(reference):
    try:
        with open(_FILE.fullmatch(reference)[1], 'rb') as file:
            content = file.read(SECRET_BYTES_MAX + 1)
    except OSError as error:
        raise KeyMissing(f"{reference} cannot be read on the Odoo server ({error.strerror})", reference) from None
    if len(content) > SECRET_BYTES_MAX:
        raise KeyMissing(f"{reference} is longer than {SECRET_BYTES_MAX} bytes", reference)
    return content.strip()
