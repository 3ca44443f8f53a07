"""How long people named in applications are kept, who may look at their numbers, one's own copy."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import render_template, url_for

from core.accounts import Actor, User, current_actor
from core.attachments.actions import forget
from core.attachments.models import Attachment
from core.attachments.rules import personal_slots
from core.db import db
from core.errors import Words
from core.i18n import _l
from core.privacy import Retention
from core.privacy.drafts import ended_drafts
from core.privacy.own import Coded, OwnPart
from core.privacy.policy import DRAFTS, LAW
from core.privacy.reveal import Revealable, offer_reveal, shown_masked
from core.workflow.models import Case
from core.workflow.parties import Party
from core.workflow.standing import parties
from registry.people.models import ApplicationPerson
from registry.people.queries import list_people

FIELDS = {"identity_number": _l("Identity number"), "phone": _l("Phone")}
#: Who needs a number in full: those who check or decide the application it stands in.
LOOKERS = frozenset(
    {
        Party.INTAKE, Party.EXAMINER, Party.APPROVER, Party.STREET_OFFICER, Party.SUPERVISOR,
        Party.CERTIFICATE_OFFICER,
    }
)  # fmt: skip


def may_reveal(person: ApplicationPerson, actor: Actor) -> bool:
    """Return whether `actor` may look at the numbers of a person: as an officer of the case."""
    case = db.session.get(Case, person.case_id)
    return case is not None and bool(parties(case, actor) & LOOKERS)


#: Kinds of case that hold numbers of their person in charge themselves: what to reveal, by table.
_in_charge: dict[type[Case], Revealable] = {}


def offer_in_charge(kind: type[Any], **fields: Words) -> None:
    """Let officers of a kind of case look at the numbers of its `person_in_charge`, as of others.

    `fields` are the columns with their words. The person's own copy is the feature's to offer.
    """
    _in_charge[kind] = Revealable(
        kind.__tablename__,
        kind,
        fields,
        may=lambda case, actor: bool(parties(case, actor) & LOOKERS),
        name=lambda case: case.person_in_charge or case.called,
        case_id=lambda case: case.id,
    )
    offer_reveal(_in_charge[kind])


def numbers_panel(case: Case) -> str | None:
    """Show the masked numbers of an application to those who may look at them in full."""
    if not parties(case, current_actor()) & LOOKERS:
        return None
    named: list[tuple[str, Any, str, Mapping[str, Words]]] = [
        ("person", person, person.name, FIELDS) for person in list_people(case.id)
    ]
    held = _in_charge.get(type(case))
    if held is not None:
        named.append((held.kind, case, held.name(case), held.fields))
    rows = [
        (
            name,
            label,
            shown_masked(row, field),
            url_for("privacy.number", kind=kind, row_id=row.id, field=field),
        )
        for kind, row, name, fields in named
        for field, label in fields.items()
        if getattr(row, field)
    ]
    return render_template("privacy/person_panel.html", rows=rows) if rows else None


def forget_never_submitted(before: datetime) -> int:
    """Delete the people of applications that were closed as drafts before a moment."""
    found = db.session.scalars(
        db.select(ApplicationPerson).where(ApplicationPerson.case_id.in_(ended_drafts(before)))
    ).all()
    for person in found:
        db.session.delete(person)
    return len(found)


def forget_their_papers(before: datetime) -> int:
    """Delete papers about persons of applications that were closed as drafts before a moment.

    Their content goes with the sweep of files that nothing names any more.
    """
    found = db.session.scalars(
        db.select(Attachment).where(
            Attachment.case_id.in_(ended_drafts(before)), Attachment.slot.in_(personal_slots())
        )
    ).all()
    for paper in found:
        forget(paper)
    return len(found)


PAPERS = Retention(
    "draft_papers", _l("Papers about persons in applications that were never submitted"), LAW,
    _l("Deleted"), DRAFTS, forget_their_papers,
)  # fmt: skip
NEVER_SUBMITTED = Retention(
    "drafts", _l("People named in applications that were never submitted"), LAW, _l("Deleted"),
    DRAFTS, forget_never_submitted,
)  # fmt: skip


def _entered(user: User) -> list[dict[str, Any]]:
    found = db.session.execute(
        db.select(ApplicationPerson, Case)
        .join(Case, Case.id == ApplicationPerson.case_id)
        .where(Case.applicant_id == user.id)
        .order_by(ApplicationPerson.id)
    ).all()
    return [
        {
            "case": Coded(str(p.case_id), case.called),
            "name": p.name,
            "position": p.position,
            "phone": p.phone,
        }
        for p, case in found
    ]


OWN = OwnPart(
    "people", _l("People you entered"), _entered,
    {
        "case": _l("Application"), "name": _l("Full name"), "position": _l("Position"),
        "phone": FIELDS["phone"],
    },
)  # fmt: skip
