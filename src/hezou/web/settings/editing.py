"""Changing a document by its form; what is typed travels with the form until it is adopted."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from hezou.audit.actions import require
from hezou.checks.rules import secrecy_mark
from hezou.kernel.messages import define
from hezou.manuscripts.rules.handing_in import SECRECY_MARK
from hezou.packs.queries import document_of
from hezou.packs.rules import FAMILIES
from hezou.packs.rules.differences import differences
from hezou.packs.rules.writing import write
from hezou.web.settings.drafting import Draft, edit_page, fresh_draft, join_with, preview_page, sent_draft
from hezou.web.settings.form import RuleForm
from hezou.web.settings.typed import Tree, read, reshape, typed_of
from hezou.web.settings.views import ADOPT
from hezou.web.shell import PageRequest, page
from hezou.web.templatetags.words import message

NOTHING_CHANGED = define("web.rules_unchanged", "Nothing differs from the newest version yet.")
PREVIEW = "preview"


@page
@require_http_methods(["GET", "HEAD", "POST"])
def rule_edit(request: PageRequest, family: str, code: str) -> HttpResponse:
    """The form of a document; sent, one row more or less, or the preview of what would change."""
    asking = request.person
    require(asking, ADOPT)
    if request.method != "POST":
        draft = fresh_draft(asking, family, code)
        return edit_page(request, draft, RuleForm(family, _begin(request, draft), draft.rules))
    draft = sent_draft(request, family, code)
    tree = read(FAMILIES[family], request.POST)
    wish = request.POST.get("do", "")
    if wish != PREVIEW:
        place = reshape(FAMILIES[family], tree, wish)
        return edit_page(request, draft, RuleForm(family, tree, draft.rules, look_at=place))
    return _preview(request, draft, RuleForm(family, tree, draft.rules))


def _begin(request: PageRequest, draft: Draft) -> Tree:
    """What the form begins with: the newest version, or the one that the address names."""
    wanted = request.GET.get("from", "")
    found = next((one for one in draft.versions if str(one.number) == wanted), draft.versions[0])
    return typed_of(document_of(found))


def _preview(request: PageRequest, draft: Draft, form: RuleForm) -> HttpResponse:
    """The preview of what was typed; the form again where something is wrong with it."""
    checked = form.check(join_with(draft))
    if checked.document is None:
        return edit_page(request, draft, form, status=422)
    body = write(checked.document)
    mark = secrecy_mark(body)
    if mark is not None:
        form.add_error(None, message(SECRECY_MARK(mark=body[mark.start : mark.end])))
    elif not draft.upgrade and not differences(document_of(draft.base), checked.document):
        form.add_error(None, message(NOTHING_CHANGED()))
    else:
        return preview_page(request, draft, checked.document)
    return edit_page(request, draft, form, status=422)
