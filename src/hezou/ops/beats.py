"""Everything that happens by itself, in one table."""

from __future__ import annotations

from datetime import timedelta

from hezou.jobs.jobs import clear_done
from hezou.jobs.rules import Beat
from hezou.ops.jobs import clear_deeds, clear_notices, clear_sessions, file_heads, verify_chains

DAY = timedelta(days=1)
NIGHT = timedelta(hours=18)
"""Past midnight UTC: two in the morning where offices keep Chinese time."""

BEATS = (
    *(
        Beat(work.name, work.module_path, every=DAY, offset=NIGHT)
        for work in (clear_done, clear_deeds, clear_sessions, clear_notices, file_heads, verify_chains)
    ),
    # The room `api` stands beside this one: its task is named, as every job's is, and not imported.
    Beat("announce_all", "hezou.api.jobs.announce_all", every=timedelta(minutes=1)),
)
