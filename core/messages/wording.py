"""The words of messages: templates by key, filled in the reader's own language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
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
    it goes out by mail only, and its text is erased once it has gone.
    """

    key: str
    subject: Words
    body: Words
    secret: bool = False

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


def worded(key: str, params: Mapping[str, Any], locale: str) -> Wording:
    """Return the message `key` in `locale`. Days, moments and sums are written as people write.

    Raises KeyError for an unknown message or a missing parameter.
    """
    template = templates[key]
    with force_locale(locale):
        spoken = {name: _spoken(value) for name, value in params.items()}
        subject = str(template.subject) % spoken
        return Wording(" ".join(subject.split())[:300], str(template.body) % spoken)


def _spoken(value: Any) -> str:
    if isinstance(value, datetime):
        return i18n.moment(value)
    if isinstance(value, date):
        return i18n.day(value)
    if isinstance(value, Decimal):
        return i18n.money(value)
    return str(value)
