"""What a person's hands do at a page, and what a telephone reads off a paper."""

import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Page


def fill_in(place: Page | Locator, /, **entered: str) -> None:
    """Enter each value in the field of that name: type, choose or tick, as the field asks."""
    for name, value in entered.items():
        controls = place.locator(f'[name="{name}"]')
        first = controls.first
        kind = first.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
        if kind == "radio":
            place.locator(f'[name="{name}"][value="{value}"]').check()
        elif kind == "checkbox":
            first.check()
        elif kind == "select":
            first.select_option(value)
        else:
            first.fill(value)


def go_on(page: Page, /, **entered: str) -> None:
    """Fill in the form that is the page's own and press its first button."""
    form = page.locator('main form[action=""]').first
    fill_in(form, **entered)
    leave(page, form.locator("button[type=submit]").first)


def take(page: Page, step: str, /, **entered: str) -> None:
    """Take a step of a case: open it where it opens first, fill in what it asks, press its button."""
    form = page.locator(f'form[action*="/{step}"]')
    disclosure = page.locator("details", has=form).last
    if disclosure.count() and disclosure.get_attribute("open") is None:
        disclosure.locator("summary").first.click()
    fill_in(form, **entered)
    leave(page, form.locator("button[type=submit]"))


def leave(page: Page, control: Locator) -> None:
    """Press what leads to another page, and wait until that is there."""
    with page.expect_navigation():
        control.click()


def download(page: Page, link: Locator, folder: Path) -> Path:
    """Save what a link of the page leads to, with the cookies of this browser."""
    address = link.get_attribute("href")
    answer = page.context.request.get(str(address))
    assert answer.ok, answer.status
    saved = folder / "paper.pdf"
    saved.write_bytes(answer.body())
    return saved


def path_on(paper: Path) -> str:
    """Return the path of the address in the QR code of a PDF."""
    program = shutil.which("pdftoppm")
    assert program, "pdftoppm is not installed: run `make setup-test`"
    subprocess.run([program, "-r", "150", "-png", paper, paper.with_suffix("")], check=True)
    for picture in sorted(paper.parent.glob(f"{paper.stem}-*.png")):
        with Image.open(picture) as image:
            for code in zxingcpp.read_barcodes(image):
                return urlsplit(code.text).path
    raise AssertionError(f"there is no QR code on {paper}")
