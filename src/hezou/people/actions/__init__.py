"""The verbs of the directory; the only writer of this room's tables."""

from hezou.people.actions.absences import be_away, come_back
from hezou.people.actions.accounts import (
    OneTime,
    change_own_password,
    choose_language,
    open_account,
    reset_password,
)
from hezou.people.actions.adopting import Proposal, adopt_rules, adopt_upgrade
from hezou.people.actions.bodies import add_body, add_journal, retire_body, retire_journal
from hezou.people.actions.founding import Founding, Installation, found_agency
from hezou.people.actions.importing import Report, import_directory
from hezou.people.actions.numbers import next_number, past_numbers
from hezou.people.actions.persons import add_person, change_person, retire_person
from hezou.people.actions.roles import (
    end_deputy,
    end_grant,
    grant_role,
    name_cross_reviewer,
    name_deputy,
)
from hezou.people.actions.rostering import keep_roster, put_on_duty
from hezou.people.actions.second_factor import (
    add_app,
    add_key,
    demand_second_factor,
    pass_code,
    remove_factor,
    renew_codes,
    reset_second_factor,
)
from hezou.people.actions.sessions import end_other_sessions, end_session
from hezou.people.actions.units import add_unit, rename_unit, retire_unit

__all__ = [
    "Founding",
    "Installation",
    "OneTime",
    "Proposal",
    "Report",
    "add_app",
    "add_body",
    "add_journal",
    "add_key",
    "add_person",
    "add_unit",
    "adopt_rules",
    "adopt_upgrade",
    "be_away",
    "change_own_password",
    "change_person",
    "choose_language",
    "come_back",
    "demand_second_factor",
    "end_deputy",
    "end_grant",
    "end_other_sessions",
    "end_session",
    "found_agency",
    "grant_role",
    "import_directory",
    "keep_roster",
    "name_cross_reviewer",
    "name_deputy",
    "next_number",
    "open_account",
    "pass_code",
    "past_numbers",
    "put_on_duty",
    "remove_factor",
    "rename_unit",
    "renew_codes",
    "reset_password",
    "reset_second_factor",
    "retire_body",
    "retire_journal",
    "retire_person",
    "retire_unit",
]
