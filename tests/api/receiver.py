"""Somebody who is told: an HTTP server on this machine that keeps what it gets, and answers as it likes."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network

LOOPBACK = (ip_network("127.0.0.0/8"),)
"""The network of the receivers, as an environment may name it."""


@dataclass(frozen=True)
class Told:
    """One message as it came."""

    path: str
    headers: dict[str, str]
    body: bytes


class Receiver(ThreadingHTTPServer):
    """`told`: every message, in order; answers `statuses` one after the other, then 204.

    `holds`: seconds before it answers; `drips`: it sends its first line a byte a second.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}/hook?x=1"
        self.told: list[Told] = []
        self.statuses: list[int] = []
        self.holds = 0.0
        self.drips = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Somebody hung up; that is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: Receiver
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.told.append(Told(self.path, headers, body))
        time.sleep(self.server.holds)
        for byte in b"HTTP/1.1 200 OK" * self.server.drips:
            self.wfile.write(bytes([byte]))
            time.sleep(0.2)
        status = self.server.statuses.pop(0) if self.server.statuses else 204
        self.send_response(status)
        if status // 100 == 3:
            self.send_header("Location", f"{self.server.url}&followed")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@contextmanager
def receiver() -> Iterator[Receiver]:
    """Listens while the block runs."""
    with Receiver() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
