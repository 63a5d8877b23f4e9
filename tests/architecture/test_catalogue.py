"""Every sentence of the sources has its Chinese, and the catalogue holds no other."""

from __future__ import annotations

from tools import catalogue


def test_the_catalogue_is_complete() -> None:
    assert catalogue.faults(catalogue.read(catalogue.CATALOGUE)) == []


def test_sentences_are_found_in_every_kind_of_source() -> None:
    found = catalogue.sentences()
    assert {
        "This does not exist here.": "a declared message",
        "Draft": "a state",
        ("%(n)d day", "%(n)d days"): "a number of things",
        "Skip to the content": "a template",
    }.keys() <= found.keys()
