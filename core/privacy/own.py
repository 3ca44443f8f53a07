"""A person's own data in one file, for them (PIPL art. 45)."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import render_template

from core import audit, clock
from core.accounts import Actor, User
from core.accounts import queries as accounts
from core.db import db
from core.errors import Words
from core.i18n import _l
from core.messages.models import Message
from core.workflow.declaration import of_office_kinds
from core.workflow.models import Case

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class OwnPart:
    """A part of what the platform knows of a person: `rows(user)` are plain values by name."""

    key: str
    label: Words
    rows: Callable[[User], Rows]


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
        parts=[(part.label, found[part.key]) for part in _parts],
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", text)
        archive.writestr("data.html", readable)
    return held.getvalue()


def _account(user: User) -> Rows:
    return [
        {
            "sign_in_name": "" if user.login.startswith("mobile:") else user.login,
            "name": user.display_name,
            "email": user.email,
            "phone": user.phone,
            "language": user.locale,
            "opened_at": user.created_at,
            "confirmed_at": user.confirmed_at,
            "signed_in_at": user.signed_in_at,
        }
    ]


def _memberships(user: User) -> Rows:
    return [
        {"body": m.body.name, "role": m.role.value, "from": m.from_on, "to": m.to_on}
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
            "kind": case.kind, "number": case.number, "title": case.title, "state": case.state,
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


offer_own(OwnPart("account", _l("Account"), _account))
offer_own(OwnPart("memberships", _l("Bodies you act or acted for"), _memberships))
offer_own(OwnPart("sessions", _l("Where you are signed in"), _sessions))
offer_own(OwnPart("cases", _l("Cases you asked for"), _cases))
offer_own(OwnPart("messages", _l("Messages to you"), _messages))
