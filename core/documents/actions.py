"""Writes of instruments: issue, void, replace. Nothing is ever printed twice."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from core import attachments, audit, clock, policy
from core.accounts import Actor
from core.config import settings
from core.db import db
from core.documents import drawing, rules
from core.documents.facts import plain
from core.documents.kinds import InstrumentKind, kind_named
from core.documents.models import Instrument
from core.documents.numbers import next_number
from core.documents.policy import COURT, OFFICE_MARK, REVIEW_BODY
from core.documents.rules import InstrumentStatus
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
    pdf = _printed(declared, title, number, day, given)
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


def void(instrument: Instrument, *, reason: str, by: Actor) -> Instrument:
    """End a paper without another in its place. The file stays, the verification page says so."""
    _refuse_ended(instrument)
    if not reason.strip():
        raise RuleBroken(_("Please give the reason."), field="reason")
    instrument.void_reason = reason.strip()
    _end(instrument, InstrumentStatus.VOID, by)
    return instrument


def replace(old: Instrument, new: Instrument, *, by: Actor) -> Instrument:
    """Put `new` in the place of `old`, whose verification page leads to it from now on."""
    _refuse_ended(old)
    if old.id == new.id or not new.is_valid:
        raise RuleBroken(_("Only a valid document can replace another."))
    old.replaced_by_id = new.id
    _end(old, InstrumentStatus.REPLACED, by)
    return old


def _completed(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts that were given, and to whom decisions can be taken."""
    usual = {"review_body": policy.value(REVIEW_BODY), "court": policy.value(COURT)}
    return {**usual, **{key: value for key, value in facts.items() if value not in (None, "")}}


def _printed(
    kind: InstrumentKind, title: str, number: str, day: date, facts: Mapping[str, Any]
) -> bytes:
    # Here, since the press takes half a second and 40 MB to start, and most commands print nothing.
    from core.documents.rendering import print_paper

    site = settings().public_url
    context = {
        "title": title,
        "number": number,
        "issued_on": day,
        "site": f"{site}/verify/",
        "code": drawing.code_to_scan(drawing.verify_address(site, number)),
        "seal_caption": "" if settings().in_production else DEMONSTRATION,
    }
    return print_paper(kind.template_name, context, facts, one_page=kind.certificate).pdf


def _refuse_ended(instrument: Instrument) -> None:
    if instrument.status is not InstrumentStatus.VALID:
        raise WrongState(
            _("%(number)s is %(status)s already.", number=instrument.number,
              status=instrument.status.label)
        )  # fmt: skip


def _end(instrument: Instrument, status: InstrumentStatus, by: Actor) -> None:
    instrument.status = status
    instrument.ended_on = clock.today()
    db.session.flush()
    audit.record(
        f"instrument:{status.value}",
        instrument,
        by=by,
        changes={"status": [InstrumentStatus.VALID.value, status.value]},
        note=instrument.void_reason or "",
        case_id=instrument.case_id,
    )
