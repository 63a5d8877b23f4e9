"""The sheet of a directory: its columns, and its rows as they are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hezou.kernel.messages import Message
from hezou.people.rules.table import Layout, empty_sheet, read_table

COLUMNS: dict[str, tuple[str, ...]] = {
    "unit": ("单位", "科室", "股室", "处室", "部门", "所在部门", "所属部门", "部门名称", "所在单位"),
    "parent": ("上级部门", "上级单位", "上级"),
    "name": ("姓名", "人员姓名", "名字"),
    "post": ("职务", "职位"),
    "phone": ("手机", "手机号", "手机号码", "联系电话", "电话", "电话号码", "联系方式"),
    "staff_number": ("工号", "职工号", "人员编号"),
    "username": ("账号", "帐号", "登录名", "用户名"),
    "roles": ("角色", "岗位"),
}
LAYOUT = Layout(COLUMNS, ("unit", "name"), numbers=frozenset({"phone", "staff_number", "username"}))


@dataclass(frozen=True)
class Row:
    """One line of the sheet as written, blanks trimmed; `line` counts from 1 as the office program does.

    `problems` say why the row cannot be read as it stands.
    """

    line: int
    unit: str = ""
    parent: str = ""
    name: str = ""
    post: str = ""
    phone: str = ""
    staff_number: str = ""
    username: str = ""
    roles: str = ""
    problems: tuple[Message, ...] = ()


def read_directory(data: bytes) -> list[Row]:
    """The rows of the first visible sheet; raises as `read_table`."""
    return [Row(line=row.line, problems=row.problems, **row.values) for row in read_table(data, LAYOUT)]


def template(roles: Sequence[str]) -> bytes:
    """An empty sheet with the headings, every cell formatted as text; `roles`: labels on a second sheet."""
    return empty_sheet(LAYOUT, {COLUMNS["roles"][0]: roles})
