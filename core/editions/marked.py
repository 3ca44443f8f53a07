"""Marked text: a safe part of Markdown, with values of settings inserted by reference.

Offered are paragraphs, lists, tables, bold and slanted words, and links to this site or to
http(s). No HTML passes: the reader escapes it, and what is drawn is cleaned once more.
`{{policy:filing.founders}}` stands for the value in force, in the reader's language.
"""

import re
from functools import lru_cache
from html import escape

import nh3
from flask_babel import force_locale
from markdown_it import MarkdownIt
from markupsafe import Markup

from core import policy
from core.errors import RuleBroken
from core.i18n import LOCALES, _
from core.policy import Unit

REFERENCE = re.compile(r"\{\{\s*policy:\s*([a-z0-9_.]+)\s*\}\}")
ANY_BRACES = re.compile(r"\{\{.*?(?:\}\}|$)", re.DOTALL)
TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "br",
        "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
#: Units of what a guide tells people: such a value is never typed, it would grow old.
TOLD = (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.MONTHS, Unit.YEARS, Unit.PEOPLE, Unit.CNY)
LONGEST = 8000


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    reader = MarkdownIt("zero", {"html": False, "linkify": False, "breaks": True})
    return reader.enable(
        ["list", "emphasis", "link", "table", "newline", "escape", "entity", "paragraph"],
        ignoreInvalid=True,
    )


def drawn(text: str) -> Markup:
    """Return marked text as clean HTML, every reference as the value in force today."""
    cleaned = nh3.clean(
        _reader().render(text),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )
    return Markup(REFERENCE.sub(lambda m: escape(value_of(m[1])), cleaned))  # noqa: S704 - cleaned by nh3


def value_of(key: str) -> str:
    """Return a value in force as running text has it: 20个工作日, 3万元."""
    if policy.declaration(key).unit is Unit.CNY:
        return str(policy.said("%(sum)s", sum=key))
    return policy.spoken(key)


def plain(text: str) -> str:
    """Return marked text for a file: as it was written, references as values."""
    return REFERENCE.sub(lambda m: value_of(m[1]), text)


def check(text: str, field: str) -> str:
    """Return `text` as it is kept. Raises RuleBroken(field) for what may not stand in it."""
    text = text.replace("\r\n", "\n").strip()
    if len(text) > LONGEST:
        words = _("At most %(n)d characters; this has %(m)d.", n=LONGEST, m=len(text))
        raise RuleBroken(words, field=field)
    known = {it.key for it in policy.declared()}
    for braces in ANY_BRACES.findall(text):
        reference = REFERENCE.fullmatch(braces)
        if reference is None:
            words = _(
                "“%(words)s” is not understood. Write {{policy:key}}, with the key from the "
                "page of the setting.",
                words=braces[:60],
            )
            raise RuleBroken(words, field=field)
        if reference[1] not in known:
            words = _("There is no setting called %(key)s.", key=reference[1])
            raise RuleBroken(words, field=field)
    if re.search(r"</?[a-zA-Z!]", text):
        raise RuleBroken(_("HTML is not possible here; use the marks named below."), field=field)
    _refuse_typed_values(text, field)
    return text


def _refuse_typed_values(text: str, field: str) -> None:
    """Refuse a number that is a setting's value: typed, it would be wrong after the next change."""
    told = [it for it in policy.declared() if it.unit in TOLD and it.default is not True]
    for locale in LOCALES:
        with force_locale(locale):
            settings: dict[str, list[str]] = {}
            for it in told:
                reference = f"{{{{policy:{it.key}}}}} ({it.label})"
                settings.setdefault(value_of(it.key), []).append(reference)
        for value, references in settings.items():
            if re.search(rf"(?<![\d.,月]){re.escape(value)}(?![\d.])", text):
                words = _(
                    "“%(value)s” is the value of a setting. Write the reference instead, so that "
                    "the text stays true when the setting changes: %(references)s",
                    value=value,
                    references=_(", ").join(references),
                )
                raise RuleBroken(words, field=field)
