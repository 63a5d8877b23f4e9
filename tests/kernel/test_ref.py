from __future__ import annotations

from dataclasses import dataclass

from hezou.kernel.ids import NIL
from hezou.kernel.ref import Ref


@dataclass
class Manuscript:
    pk: object


def test_to_names_class_and_key() -> None:
    assert Ref.to(Manuscript(pk=NIL)) == Ref("manuscript", "00000000-0000-0000-0000-000000000000")
