"""Verification for everyone, and the papers themselves for those they were issued to."""

import hashlib
import io
from datetime import date

from flask import Blueprint, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from core import audit, clock
from core.access import anyone, page_for, signed_in
from core.accounts import current_actor
from core.attachments import storage
from core.db import atomic
from core.documents import elsewhere, payload, queries, signing, verifying
from core.documents.facts import shown
from core.documents.forms import CompareForm, OnForm, VerifyForm
from core.documents.kinds import kind_named
from core.documents.models import Instrument
from core.documents.payload import Refused
from core.documents.rules import Means
from core.documents.verifying import Compared, Match
from core.errors import NotFound
from core.limits import limited
from core.ui import page

bp = Blueprint("documents", __name__)

#: A PDF is shown by the browser's own viewer and may load nothing.
PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
#: Longer than any payload or number: what is longer is cut before it is looked at.
LONGEST = 2000


@bp.route("/verify", methods=["GET", "POST"])
@page_for(anyone)
@limited("verify")
def verify() -> ResponseReturnValue:
    compare = CompareForm()
    if compare.validate_on_submit():
        digest = _digest(compare)
        found = queries.find_by_digest(digest)
        if found is not None:
            compared = Compared(digest, Match.SAME, found)
            return _show(found, Means.FILE, compared=compared)
        with atomic():
            verifying.keep(None, Means.FILE, Match.UNKNOWN)
        return page("documents/verify.html", 200, **_asking(compare), differs=True, digest=digest)
    asked = request.args.get("number", "").strip()
    if asked and request.method == "GET":
        way = verifying.way_in(asked)
        if way is not None:
            return redirect(way)
        on = request.args.get("on", "").strip() or None
        return redirect(url_for(".verify_number", number=asked, on=on))
    return page("documents/verify.html", compare.status, **_asking(compare))


@bp.route("/verify/<path:number>", methods=["GET", "POST"])
@page_for(anyone)
@limited("verify")
def verify_number(number: str) -> ResponseReturnValue:
    try:
        found = queries.access_public(number)
    except NotFound:
        return _unknown(number[:120], Means.NUMBER)
    compare = CompareForm()
    if compare.validate_on_submit():
        compared = verifying.compare(found, _digest(compare))
        return _show(found, Means.FILE, compared=compared)
    return _show(found, Means.NUMBER, compare=compare)


@bp.get("/verify/s/<text>")
@page_for(anyone)
@limited("verify")
def verify_signed(text: str) -> ResponseReturnValue:
    """Where the QR code of a paper leads: its signature first, then what the paper is worth."""
    try:
        said = signing.check(text[:LONGEST])
    except Refused as refused:
        return _refuse(text, refused)
    try:
        found = queries.access_public(said.number)
    except NotFound:
        return _unknown(said.number, Means.CODE)
    if found.payload is None or payload.digest_of(found.facts) != said.digest:
        return _refuse(text, Refused(payload.Flaw.TAMPERED))
    return _show(found, Means.CODE, signed=said)


def _refuse(text: str, refused: Refused) -> ResponseReturnValue:
    """Say why a QR code proves nothing, and put it on record: somebody may forge papers."""
    with atomic():
        verifying.keep(None, Means.CODE, refused.flaw.value)
        seen = hashlib.sha256(text.encode()).hexdigest()
        audit.record(
            "instrument:refuse_code",
            by=current_actor(),
            changes={"flaw": [None, refused.flaw.value], "code_sha256": [None, seen]},
        )
    asking = _asking(CompareForm(formdata=None))
    return page("documents/verify.html", 422, **asking, flaw=refused.flaw)


def _unknown(number: str, means: Means) -> ResponseReturnValue:
    with atomic():
        verifying.keep(None, means, Match.UNKNOWN)
    asking = _asking(CompareForm(formdata=None), number)
    known = elsewhere.known(number)
    papers = queries.certificates_of(known.body_id) if known and known.body_id else []
    return page(
        "documents/verify.html",
        404,
        **asking,
        unknown=number,
        known=known,
        papers=verifying.rows_of(papers, clock.today()),
    )


@bp.get("/instruments/<int:instrument_id>.pdf")
@page_for(signed_in)
def instrument_download(instrument_id: int) -> ResponseReturnValue:
    found = queries.access_instrument(instrument_id, current_actor())
    answer = send_file(
        io.BytesIO(storage.get(found.sha256)),
        mimetype="application/pdf",
        download_name=f"{found.full_title}_{found.number}.pdf",
    )
    answer.headers["Content-Security-Policy"] = PDF_POLICY
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _asking(compare: CompareForm, number: str = "") -> dict[str, object]:
    """Return both questions of the page; what was asked stays in its field."""
    return {"form": VerifyForm(formdata=None, number=number), "compare": compare}


def _digest(form: CompareForm) -> str:
    """Return the SHA-256 of what was uploaded, which is kept nowhere."""
    return hashlib.sha256(form.upload.data.content).hexdigest()


def _asked_day() -> tuple[OnForm, date, int]:
    """Return the question for the day with its answer: today where none, or no day, was given."""
    form = OnForm(request.args)
    good = form.validate()
    return form, (form.on.data if good else None) or clock.today(), 200 if good else 422


def _show(
    instrument: Instrument,
    means: Means,
    *,
    compare: CompareForm | None = None,
    compared: Compared | None = None,
    signed: payload.Payload | None = None,
) -> ResponseReturnValue:
    compare = compare or CompareForm(formdata=None)
    on, day, status = _asked_day()
    standing = instrument.standing_on(day)
    with atomic():
        verifying.keep(instrument, means, standing)
    return page(
        "documents/verify_number.html",
        compare.status if compare.status != 200 else status,
        instrument=instrument,
        on=on,
        day=day,
        standing=standing,
        line=verifying.line_rows(instrument, day),
        facts=shown(instrument.facts, kind_named(instrument.kind).public),
        compare=compare,
        compared=compared,
        signed=signed,
    )
