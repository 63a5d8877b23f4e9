"""A database that goes away and comes back, for one process alone; the suite's own stays.

On PostgreSQL the process reaches the server through a door that can be shut. On SQLite it has little
patience, and somebody else keeps the file locked.
"""

from __future__ import annotations

import select
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.db import connection, connections, transaction

SOCKET = ".s.PGSQL.5432"


class Door:
    """A socket of its own that hands everything on to the server's, while it is open."""

    def __init__(self, server: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="door-"))
        self._server = str(server / SOCKET)
        self._ends: list[socket.socket] = []
        self.open()

    def open(self) -> None:
        """Let connections through."""
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self.folder / SOCKET))
        self._listener.listen()
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def shut(self) -> None:
        """Refuse new connections and cut the old ones."""
        (self.folder / SOCKET).unlink()
        for end in [self._listener, *self._ends]:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._ends.clear()

    def remove(self) -> None:
        """For good."""
        self.shut()
        self.folder.rmdir()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near = listener.accept()[0]
                far = socket.socket(socket.AF_UNIX)
                far.connect(self._server)
                self._ends += [near, far]
                threading.Thread(target=_carry, args=(near, far), daemon=True).start()


def _carry(near: socket.socket, far: socket.socket) -> None:
    """Everything from one end to the other, both ways, until one closes."""
    with suppress(OSError, ValueError):
        while True:
            for source in select.select([near, far], [], [])[0]:
                data = source.recv(65536)
                if not data:
                    return
                (far if source is near else near).sendall(data)
    for end in (near, far):
        end.close()


@contextmanager
def breakable() -> Iterator[tuple[str, Any]]:
    """(where, outage): what the process gives to `reach`, and a block during which its database is gone."""
    if connection.vendor == "sqlite":
        yield "", transaction.atomic
        return
    door = Door(Path(connection.settings_dict["HOST"]))

    @contextmanager
    def outage() -> Iterator[None]:
        door.shut()
        yield
        door.open()

    yield str(door.folder), outage
    door.remove()


def reach(where: str) -> None:
    """In the process: use the database that can go away."""
    connections.close_all()
    if where:
        connection.settings_dict["HOST"] = where
    else:
        connection.settings_dict["OPTIONS"] = {**connection.settings_dict["OPTIONS"], "timeout": 0.2}
