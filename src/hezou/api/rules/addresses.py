"""Where a hook may lead: to public addresses, and into networks of one's own that are named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from hezou.api.rules.frame import WRONG_URL
from hezou.kernel.errors import Refused

Network = IPv4Network | IPv6Network
URL = 500
"""Characters of an address at most."""


@dataclass(frozen=True)
class Target:
    """Where a hook leads: `path` with the query."""

    host: str
    port: int
    path: str
    is_tls: bool


def target_of(url: str) -> Target:
    """The parts of a hook's address. Raises Refused for one that cannot be meant."""
    wrong = Refused(WRONG_URL(most=URL))
    if len(url) > URL or not url.isascii() or not url.isprintable() or " " in url:
        raise wrong
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError:
        raise wrong from None
    ports = {"https": 443, "http": 80}
    if parts.scheme not in ports or not host or "@" in parts.netloc or "#" in url or port == 0:
        raise wrong
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(host, port or ports[parts.scheme], path, parts.scheme == "https")


def may_reach(address: str, own: Sequence[Network], *, is_tls: bool) -> bool:
    """Whether a hook may go to an address: in one of the networks named, or public and by TLS."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return any(found in network for network in own) or (is_tls and _is_public(found))


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    """Not of some house's own network, nor a tunnel into one (6to4, Teredo, NAT64)."""
    if isinstance(address, IPv6Address) and (address.sixtofour or address.teredo):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)
