"""Marks of papers that are not for the public, by their form."""

from __future__ import annotations

import re

from hezou.checks.rules.model import Check, Pattern, Severity
from hezou.checks.rules.sources import WORK_SECRETS
from hezou.kernel.messages import define

_WORDS = (
    "工作秘密|内部资料|内部文件|内部材料|内部使用|内部传阅|仅供内部(?:参考|使用)"
    "|注意保存|注意保管|妥善保管|不予公开|严禁外传|请勿外传"
)
_BLANK = r"[ \t\u3000]"
_MARK = re.compile(
    rf"^{_BLANK}*+[【\[（(〔]?(?P<slip>(?:{_WORDS})(?:[ \t\u3000,，、★]{{1,6}}(?:{_WORDS}))?)"
    rf"[】\]）)〕]?(?={_BLANK}*+$)",
    re.MULTILINE,
)

CHECKS = (
    Check(
        says=define(
            "check.secrecy.internal_mark", "“{found}” marks an internal paper: it goes nowhere outside."
        ),
        severity=Severity.WARNING,
        source=WORK_SECRETS,
        clause="64",
        find=Pattern(_MARK, slip="slip", confidence=1.0),
        bad=("⟦内部资料　注意保存⟧\n政务信息", "关于有关情况的报告\n（⟦不予公开⟧）"),
        good=("该资料属于内部资料，应当妥善保管。", "依法不予公开的，应当说明理由。"),
    ),
)
