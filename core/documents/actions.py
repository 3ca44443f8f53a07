"""Writes of instruments: issue, void, replace. Nothing is ever printed twice, or ended twice."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from core import attachments, audit, clock, policy
from core.accounts import Actor
from core.config import settings
from core.db import db
from core.documents import drawing, rules, seals, signing
from core.documents.facts import plain
from core.documents.kinds import InstrumentKind, kind_named, title_with_copy
from core.documents.models import Instrument
from core.documents.numbers import next_number
from core.documents.policy import COURT, OFFICE_MARK, REVIEW_BODY
from core.documents.rules import EndGround, InstrumentStatus
from core.errors import RuleBroken, WrongState
from core.i18n import _

#: Written into the seal while papers are for show: it says what the seal is worth.
DEMONSTRATION = "演示专用"


def issue(
    kind: str,
    *,
    facts: Mapping[str, Any],
    by: Actor,
    case_id: int | None = None,
    body_id: int | None = None,
    on: date | None = None,
    series: str | None = None,
    parts: Mapping[str, str] | None = None,
) -> Instrument:
    """Take the next number, print the paper, and keep it as issued, in the running transaction.

    `facts` fill the template (see the table on top of it; None counts as not given). They also
    give the validity: `valid_from`, the day of issue unless said, and `valid_until`. `on` is the
    day of issue, today unless said. `series` counts the number elsewhere than the kind says, and
    `parts` are further words for its pattern.
    Raises IncompleteFacts and PersonalFacts (mistakes of the caller); MissingGlyph and DoesNotFit
    (RuleBroken) where the words cannot be printed.
    """
    declared = kind_named(kind)
    day = on or facts.get("issued_on") or clock.today()
    given = _completed(facts)
    public = {key: given[key] for key in declared.public if key in given}
    rules.check_public(public)
    counted_in = series or declared.counted_in
    place = next_number(counted_in, day.year)
    number = rules.spell_number(
        declared.pattern,
        year=day.year,
        place=place,
        office=policy.value(OFFICE_MARK),
        **(parts or {}),
    )
    title = str(given.get("title") or declared.title)
    payload = None
    if not declared.internal:
        payload = signing.sign(
            number=number,
            title=title_with_copy(kind, title),
            facts=plain(public),
            issued_on=day,
            valid_until=given.get("valid_until"),
        )
    pdf = seals.seal(_printed(declared, title, number, day, given, payload))
    instrument = Instrument(
        number=number,
        number_key=rules.canonical(number),
        kind=kind,
        series=counted_in,
        year=day.year,
        place=place,
        case_id=case_id,
        body_id=body_id,
        title=title,
        authority=str(given.get("issuing_authority") or given.get("authority") or ""),
        issued_on=day,
        issued_at=clock.now(),
        issued_by_id=by.user_id,
        valid_from=given.get("valid_from") or day,
        valid_until=given.get("valid_until"),
        facts=plain(public),
        payload=payload,
        file=attachments.keep_file(pdf, "application/pdf"),
    )
    db.session.add(instrument)
    db.session.flush()
    audit.record(
        "instrument:issue",
        instrument,
        by=by,
        changes={"number": [None, number], "sha256": [None, instrument.sha256]},
        case_id=case_id,
    )
    return instrument


def void(
    instrument: Instrument,
    *,
    reason: str,
    by: Actor,
    ground: EndGround = EndGround.WITHDRAWN,
    successor: Instrument | None = None,
    case_id: int | None = None,
) -> Instrument:
    """End a paper that nobody may rely on. The file stays, the verification page says so.

    Everyone reads the `ground`, only the office the `reason`. A paper that was lost is void though
    a `successor` was issued in its place.
    """
    _refuse_ended(instrument)
    if not reason.strip():
        raise RuleBroken(_("Please give the reason."), field="reason")
    if successor is not None:
        _follow(instrument, successor)
    instrument.void_reason = reason.strip()
    _end(instrument, InstrumentStatus.VOID, ground, by, case_id)
    return instrument


def replace(
    old: Instrument,
    new: Instrument,
    *,
    by: Actor,
    ground: EndGround = EndGround.CHANGED,
    case_id: int | None = None,
) -> Instrument:
    """Put `new` in the place of `old`, whose verification page leads to it from now on.

    `case_id` is the case that ended the old one, by default the one that issued the new one.
    """
    _refuse_ended(old)
    _follow(old, new)
    _end(old, InstrumentStatus.REPLACED, ground, by, case_id or new.case_id)
    return old


def _follow(old: Instrument, new: Instrument) -> None:
    """Note the next paper of the line; the database refuses a second one, and a second place."""
    if old.id == new.id or not new.is_valid or new.replaces is not None:
        raise RuleBroken(_("Only a valid document can replace another."))
    old.replaced_by = new


def _completed(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts that were given, and to whom decisions can be taken."""
    usual = {"review_body": policy.value(REVIEW_BODY), "court": policy.value(COURT)}
    return {**usual, **{key: value for key, value in facts.items() if value not in (None, "")}}


def _printed(
    kind: InstrumentKind,
    title: str,
    number: str,
    day: date,
    facts: Mapping[str, Any],
    payload: str | None,
) -> bytes:
    # Here, since the press takes half a second and 40 MB to start, and most commands print nothing.
    from core.documents.rendering import print_paper

    site = settings().public_url
    if settings().in_production and not settings().PUBLIC_URL:
        raise RuleBroken(
            _("No paper is printed before PUBLIC_URL is set. Please tell the system administrator.")
        )
    address: str | tuple[str, ...] = drawing.verify_address(site, number)
    if payload is not None:
        address = drawing.signed_address(site, payload)
    width = drawing.CERTIFICATE_CODE if kind.certificate else drawing.LETTER_CODE
    context = {
        "title": title,
        "number": number,
        "issued_on": day,
        "site": f"{site}/verify/",
        "code": "" if kind.internal else drawing.code_to_scan(address, width),
        "seal_caption": "" if settings().in_production else DEMONSTRATION,
    }
    return print_paper(kind.template_name, context, facts, one_page=kind.certificate).pdf


def _refuse_ended(instrument: Instrument) -> None:
    """Raise WrongState for a paper that has ended; until this transaction does, no other ends it."""
    db.session.refresh(instrument, with_for_update={"of": Instrument})
    if instrument.status is not InstrumentStatus.VALID:
        raise WrongState(
            _("%(number)s is %(status)s already.", number=instrument.number,
              status=instrument.standing.label)
        )  # fmt: skip


def _end(
    instrument: Instrument,
    status: InstrumentStatus,
    ground: EndGround,
    by: Actor,
    case_id: int | None,
) -> None:
    instrument.status, instrument.end_ground = status, ground
    instrument.ended_on, instrument.ended_case_id = clock.today(), case_id
    db.session.flush()
    audit.record(
        f"instrument:{status.value}",
        instrument,
        by=by,
        changes={
            "status": [InstrumentStatus.VALID.value, status.value],
            "end_ground": [None, ground.value],
        },
        note=instrument.void_reason or "",
        case_id=case_id or instrument.case_id,
    )
