"""Every word has its Chinese, with the same places to fill in, and none is a guess."""

import re
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "translations" / "zh_Hans" / "LC_MESSAGES" / "messages.po"
KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "_n": (1, 2),
}
METHODS = [(f"{room}/**.py", "python") for room in ("core", "registry", "grading", "incubator")]
METHODS += [("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
PLACE = re.compile(r"%\((\w+)\)[sd]")


def catalogue():
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def used() -> set[str]:
    """Return every message of the code and the templates; of two forms the one for many."""
    found = extract_from_dir(
        str(ROOT), METHODS, {"**/*.html": {"silent": "false"}}, keywords=KEYWORDS
    )
    return {m[2] if isinstance(m[2], str) else m[2][1] for m in found}


def translated() -> dict[str, str]:
    result = {}
    for message in catalogue():
        key = message.id if isinstance(message.id, str) else message.id[1]
        text = message.string if isinstance(message.string, str) else message.string[0]
        if key and not message.fuzzy:
            result[key] = text
    return result


def test_no_message_lacks_its_chinese():
    have = translated()
    assert sorted(m for m in used() if not have.get(m)) == []


def test_no_translation_is_left_over():
    assert sorted(set(translated()) - used()) == []


def test_places_to_fill_in_are_the_same():
    differing = {
        english: chinese
        for english, chinese in translated().items()
        if set(PLACE.findall(chinese)) - set(PLACE.findall(english))
        or ("%(" in english and set(PLACE.findall(english)) - set(PLACE.findall(chinese)))
    }
    assert differing == {}
