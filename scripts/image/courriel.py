"""A mail catcher where mailpit cannot be had: SMTP on 1025; the mails as they came, one after another, on 8025."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.controller import Controller

RECUS: list[bytes] = []


class Boite:
    async def handle_DATA(self, _serveur, _session, enveloppe):
        RECUS.append(enveloppe.original_content)
        return "250 OK"


class Lecture(BaseHTTPRequestHandler):
    def do_GET(self):
        corps = b"\n\n=====\n\n".join(RECUS)
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(corps)))
        self.end_headers()
        self.wfile.write(corps)


if __name__ == "__main__":
    Controller(Boite(), hostname="", port=1025).start()
    threading.Thread(target=ThreadingHTTPServer(("", 8025), Lecture).serve_forever).start()
