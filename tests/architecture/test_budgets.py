"""Sizes: a file at most 400 lines, a function at most 50, the kernel at most 600 in all."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.support.sources import ROOT, files, python

FILE, FILE_WITH_REASON, FUNCTION, KERNEL = 400, 600, 50, 600
COUNTED = {".py", ".ts", ".html", ".css", ".scss", ".sh"}
REASON = "over 400 lines:"
"""Written in a comment among a file's first ten lines, with the reason behind it."""


def test_files_keep_to_their_budget() -> None:
    offences = []
    for place in files():
        if Path(place).suffix not in COUNTED or "/migrations/" in place:
            continue
        lines = (ROOT / place).read_text().splitlines()
        has_reason = any(REASON in line for line in lines[:10])
        if len(lines) > (FILE_WITH_REASON if has_reason else FILE):
            offences.append(f"{place}: {len(lines)}")
    assert offences == []


def test_functions_keep_to_their_budget() -> None:
    offences = [
        f"{source.at(node)} {node.name}: {node.end_lineno - node.lineno + 1}"
        for source in python("src/", "tests/", "tools/", "benchmarks/")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > FUNCTION
    ]
    assert offences == []


def test_the_kernel_keeps_to_its_budget() -> None:
    assert sum(len(source.lines) for source in python("src/hezou/kernel/")) <= KERNEL
