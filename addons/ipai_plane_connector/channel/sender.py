""" One signed POST, and its answer in words. Knows nothing of Odoo. """
import json
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests

from .signature import push_headers

TIMEOUT_SECONDS = 5  # to connect, and between two pieces of the answer
ANSWER_BYTES_MAX = 2000  # of a refusal, to find its reason
REASON_LENGTH_MAX = 200
USER_AGENT = 'ipai_plane_connector'


@dataclass(frozen=True)
class Answer:
    accepted: bool
    words: str  # fit to be shown
    status: int = 0  # 0: there was no answer


def url_fault(url):
    """ Why nothing may be sent to this address, in words; '' when it may. """
    try:
        parts = urlsplit(url or '')
        parts.port  # noqa: B018 (raises when it is no number)
    except ValueError:
        return "the address cannot be read"
    if parts.scheme not in ('http', 'https') or not parts.hostname:
        return "the address must begin with https:// or http:// and name a host"
    if parts.username is not None or parts.password is not None:
        return "the address must not hold credentials"
    return ''


def post(url, secret, body):
    """ Never raises for what goes wrong on the way or at the other side: that is an answer, too. """
    fault = url_fault(url)
    if fault:
        return Answer(False, fault)
    headers = {
        'Content-Type': 'application/json', 'User-Agent': USER_AGENT, **push_headers(secret, time.time(), body),
    }
    try:
        # `auth` does nothing but keep requests from adding credentials that it finds in a .netrc.
        with requests.post(url, data=body, headers=headers, timeout=TIMEOUT_SECONDS, allow_redirects=False,
                           verify=True, stream=True, auth=lambda request: request) as response:
            return _judge(response)
    except requests.Timeout:
        return Answer(False, f"no answer within {TIMEOUT_SECONDS} s")
    except requests.exceptions.SSLError:
        return Answer(False, "the certificate of the other side was not accepted")
    except requests.ConnectionError:
        return Answer(False, f"nobody answers at {urlsplit(url).netloc}, or the connection broke")
    except (requests.RequestException, ValueError, UnicodeError) as error:
        return Answer(False, f"the request could not be sent ({type(error).__name__})")


def _judge(response):
    status = response.status_code
    if 200 <= status < 300:
        return Answer(True, f"accepted ({status})", status)
    if 300 <= status < 400:
        return Answer(False, f"answered {status}: redirects are not followed, set the address that it leads to", status)
    words = {
        401: "the signature was refused: both sides need the same secret, and clocks that agree within 5 minutes",
        404: "there is no such endpoint: look at the last part of the address",
        413: "the batch is too large for the other side",
        429: "the other side asks for fewer requests",
    }.get(status, "the other side refused" if status < 500 else "the other side failed")
    reason = _reason(response)
    return Answer(False, f"answered {status}: {words}" + (f" ({reason})" if reason else ""), status)


def _reason(response):
    """ The message of a refusal, when it is JSON that has one. """
    content, deadline = b'', time.monotonic() + TIMEOUT_SECONDS
    try:
        # Byte by byte, so that a slow other side cannot hold us longer than the deadline.
        for piece in response.iter_content(1):
            content += piece
            if len(content) >= ANSWER_BYTES_MAX or time.monotonic() > deadline:
                break
        answer = json.loads(content)
        error = answer.get('error', answer)
        message = error if isinstance(error, str) else ' '.join(
            str(error[part]) for part in ('code', 'message') if error.get(part))
    except (requests.RequestException, ValueError, AttributeError, RecursionError):
        return ''
    return message.replace('\0', '')[:REASON_LENGTH_MAX]
