"""Django's door to the permissions: log-in by allauth, rights from this room, no superuser."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from hezou.access.permissions import allowed
from hezou.people.models import Account, Person
from hezou.people.queries import account


class Backend(AuthenticationBackend):
    """Authenticates accounts; answers `has_perm` for persons and for accounts through their person."""

    def get_user(self, user_id: Any) -> Account | None:
        """The account of a session, at every request."""
        found = account(user_id)
        return found if found is not None and self.user_can_authenticate(found) else None

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        person = user_obj.person if isinstance(user_obj, Account) else user_obj
        return isinstance(person, Person) and allowed(person, perm, obj)

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()
