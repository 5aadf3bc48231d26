""" Secrets by reference: the database holds where a secret is, never the secret.

The same references lead to the same bytes on Syncline's side: a variable as it is, or the first line of a file.
"""
import os
import re

SECRET_BYTES_MAX = 64 << 10
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
    value = os.environb.get(_ENVIRONMENT.fullmatch(reference)[1].encode())
    if value is None:
        raise KeyMissing(f"{reference} is not set on the Odoo server", reference)
    return value


def _from_file(reference):
    try:
        with open(_FILE.fullmatch(reference)[1], 'rb') as file:
            line = file.readline(SECRET_BYTES_MAX + 2).removesuffix(b'\n').removesuffix(b'\r')
    except OSError as error:
        raise KeyMissing(f"{reference} cannot be read on the Odoo server ({error.strerror})", reference) from None
    if len(line) > SECRET_BYTES_MAX:
        raise KeyMissing(f"{reference} has a first line of more than {SECRET_BYTES_MAX} bytes", reference)
    return line
