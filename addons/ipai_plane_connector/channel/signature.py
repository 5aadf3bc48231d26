""" Signatures over raw bytes. """
import hashlib
import hmac

TIMESTAMP_HEADER = 'X-Sync-Timestamp'
SIGNATURE_HEADER = 'X-Sync-Signature'


def push_headers(secret, timestamp, body):
    """ What a push is signed with: the time is part of what is signed, so that an old request cannot be sent again. """
    timestamp = str(int(timestamp))
    digest = hmac.new(secret, timestamp.encode() + b'.' + body, hashlib.sha256).hexdigest()
    return {TIMESTAMP_HEADER: timestamp, SIGNATURE_HEADER: f'sha256={digest}'}


def is_plane_signature(secret, body, claimed):
    """ Whether `claimed` is what Plane signs a webhook with: the lower case hexadecimal HMAC-SHA256 of the body. """
    expected = hmac.new(secret, body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), (claimed or '').encode('utf-8', 'surrogateescape'))
