"""Address, closing words, list of attachments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hezou.checks.rules.hannumber import small_number
from hezou.checks.rules.model import Check, Hit, Pattern, Severity
from hezou.checks.rules.page import HAN, Page
from hezou.checks.rules.sources import FORMULAS, LAYOUT, PUNCTUATION
from hezou.kernel.messages import define

_ATTACHMENTS = re.compile("附件[：:]")
_NEXT_ATTACHMENT = re.compile(r"[0-9]{1,2}[.．]")
_SAME_LINE_AT_MOST = 60
"""A longer line that begins with 附件 is a sentence, not a name."""
_RECIPIENTS = re.compile(
    rf"各[{HAN}、，（）]{{1,58}}(?<=[室局委办织业道镇乡心院校门位处府司])(?P<slip>[。，；,;])$"
)
_RECIPIENTS_WITHIN = 4
_HAN_ATTACHMENT = re.compile(
    r"^[ \u3000]*+附件(?P<slip>[一二三四五六七八九十]{1,3})(?=[：:]|[ \u3000]*$)", re.M
)

_ADDRESS = re.compile(
    rf"^[ \u3000]*+(?:尊敬的|各位|同志们|女士们|先生们|朋友们|老师们|同学们)[{HAN}、，]{{0,30}}+"
    r"(?<=[们志导表宾家友员长生士])(?P<slip>[，。；,;])[ \u3000]*$",
    re.MULTILINE,
)
_CLOSING = re.compile(
    r"^[ \u3000]*+(?:特此(?:通知|报告|函告|函复|批复|通报|公告|通告|说明|证明|请示)"
    r"|(?:以上(?:请示|意见|报告)?，?)?(?:妥否|当否|可否|是否妥当)，请[予]?(?:批示|批复|审批|审示))"
    r"(?P<slip>[！!；;])[ \u3000]*$",
    re.MULTILINE,
)


def _named_attachments(page: Page) -> Iterator[Hit]:
    """Names of attachments that end with a mark: the line 附件：… and the counted lines after it."""
    listing = False
    for line in page.lines:
        listing = bool(_ATTACHMENTS.match(line.text)) or (listing and bool(_NEXT_ATTACHMENT.match(line.text)))
        if listing and len(line.text) <= _SAME_LINE_AT_MOST and line.text[-1] in "。；，、;,":
            yield Hit(line.end - 1, line.end, ("",))


def _counted_attachments(page: Page) -> Iterator[Hit]:
    for match in _HAN_ATTACHMENT.finditer(page.text):
        yield Hit(*match.span("slip"), (str(small_number(match["slip"])),), 0.85)


def _recipients(page: Page) -> Iterator[Hit]:
    for line in page.lines[1:_RECIPIENTS_WITHIN]:
        if match := _RECIPIENTS.match(line.text):
            yield Hit(line.start + match.start("slip"), line.end, ("：",), 0.85)


CHECKS = (
    Check(
        says=define(
            "check.conventions.attachment_mark", "The name of an attachment takes no mark at its end."
        ),
        severity=Severity.WARNING,
        source=LAYOUT,
        clause="7.3.4",
        find=_named_attachments,
        needs="附",
        bad=("附件：1.检查方案⟦；→⟧\n2.任务分工表⟦。→⟧",),
        good=("附件：1.检查方案\n2.任务分工表", "详见附件。"),
    ),
    Check(
        says=define("check.conventions.attachment_number", "Attachments are counted with Arabic figures."),
        severity=Severity.HINT,
        source=LAYOUT,
        clause="7.3.4",
        find=_counted_attachments,
        needs="附",
        bad=("附件⟦一→1⟧：检查方案\n附件⟦十二→12⟧",),
        good=("附件1：检查方案", "附件一并报送。"),
    ),
    Check(
        says=define("check.conventions.salutation", "After an address a colon follows."),
        severity=Severity.WARNING,
        source=PUNCTUATION,
        clause="4.7.3.4",
        find=Pattern(
            _ADDRESS,
            ("：",),
            slip="slip",
        ),
        bad=("尊敬的各位领导、同志们⟦。→：⟧\n大家好。",),
        good=("尊敬的各位领导、同志们：\n大家好。", "同志们！", "同志们，今天召开会议。"),
    ),
    Check(
        says=define("check.conventions.recipients", "After the recipients a colon follows."),
        severity=Severity.WARNING,
        source=LAYOUT,
        clause="7.3.2",
        find=_recipients,
        needs="各",
        bad=("关于开展检查的通知\n各科室，各下属单位⟦。→：⟧\n现通知如下。",),
        good=(
            "关于开展检查的通知\n各科室，各下属单位：\n现通知如下。",
            "工作总结\n今年以来，各科室积极行动。",
        ),
    ),
    Check(
        says=define("check.conventions.closing", "The closing words end with a full stop."),
        severity=Severity.HINT,
        source=FORMULAS,
        clause="",
        find=Pattern(
            _CLOSING,
            ("。",),
            slip="slip",
        ),
        bad=("关于经费的请示\n妥否，请批示⟦！→。⟧", "关于检查的通知\n特此通知⟦；→。⟧\n办公室"),
        good=("特此通知。", "妥否，请批示。"),
    ),
)
