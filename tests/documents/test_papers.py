"""Every paper reads as a careful typist would copy it, and everything left out is named."""

from __future__ import annotations

import hashlib

import pytest

from hezou.kernel.text import normalise, picture_hashes
from tests.papers.build import PAPERS, Paper, read
from tests.papers.registry import EXPECTED

EACH = pytest.mark.parametrize("paper", PAPERS, ids=[paper.slug for paper in PAPERS])


def test_papers_are_many_and_each_has_its_yardstick() -> None:
    slugs = {paper.slug for paper in PAPERS}
    assert len(slugs) == len(PAPERS) >= 40
    assert {path.stem for path in EXPECTED.iterdir()} == slugs


@EACH
def test_reads_the_expected_text(paper: Paper) -> None:
    assert read(paper).text == paper.text


@EACH
def test_names_what_was_dropped_or_changed(paper: Paper) -> None:
    assert [[note.code, note.params] for note in read(paper).notes] == paper.notes


@EACH
def test_hands_over_the_words_left_out(paper: Paper) -> None:
    assert list(read(paper).left_out) == paper.left_out


@EACH
def test_brings_every_picture_that_the_text_names(paper: Paper) -> None:
    reading = read(paper)
    assert [p.sha256 for p in reading.pictures] == list(dict.fromkeys(picture_hashes(reading.text)))
    assert [hashlib.sha256(p.data).hexdigest() for p in reading.pictures] == [
        p.sha256 for p in reading.pictures
    ]


@EACH
def test_gives_normalised_text(paper: Paper) -> None:
    text = read(paper).text
    assert normalise(text) == text


@EACH
def test_makes_the_same_bytes_twice(paper: Paper) -> None:
    assert paper.make() == paper.make()
