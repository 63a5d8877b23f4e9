"""Sessions in the database, as Django keeps them; looked up at every request, so by a prepared query."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from hezou.audit.prepared import prepared
from hezou.kernel import clock


class SessionStore(InDatabase):
    """Named by `SESSION_ENGINE`."""

    def _get_session_from_db(self) -> Session | None:
        found = _sessions(session_key=self.session_key) if self.session_key else []
        if found and found[0].expire_date > clock.now():
            return found[0]
        self._session_key = None
        return None


@prepared
def _sessions(session_key: str) -> QuerySet[Session]:
    return Session.objects.filter(session_key=session_key)
