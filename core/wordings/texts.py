"""What the words of a message consist of, and what may stand in them.

Content is {locale: {"subject", "body"}}; without any language it is the shipped text, also the
one that a later release ships.
"""

import re
from typing import Any

from flask import render_template, url_for
from flask_babel import force_locale
from markupsafe import Markup

from core.db import JsonDict
from core.editions import EditionKind
from core.errors import RuleBroken, Words
from core.i18n import LOCALES, _, _l, language_tag
from core.messages.wording import (
    BRACES,
    PLACEHOLDER,
    MessageTemplate,
    Wording,
    filled,
    spoken,
    templates,
)
from core.wordings.samples import sample_of

PARTS: dict[str, Words] = {"subject": _l("Subject"), "body": _l("Text")}
LANGUAGES: dict[str, Words] = {"zh_Hans": _l("Chinese"), "en": _l("English")}
LONGEST = {"subject": 200, "body": 4000}
ANY_BRACES = re.compile(r"\{\{.*?(?:\}\}|$)", re.DOTALL)


def shipped(template: MessageTemplate, locale: str) -> dict[str, str]:
    """Return the words that came with the platform, parameters as {{name}}."""
    with force_locale(locale):
        words = {"subject": str(template.subject), "body": str(template.body)}
    return {part: PLACEHOLDER.sub(r"{{\1}}", text) for part, text in words.items()}


def placeholders(template: MessageTemplate) -> list[str]:
    """Return the parameters of a message, in the order of its shipped English words."""
    words = shipped(template, "en")
    return list(dict.fromkeys(BRACES.findall(f"{words['subject']}\n{words['body']}")))


def check(key: str, content: JsonDict) -> JsonDict:
    """Return the words as they are kept; {} where they are the shipped ones.

    Raises RuleBroken beside the part with a placeholder that the message does not have, or in a
    language that leaves one out.
    """
    template = templates.get(key)
    if template is None:
        raise RuleBroken(_("There is no such message."))
    if all(not content.get(locale) for locale in LOCALES):
        return {}
    kept = {locale: _checked(template, content.get(locale) or {}, locale) for locale in LOCALES}
    if all(kept[locale] == shipped(template, locale) for locale in LOCALES):
        return {}
    return kept


def _checked(template: MessageTemplate, written: dict[str, Any], locale: str) -> dict[str, str]:
    known = placeholders(template)
    named = _(", ").join(f"{{{{{name}}}}}" for name in known)
    kept = {}
    for part in PARTS:
        field, text = f"{locale}-{part}", (written.get(part) or "").replace("\r\n", "\n").strip()
        if not text:
            raise RuleBroken(_("Please fill this in."), field=field)
        if len(text) > LONGEST[part]:
            words = _("At most %(n)d characters; this has %(m)d.", n=LONGEST[part], m=len(text))
            raise RuleBroken(words, field=field)
        for braces in ANY_BRACES.findall(text):
            name = BRACES.fullmatch(braces)
            if name is None or name[1] not in known:
                words = _(
                    "%(words)s is no placeholder of this message. It has: %(known)s",
                    words=braces[:60],
                    known=named,
                )
                raise RuleBroken(words, field=field)
        kept[part] = " ".join(text.split()) if part == "subject" else text
    used = set(BRACES.findall(f"{kept['subject']}\n{kept['body']}"))
    missing = [name for name in known if name not in used]
    if missing:
        words = _(
            "Left out: %(missing)s. Readers would not learn what stands there.",
            missing=_(", ").join(f"{{{{{name}}}}}" for name in missing),
        )
        raise RuleBroken(words, field=f"{locale}-body")
    return kept


def text_of(template: MessageTemplate, content: JsonDict, locale: str) -> dict[str, str]:
    """Return the words of a version in one language, the shipped ones where it keeps none."""
    return content.get(locale) or shipped(template, locale)


def previewed(template: MessageTemplate, content: JsonDict, locale: str) -> Wording:
    """Return the words filled as a reader would get them."""
    words = text_of(template, content, locale)
    with force_locale(locale):
        return filled(words["subject"], words["body"], spoken(sample_of(template)))


def rows(key: str, content: JsonDict) -> list[tuple[Words, str]]:
    """Return what a version says, language by language."""
    template = templates[key]
    said: list[tuple[Words, str]] = []
    for locale, language in LANGUAGES.items():
        words = text_of(template, content, locale)
        for part, label in PARTS.items():
            name = _("%(part)s (%(language)s)", part=label, language=language)
            said.append((name, words[part]))
    return said


def shown(key: str, content: JsonDict) -> Markup:
    """Return the message as its readers would get it, in both languages."""
    template = templates[key]
    letters = [
        {
            "language": language,
            "lang": language_tag(locale),
            "wording": previewed(template, content, locale),
        }
        for locale, language in LANGUAGES.items()
    ]
    drawn = render_template("wordings/wording_preview.html", letters=letters)
    return Markup(drawn)  # noqa: S704 - own template


def title(key: str) -> str:
    """Return when the message is sent, or its key where nobody has said."""
    template = templates.get(key)
    return (template and str(template.label)) or key


WORDS = EditionKind(
    name="message",
    label=_l("Words of a message"),
    check=check,
    title=title,
    address=lambda key: url_for("wordings.wording_edit", key=key),
    rows=rows,
    shown=shown,
    shipped=lambda key: {},
)
