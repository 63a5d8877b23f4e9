"""The form of a document, made from its schema: fields by place, and rows to draw them in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext

from hezou.kernel.errors import Refused
from hezou.kernel.messages import Code, Message, define
from hezou.packs.rules import FAMILIES, SEATED, TABLES, Document, Rulebook, objections
from hezou.packs.rules.codes import fill
from hezou.packs.rules.parsing import Fault, admit
from hezou.packs.rules.places import Place, place_of
from hezou.packs.rules.rows import NO_WEEKEND, OTHER_YEAR, WRONG_ORDER, Row
from hezou.packs.rules.schema import CODE_FIELD, Shape, shapes
from hezou.web.settings.typed import Tree, meant, sent
from hezou.web.settings.words import field_words, in_words, option_words, title
from hezou.web.templatetags.words import label, message

BLANK = define("web.rules_blank", "Fill this in.")
WRONG_WORDS = define("web.rules_words", "One line of at most 400 characters.")
WRONG_NUMBER = define("web.rules_number", "A whole number from 0 to 10,000,000.")
NOTHING_CHOSEN = define("web.rules_choice", "Choose at least one.")
WRONG_DAYS = define("web.rules_days", "Days such as 2027-01-01, each once; a span with “to”.")
WRONG_PAIRS = define(
    "web.rules_pairs", "At most nine lines, each left | right, at most 120 characters a part."
)
WRONG_ROWS = define("web.rules_rows", "At least one is needed, and at most nine.")
ORDER = define("web.rules_order", "The length from is above the length to.")
YEAR = define("web.rules_year", "One of these days lies in another year.")
WEEKEND = define("web.rules_weekend", "Only a Saturday or Sunday that is not off can be worked in exchange.")

WRONG: dict[str, Code] = {
    "words": WRONG_WORDS,
    "label": WRONG_WORDS,
    "number": WRONG_NUMBER,
    "choices": NOTHING_CHOSEN,
    "days": WRONG_DAYS,
    "pairs": WRONG_PAIRS,
    "rows": WRONG_ROWS,
}
OF_ROWS: dict[str, tuple[Code, str]] = {
    WRONG_ORDER: (ORDER, "min_characters"),
    OTHER_YEAR: (YEAR, "off"),
    NO_WEEKEND: (WEEKEND, "work"),
}
"""What is wrong with a row as a whole → what is said, and at which field."""

EMPTY = "-"


@dataclass
class RowNode:
    """One row as drawn. `name` is its place; `more` are fields seldom filled in, which are folded; `hidden`
    are codes that travel along; `errors` are its own."""

    name: str
    title: str
    fields: list[forms.BoundField]
    more: list[forms.BoundField]
    groups: list[GroupNode]
    hidden: list[tuple[str, str]]
    errors: list[str]
    is_fixed: bool
    is_first: bool
    is_last: bool
    is_open: bool = False
    is_new: bool = False


@dataclass
class GroupNode:
    """The rows of one table, or inside a row; `adds` is the button's label, blank where none is added."""

    name: str
    title: str
    rows: list[RowNode]
    errors: list[str]
    adds: str = ""
    level: int = 2


@dataclass
class Checked:
    """What became of typed values: the document, the rules with it, or neither where something is wrong."""

    document: Document | None = None
    rulebook: Rulebook | None = None


class RuleForm(forms.Form):
    """All fields of a document by place. Bound from the beginning: errors come from the rules, by `check`."""

    def __init__(self, family: str, tree: Tree, rules: Rulebook, *, look_at: str = "") -> None:
        """`rules`: what names may be chosen; `look_at`: the row that was just added or moved."""
        self.document: type[Document] = FAMILIES[family]
        super().__init__(sent(tree, self.document), auto_id="id_%s")
        self.family, self.tree, self.rules, self.look_at = family, tree, rules, look_at
        self.loose: dict[str, list[str]] = {}
        """Errors of rows and groups, by place."""
        self.fields.update(self._fields(self.document, tree, ""))
        self.is_valid()

    def _fields(self, row: type[Row], tree: Tree, prefix: str) -> Iterator[tuple[str, forms.Field]]:
        for shape in shapes(row):
            name = prefix + shape.name
            if shape.row is not None:
                for number, one in enumerate(tree[shape.name]):
                    yield from self._fields(shape.row, one, f"{name}-{number}-")
            elif shape.inner is not None:
                yield from self._fields(shape.inner, tree[shape.name], f"{name}-")
            elif shape.kind == "label":
                yield from self._label_fields(row, shape, name)
            elif shape.is_shown:
                yield name, self._field(row, shape, tree)

    def _label_fields(self, row: type[Row], shape: Shape, name: str) -> Iterator[tuple[str, forms.Field]]:
        words, help_text = field_words(row, shape)
        yield f"{name}-zh", forms.CharField(label=words, help_text=help_text, required=False)
        english = gettext("%(field)s in English") % {"field": words}
        yield f"{name}-en", forms.CharField(label=english, required=False)

    def _field(self, row: type[Row], shape: Shape, tree: Tree) -> forms.Field:
        words, help_text = field_words(row, shape)
        common: dict[str, Any] = {"label": words, "help_text": help_text, "required": False}
        if shape.name == "value" and "code" in tree:
            common["label"] = title(_Named(tree[CODE_FIELD]))
        if shape.kind == "switch":
            if shape.name == "on":
                common["label"] = title(_Named(tree[CODE_FIELD]))
            return forms.BooleanField(**common)
        if shape.kind == "name":
            return forms.ChoiceField(choices=self._names(shape), **common)
        options = [(one, option_words(one, self.rules)) for one in shape.options]
        if shape.kind == "choice":
            return forms.ChoiceField(choices=options, **common)
        if shape.kind == "choices":
            return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **common)
        if shape.kind in ("days", "pairs"):
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), **common)
        digits = {"inputmode": "numeric"} if shape.kind == "number" else {}
        return forms.CharField(widget=forms.TextInput(attrs=digits), **common)

    def _names(self, shape: Shape) -> list[tuple[str, str]]:
        rows = getattr(self.rules, shape.table)
        known = [(code, title(row)) for code, row in rows.items() if shape.table != "roles" or code in SEATED]
        return [("", gettext("Choose")), *known]

    def check(self, join: Any) -> Checked:
        """Read what was typed and judge it; everything wrong is told at its place.

        `join` makes the whole rules of a document, and may raise Refused.
        """
        taken = {one: {*getattr(self.rules, one), *self.rules.past.get(one, ())} for one in TABLES}
        fill(self.document, self.tree, taken)
        found = admit(self.family, meant(self.document, self.tree))
        if isinstance(found, list):
            inner = [one.place for one in found]
            for fault in found:
                # rows that are wrong inside are counted as missing by their table too
                if not any(one != fault.place and one[: len(fault.place)] == fault.place for one in inner):
                    self._tell(fault)
            return Checked()
        try:
            book = join(found)
            messages = objections(book)
        except Refused as refusal:
            book, messages = self.rules, list(refusal.messages)
        self.object(messages, found, book)
        return Checked() if messages else Checked(found, book)

    def object(self, messages: Iterable[Message], document: Document, book: Rulebook) -> None:
        """Tell objections of the rules as a whole, each at its place."""
        for one in messages:
            self._say(place_of(one, document) or (), message(in_words(one, book)))

    def _tell(self, fault: Fault) -> None:
        """What is wrong with one value."""
        if fault.how in OF_ROWS:
            said, name = OF_ROWS[fault.how]
            self._say((*fault.place, name), message(said()))
            return
        shape = self._shape_at(fault.place)
        blank = fault.how == "missing" or shape is None
        said = BLANK if blank else WRONG.get(shape.kind, BLANK) if shape else BLANK
        self._say(fault.place, message(said()))

    def _shape_at(self, place: Place) -> Shape | None:
        row: type[Row] = self.document
        shape: Shape | None = None
        for key in place:
            if isinstance(key, str):
                shape = next((one for one in shapes(row) if one.name == key), shape)
                row = (shape and (shape.row or shape.inner)) or row
        return shape

    def _say(self, place: Place, words: str) -> None:
        """At the field of the place, else at the nearest row or table around it, else above the form."""
        keys = [str(key) for key in place]
        while keys:
            name = "-".join(keys)
            at = name if name in self.fields else self._first_of(name)
            if at:
                if words not in self.errors.get(at, ()):
                    self.add_error(at, words)
                return
            if self._is_drawn(keys):
                told = self.loose.setdefault(name, [])
                if words not in told:
                    told.append(words)
                    self.add_error(None, words)
                return
            keys.pop()
        self.add_error(None, words)

    def _first_of(self, name: str) -> str:
        """The first field of a name or part, which has several; blank for what is neither."""
        shape = self._shape_at(tuple(int(one) if one.isdigit() else one for one in name.split("-")))
        several = shape is not None and shape.row is None and name.endswith(shape.name)
        return next((one for one in self.fields if several and one.startswith(f"{name}-")), "")

    def _is_drawn(self, keys: list[str]) -> bool:
        """Whether a place is a row or group of rows of this document."""
        shape = self._shape_at(tuple(int(one) if one.isdigit() else one for one in keys))
        is_row = keys[-1].isdigit()
        return shape is not None and shape.row is not None and (is_row or shape.name == keys[-1])

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """The fields of the document itself."""
        return self._bound(self.document, "")

    @property
    def groups(self) -> list[GroupNode]:
        """The tables with their rows."""
        return self._groups(self.document, self.tree, "", 2)

    def _bound(self, row: type[Row], prefix: str) -> list[forms.BoundField]:
        """The fields of a row, its Chinese names among them."""
        return [
            self[f"{prefix}{shape.name}-zh" if shape.kind == "label" else prefix + shape.name]
            for shape in shapes(row)
            if shape.is_shown and not shape.row and not shape.inner and (shape.name != "source" or not prefix)
        ]

    def _more(self, row: type[Row], prefix: str) -> list[forms.BoundField]:
        """English names, what belongs to a part of the row, and what it rests on."""
        found: list[forms.BoundField] = []
        for shape in sorted(shapes(row), key=lambda one: one.name == "source"):
            if shape.inner is not None:
                found += self._bound(shape.inner, f"{prefix}{shape.name}-")
            elif shape.kind == "label" or shape.name == "source":
                found.append(self[f"{prefix}{shape.name}{'-en' if shape.kind == 'label' else ''}"])
        return found

    def _groups(self, row: type[Row], tree: Tree, prefix: str, level: int) -> list[GroupNode]:
        return [
            self._group(shape, tree, prefix + shape.name, level)
            for shape in shapes(row)
            if shape.row is not None
        ]

    def _group(self, shape: Shape, tree: Tree, name: str, level: int) -> GroupNode:
        words, _ = field_words(self.document, shape)
        rows = tree[shape.name]
        nodes = [self._row(shape, one, name, number, len(rows), level) for number, one in enumerate(rows)]
        adds = "" if shape.fixed else gettext("Add to: %(table)s") % {"table": words}
        return GroupNode(name, str(words), nodes, self.loose.get(name, []), adds, level)

    def _row(self, shape: Shape, tree: Tree, group: str, number: int, many: int, level: int) -> RowNode:
        assert shape.row is not None
        name = f"{group}-{number}"
        fields = self._bound(shape.row, f"{name}-")
        more = self._more(shape.row, f"{name}-")
        groups = self._groups(shape.row, tree, f"{name}-", level + 1)
        hidden = [(f"{name}-{one.name}", tree[one.name]) for one in shapes(shape.row) if not one.is_shown]
        errors = self.loose.get(name, [])
        wrong = errors or any(one.errors for one in fields + more) or any(_is_wrong(one) for one in groups)
        return RowNode(
            name=name,
            title=_title(tree),
            fields=fields,
            more=more,
            groups=groups,
            hidden=hidden,
            errors=errors,
            is_fixed=shape.fixed,
            is_first=number == 0,
            is_last=number == many - 1,
            is_open=bool(wrong) or self.look_at.startswith(name),
            is_new=self.look_at == name,
        )


@dataclass(frozen=True)
class _Named:
    """A code, for what is called by it alone."""

    code: str = field(default="")


def _is_wrong(group: GroupNode) -> bool:
    return bool(group.errors) or any(one.is_open for one in group.rows)


def _title(tree: Tree) -> str:
    """What a typed row is called so far."""
    if "label" in tree:
        both = tree["label"]
        return label(both) or both["zh"] or both["en"] or gettext("New")
    return str(tree.get("year") or "") or title(_Named(tree[CODE_FIELD]))
