"""The desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from hezou.people.queries import absences_of, roster, rules_of, today_of
from hezou.web.beginning import beginning
from hezou.web.desk.reading import SHOWN, awaited, results, waiting, writing
from hezou.web.people.portrait import Away
from hezou.web.people.roster import days_of
from hezou.web.review.labels import kind_label
from hezou.web.settings.reading import rules_wait
from hezou.web.shell import PageRequest, page, show
from hezou.web.submissions.register import adoption_words, waiting_to_leave


@page
@require_safe
def desk(request: PageRequest) -> HttpResponse:
    """Three answers without a click; each list stands only for whom it can ever hold something."""
    me = request.person
    rules = rules_of(me.agency)
    context: dict[str, Any] = {
        "shown": SHOWN,
        "reviews": me.has_perm("review.enter"),
        "selects": me.has_perm("seat.select"),
        "submits": me.has_perm("manuscript.submit"),
        "writes": me.has_perm("manuscript.create"),
        "manages": me.has_perm("people.manage"),
        "beginning": beginning(me),
    }
    if me.has_perm("rules.adopt"):
        context["rules_wait"] = rules_wait(me)
    today = today_of(me.agency)
    context["absences"] = [one for row in absences_of(me, today) if (one := Away.of(row)).is_now]
    context["duty"] = days_of(roster(me.agency_id, today, today), today) if me.has_perm("people.read") else []
    if context["reviews"]:
        context["waiting"] = waiting(me, rules)
    if context["submits"]:
        context["leaving"] = [(one, kind_label(rules, one.kind)) for one in waiting_to_leave(me)]
    if context["writes"]:
        context["awaited"] = awaited(me, rules)
        context["writing"] = writing(me)
        context["results"] = [(one, adoption_words(rules, one)) for one in results(me)]
    return show(request, "desk/desk.html", context, room="desk")
