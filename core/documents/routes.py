"""Verification for everyone, and the papers themselves for those they were issued to."""

import hashlib
import io

from flask import Blueprint, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from core.access import anyone, page_for, signed_in
from core.accounts import current_actor
from core.attachments import storage
from core.documents import queries
from core.documents.facts import shown
from core.documents.forms import CompareForm, VerifyForm
from core.documents.models import Instrument
from core.errors import NotFound
from core.limits import limited
from core.ui import page

bp = Blueprint("documents", __name__)

#: A PDF is shown by the browser's own viewer and may load nothing.
PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@bp.route("/verify", methods=["GET", "POST"])
@page_for(anyone)
@limited("verify")
def verify() -> ResponseReturnValue:
    compare = CompareForm()
    if compare.validate_on_submit():
        digest = _digest(compare)
        found = queries.find_by_digest(digest)
        if found is not None:
            return _show(found, same=True, digest=digest)
        return page("documents/verify.html", 200, **_asking(compare), differs=True, digest=digest)
    asked = request.args.get("number", "").strip()
    if asked and request.method == "GET":
        return redirect(url_for(".verify_number", number=asked))
    return page("documents/verify.html", compare.status, **_asking(compare))


@bp.route("/verify/<path:number>", methods=["GET", "POST"])
@page_for(anyone)
@limited("verify")
def verify_number(number: str) -> ResponseReturnValue:
    try:
        found = queries.access_public(number)
    except NotFound:
        asking = _asking(CompareForm(), number[:120])
        return page("documents/verify.html", 404, **asking, unknown=number[:120])
    compare = CompareForm()
    if compare.validate_on_submit():
        digest = _digest(compare)
        return _show(found, same=digest == found.sha256, digest=digest)
    return _show(found, compare=compare)


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


def _show(
    instrument: Instrument,
    *,
    compare: CompareForm | None = None,
    same: bool | None = None,
    digest: str = "",
) -> ResponseReturnValue:
    compare = compare or CompareForm(formdata=None)
    return page(
        "documents/verify_number.html",
        compare.status,
        instrument=instrument,
        facts=shown(instrument.facts),
        compare=compare,
        same=same,
        digest=digest,
    )
