"""The typed environment: every `HEZOU_*` variable there is, read once. An unknown one is an error.

`HEZOU_TEST_*` belongs to the test suite and is not read here.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
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
    `factor_keys` encrypt second factors, the newest comes first. A log-in ends after `idle` without an act,
    and after `longest`.
    """

    production: bool
    debug: bool
    https: bool
    hosts: list[str]
    data_dir: Path
    backups: Path
    database: Database
    secret_key: str = field(repr=False)
    factor_keys: tuple[str, ...] = field(repr=False)
    idle: timedelta
    longest: timedelta
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
    "HEZOU_FACTOR_KEYS": "keys that encrypt second factors, separated by commas, the newest first: each 32"
    " random bytes in URL-safe base64 (default, not in production: made once in the data folder)",
    "HEZOU_SESSION_IDLE": "minutes without an act after which a log-in ends (default: 120)",
    "HEZOU_SESSION_LONGEST": "hours after which every log-in ends (default: 12)",
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
        factor_keys=_factor_keys(environ.get("HEZOU_FACTOR_KEYS", ""), data_dir, production=production),
        idle=timedelta(minutes=_length(environ, "HEZOU_SESSION_IDLE", default=120, most=24 * 60)),
        longest=timedelta(hours=_length(environ, "HEZOU_SESSION_LONGEST", default=12, most=7 * 24)),
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


def _length(environ: Mapping[str, str], name: str, *, default: int, most: int) -> int:
    found = _count(environ, name, default=default)
    if not 1 <= found <= most:
        raise WrongEnvironment(f"{name} must lie between 1 and {most}")
    return found


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
    return _kept(data_dir / "secret.key", secrets.token_urlsafe(48))


def _factor_keys(given: str, data_dir: Path, *, production: bool) -> tuple[str, ...]:
    if given:
        keys = tuple(key.strip() for key in given.split(","))
        if not all(map(_is_factor_key, keys)):
            # The value itself is a secret and is not repeated.
            raise WrongEnvironment("HEZOU_FACTOR_KEYS must be keys of 32 bytes in URL-safe base64")
        return keys
    if production:
        raise WrongEnvironment("HEZOU_FACTOR_KEYS must be given with HEZOU_PRODUCTION")
    return (_kept(data_dir / "factor.key", base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()),)


def _is_factor_key(key: str) -> bool:
    try:
        return len(base64.urlsafe_b64decode(key)) == 32
    except (binascii.Error, ValueError):
        return False


def _kept(path: Path, fresh: str) -> str:
    """What stands in a file of the data folder; made there when it is not."""
    if not path.exists():
        _keep_once(path, fresh)
    return path.read_text().strip()


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
