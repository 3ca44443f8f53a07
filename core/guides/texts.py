"""What a service guide consists of, and what may stand in it."""

import re
from typing import Any

from flask import render_template, url_for
from markupsafe import Markup

from core.db import JsonDict
from core.editions import EditionKind, in_force, marked
from core.errors import RuleBroken, Words
from core.i18n import LOCALES, _, _l, get_locale
from core.workflow import declared

#: Parts of a guide in their order; the first two are plain lines, the others marked text.
PARTS: dict[str, Words] = {
    "title": _l("Name of the matter"),
    "lead": _l("In one sentence"),
    "conditions": _l("Conditions to meet"),
    "papers": _l("Papers to hand in"),
    "steps": _l("How it goes"),
    "time": _l("How long it takes"),
    "cost": _l("What it costs"),
    "basis": _l("Legal basis"),
    "place": _l("Place and hours"),
    "contact": _l("Contact and complaints"),
}
PLAIN = ("title", "lead")
LANGUAGES: dict[str, Words] = {"zh_Hans": _l("Chinese"), "en": _l("English")}
KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
#: Words that addresses of the guides' own pages use.
TAKEN = frozenset({"add"})


def check_key(key: str) -> str:
    """Return the short name of a guide in addresses. Raises RuleBroken("key")."""
    if not KEY.fullmatch(key) or len(key) > 60 or key in TAKEN:
        words = _("Small letters, digits and hyphens only, such as association-registration.")
        raise RuleBroken(words, field="key")
    return key


def check(key: str, content: JsonDict) -> JsonDict:
    """Return a guide as it is kept. Chinese is complete; English is whole or absent."""
    check_key(key)
    kept: JsonDict = {"online": content.get("online") or "", "offered": bool(content["offered"])}
    if kept["online"] and kept["online"] not in {
        key for w in declared() for key in (w.kind, *(g.key for g in w.guides)) if w.guides
    }:
        raise RuleBroken(_("This matter cannot be applied for online."), field="online")
    for locale in LOCALES:
        written = {part: (content.get(locale) or {}).get(part) or "" for part in PARTS}
        if locale != LOCALES[0] and not any(it.strip() for it in written.values()):
            continue
        kept[locale] = {part: _part(part, text, locale) for part, text in written.items()}
    return kept


def _part(part: str, text: str, locale: str) -> str:
    field = f"{locale}-{part}"
    if not text.strip():
        if locale == LOCALES[0]:
            raise RuleBroken(_("Please fill this in."), field=field)
        words = _("The English text is begun: please fill in this part too, or empty them all.")
        raise RuleBroken(words, field=field)
    if part not in PLAIN:
        return marked.check(text, field)
    if len(text) > (100 if part == "title" else 300):
        raise RuleBroken(_("This is too long for one line."), field=field)
    return " ".join(marked.check(text, field).split())


def words_of(content: JsonDict) -> tuple[dict[str, str], str]:
    """Return a guide's words in the reader's language, else in Chinese, and which it is."""
    locale = str(get_locale())
    locale = locale if locale in content else LOCALES[0]
    return content[locale], locale


def title(key: str) -> str:
    """Return the name of a guide as it is in force; its short name before the first version."""
    edition = in_force(GUIDE, key)
    return words_of(edition.content)[0]["title"] if edition else key


def rows(key: str, content: JsonDict) -> list[tuple[Words, str]]:
    """Return everything a guide says, part by part, language by language."""
    online = next((str(w.title) for w in declared() if w.kind == content["online"]), "")
    said: list[tuple[Words, str]] = [
        (_("Online form"), online),
        (_("Shown to the public"), _("Yes") if content["offered"] else _("No")),
    ]
    for locale, language in LANGUAGES.items():
        for part, label in PARTS.items():
            text = content.get(locale, {}).get(part, "")
            said.append((_("%(part)s (%(language)s)", part=label, language=language), text))
    return said


def parts_of(content: JsonDict) -> tuple[list[dict[str, Any]], str]:
    """Return the marked parts of a guide, drawn, in the reader's language, and which it is."""
    words, locale = words_of(content)
    parts = [
        {"name": part, "label": label, "text": marked.drawn(words[part])}
        for part, label in PARTS.items()
        if part not in PLAIN
    ]
    return parts, locale


def shown(key: str, content: JsonDict) -> Markup:
    """Return a guide as readers see it, in each language that it has."""
    versions = [
        {
            "language": LANGUAGES[locale],
            "lang": locale.replace("_", "-"),
            "words": content[locale],
            "parts": [
                (label, marked.drawn(content[locale][part]))
                for part, label in PARTS.items()
                if part not in PLAIN
            ],
        }
        for locale in LANGUAGES
        if locale in content
    ]
    return Markup(render_template("guides/guide_preview.html", versions=versions))  # noqa: S704 - own template


GUIDE = EditionKind(
    name="guide",
    label=_l("Service guide"),
    check=check,
    title=title,
    address=lambda key: url_for("guides.guide_edit", key=key),
    rows=rows,
    shown=shown,
)
