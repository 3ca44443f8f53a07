"""A person's own data in one file, for them (PIPL art. 45)."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import render_template

from core import audit, clock
from core.accounts import Actor, User, codes
from core.accounts import queries as accounts
from core.db import db
from core.errors import Words
from core.i18n import _l, day, moment
from core.messages.models import Message
from core.workflow.declaration import of_office_kinds
from core.workflow.models import Case

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class OwnPart:
    """A part of what the platform knows of a person: `rows(user)` are plain values by name.

    `names` are the words for those names, which the page for people shows.
    """

    key: str
    label: Words
    rows: Callable[[User], Rows]
    names: Mapping[str, Words]

    def spoken(self, rows: Rows) -> list[list[tuple[str, str]]]:
        """Return rows as people read them: pairs of words."""
        return [
            [(str(self.names[name]), _spoken(value)) for name, value in row.items()] for row in rows
        ]


class Coded(str):
    """A word that programs know, with the `words` that people read."""

    words: Words

    def __new__(cls, key: str, words: Words) -> "Coded":
        made = super().__new__(cls, key)
        made.words = words
        return made


def _spoken(value: Any) -> str:
    if value in (None, ""):
        return "—"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    return str(getattr(value, "words", None) or getattr(value, "label", None) or value)


_parts: list[OwnPart] = []


def offer_own(part: OwnPart) -> None:
    """Add a part to everybody's export."""
    if part.key not in {known.key for known in _parts}:
        _parts.append(part)


def collected(user: User) -> dict[str, Rows]:
    """Return everything known of `user`, by part."""
    return {part.key: part.rows(user) for part in _parts}


def packed(user: User, *, by: Actor) -> bytes:
    """Return a ZIP with the data as JSON for programs and as a page for people."""
    found = collected(user)
    audit.record("privacy:export_own", user, by=by)
    text = json.dumps(found, ensure_ascii=False, indent=2, default=str)
    readable = render_template(
        "privacy/own_copy_file.html",
        user=user,
        at=clock.now(),
        parts=[(part.label, part.spoken(found[part.key])) for part in _parts],
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", text)
        archive.writestr("data.html", readable)
    return held.getvalue()


LANGUAGES = {"zh_Hans": "简体中文", "en": "English"}


def _account(user: User) -> Rows:
    factor = codes.factor_of(user)
    return [
        {
            "sign_in_name": "" if user.login.startswith("mobile:") else user.login,
            "name": user.display_name,
            "email": user.email,
            "phone": user.phone,
            "language": Coded(user.locale, LANGUAGES[user.locale]),
            "opened_at": user.created_at,
            "confirmed_at": user.confirmed_at,
            "signed_in_at": user.signed_in_at,
            "one_time_codes_since": factor.confirmed_at if factor else None,
        }
    ]


def _memberships(user: User) -> Rows:
    return [
        {"body": m.body.name, "role": m.role, "from": m.from_on, "to": m.to_on}
        for m in accounts.list_memberships(user)
    ]


def _sessions(user: User) -> Rows:
    return [
        {"begun_at": v.begun_at, "used_at": v.seen_at, "device": v.device, "address": v.address}
        for v in accounts.list_sessions(user)
    ]


def _cases(user: User) -> Rows:
    found = db.session.scalars(
        db.select(Case)
        .where(Case.applicant_id == user.id, Case.kind.not_in(of_office_kinds()))
        .order_by(Case.id)
    )
    return [
        {
            "kind": Coded(case.kind, case.matter_label), "number": case.number,
            "title": case.called, "state": Coded(case.state, case.standing.public_label or case.standing.label),
            "opened_at": case.opened_at, "submitted_at": case.submitted_at,
            "closed_at": case.closed_at,
        }
        for case in found
    ]  # fmt: skip


def _messages(user: User) -> Rows:
    found = db.session.scalars(
        db.select(Message).where(Message.recipient_id == user.id).order_by(Message.id)
    )
    return [{"at": m.created_at, "subject": m.subject, "text": m.text} for m in found]


offer_own(
    OwnPart(
        "account", _l("Account"), _account,
        {
            "sign_in_name": _l("Sign-in name"), "name": _l("Full name"), "email": _l("Email"),
            "phone": _l("Mobile number"), "language": _l("Language"),
            "opened_at": _l("Account opened"), "confirmed_at": _l("Address confirmed"),
            "signed_in_at": _l("Last sign-in"), "one_time_codes_since": _l("One-time codes since"),
        },
    )
)  # fmt: skip
offer_own(
    OwnPart(
        "memberships", _l("Bodies you act or acted for"), _memberships,
        {"body": _l("Body"), "role": _l("Role"), "from": _l("From"), "to": _l("Until")},
    )
)  # fmt: skip
offer_own(
    OwnPart(
        "sessions", _l("Where you are signed in"), _sessions,
        {
            "begun_at": _l("Signed in at"), "used_at": _l("Last used"), "device": _l("Device"),
            "address": _l("Network address"),
        },
    )
)  # fmt: skip
offer_own(
    OwnPart(
        "cases", _l("Cases you asked for"), _cases,
        {
            "kind": _l("Matter"), "number": _l("Case number"), "title": _l("Title"),
            "state": _l("State"), "opened_at": _l("Opened at"), "submitted_at": _l("Submitted at"),
            "closed_at": _l("Closed at"),
        },
    )
)  # fmt: skip
offer_own(
    OwnPart(
        "messages", _l("Messages to you"), _messages,
        {"at": _l("Sent at"), "subject": _l("Subject"), "text": _l("Text")},
    )
)  # fmt: skip
