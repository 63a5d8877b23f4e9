"""The Chinese catalogue: every English sentence of the sources, and only these, with its Chinese.

`make catalogue` brings it in line: new sentences come in empty, sentences that are gone go out.
Further catalogues named on the command line lend their translations. Babel does the work, as Django's own
command needs programs that a fresh machine lacks.
"""

from __future__ import annotations

import argparse
import ast
import re
import string
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "hezou"
CATALOGUE = SOURCES / "web" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"

HEADER = b"""\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: zh_Hans\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""

CALLS = {"gettext": 1, "gettext_lazy": 1, "_": 1, "ngettext": 2, "ngettext_lazy": 2}
"""Functions that translate, and how many of their first arguments are sentences."""
LITERAL = r"u?'(?:[^'\\\n]|\\.)*'|u?\"(?:[^\"\\\n]|\\.)*\""
IN_TEMPLATE = re.compile(rf"\b(?:gettext|_)\(\s*({LITERAL})|\bngettext\(\s*({LITERAL})\s*,\s*({LITERAL})")
PERCENT = re.compile(r"%\((\w+)\)[sd]")

Sentence = str | tuple[str, str]
"""One sentence, or singular and plural."""


def sentences() -> dict[Sentence, None]:
    """Every sentence of the sources, each once, in the order of the files."""
    found: dict[Sentence, None] = {}
    for path in sorted(SOURCES.rglob("*.py")):
        if "migrations" not in path.parts:
            found.update(dict.fromkeys(_in_python(path)))
    for path in sorted(SOURCES.rglob("templates/**/*.html")):
        found.update(dict.fromkeys(_in_template(path)))
    return found


def _in_python(path: Path) -> Iterator[Sentence]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            told = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if name == "define" and len(told) == 2:
                yield told[1]
            elif CALLS.get(name) == 1 and told:
                yield told[0]
            elif CALLS.get(name) == 2 and len(told) == 2:
                yield told[0], told[1]
    if path.name == "lifecycle.py" and path.parent.name != "kernel":
        yield from _labels_of_states(path)


def _labels_of_states(path: Path) -> Iterator[str]:
    from hezou.kernel.lifecycle import Lifecycle  # the tool reads a tree that may not import yet

    module = import_module(".".join(path.relative_to(SOURCES.parent).with_suffix("").parts))
    for found in vars(module).values():
        if isinstance(found, Lifecycle):
            yield from found.states.values()


def _in_template(path: Path) -> Iterator[Sentence]:
    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    for match in IN_TEMPLATE.finditer(templatize(path.read_text(), origin=str(path))):
        one, singular, plural = (ast.literal_eval(part) if part else "" for part in match.groups())
        yield one if one else (singular, plural)


def read(path: Path) -> Catalog:
    """A catalogue as it stands; an empty one for a path that is not there."""
    if not path.exists():
        return Catalog(locale="zh_Hans")
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def chinese(catalogue: Catalog, sentence: Sentence) -> str:
    """The Chinese of a sentence, which has one form for any number; empty without one."""
    message = catalogue.get(sentence if isinstance(sentence, str) else sentence[0])
    if message is None or message.fuzzy:
        return ""
    return _first(message.string or "")


def parameters(sentence: str) -> set[str]:
    """The names a sentence leaves open, in either form; raises ValueError for a broken brace."""
    braces = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
    return braces | set(PERCENT.findall(sentence))


def faults(catalogue: Catalog) -> list[str]:
    """What keeps a catalogue from being complete: no Chinese, other parameters, a sentence that is gone."""
    wanted = sentences()
    told = []
    for sentence in wanted:
        forms = (sentence,) if isinstance(sentence, str) else sentence
        translation = chinese(catalogue, sentence)
        if not translation:
            told.append(f"no Chinese: {forms[0]}")
        elif parameters(translation) != {name for form in forms for name in parameters(form)}:
            told.append(f"other parameters: {forms[0]} / {translation}")
    known = {sentence if isinstance(sentence, str) else sentence[0] for sentence in wanted}
    told += [f"said nowhere: {m.id}" for m in catalogue if m.id and _first(m.id) not in known]
    return told


def _first(forms: str | list[str] | tuple[str, ...]) -> str:
    return forms if isinstance(forms, str) else forms[0]


def merged(catalogues: list[Catalog]) -> Catalog:
    """A catalogue of exactly the sources' sentences; the first catalogue that knows one lends its Chinese."""
    whole = Catalog(locale="zh_Hans")
    for sentence in sentences():
        translation = next((found for c in catalogues if (found := chinese(c, sentence))), "")
        many = not isinstance(sentence, str)
        whole.add(sentence, (translation,) if many else translation)
    return whole


def main() -> int:
    parser = argparse.ArgumentParser(description="Bring the Chinese catalogue in line with the sources.")
    parser.add_argument("more", nargs="*", type=Path, help="catalogues that lend their translations")
    whole = merged([read(path) for path in [*parser.parse_args().more, CATALOGUE]])
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        file.write(HEADER)
        write_po(file, whole, width=0, no_location=True, omit_header=True)
    told = faults(whole)
    print("\n".join([*told, f"{len(sentences())} sentences, {len(told)} to be mended"]))
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
