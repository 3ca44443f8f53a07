"""The words of messages: templates by key, filled in the reader's own language.

What ships with the platform holds until the office has put its own words in force.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask_babel import force_locale

from core import i18n
from core.errors import Words

PLACEHOLDER = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class MessageTemplate:
    """The words sent under `key`, with %(name)s where a parameter stands.

    A `secret` message carries something nobody else may read, such as a link to set a password:
    it goes out by mail only, and its text is erased once it has gone. `label` says when it is
    sent; `sample` returns parameters for a preview, best those of a real record. `about` says in the
    reader's language what a message was about that was sent on a case at a moment. `sentences`
    are what a placeholder stands for that is made of sentences: (what for, for whom, words).
    """

    key: str
    subject: Words
    body: Words
    secret: bool = False
    label: Words = field(default="", compare=False)
    sample: Callable[[], Mapping[str, Any]] | None = field(default=None, compare=False)
    about: Callable[[Any, datetime], str] | None = field(default=None, compare=False)
    sentences: Callable[[], list[tuple[str, str, str]]] | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        known = templates.setdefault(self.key, self)
        if known != self:
            raise ValueError(f"two messages are called {self.key}")

    def placeholders(self) -> frozenset[str]:
        """Return the parameters that the words ask for, in the present language."""
        return frozenset(PLACEHOLDER.findall(f"{self.subject}\n{self.body}"))


#: All messages the house can send, by key.
templates: dict[str, MessageTemplate] = {}


@dataclass(frozen=True)
class Wording:
    """A message in one language."""

    subject: str
    text: str


#: Asked for the office's own words: (key, locale) → subject and body with {{name}}, or None.
own_words: list[Callable[[str, str], tuple[str, str] | None]] = []

#: How the office writes a parameter.
BRACES = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def worded(key: str, params: Mapping[str, Any], locale: str) -> Wording:
    """Return the message `key` in `locale`. Days, moments and sums are written as people write.

    Raises KeyError for an unknown message or a missing parameter.
    """
    template = templates[key]
    with force_locale(locale):
        said = spoken(params)
        for ask in own_words:
            own = ask(key, locale)
            if own is not None:
                return filled(*own, said)
        subject = str(template.subject) % said
        return _wording(subject, str(template.body) % said)


def filled(subject: str, body: str, said: Mapping[str, str]) -> Wording:
    """Return the office's own words with every {{name}} filled. Raises KeyError for one missing."""
    return _wording(*(BRACES.sub(lambda m: said[m[1]], text) for text in (subject, body)))


def _wording(subject: str, text: str) -> Wording:
    return Wording(" ".join(subject.split())[:300], text)


def spoken(params: Mapping[str, Any]) -> dict[str, str]:
    """Return parameters as people write them, in the present language."""
    return {name: _spoken(value) for name, value in params.items()}


def _spoken(value: Any) -> str:
    if isinstance(value, datetime):
        return i18n.moment(value)
    if isinstance(value, date):
        return i18n.day(value)
    if isinstance(value, Decimal):
        return i18n.money(value)
    return str(value)
