"""`hezou`: one word a command. Exit status 0 done, 1 refused or different, 2 wrongly called or set up."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

import django
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import get_language, gettext

from hezou.kernel import messages
from hezou.kernel.errors import Refusal


class Module(Protocol):
    """What a command's module offers."""

    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


@dataclass(frozen=True)
class Command:
    """One line of help, and whether tables and settings are used (`check` runs without them)."""

    help: str
    needs_django: bool = True

    def load(self, name: str) -> Module:
        """The command's module.

        Imported by name and only when called: modules import models, which stand only after
        `django.setup()`, and `check` must run where no settings and no database are.
        """
        if self.needs_django:
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hezou.config.settings")
            django.setup()
        return import_module(f"hezou.ops.commands.{name}")


COMMANDS = {
    "check": Command("look for slips in text files", needs_django=False),
    "migrate": Command("bring the database to this version"),
    "agency": Command("make an agency with its three administrators"),
    "account": Command("let somebody in again who lost password and second factor"),
    "keys": Command("encrypt second factors anew with the newest key"),
    "demo": Command("fill a demo agency; safe to repeat"),
    "run": Command("serve the pages and do the work that waits: web, worker and clock"),
    "web": Command("serve the pages alone"),
    "worker": Command("do the work that waits"),
    "clock": Command("ask for periodic work when it is due"),
    "backup": Command("back up database and files; safe while people work"),
    "restore": Command("restore a backup into an empty place and verify it"),
    "move": Command("copy everything into another database, with proof"),
    "verify": Command("recompute chain, seals and signatures; 1 on any difference"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the status is the process's exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(prog="hezou", description="Hezou: information and publicity work.")
    words = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND", required=True)
    chosen = next((word for word in arguments if not word.startswith("-")), None)
    run: Callable[[argparse.Namespace], int] | None = None
    try:
        for name, command in COMMANDS.items():
            own = words.add_parser(name, help=command.help, description=command.help.capitalize() + ".")
            if name == chosen:
                module = command.load(name)
                module.add_arguments(own)
                run = module.run
        parsed = parser.parse_args(arguments)
        return run(parsed) if run is not None else 2
    except ImproperlyConfigured as error:
        print(f"hezou: {error}", file=sys.stderr)
        return 2
    except Refusal as refusal:
        for message in refusal.messages:
            print(messages.render(message, gettext, get_language() or "en"), file=sys.stderr)
        return 1
