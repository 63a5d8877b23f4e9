from __future__ import annotations

import time
from uuid import RFC_4122, UUID

import pytest

from hezou.kernel import ids


def test_uuid7_has_version_variant_and_the_millisecond() -> None:
    before = time.time_ns() // 1_000_000
    made = ids.uuid7()
    after = time.time_ns() // 1_000_000
    assert (made.version, made.variant) == (7, RFC_4122)
    assert before <= made.int >> 80 <= after


def test_uuid7_never_repeats() -> None:
    assert len({ids.uuid7() for _ in range(2_000)}) == 2_000


def test_nil_is_the_installation() -> None:
    assert UUID("00000000-0000-0000-0000-000000000000") == ids.NIL


@pytest.mark.parametrize("forged", ["", "1", "x" * 36, "0198c0de-0000-7000-8000-00000000000g", None, 7])
def test_parse_returns_none_for_what_is_no_id(forged: object) -> None:
    assert ids.parse(forged) is None  # type: ignore[arg-type]


def test_parse_reads_what_was_written() -> None:
    made = ids.uuid7()
    assert ids.parse(str(made)) == made
