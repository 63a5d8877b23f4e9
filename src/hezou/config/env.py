"""The typed environment: every `HEZOU_*` variable there is, read once. An unknown one is an error.

`HEZOU_TEST_*` belongs to the test suite and is not read here.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PREFIX = "HEZOU_"
OF_THE_SUITE = "HEZOU_TEST_"
LOGS = ("lines", "json")
SECURITY = {"smtp": ("none", 25), "smtps": ("tls", 465), "smtp+starttls": ("starttls", 587)}
"""Scheme of HEZOU_MAIL → how the way is kept private, and the usual port."""
Network = IPv4Network | IPv6Network
TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


class WrongEnvironment(ImproperlyConfigured):
    """A variable is unknown, malformed or missing; the message names it and says what is expected."""


@dataclass(frozen=True)
class Database:
    """Where the tables live: `engine` is `sqlite` or `postgresql`; `options` go to the driver."""

    engine: str
    name: str
    user: str = ""
    password: str = field(default="", repr=False)
    host: str = ""
    port: str = ""


@dataclass(frozen=True)
class Post:
    """How e-mail leaves the house; `security` is `none`, `tls` (from the first byte) or `starttls`."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    security: str = "none"


@dataclass(frozen=True)
class Environment:
    """What the surroundings say, with types.

    `production` asks for a secret key and host names and switches HTTPS on unless told otherwise;
    `proxies` counts the reverse proxies in front whose forwarded addresses are believed.
    """

    production: bool
    debug: bool
    https: bool
    hosts: list[str]
    data_dir: Path
    backups: Path
    database: Database
    secret_key: str = field(repr=False)
    proxies: int
    logs: str
    post: Post | None
    hook_networks: tuple[Network, ...]


VARIABLES = {
    "HEZOU_PRODUCTION": "1 in a real installation: secret key and hosts must be given, HTTPS is on",
    "HEZOU_DEBUG": "1 shows Django's technical error pages; never with HEZOU_PRODUCTION",
    "HEZOU_HTTPS": "1 when a reverse proxy serves HTTPS in front (default: as HEZOU_PRODUCTION)",
    "HEZOU_HOSTS": "host names served, separated by commas (default: this machine only)",
    "HEZOU_DATA_DIR": "folder of everything kept outside PostgreSQL (default: var in the current folder)",
    "HEZOU_BACKUPS": "folder of backups, best on another disk (default: backups in the data folder)",
    "HEZOU_DATABASE": "sqlite:///path or postgresql://user:password@host:port/name (default: SQLite)",
    "HEZOU_SECRET_KEY": "at least 40 characters (default, not in production: made once in the data folder)",
    "HEZOU_PROXIES": "how many reverse proxies stand in front (default: 1 under HTTPS, else 0)",
    "HEZOU_LOGS": "lines, or json for one JSON object a line (default: lines)",
    "HEZOU_MAIL": "smtp://, smtps:// or smtp+starttls://user:password@host:port (default: no e-mail is sent)",
    "HEZOU_MAIL_FROM": "the address e-mails come from; must be given with HEZOU_MAIL",
    "HEZOU_HOOK_NETWORKS": "networks of one's own that webhooks may go to, such as 10.1.0.0/16,fd00::/8 "
    "(default: none, public addresses only)",
}


def read(environ: Mapping[str, str] = os.environ) -> Environment:
    """The environment with types.

    Raises WrongEnvironment for an unknown `HEZOU_*` variable and for a value that cannot be meant.
    """
    for name in sorted(environ):
        if name.startswith(PREFIX) and not name.startswith(OF_THE_SUITE) and name not in VARIABLES:
            raise WrongEnvironment(f"{name} is unknown; known are: {', '.join(VARIABLES)}")
    production = _switch(environ, "HEZOU_PRODUCTION", default=False)
    debug = _switch(environ, "HEZOU_DEBUG", default=False)
    https = _switch(environ, "HEZOU_HTTPS", default=production)
    if production and debug:
        raise WrongEnvironment("HEZOU_DEBUG must be off with HEZOU_PRODUCTION: error pages would show texts")
    hosts = [host.strip() for host in environ.get("HEZOU_HOSTS", "").split(",") if host.strip()]
    if production and not hosts:
        raise WrongEnvironment("HEZOU_HOSTS must name the hosts served with HEZOU_PRODUCTION")
    data_dir = Path(environ.get("HEZOU_DATA_DIR") or "var").absolute()
    return Environment(
        production=production,
        debug=debug,
        https=https,
        hosts=hosts or ["localhost", "127.0.0.1", "[::1]"],
        data_dir=data_dir,
        backups=Path(environ.get("HEZOU_BACKUPS") or data_dir / "backups").absolute(),
        database=database(environ["HEZOU_DATABASE"])
        if environ.get("HEZOU_DATABASE")
        else Database("sqlite", str(data_dir / "hezou.sqlite3")),
        secret_key=_secret_key(environ.get("HEZOU_SECRET_KEY", ""), data_dir, production=production),
        proxies=_count(environ, "HEZOU_PROXIES", default=int(https)),
        logs=_choice(environ, "HEZOU_LOGS", LOGS),
        post=_post(environ.get("HEZOU_MAIL", ""), environ.get("HEZOU_MAIL_FROM", "")),
        hook_networks=_networks(environ, "HEZOU_HOOK_NETWORKS"),
    )


def _switch(environ: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = environ.get(name)
    if value is None:
        return default
    if value.lower() not in TRUE | FALSE:
        raise WrongEnvironment(f"{name} must be 1 or 0, not {value!r}")
    return value.lower() in TRUE


def _choice(environ: Mapping[str, str], name: str, offered: tuple[str, ...]) -> str:
    """One of the words offered, the first by default."""
    value = environ.get(name) or offered[0]
    if value not in offered:
        raise WrongEnvironment(f"{name} must be {' or '.join(offered)}, not {value!r}")
    return value


def _count(environ: Mapping[str, str], name: str, *, default: int) -> int:
    value = environ.get(name, str(default))
    if not value.isdecimal():
        raise WrongEnvironment(f"{name} must be a whole number, not {value!r}")
    return int(value)


def _networks(environ: Mapping[str, str], name: str) -> tuple[Network, ...]:
    written = [part.strip() for part in environ.get(name, "").split(",") if part.strip()]
    try:
        return tuple(ip_network(part) for part in written)
    except ValueError as error:
        raise WrongEnvironment(f"{name} must be networks such as 10.1.0.0/16: {error}") from None


def database(url: str) -> Database:
    """The place an address names: a path after `sqlite:///`, or `postgresql://…` (`?host=` a socket folder).

    Raises WrongEnvironment for anything else.
    """
    parts = urlsplit(url)
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme == "sqlite" and name and not parts.netloc:
        return Database("sqlite", str(Path(name).absolute()))
    if parts.scheme == "postgresql" and name:
        return Database(
            "postgresql",
            name,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            host=parts.hostname or parse_qs(parts.query).get("host", [""])[0],
            port=str(parts.port or ""),
        )
    # The value itself may hold a password and is not repeated.
    raise WrongEnvironment(f"HEZOU_DATABASE must be {VARIABLES['HEZOU_DATABASE'].partition(' (')[0]}")


def _post(url: str, sender: str) -> Post | None:
    """A way out for e-mail, or none."""
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in SECURITY or not parts.hostname:
        # The value itself may hold a password and is not repeated.
        raise WrongEnvironment(f"HEZOU_MAIL must be {VARIABLES['HEZOU_MAIL'].partition(' (')[0]}")
    if not sender.rpartition("@")[2]:
        raise WrongEnvironment("HEZOU_MAIL_FROM must be given with HEZOU_MAIL")
    security, port = SECURITY[parts.scheme]
    return Post(
        host=parts.hostname,
        port=parts.port or port,
        sender=sender,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        security=security,
    )


def _secret_key(given: str, data_dir: Path, *, production: bool) -> str:
    if given:
        if len(given) < 40:
            raise WrongEnvironment("HEZOU_SECRET_KEY must hold at least 40 characters")
        return given
    if production:
        raise WrongEnvironment("HEZOU_SECRET_KEY must be given with HEZOU_PRODUCTION")
    kept = data_dir / "secret.key"
    if not kept.exists():
        _keep_once(kept, secrets.token_urlsafe(48))
    return kept.read_text().strip()


def _keep_once(path: Path, content: str) -> None:
    """Two processes that start together agree on one key: written aside, then linked into place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    aside.touch(mode=0o600)
    aside.write_text(content)
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        aside.unlink()
