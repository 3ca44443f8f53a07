"""Attachments over HTTP: to keep, and to look at in place."""

import io

from flask import Blueprint, send_file
from flask.typing import ResponseReturnValue

from core.access import page_for, signed_in
from core.accounts import current_actor
from core.attachments import actions, queries, rules, scanning, storage
from core.attachments.models import Attachment
from core.db import atomic
from core.errors import NotFound
from core.i18n import _

bp = Blueprint("attachments", __name__, url_prefix="/attachments")

#: A shown file may draw itself and do nothing else, not even as part of this site.
#: Browsers show no PDF under `sandbox`; it has none of our scripts and its own were refused.
ALONE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


@bp.get("/<int:attachment_id>")
@page_for(signed_in)
def attachment_download(attachment_id: int) -> ResponseReturnValue:
    return give_out(queries.access_attachment(attachment_id, current_actor()), inline=False)


@bp.get("/<int:attachment_id>/preview")
@page_for(signed_in)
def attachment_preview(attachment_id: int) -> ResponseReturnValue:
    found = queries.access_attachment(attachment_id, current_actor())
    if not found.can_be_shown:
        raise NotFound(_("This kind of file cannot be shown here; please download it."))
    return give_out(found, inline=True)


def give_out(found: Attachment, *, inline: bool) -> ResponseReturnValue:
    """Send a file to the reader, to whom the caller has found it open.

    Raises WrongState for one in which a virus was found, and for one not looked into yet.
    """
    scanning.require_clean(found)
    actor = current_actor()
    if actor.is_staff and rules.is_personal(found.slot):
        with atomic():
            actions.note_reading(found, by=actor)
    answer = send_file(
        io.BytesIO(storage.get(found.sha256)),
        mimetype=found.file.media_type,
        as_attachment=not inline,
        download_name=found.name,
        etag=found.sha256,
    )
    sandbox = found.file.media_type != "application/pdf"
    answer.headers["Content-Security-Policy"] = ALONE + ("; sandbox" if sandbox else "")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store"
    return answer
