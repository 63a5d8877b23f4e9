"""What the entries of the trail say, by noun and verb; the sentence follows the name of whoever acted."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from hezou.web.manuscripts.trail import SAYS as OF_PIECES

SAYS: dict[tuple[str, str], Promise] = {
    **{key: sentence for key, (sentence, _, _) in OF_PIECES.items()},
    ("account", "change_password"): gettext_lazy("changed the password"),
    ("account", "open"): gettext_lazy("opened an account"),
    ("account", "reset_password"): gettext_lazy("set a new one-time password"),
    ("adoption", "book_merit"): gettext_lazy("booked a merit for %(persons)s"),
    ("agency", "found"): gettext_lazy("founded the agency"),
    ("agency", "import"): gettext_lazy("imported a list of persons"),
    ("agency", "load_history"): gettext_lazy("brought in history"),
    ("body", "add"): gettext_lazy("added the body"),
    ("body", "retire"): gettext_lazy("took the body out of use"),
    ("crossreviewer", "name"): gettext_lazy("named %(persons)s as cross reviewer (%(role)s)"),
    ("deputy", "end"): gettext_lazy("ended a deputyship"),
    ("deputy", "name"): gettext_lazy("named a deputy"),
    ("grant", "end"): gettext_lazy("took back the role %(role)s"),
    ("grant", "grant"): gettext_lazy("gave the role %(role)s"),
    ("hook", "add"): gettext_lazy("named the receiver"),
    ("hook", "end"): gettext_lazy("took the receiver out of use"),
    ("job", "drop"): gettext_lazy("gave up work that had failed"),
    ("job", "retry"): gettext_lazy("had failed work tried again"),
    ("journal", "add"): gettext_lazy("added the journal"),
    ("journal", "retire"): gettext_lazy("took the journal out of use"),
    ("packversion", "adopt"): gettext_lazy("adopted rules: %(rules)s"),
    ("person", "add"): gettext_lazy("added the person"),
    ("person", "change"): gettext_lazy("changed particulars"),
    ("person", "retire"): gettext_lazy("noted that the person left"),
    ("purge", "confirm_purge"): gettext_lazy("confirmed the purge"),
    ("purge", "withdraw_purge"): gettext_lazy("withdrew the purge"),
    ("token", "make"): gettext_lazy("made the token"),
    ("token", "revoke"): gettext_lazy("revoked the token"),
    ("unit", "add"): gettext_lazy("added the unit"),
    ("unit", "rename"): gettext_lazy("renamed the unit"),
    ("unit", "retire"): gettext_lazy("took the unit out of use"),
}

NOUNS: dict[str, Promise] = {
    "account": gettext_lazy("Account"),
    "adoption": gettext_lazy("Adoption"),
    "agency": gettext_lazy("Agency"),
    "body": gettext_lazy("Body"),
    "countersignature": gettext_lazy("Signature owed"),
    "crossreviewer": gettext_lazy("Cross reviewer"),
    "deputy": gettext_lazy("Deputyship"),
    "grant": gettext_lazy("Role"),
    "hook": gettext_lazy("Receiver"),
    "job": gettext_lazy("Work for later"),
    "journal": gettext_lazy("Journal"),
    "manuscript": gettext_lazy("Piece"),
    "packversion": gettext_lazy("Rules"),
    "person": gettext_lazy("Person"),
    "purge": gettext_lazy("Purge"),
    "seat": gettext_lazy("Step of a review"),
    "sheet": gettext_lazy("Approval sheet"),
    "submission": gettext_lazy("Submission"),
    "token": gettext_lazy("Token"),
    "unit": gettext_lazy("Unit"),
}
