"""The tables of figures in the READMEs, drawn from benchmarks/results/latest.json."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from benchmarks.support import ENGINES, ROOT

BEGIN, END = "<!-- figures: make bench -->\n", "<!-- end of figures -->\n"
ROWS = (
    # the figure, with {engine} where there is one of each; what it is; in Chinese; what is aimed at
    (
        "a piece's way in four requests, {engine}",
        "handed in, three levels: four requests",
        "送审并三级审签：四次请求",
        "",
    ),
    (
        "times Wagtail, {engine}",
        "the same in Wagtail, how many times slower",
        "同样流程相对 Wagtail 的倍数",
        "≥ 5",
    ),
    (
        "a piece's way in six requests, {engine}",
        "submitted and adopted besides: six",
        "另加报送和采用：六次请求",
        "",
    ),
    ("slowest act, {engine}: p95", "slowest act of these, p95", "其中最慢的一次操作（p95）", "≤ 60 ms"),
    (
        "slowest page at 100,000, {engine}: p95",
        "slowest page at 100,000 pieces, p95",
        "十万篇稿件时最慢的页面（p95）",
        "≤ 100 ms",
    ),
    ("jobs done, {engine}", "jobs done by one worker", "单个后台进程完成的任务", "≥ 300 / ≥ 500"),
    ("demo of 300 pieces, {engine}", "`hezou demo`, 300 pieces", "`hezou demo`（300 篇）", "≤ 5 s"),
    (
        "demo of 100,000 pieces, {engine}",
        "`hezou demo --manuscripts 100000`",
        "`hezou demo --manuscripts 100000`",
        "≤ 180 s",
    ),
    ("cold start of hezou run", "`hezou run` until the first page", "`hezou run` 到首页可用", ""),
    ("memory of hezou run, after work", "memory of the running system", "运行时内存", ""),
    (
        "make run in a fresh clone",
        "`make run` in a fresh clone, warm caches",
        "全新克隆后 `make run`（缓存已热）",
        "≤ 30 s",
    ),
)
LANGUAGES = {
    "README.md": ("| | SQLite | PostgreSQL | statements | aim |", "Measured by `make bench` on {where}."),
    "README.zh-CN.md": ("| | SQLite | PostgreSQL | 语句数 | 目标 |", "由 `make bench` 在 {where} 上测得。"),
}


def table(known: Mapping[str, Any], name: str) -> str:
    """The part of a README between its marks."""
    head, measured = LANGUAGES[name]
    lines = [head, "|---|---:|---:|---:|---|"]
    for pattern, english, chinese, aim in ROWS:
        rows = [known["figures"].get(pattern.format(engine=engine)) for engine in ENGINES]
        if not any(rows):
            continue
        cells = [_cell(row) for row in (rows if "{engine}" in pattern else rows[:1])]
        asked = {row["queries"] for row in rows if row and "queries" in row}
        queries = " / ".join(f"{one:g}" for one in sorted(asked))
        words = english if name == "README.md" else chinese
        lines.append(f"| {words} | {' | '.join(cells)} {'' if len(cells) > 1 else '| '}| {queries} | {aim} |")
    where = "{cores} × {processor}, {memory GB} GB".format(**known["machine"])
    return f"{BEGIN}\n{measured.format(where=where)}\n\n" + "\n".join(lines) + f"\n\n{END}"


def _cell(row: Mapping[str, Any] | None) -> str:
    if row is None:
        return "–"
    unit = "×" if row["unit"] == "times" else row["unit"]
    return f"{row['value']:,} {unit}"


def write_tables(known: Mapping[str, Any]) -> None:
    """Put the tables into the READMEs, in the places of those that are there."""
    for name in LANGUAGES:
        place = ROOT / name
        text = place.read_text(encoding="utf-8")
        place.write_text(replaced(text, table(known, name)), encoding="utf-8")


def replaced(text: str, part: str) -> str:
    """The text with what stands between the marks replaced."""
    return re.sub(f"{re.escape(BEGIN)}.*?{re.escape(END)}", lambda _: part, text, flags=re.DOTALL)
