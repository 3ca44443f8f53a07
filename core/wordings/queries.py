"""Reads: the office's own words of a message, and the list of all messages."""

from dataclasses import dataclass

from core import editions
from core.editions import Edition
from core.errors import NotFound, Words
from core.i18n import _, _l
from core.memory import remembered
from core.messages.wording import MessageTemplate, templates
from core.offered_settings import SettingRow
from core.wordings.texts import WORDS, text_of, title


def own_words(key: str, locale: str) -> tuple[str, str] | None:
    """Return the office's words in force today, or None while the shipped ones hold."""
    edition = remembered(Edition, ("words", key), lambda: editions.in_force(WORDS, key))
    words = edition.content.get(locale) if edition else None
    return (words["subject"], words["body"]) if words else None


def access_template(key: str) -> MessageTemplate:
    """Return the message `key`; NotFound where nobody declared it."""
    if key not in templates:
        raise NotFound(_("There is no such message."))
    return templates[key]


@dataclass(frozen=True)
class Row:
    """A message in the list, in words. `edition` is None while the shipped words hold."""

    key: str
    label: str
    subject: str
    secret: bool
    edition: Edition | None
    waiting: bool


def list_wordings(locale: str, sought: str = "") -> list[Row]:
    """Return every message with the words in force in `locale`, those that have `sought`."""
    held = editions.all_in_force(WORDS)
    proposed = {it.key for it in editions.proposals(WORDS)}
    found = []
    for key, template in sorted(templates.items()):
        if key.startswith("sample."):  # tests declare such
            continue
        edition = held.get(key)
        words = text_of(template, edition.content if edition else {}, locale)
        own = edition if edition and edition.content else None
        row = Row(key, title(key), words["subject"], template.secret, own, key in proposed)
        if sought.lower() in f"{row.label}\n{words['subject']}\n{words['body']}\n{key}".lower():
            found.append(row)
    return found


SHIPPED: Words = _l("Shipped with the platform")


def setting_rows() -> list[SettingRow]:
    """Return the messages for the page of all settings."""
    from flask import url_for

    from core.i18n import get_locale

    rows = []
    for it in list_wordings(str(get_locale() or "zh_Hans")):
        row = SettingRow(
            label=it.label,
            value=it.subject,
            source=SHIPPED,
            url=url_for("wordings.wording_edit", key=it.key),
            waiting=it.waiting,
        )
        if it.edition is not None:
            row = SettingRow.of_edition(it.edition, value=it.subject)
        rows.append(row)
    return rows
