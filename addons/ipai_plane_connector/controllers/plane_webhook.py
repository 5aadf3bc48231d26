import json

from odoo import SUPERUSER_ID, http
from odoo.http import request

from ..channel import reference, signature
from ..models.parameters import WEBHOOK_SECRET

BODY_BYTES_MAX = 1 << 20
NAME_LENGTH_MAX = 64  # of a webhook's id, an event, an action
KEPT_HEADERS = ('X-Plane-Delivery', 'X-Plane-Event', 'X-Plane-Signature', 'User-Agent')
HEADER_LENGTH_MAX = 200


class Refused(Exception):
    def __init__(self, status, code, message):
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


class PlaneWebhook(http.Controller):

    # More than max_content_length is answered with 413 before any of it is read.
    @http.route('/ipai/plane/webhook', type='http', auth='none', methods=['POST'], csrf=False, save_session=False,
                readonly=False, max_content_length=BODY_BYTES_MAX)
    def receive(self, **_parameters):
        """ An event of Plane that was forwarded here, verified again over the raw bytes. The answer is sent after the
        commit: 200 means that the event is kept. """
        request.update_env(user=SUPERUSER_ID)
        try:
            body = self._body()
            self._verify(body)
            webhook_id, event, action = self._names(body)
        except Refused as refused:
            return request.make_json_response(
                {'error': {'code': refused.code, 'message': refused.message}}, status=refused.status)
        headers = {name: request.httprequest.headers[name][:HEADER_LENGTH_MAX]
                   for name in KEPT_HEADERS if name in request.httprequest.headers}
        delivery = request.env['plane.webhook.delivery']._receive(body, webhook_id, event, action, headers)
        return request.make_json_response({'duplicate': delivery is None})

    def _body(self):
        if request.httprequest.mimetype != 'application/json':
            raise Refused(415, 'UNSUPPORTED_MEDIA_TYPE', "Send application/json.")
        if request.httprequest.content_length is None:
            raise Refused(411, 'LENGTH_REQUIRED', "Send a Content-Length.")
        return request.httprequest.get_data()

    def _verify(self, body):
        try:
            secret = reference.resolve(request.env['ir.config_parameter'].get_param(WEBHOOK_SECRET))
        except reference.KeyMissing as missing:
            name = missing.reference or "no reference"
            raise Refused(503, 'KEY_MISSING', f"The secret is missing: {name}.") from None
        if not signature.is_plane_signature(secret, body, request.httprequest.headers.get('X-Plane-Signature')):
            raise Refused(401, 'INVALID_SIGNATURE', "The signature does not match.")

    def _names(self, body):
        try:
            payload = json.loads(body.decode())
        except (ValueError, RecursionError):
            raise Refused(400, 'BAD_REQUEST', "The body is not JSON.") from None
        if not isinstance(payload, dict):
            raise Refused(400, 'BAD_REQUEST', "The body is not a JSON object.")
        names = [payload.get(key) or '' for key in ('webhook_id', 'event', 'action')]
        if any(not isinstance(name, str) or len(name) > NAME_LENGTH_MAX or not name.isprintable() for name in names):
            raise Refused(400, 'BAD_REQUEST', "webhook_id, event and action must be short texts.")
        return names
