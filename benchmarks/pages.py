"""Every list page, the desk and the pages of a piece in a large bureau, as different people see them.

    python benchmarks/pages.py [sqlite|postgresql] [--manuscripts N] [--verbose]

Two hundred units, fifteen hundred roles granted, 100,000 pieces by default. First verifies what was built:
the chain, every seal, decision and submission, and on a sample that what each person sees in lists is exactly
what they may read. Then requests each page as each person who may open it, over HTTP in process; of each page
tells the slowest person's 95th percentile and the most statements, and the time of the statements alone.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.support import ENGINES, Figures, figure, on_both, p95, statements, tables

COMMAND = "python benchmarks/pages.py"
MANUSCRIPTS = 100_000
TIMES = 20
SAMPLE = 400
PEOPLE = (
    ".window",
    ".window_head",
    ".leader",
    ".editor",
    ".signer",
    "-secrecy_reviewer",
    "-administrator",
    "-auditor",
)
"""Demo log-ins: a writer, a unit's head, the leader in charge, the office, and who keeps and audits it."""


@dataclass(frozen=True)
class Visit:
    """A page by its address, told under a name that stands for all pages of its kind."""

    name: str
    address: str


def visits(person: Any) -> Iterator[Visit]:
    """Every page that a person may open whose length grows with the work, and those of their newest piece."""
    from django.urls import reverse  # Django is set up by now

    from hezou.access.scopes import visible_manuscripts, visible_submissions  # beside it
    from hezou.people.queries import today_of  # beside it
    from hezou.review.queries import waiting_for  # beside it
    from hezou.web.shell import NAV  # beside it

    for name, _, verb in NAV:
        if verb is None or person.has_perm(verb):
            yield Visit(name, reverse(name))
    yield Visit("notices", reverse("notices"))
    yield Visit("away", reverse("away"))
    yield Visit("duty", reverse("duty"))
    yield Visit("rights", reverse("rights"))
    yield Visit("tokens", reverse("tokens"))
    if person.has_perm("seat.select"):
        yield Visit("selecting", reverse("selecting"))
    if person.has_perm("people.manage"):
        yield Visit("unattended_units", reverse("unattended_units"))
        yield Visit("person", reverse("person", args=[person.pk]))
    if person.has_perm("manuscript.create"):
        yield Visit("mine", reverse("mine"))
    if person.has_perm("manuscript.create"):
        listed = reverse("manuscripts")
        for query in ("mine=1", "state=sent", "state=in_review", "kind=news", "state=returned&mine=1"):
            yield Visit(f"manuscripts?{query}", f"{listed}?{query}")
    found = visible_manuscripts(person).order_by("-touched_at", "-pk").first()
    if found is not None:
        for part in ("text", "versions", "review", "submissions", "history"):
            yield Visit(f"manuscript?part={part}", f"{reverse('manuscript', args=[found.pk])}?part={part}")
        yield Visit("manuscript_compare", reverse("manuscript_compare", args=[found.pk]))
    sent = visible_submissions(person).prefetch_related(None).order_by("-submitted_at", "-pk").first()
    if sent is not None and person.has_perm("submission.record"):
        yield Visit("submission_adopt", reverse("submission_adopt", args=[sent.pk]))
    seat = waiting_for(person, today_of(person.agency)).first()
    if seat is not None:
        yield Visit("review_piece", reverse("review_piece", args=[seat.manuscript_id]))


def further(answer: Any, name: str) -> Iterator[Visit]:
    """The second page of a list, from the first one's link."""
    context = answer.context
    following = context.get("next_url") if context is not None else ""
    if following:
        yield Visit(f"{name}, second page", answer.wsgi_request.path + following)


def verify(agency: Any, manuscripts: int) -> None:
    """Raises AssertionError when anything is not as it must be."""
    from hezou.access.scopes import visible_manuscripts  # Django is set up by now
    from hezou.manuscripts.models import Manuscript  # beside it
    from hezou.ops.verifying import differences  # beside it

    rows = Manuscript.objects.filter(agency=agency)
    assert rows.count() == manuscripts
    assert list(differences(agency.pk)) == []
    some = list(rows.order_by("-id")[: SAMPLE // 2]) + list(rows.order_by("number")[: SAMPLE // 2])
    ids = [one.pk for one in some]
    for person in _people(agency):
        seen = set(visible_manuscripts(person).filter(pk__in=ids).values_list("pk", flat=True))
        assert seen == {one.pk for one in some if person.has_perm("manuscript.read", one)}, person


def _people(agency: Any) -> list[Any]:
    from hezou.people.models import Account  # Django is set up by now

    names = [f"{agency.code}{key}" for key in PEOPLE]
    found = [one.person for one in Account.objects.filter(agency=agency, username__in=names)]
    assert len(found) == len(PEOPLE)
    return found


@dataclass
class Seen:
    """Of a page: milliseconds by person, those of its statements, and the most statements of any request."""

    times: dict[str, list[float]]
    asking: dict[str, list[float]]
    queries: int = 0

    @property
    def slowest(self) -> float:
        """The 95th percentile of the person for whom the page is slowest."""
        return max(map(p95, self.times.values()))

    @property
    def asking_slowest(self) -> float:
        """The same of its statements."""
        return max(map(p95, self.asking.values()))


def visit_all(agency: Any) -> dict[str, Seen]:
    """Request every page as everybody."""
    from django.test import Client  # Django is set up by now
    from django.test.utils import setup_test_environment  # beside it

    setup_test_environment()  # answers come with what they were drawn from
    found: dict[str, Seen] = {}
    for person in _people(agency):
        client = Client()
        client.force_login(person.account)
        pending = list(visits(person))
        while pending:
            visit = pending.pop(0)
            seen = found.setdefault(visit.name, Seen({}, {}))
            for number in range(TIMES + 1):
                with statements() as asked:
                    begun = time.perf_counter()
                    answer = client.get(visit.address)
                    took = (time.perf_counter() - begun) * 1000
                assert answer.status_code == 200, (visit, answer.status_code)
                if number == 0:  # warms what every process warms once
                    pending += further(answer, visit.name)
                    continue
                seen.times.setdefault(person.name, []).append(took)
                seen.asking.setdefault(person.name, []).append(asked.took)
                seen.queries = max(seen.queries, len(asked))
    return found


def measure(engine: str, manuscripts: int, *, verbose: bool, keep: bool) -> Figures:
    """The figures of one engine."""
    with tables(engine, keep=keep):
        from benchmarks.town import build  # models stand only after Django's set-up
        from hezou.people.models import Agency  # beside it

        agency = Agency.objects.filter(code="qinghe").first() or build(manuscripts)
        if not keep:
            verify(agency, manuscripts)
        found = visit_all(agency)
    if verbose:
        for name, seen in found.items():
            by = {who: round(p95(times), 1) for who, times in seen.times.items()}
            print(f"{name:<36}{seen.slowest:8.1f} ms {seen.queries:3}  {by}", file=sys.stderr)
    return _figures(
        found, f" at {manuscripts:,}, {engine}", f"{COMMAND} {engine} --manuscripts {manuscripts}"
    )


def _figures(found: dict[str, Seen], where: str, command: str) -> Figures:
    most = max(seen.queries for seen in found.values())
    slowest = max(seen.slowest for seen in found.values())
    asking = max(seen.asking_slowest for seen in found.values())
    return {
        f"slowest page{where}: p95": figure(round(slowest, 1), "ms", command, most),
        f"slowest page{where}: p95 of its statements": figure(round(asking, 1), "ms", command, most),
    } | {
        f"page {name}{where}: p95": figure(round(seen.slowest, 1), "ms", command, seen.queries)
        for name, seen in found.items()
    }


def main() -> int:
    """One engine, or both."""
    parser = argparse.ArgumentParser(description="Measure the pages of a large bureau.")
    parser.add_argument("engine", nargs="?", choices=ENGINES)
    parser.add_argument("--manuscripts", type=int, default=MANUSCRIPTS, help="(default: %(default)s)")
    parser.add_argument("--verbose", action="store_true", help="say each person's times too")
    parser.add_argument("--keep", action="store_true", help="keep the tables for the next run, do not verify")
    asked = parser.parse_args()
    words = ["--manuscripts", str(asked.manuscripts), *(["--verbose"] if asked.verbose else [])]
    if asked.engine is None:
        found = on_both(__file__, *words)
    else:
        found = measure(asked.engine, asked.manuscripts, verbose=asked.verbose, keep=asked.keep)
    print(json.dumps(found, ensure_ascii=False, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
