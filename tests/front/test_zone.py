"""Pages speak in the agency's zone."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from hezou.people.models import Account
from hezou.web.shell import page
from tests.support.office import found_office


@page
def zone(request: HttpRequest) -> HttpResponse:
    """Names the zone in which it is drawn."""
    return HttpResponse(timezone.get_current_timezone_name())


@pytest.mark.django_db
def test_draws_a_page_in_the_agencys_zone(rf: RequestFactory) -> None:
    writer = found_office().fresh("writer")
    request = rf.get("/")
    request.user = Account(person=writer, must_change_password=False)
    outside = timezone.get_current_timezone_name()
    assert zone(request).content.decode() == writer.agency.zone != outside
    assert timezone.get_current_timezone_name() == outside
