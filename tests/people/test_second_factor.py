"""Setting up, spending, losing and demanding second factors."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test.utils import override_settings

from hezou.audit.models import AuditEntry
from hezou.audit.queries import chain_breaks
from hezou.kernel import clock
from hezou.kernel.errors import Forbidden, NotFound, Refused
from hezou.people.actions import (
    add_app,
    add_key,
    demand_second_factor,
    pass_code,
    remove_factor,
    renew_codes,
    reset_second_factor,
)
from hezou.people.actions.sealing import keyring
from hezou.people.actions.second_factor import APP, CODES, KEY, renew_keys
from hezou.people.actions.sessions import follow
from hezou.people.models import Account, OpenSession, Person
from hezou.people.queries import (
    factors,
    has_second_factor,
    must_have_second_factor,
    without_second_factor,
)
from hezou.people.rules.totp import code_at, new_secret, step_of
from tests.support.office import Office, found_office

SECRET = new_secret()
CREDENTIAL = {"id": "x", "response": {}}


@pytest.fixture
def office(db: None) -> Office:
    return found_office()


@pytest.fixture
def account(office: Office) -> Account:
    return office.account("writer")


def code(ahead: int = 0) -> str:
    """What the app shows, `ahead` codes later."""
    return code_at(SECRET, step_of(clock.now().timestamp()) + ahead)


def with_app(office: Office, key: str = "writer") -> list[str]:
    return add_app(by=office.fresh(key), secret=SECRET, typed=code())


def refused(act: object, **given: object) -> list[str]:
    with pytest.raises(Refused) as caught:
        act(**given)  # type: ignore[operator]
    return [one.code for one in caught.value.messages]


def told(account: Account) -> list[tuple[str, dict[str, object]]]:
    rows = AuditEntry.objects.filter(ref_kind="account", ref_id=str(account.pk)).order_by("number")
    return [(row.verb, row.detail) for row in rows]


def test_app_is_proved_before_it_counts(office: Office, account: Account) -> None:
    assert refused(
        add_app, by=office.fresh("writer"), secret=SECRET, typed="000000" if code() != "000000" else "1"
    ) == ["people.wrong_code_typed"]
    assert (has_second_factor(account), factors(account).count()) == (False, 0)
    assert len(with_app(office)) == 10
    assert has_second_factor(account)
    assert refused(add_app, by=office.fresh("writer"), secret=SECRET, typed=code(1)) == ["people.app_there"]


def test_secrets_stand_in_the_table_closed(office: Office, account: Account) -> None:
    codes = with_app(office)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert [word in kept for word in (SECRET, *codes)] == [False] * 11
    assert keyring().open(factors(account).get(type=APP).data["secret"]) == SECRET


def test_code_of_the_app_holds_once(office: Office, account: Account) -> None:
    with_app(office)
    assert pass_code(account=account, typed=code()) == ""  # it proved the app
    assert pass_code(account=account, typed=code(1)) == APP
    assert pass_code(account=account, typed=code(1)) == ""
    with clock.moved_to(clock.now() + timedelta(minutes=5)):
        assert pass_code(account=account, typed=code()) == APP


def test_recovery_code_holds_once_however_it_is_typed(office: Office, account: Account) -> None:
    first, second, *_ = with_app(office)
    assert pass_code(account=account, typed=first.upper().replace("-", " ")) == CODES
    assert pass_code(account=account, typed=first) == ""
    assert pass_code(account=account, typed=f" {second} ") == CODES
    assert len(factors(account).get(type=CODES).data["hashes"]) == 8


def test_code_of_somebody_else_opens_nothing(office: Office, account: Account) -> None:
    codes = with_app(office, "writer")
    other = office.account("head")
    assert [pass_code(account=other, typed=typed) for typed in (codes[0], code(1), "")] == ["", "", ""]


def test_new_recovery_codes_end_the_old(office: Office, account: Account) -> None:
    assert refused(renew_codes, by=office.fresh("writer")) == ["people.no_factor"]
    old = with_app(office)
    new = renew_codes(by=office.fresh("writer"))
    assert not set(old) & set(new)
    assert (pass_code(account=account, typed=old[0]), pass_code(account=account, typed=new[0])) == ("", CODES)


def test_key_and_app_stand_side_by_side_with_one_set_of_codes(office: Office, account: Account) -> None:
    assert len(with_app(office)) == 10
    assert add_key(by=office.fresh("writer"), name=" 蓝色的 ", credential=CREDENTIAL) == []
    assert [(one.type, one.data.get("name")) for one in factors(account)] == [
        (APP, None),
        (CODES, None),
        (KEY, "蓝色的"),
    ]


def test_recovery_codes_go_with_the_last_factor(office: Office, account: Account) -> None:
    with_app(office)
    add_key(by=office.fresh("writer"), name="k", credential=CREDENTIAL)
    for kind, left in ((APP, [CODES, KEY]), (KEY, [])):
        remove_factor(by=office.fresh("writer"), factor_id=factors(account).get(type=kind).pk)
        assert list(factors(account).values_list("type", flat=True)) == left


def test_nobody_removes_what_is_not_theirs(office: Office, account: Account) -> None:
    with_app(office)
    office.account("head")
    for kind in (APP, CODES):
        factor = factors(account).get(type=kind)
        who = "head" if kind == APP else "writer"
        with pytest.raises(NotFound):
            remove_factor(by=office.fresh(who), factor_id=factor.pk)


def test_last_factor_stays_while_a_role_asks_for_it(office: Office, account: Account) -> None:
    with_app(office)
    demand_second_factor(by=office.fresh("administrator"), roles=["writer"])
    app = factors(account).get(type=APP)
    assert refused(remove_factor, by=office.fresh("writer"), factor_id=app.pk) == ["people.factor_demanded"]
    add_key(by=office.fresh("writer"), name="k", credential=CREDENTIAL)
    remove_factor(by=office.fresh("writer"), factor_id=app.pk)
    assert has_second_factor(account)


def test_roles_say_who_must_have_one(office: Office) -> None:
    accounts = {key: office.account(key) for key in ("editor", "writer", "second_editor")}
    assert must_have_second_factor(office.fresh("editor")) is False
    demand_second_factor(by=office.fresh("administrator"), roles=["editor", "auditor"])
    assert [must_have_second_factor(office.fresh(key)) for key in ("editor", "writer", "auditor")] == [
        True,
        False,
        True,
    ]
    with_app(office, "editor")
    # The auditor has no account and so no way to log in.
    assert list(without_second_factor(office.fresh("writer").agency)) == [office.person["second_editor"]]
    assert accounts["editor"].agency.pk == office.agency.pk


def test_deputy_of_somebody_who_must_have_one_must_too(office: Office) -> None:
    demand_second_factor(by=office.fresh("administrator"), roles=["signer"])
    today = clock.today(office.agency.zone)
    office.deputise("signer", "leader", today, today)
    assert must_have_second_factor(office.fresh("leader"))


def test_only_known_roles_are_demanded_and_only_by_who_may(office: Office) -> None:
    assert refused(demand_second_factor, by=office.fresh("administrator"), roles=["emperor"]) == [
        "people.unknown_role"
    ]
    with pytest.raises(Forbidden):
        demand_second_factor(by=office.fresh("editor"), roles=["editor"])


def test_administrator_takes_away_what_was_lost(office: Office, account: Account) -> None:
    with_app(office)
    follow(account=account, session_key="a" * 32, device="Chrome · Linux")
    for who, wrong in (("editor", Forbidden), ("administrator", None)):
        if wrong is not None:
            with pytest.raises(wrong):
                reset_second_factor(by=office.fresh(who), person=office.fresh("writer"))
        else:
            reset_second_factor(by=office.fresh(who), person=office.fresh("writer"))
    assert (factors(account).count(), OpenSession.objects.count()) == (0, 0)
    with pytest.raises(NotFound):
        reset_second_factor(by=office.fresh("administrator"), person=office.fresh("writer"))


def test_administrator_does_not_take_away_their_own(office: Office) -> None:
    office.account("administrator")
    with_app(office, "administrator")
    me = office.fresh("administrator")
    assert refused(reset_second_factor, by=me, person=me) == ["people.own_factor"]


def test_administrator_of_another_agency_takes_nothing_away(office: Office, account: Account) -> None:
    with_app(office)
    other = found_office("hill")
    with pytest.raises(NotFound):
        reset_second_factor(by=other.fresh("administrator"), person=office.fresh("writer"))
    assert has_second_factor(account)


def test_trail_says_what_was_done_and_no_secret(office: Office, account: Account) -> None:
    with_app(office)
    add_key(by=office.fresh("writer"), name="蓝色的", credential=CREDENTIAL)
    renew_codes(by=office.fresh("writer"))
    remove_factor(by=office.fresh("writer"), factor_id=factors(account).get(type=KEY).pk)
    reset_second_factor(by=office.fresh("administrator"), person=office.fresh("writer"))
    assert told(account) == [
        ("add_factor", {"factor": "totp"}),
        ("add_factor", {"factor": "webauthn"}),
        ("renew_recovery_codes", {}),
        ("remove_factor", {"factor": "webauthn"}),
        ("reset_second_factor", {}),
    ]
    assert list(chain_breaks(office.agency.pk)) == []


def test_keys_are_renewed_so_that_the_old_one_can_go(office: Office, account: Account) -> None:
    with_app(office)
    [old], new = settings.FACTOR_KEYS, base64.urlsafe_b64encode(b"n" * 32).decode()
    with override_settings(FACTOR_KEYS=(new, old)):
        assert renew_keys() == 1
    with override_settings(FACTOR_KEYS=(new,)):
        assert pass_code(account=account, typed=code(1)) == APP


def test_person_without_account_has_nothing_to_set_up(office: Office) -> None:
    person: Person = office.fresh("auditor")
    with pytest.raises(Account.DoesNotExist):
        add_app(by=person, secret=SECRET, typed=code())
