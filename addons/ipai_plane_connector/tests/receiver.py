import http.server
import threading


class Receiver:
    """ The other side: an HTTP server on a free port that keeps what it gets and answers what it is told to.

    `answers` is used up from the front, the last one stays: a status, (status, body), (status, body, headers), or
    `HANG` (no answer until the end of the test).
    """
    HANG = object()

    def __init__(self):
        self.requests = []  # (headers, body)
        self.answers = [200]
        self._end = threading.Event()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers['Content-Length']))
                receiver.requests.append((dict(self.headers), body))
                answer = receiver.answers.pop(0) if len(receiver.answers) > 1 else receiver.answers[0]
                if answer is Receiver.HANG:
                    receiver._end.wait()
                    return
                status, content, headers = (*(answer if isinstance(answer, tuple) else (answer,)), b'', {})[:3]
                self.send_response(status)
                for name, value in (headers or {}).items():
                    self.send_header(name, value)
                self.send_header('Content-Length', str(len(content or b'')))
                self.end_headers()
                self.wfile.write(content or b'')

            def log_message(self, *_arguments):
                pass

        self._server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self._server.daemon_threads = True
        self.url = f'http://127.0.0.1:{self._server.server_port}/hooks/odoo/main'
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={'poll_interval': 0.01})
        self._thread.start()

    def stop(self):
        self._end.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
