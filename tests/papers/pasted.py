"""Papers that are no .docx: text files in the encodings of the field, Markdown, what a clipboard holds."""

from __future__ import annotations

from pathlib import Path

from tests.papers.registry import paper

CLIPBOARD = Path(__file__).parent / "clipboard"

BRIEF = """我区“三个一”做法入选典型案例

　　近日，我区“一窗受理、一网通办、一次办好”做法入选市级典型案例。
一、流程再造
材料由27份减至9份，平均办理时间缩短60%以上。
二、数据共享
打通3个部门数据，群众少跑腿。
"""


@paper("txt-utf8", "典型案例.txt")
def utf8() -> bytes:
    return BRIEF.encode()


@paper("txt-gbk", "典型案例（记事本）.txt")
def gbk() -> bytes:
    """Saved by an old Notepad: GBK, CR LF."""
    return BRIEF.replace("\n", "\r\n").encode("gbk")


@paper("txt-gb18030", "地名.txt")
def gb18030() -> bytes:
    """Characters outside GBK: a rare surname, an emoji somebody pasted."""
    return "关于㐂家村更名的说明\n该村原名“𠮷家村”，群众点赞👍。\n".encode("gb18030")


@paper("txt-utf16", "典型案例（Unicode）.txt")
def utf16() -> bytes:
    return BRIEF.encode("utf-16")


@paper("txt-utf16-bare", "导出.txt")
def utf16_bare() -> bytes:
    """UTF-16 without a mark, big end first, as some export writes it."""
    return "汛期值班提醒\n请各组于18时前到岗。".encode("utf-16-be")


@paper("txt-bom", "典型案例（带签名）.txt")
def bom() -> bytes:
    return BRIEF.replace("\n", "\r\n").encode("utf-8-sig")


@paper("txt-cut", "传输中断.txt")
def cut() -> bytes:
    """UTF-8 that breaks off inside a character."""
    return "防汛抢险物资清单\n编织袋5000条，铁锹200把".encode()[:-1]


@paper("md-plan", "活动方案.md")
def plan() -> bytes:
    return """# 节水宣传进校园活动方案

> 主办：青屏市水务局

## 一、活动时间
**2026年3月22日**上午9时，张*老师主持。

## 组织分工
- 宣传组：制作展板
- 保障组：~~租车~~ 联系[市公交公司](https://example.cn/bus)
1. 先到先得

---

| 环节 | 时长 |
| :--- | ---: |
| 讲座 | 30分钟 |
| 互动\\|答题 | `20`分钟 |

![现场图](images/site.png)

```
签到码：0322
```
""".encode()


def clipboard(slug: str) -> str:
    return (CLIPBOARD / f"{slug}.html").read_text(encoding="utf-8")


@paper("html-word", "粘贴自Word.html")
def word_clipboard() -> str:
    """What Word puts on the clipboard: lists as paragraphs, their numbers in `mso-list:Ignore`."""
    return clipboard("html-word")


@paper("html-wps", "粘贴自WPS.html")
def wps_clipboard() -> str:
    """WPS keeps nearly the same, adds quoted spacerun marks, and puts small pictures inside."""
    return clipboard("html-wps")


@paper("html-table", "粘贴表格.html")
def clipboard_table() -> str:
    """A table with merged cells, a caption, a table inside."""
    return clipboard("html-table")


@paper("html-page", "粘贴网页.html")
def web_page() -> str:
    """Copied from a web page in a browser."""
    return clipboard("html-page")
