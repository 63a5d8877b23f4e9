"""Roles: over what each is held by nature, which exclude each other. Their labels are data of the packs."""

from __future__ import annotations

from collections.abc import Collection

from hezou.kernel.messages import Message, define
from hezou.packs.rules import ROLES

__all__ = [
    "ADMINISTRATOR",
    "ADMINISTRATORS",
    "AGENCY_WIDE",
    "RESPONSIBLE",
    "ROLES",
    "UNKNOWN_ROLE",
    "why_not_role",
]

UNKNOWN_ROLE = define("people.unknown_role", "There is no role {role} here. Known are: {known}.")
EXCLUDED = define(
    "people.excluded",
    "An auditor holds no other role, so that nobody audits their own acts: give these roles to two persons.",
)

AGENCY_WIDE = frozenset({"editor", "signer", "secrecy_reviewer", "auditor", "administrator", "recorder"})
"""Roles held over the whole agency unless a unit is named; the others over the holder's unit."""
RESPONSIBLE = "unit_head"
"""Whoever holds it over a unit answers for that unit."""
ADMINISTRATOR = "administrator"
AUDITOR = "auditor"
ADMINISTRATORS = (ADMINISTRATOR, "secrecy_reviewer", AUDITOR)
"""The three that an agency begins with (R22)."""


def why_not_role(role: str, held: Collection[str]) -> Message | None:
    """Why somebody who holds the roles `held` may not hold `role` beside them."""
    others = set(held) - {role}
    return EXCLUDED() if others and AUDITOR in {role, *others} else None
