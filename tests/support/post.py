"""A post office for one test: an SMTP server on this machine that keeps what it is handed."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from email.policy import default


class Office(socketserver.ThreadingTCPServer):
    """`letters`: what was accepted, in order; `refuses`: addresses unknown here (550); `is_closed` (421)."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Counter)
        self.port = self.server_address[1]
        self.letters: list[Message] = []
        self.refuses: set[str] = set()
        self.is_closed = False

    def ids(self) -> list[str]:
        """The Message-ID of each letter."""
        return [str(letter["Message-ID"]) for letter in self.letters]


class Counter(socketserver.StreamRequestHandler):
    """One conversation."""

    server: Office

    def handle(self) -> None:
        self.say("421 closed" if self.server.is_closed else "220 here")
        while line := self.rfile.readline().decode().strip():
            match line.upper().partition(" ")[0]:
                case "QUIT":
                    self.say("221 bye")
                    return
                case "DATA":
                    self.say("354 go on")
                    self.server.letters.append(message_from_bytes(self.letter(), policy=default))
                    self.say("250 kept")
                case "RCPT" if any(address in line for address in self.server.refuses):
                    self.say("550 nobody of that name")
                case _:
                    self.say("250 fine")

    def letter(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())


@contextmanager
def post_office() -> Iterator[Office]:
    """Open while the block runs."""
    with Office() as office:
        threading.Thread(target=office.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield office
        office.shutdown()
