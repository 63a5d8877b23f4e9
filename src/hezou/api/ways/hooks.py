"""Hooks: make, list, end; what each was told."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from ninja import Router

from hezou.api.actions import add_hook, end_hook
from hezou.api.door import DoorRequest, Token
from hezou.api.models import Delivery, Hook
from hezou.api.once import REPLAYED, once
from hezou.api.openapi import ONCE
from hezou.api.paging import page_of
from hezou.api.queries import deliveries, find_hook, hooks
from hezou.api.rules.addresses import target_of
from hezou.api.rules.frame import OUT_OF_REACH
from hezou.api.rules.signing import secret_of, written
from hezou.api.sending import NobodyThere, OutOfReach, address_of
from hezou.api.shapes.around import DeliveryPage, DeliveryTold, HookPage, HookSent, HookTold
from hezou.api.shapes.common import SIZE, Size, fields, person_ref
from hezou.kernel.errors import Refused

router = Router(tags=["hooks"])
MANAGE = "hook.manage"


@router.get("", response=HookPage, auth=Token(MANAGE), operation_id="list_hooks")
def listing(request: DoorRequest, after: str | None = None, limit: Size = SIZE) -> Any:
    """The hooks of your agency that have not ended, newest first."""
    rows, following = page_of(
        hooks(request.person.agency_id), "hooks", "-made_at", "-id", after=after, size=limit
    )
    return HookPage(items=[_told(row) for row in rows], next=following)


@router.post("", response={201: HookTold}, auth=Token(MANAGE), operation_id="add_hook", openapi_extra=ONCE)
def add(request: DoorRequest, response: HttpResponse, sent: HookSent) -> Any:
    """Tell an address of events, from now on and as long as this token holds; the secret is told once."""
    _in_reach(sent.url)

    def do() -> UUID:
        return add_hook(by=request.person, token=request.token, url=sent.url, events=sent.events).pk

    hook = find_hook(request.person, UUID(once(request, response, do)))
    is_first = REPLAYED not in response
    return _told(hook, secret=written(secret_of(hook.pk, settings.SECRET_KEY)) if is_first else None)


@router.get("/{uuid:hook_id}", response=HookTold, auth=Token(MANAGE), operation_id="read_hook")
def read(request: DoorRequest, hook_id: UUID) -> Any:
    """One hook, one that has ended included."""
    return _told(find_hook(request.person, hook_id))


@router.delete("/{uuid:hook_id}", response=HookTold, auth=Token(MANAGE), operation_id="end_hook")
def end(request: DoorRequest, hook_id: UUID) -> Any:
    """Tell an address nothing more."""
    hook = find_hook(request.person, hook_id)
    return _told(hook if hook.ended_at else end_hook(by=request.person, hook=hook))


@router.get(
    "/{uuid:hook_id}/deliveries", response=DeliveryPage, auth=Token(MANAGE), operation_id="list_deliveries"
)
def told(request: DoorRequest, hook_id: UUID, after: str | None = None, limit: Size = SIZE) -> Any:
    """What a hook was told in the last weeks and what is on its way, newest first."""
    rows = deliveries(find_hook(request.person, hook_id))
    found, following = page_of(rows, "deliveries", "-number", after=after, size=limit)
    return DeliveryPage(items=[_delivery(row) for row in found], next=following)


def _in_reach(url: str) -> None:
    """Raise Refused for an address that leads where hooks may not go; it is judged again at each delivery."""
    try:
        address_of(target_of(url))
    except OutOfReach:
        raise Refused(OUT_OF_REACH()) from None
    except NobodyThere:  # the name may come to be known later
        pass


def _told(hook: Hook, secret: str | None = None) -> HookTold:
    return HookTold(
        id=hook.pk,
        url=hook.url,
        events=hook.events,
        token=hook.token.name,
        made_by=person_ref(hook.token.person),
        made_at=hook.made_at,
        ended_at=hook.ended_at,
        secret=secret,
    )


def _delivery(row: Delivery) -> DeliveryTold:
    return DeliveryTold(
        id=row.pk,
        entry=row.number,
        **fields(row, "event", "outcome", "status", "made_at", "sent_at"),
    )
