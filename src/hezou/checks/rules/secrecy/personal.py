"""Data of persons, with a masked form as repair."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hezou.checks.rules.model import Check, Hit, Severity
from hezou.checks.rules.page import HAN, Page
from hezou.checks.rules.secrecy.digits import is_credit_code, is_identity_number, passes_luhn
from hezou.checks.rules.sources import FACTS, MINORS_LAW, PERSONAL_DATA
from hezou.kernel.messages import define

_IDENTITY = re.compile(r"[1-9](?<![0-9A-Za-z].)[0-9]{16}[0-9Xx](?![0-9A-Za-z])")
_MOBILE = re.compile(
    r"1(?<![0-9A-Za-z.-].)[3-9][0-9](?P<blank>[ -]?)[0-9]{4}(?P=blank)[0-9]{4}(?![0-9A-Za-z])"
)
_CALL = re.compile("(?:电话|手机|热线|联系|微信)[^。；\n]{0,10}$")
_CARD = re.compile(
    r"6(?<![0-9A-Za-z.-].)2[0-9]{2}(?P<blank>[ -]?)[0-9]{4}(?P=blank)[0-9]{4}(?P=blank)[0-9]{4}"
    r"(?:(?P=blank)?[0-9]{1,3})?(?![0-9A-Za-z])"
)
_CODE = re.compile(r"(?:信用代码|登记代码)[^0-9A-Za-z\n]{0,6}(?P<code>[0-9A-Z]{18})(?![0-9A-Za-z])")
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·•]?"
    r"(?P<number>[A-HJ-NP-Z0-9]{5,6})(?![A-Za-z0-9])"
)
_DOOR = re.compile(
    r"(?:小区|花园|苑|新村|公寓|家园|路|街|巷|弄|村|里)"
    r"(?P<slip>(?:[0-9]{1,4}[号弄])?[0-9]{1,3}(?:栋|幢|号楼|座)(?:[0-9一二三四五六]{1,2}单元)?"
    r"(?:[0-9]{1,2}[层楼])?[0-9]{2,4}[室号户]?)"
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘蒋蔡余杜叶程苏魏吕"
    "丁任沈姚卢姜崔钟谭陆汪范廖石贾韦付邹孟熊秦邱侯邵薛闫雷贺龚郝钱"
)
_NO_NAME = "陈述|许[多可]|程[序度]|任何|余[下额]|马上|钱[款物]|何时|付款"
_NAME = rf"(?P<name>(?P<surname>[{_SURNAMES}])(?P<given>(?!某)[{HAN}]{{1,2}}))"
_CHILD = re.compile(rf"{_NAME}[（(，](?:[男女]，?)?(?P<age>[0-9]{{1,2}})岁")
_VICTIM = re.compile(
    rf"(?:受害人|被害人|受害者|遇难者|伤者|受害儿童|受害学生)为?(?!{_NO_NAME}){_NAME}"
    r"(?=[（(，。、；男女被在于])"
)
_OF_AGE = 18


def _identity(page: Page) -> Iterator[Hit]:
    for match in _IDENTITY.finditer(page.prose):
        if is_identity_number(match[0]):
            yield Hit(*match.span(), (f"{match[0][:6]}********{match[0][14:]}",), 1.0)


def _mobile(page: Page) -> Iterator[Hit]:
    """A number given for calls is meant to be read; any other is a person's."""
    for match in _MOBILE.finditer(page.prose):
        meant = _CALL.search(page.prose, max(0, match.start() - 16), match.start())
        plain = re.sub("[ -]", "", match[0])
        yield Hit(*match.span(), (f"{plain[:3]}****{plain[7:]}",), 0.6 if meant else 0.85)


def _cards(page: Page) -> Iterator[Hit]:
    for match in _CARD.finditer(page.prose):
        plain = re.sub("[ -]", "", match[0])
        if 16 <= len(plain) <= 19 and passes_luhn(plain):
            yield Hit(*match.span(), (f"{plain[:4]}{'*' * (len(plain) - 8)}{plain[-4:]}",), 0.9)


def _codes(page: Page) -> Iterator[Hit]:
    for match in _CODE.finditer(page.prose):
        if not is_credit_code(match["code"]):
            yield Hit(*match.span("code"), (), 0.95)


def _plates(page: Page) -> Iterator[Hit]:
    for match in _PLATE.finditer(page.prose):
        if any(character.isdigit() for character in match["number"]):
            shown = page.prose[match.start() : match.start("number")]
            yield Hit(*match.span(), (f"{shown}***{match['number'][3:]}",), 0.85)


def _doors(page: Page) -> Iterator[Hit]:
    for match in _DOOR.finditer(page.prose):
        yield Hit(*match.span("slip"), ("",), 0.85)


def _children(page: Page) -> Iterator[Hit]:
    for match in _CHILD.finditer(page.prose):
        if int(match["age"]) < _OF_AGE:
            yield _named(match)


def _victims(page: Page) -> Iterator[Hit]:
    for match in _VICTIM.finditer(page.prose):
        yield _named(match)


def _named(match: re.Match[str]) -> Hit:
    return Hit(*match.span("name"), (match["surname"] + "某" * len(match["given"]),), 0.85)


CHECKS = (
    Check(
        says=define("check.secrecy.identity_number", "“{found}” is an identity number: mask it."),
        severity=Severity.ERROR,
        source=PERSONAL_DATA,
        clause="25",
        find=_identity,
        bad=("身份证号⟦11010519491231002X→110105********002X⟧已登记。",),
        good=("身份证号110105********002X已登记。", "流水号110105194912310021。", "编号A11010519491231002X"),
    ),
    Check(
        says=define("check.secrecy.mobile_number", "“{found}” is a mobile number: may it be known?"),
        severity=Severity.WARNING,
        source=PERSONAL_DATA,
        clause="25",
        find=_mobile,
        needs="1",
        bad=("居民反映其号码⟦13800138000→138****8000⟧被冒用。", "联系电话：⟦138-0013-8000→138****8000⟧"),
        good=("居民反映其号码138****8000被冒用。", "流水号20240513800138000。"),
    ),
    Check(
        says=define("check.secrecy.bank_card", "“{found}” is a bank card number: mask it."),
        severity=Severity.WARNING,
        source=PERSONAL_DATA,
        clause="28",
        find=_cards,
        needs="6",
        bad=("款项转入⟦6222021234567890128→6222***********0128⟧账户。",),
        good=("款项转入6222***********0128账户。", "流水号6222021234567890123。"),
    ),
    Check(
        says=define(
            "check.secrecy.credit_code", "“{found}” is no credit code: its check digit does not fit."
        ),
        severity=Severity.WARNING,
        source=FACTS,
        clause="",
        find=_codes,
        needs="码",
        bad=("统一社会信用代码：⟦91350100M000100Y44⟧。",),
        good=("统一社会信用代码：91350100M000100Y43。",),
    ),
    Check(
        says=define("check.secrecy.licence_plate", "“{found}” is a licence plate: mask it."),
        severity=Severity.WARNING,
        source=PERSONAL_DATA,
        clause="25",
        find=_plates,
        bad=("车辆⟦苏A12345→苏A***45⟧违法停放。", "车辆⟦粤B·D12345→粤B·***345⟧违法停放。"),
        good=("车辆苏A***45违法停放。", "通过云ABCDEF平台办理。"),
    ),
    Check(
        says=define("check.secrecy.home_address", "“{found}” leads to somebody's door: leave it out."),
        severity=Severity.WARNING,
        source=PERSONAL_DATA,
        clause="25",
        find=_doors,
        needs="栋幢楼座",
        bad=("家住幸福小区⟦3栋2单元501室→⟧。",),
        good=("家住幸福小区。", "拆除幸福小区3栋违建。", "政务大厅位于建设路1号。"),
    ),
    Check(
        says=define("check.secrecy.minor", "“{found}” is a minor: do not name."),
        severity=Severity.WARNING,
        source=MINORS_LAW,
        clause="49, 103",
        find=_children,
        needs="岁",
        bad=("走失儿童⟦张小明→张某某⟧（男，9岁）已找到。",),
        good=("走失儿童张某（男，9岁）已找到。", "志愿者李刚（男，45岁）参加救援。"),
    ),
    Check(
        says=define("check.secrecy.victim", "“{found}” is a victim: do not name."),
        severity=Severity.WARNING,
        source=PERSONAL_DATA,
        clause="25",
        find=_victims,
        bad=("被害人⟦李红→李某⟧，报案后得到救助。",),
        good=("被害人李某，报案后得到救助。", "被害人陈述、证人证言等。"),
    ),
)
