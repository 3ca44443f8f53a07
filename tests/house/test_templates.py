"""Templates: each is shown by something, and none holds a script, a style or a handler."""

import re
from pathlib import Path

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


def shown(name: str, words: str) -> bool:
    """Say whether something in `words` shows the template."""
    if name.startswith(("errors/", "components/", "layouts/")):
        return True  # by the number of the status; offered to every room, also to those to come
    stem = Path(name).stem
    short = {"pdf": f'"{stem}"', "emails": f"emails/{stem}"}.get(name.split("/")[0], name)
    return short in words or name in words


def test_a_template_is_used():
    words = everything()
    assert [name for name in NAMES if not shown(name, words)] == []


def test_a_page_has_no_inline_code():
    pages = [name for name in NAMES if not name.startswith(("pdf/", "emails/"))]
    texts = {name: (ROOT / "templates" / name).read_text("utf-8") for name in pages}
    assert [name for name, text in texts.items() if INLINE.search(text)] == []
