"""Templates: each is shown by something, and none holds a script, a style or a handler."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
NAMES = [str(t.relative_to(ROOT / "templates")) for t in TEMPLATES]
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=", re.IGNORECASE)


def everything() -> str:
    rooms = [
        p
        for room in ("core", "registry", "grading", "incubator")
        for p in (ROOT / room).rglob("*.py")
    ]
    return "\n".join(p.read_text("utf-8") for p in [*rooms, *TEMPLATES])


@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_used(name):
    words = everything()
    stem = Path(name).stem
    if name.startswith(("errors/", "components/", "layouts/")):
        return  # by the number of the status; offered to every room, also to those to come
    if name.startswith("pdf/"):
        assert f'"{stem}"' in words or name in words, f"no instrument is printed from {name}"
        return
    if name.startswith("emails/"):
        assert f"emails/{stem}" in words or name in words
        return
    assert name in words, f"nothing shows {name}"


@pytest.mark.parametrize("name", [n for n in NAMES if not n.startswith(("pdf/", "emails/"))])
def test_a_page_has_no_inline_code(name):
    text = (ROOT / "templates" / name).read_text("utf-8")
    assert not INLINE.search(text), f"{name} breaks the content policy"
