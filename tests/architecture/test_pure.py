"""Pure cores stand without Django."""

from __future__ import annotations

import subprocess
import sys

from tests.support.sources import ROOT, python

IMPORT_ALL = """
import importlib, sys

class NoDjango:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"django", "allauth", "csp", "psycopg"}:
            raise ImportError(f"{name} in a pure core")

sys.meta_path.insert(0, NoDjango())
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except ImportError as error:
        print(f"{name}: {error}")
"""


def pure_cores() -> list[str]:
    """Kernel, documents, and every room's `rules` and `lifecycle`."""
    return [
        source.module
        for source in python("src/hezou/")
        if source.room in {"kernel", "documents"}
        or {"rules", "lifecycle"} & set(source.module.split(".")[2:])
    ]


def test_pure_cores_import_without_django() -> None:
    run = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, *pure_cores()],
        cwd=ROOT / "src",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.stdout, run.stderr) == ("", "")
