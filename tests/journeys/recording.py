"""What a recorder does at the office: prints a sheet, hands in its photo."""

from __future__ import annotations

from playwright.sync_api import FilePayload, Page

from tests.journeys.agency import Walker
from tests.journeys.steps import TITLE
from tests.support.paper import pages_of


def to_record(recorder: Walker) -> None:
    """Open the step that waits."""
    recorder.go("代录")
    recorder.press(f"代录《{TITLE}》的意见")


def printed(recorder: Walker) -> bytes:
    """Press print on the page of the step; the sheet as it comes out of the printer, as a picture."""
    recorder.press("打印信息报送审签单")
    page = recorder.page
    page.wait_for_url("**/sheets/*")
    recorder.sees("信息报送审签单", TITLE)
    page.emulate_media(media="print")
    assert pages_of(page.pdf(prefer_css_page_size=True)) == 1
    out = page.screenshot(full_page=True)
    page.emulate_media(media="null")
    return out


def choose_photo(page: Page, photo: bytes) -> None:
    """Choose the photo as a person does in the dialog."""
    file: FilePayload = {"name": "签批件.jpg", "mimeType": "image/jpeg", "buffer": photo}
    page.locator("input[name=picture]").set_input_files(files=[file])
