"""What an adoption would touch: pieces on their way, and steps that nobody may take yet."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext

from hezou.access.lists import count_up_to
from hezou.manuscripts.lifecycle import DRAFT, IN_REVIEW, RETURNED
from hezou.manuscripts.models import Manuscript
from hezou.packs.rules import Rulebook
from hezou.packs.rules.rulebook import steps_for
from hezou.people.models import Grant, Person
from hezou.people.queries import in_force, today_of
from hezou.web.settings.words import title


def touched(asking: Person, old: Rulebook, new: Rulebook) -> list[str]:
    """Sentences on who feels the new rules; numbers alone, for no piece is the administrator's to see."""
    return [*_pieces(asking, old, new), *_empty_roles(asking, old, new)]


def _way(rules: Rulebook, kind: str) -> object:
    """What a kind asks of its pieces: the steps of its route, its lines and classes."""
    row = rules.kinds.get(kind)
    if row is None or row.route not in rules.routes:
        return None
    return steps_for(rules.routes[row.route], frozenset(row.lines)).levels, row.lines, row.classes


def _pieces(asking: Person, old: Rulebook, new: Rulebook) -> Iterator[str]:
    kinds = [kind for kind in old.kinds if _way(old, kind) != _way(new, kind)]
    if not kinds:
        return
    rows = Manuscript.objects.filter(agency_id=asking.agency_id, kind__in=kinds)
    names = gettext(", ").join(title(old.kinds[kind]) for kind in kinds)
    yield gettext("Kinds concerned: %(kinds)s.") % {"kinds": names}
    yield gettext("In review: %(count)s. They keep the route they were handed in on, to its end.") % {
        "count": count_up_to(rows.filter(state=IN_REVIEW))
    }
    yield gettext("Drafts and returned: %(count)s. They go the new way when they are handed in.") % {
        "count": count_up_to(rows.filter(state__in=[DRAFT, RETURNED]))
    }
    gone = [kind for kind in kinds if kind not in new.kinds]
    if gone:
        names = gettext(", ").join(title(old.kinds[kind]) for kind in gone)
        yield gettext("No piece of these kinds can be begun or handed in any more: %(kinds)s.") % {
            "kinds": names
        }


def _empty_roles(asking: Person, old: Rulebook, new: Rulebook) -> Iterator[str]:
    """Roles that the changed routes ask for and nobody holds."""
    changed = [route for code, route in new.routes.items() if old.routes.get(code) != route]
    asked = {step.role for route in changed for _, _, step in route.walk()}
    held = Grant.objects.filter(
        in_force(today_of(asking.agency)), agency_id=asking.agency_id, person__retired_at=None
    )
    for role in sorted(asked - set(held.values_list("role", flat=True))):
        yield gettext("Nobody is %(role)s yet: pieces on this route will not be handed in.") % {
            "role": title(new.roles[role])
        }
