"""What verbs and predicates of `access` are called on pages; each has its words here, no other has."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

VERBS: dict[str, Promise] = {
    "history.load": gettext_lazy("bring in what happened before"),
    "absence.record": gettext_lazy("note absences"),
    "deputy.name": gettext_lazy("name a deputy"),
    "duty.keep": gettext_lazy("keep the duty roster"),
    "hook.manage": gettext_lazy("name receivers of news for programs"),
    "manuscript.admit_reader": gettext_lazy("let somebody read an internal piece"),
    "manuscript.ask_purge": gettext_lazy("ask for a piece to be purged"),
    "manuscript.confirm_purge": gettext_lazy("confirm a purge as the second person"),
    "manuscript.create": gettext_lazy("write pieces"),
    "manuscript.edit": gettext_lazy("change a piece"),
    "manuscript.hand_in": gettext_lazy("hand a piece in"),
    "manuscript.read": gettext_lazy("read a piece"),
    "manuscript.recall": gettext_lazy("take a piece back"),
    "manuscript.review": gettext_lazy("open a piece in review"),
    "manuscript.submit": gettext_lazy("submit signed pieces upward"),
    "manuscript.type": gettext_lazy("type into a piece"),
    "notice.read": gettext_lazy("read one's own notices"),
    "people.manage": gettext_lazy("keep the directory: units, persons, roles, deputies, accounts, bodies"),
    "people.read": gettext_lazy("read the directory"),
    "person.hand_over": gettext_lazy("hand somebody's work over to a successor"),
    "review.enter": gettext_lazy("open the list of what waits for one's review"),
    "review.print": gettext_lazy("print an approval sheet"),
    "review.record": gettext_lazy("enter decisions given on paper or aloud"),
    "rules.adopt": gettext_lazy("change the agency's rules"),
    "seat.select": gettext_lazy("select among what units send"),
    "seat.decide": gettext_lazy("decide at a step"),
    "submission.read": gettext_lazy("read submissions and adoptions"),
    "submission.record": gettext_lazy("enter adoptions"),
    "system.keep": gettext_lazy("look after the system: queues, backups"),
    "text.check": gettext_lazy("have a text checked"),
    "trail.read": gettext_lazy("read the audit trail"),
}

ASKS: dict[str, Promise] = {
    "anybody": gettext_lazy("everybody who works here"),
    "is_writer_of": gettext_lazy("who began the piece, and its authors"),
    "may_admit_reader": gettext_lazy("its writers, and a secrecy reviewer who may read it"),
    "may_decide": gettext_lazy("who holds the step, their deputy, or who may take it by role"),
    "may_hand_over": gettext_lazy("oneself, and who keeps the directory"),
    "may_name_deputy": gettext_lazy("oneself, and who keeps the directory"),
    "may_read": gettext_lazy("whoever may see the piece"),
    "may_record": gettext_lazy("whoever may see the piece"),
    "may_record_at": gettext_lazy("whoever may see the piece"),
    "may_record_absence": gettext_lazy("oneself, and who keeps the duty roster"),
    "may_review": gettext_lazy("who sits in its review, and who enters decisions for them"),
    "may_select": gettext_lazy("who holds the step of an editor"),
    "may_type": gettext_lazy("its writers, and who sits in its review"),
    "reviews": gettext_lazy("who may be asked for a step, and today's deputies"),
}
"""Name of a predicate → whom it lets."""
