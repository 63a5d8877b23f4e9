"""What a piece's codes are called here, beyond the names that `web.review.labels` gives."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from hezou.manuscripts.rules.classes import BARRED
from hezou.web.review.labels import CLASS

CHOICES_OF_CLASS: dict[str, Promise | str] = {
    **CLASS,
    BARRED: gettext_lazy("Must not be entered (state secrets)"),
}
"""The three classes as the writer chooses among them; the third is refused before anything is stored."""

CLASS_HELP = gettext_lazy("State secrets must not be entered here: handle them on paper.")

VERSION_REASON: dict[str, Promise] = {
    "import": gettext_lazy("First text"),
    "keep": gettext_lazy("Kept by a writer"),
    "decision": gettext_lazy("Edited in review"),
}
