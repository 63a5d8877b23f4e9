"""信息员队伍: everybody who works here, by unit."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from hezou.access.lists import count_up_to
from hezou.audit.actions import require
from hezou.people.queries import unattended
from hezou.web.people.listing import DEEPER, filters_of, offered_units, page_of, rows_for, with_roles
from hezou.web.shell import PageRequest, page, show

ROOM = "people"
MANAGE = "people.manage"


@page
@require_safe
def people(request: PageRequest) -> HttpResponse:
    """The list of persons beside the tree of units; who keeps the directory finds the ways to change it."""
    asking = request.person
    require(asking, "people.read")
    offered = offered_units(asking)
    filters = filters_of(request.GET, offered)
    rows = rows_for(asking, filters)
    found, after = page_of(rows, request.GET.get("after", ""))
    may_manage = asking.has_perm(MANAGE)
    context = {
        "rows": with_roles(asking, found),
        "units": [(unit, DEEPER * depth, filters.query(unit=str(unit.pk))) for unit, depth in offered],
        "filters": filters,
        "chips": filters.chips(),
        "may_manage": may_manage,
        "unattended": len(unattended(asking.agency)) if may_manage else 0,
        "count": count_up_to(rows),
        "next_url": filters.query(after=after) if after else "",
        "first_url": filters.query() if "after" in request.GET else "",
    }
    return show(request, "people/list.html", context, room=ROOM)
