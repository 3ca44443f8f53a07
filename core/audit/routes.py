from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from core.access import holding, page_for
from core.accounts.actor import current_actor
from core.accounts.roles import Role
from core.audit import queries
from core.audit.actions import record
from core.audit.forms import AuditSearch
from core.audit.telling import in_stretches, tell
from core.db import atomic
from core.exports import Column, Kind, rows_of, stream
from core.i18n import _, _l
from core.ui import page

bp = Blueprint("audit", __name__, url_prefix="/audit")
READERS = (Role.AUDITOR, Role.BUREAU_HEAD)

#: Of rows of (entry with the name of the body, the entry in words).
COLUMNS = (
    Column(_l("Day"), lambda row: row[0][0].day, Kind.DAY),
    Column(_l("Number"), lambda row: row[0][0].place, Kind.NUMBER),
    Column(_l("Moment"), lambda row: row[0][0].at, Kind.MOMENT),
    Column(_l("Person"), lambda row: row[1].person),
    Column(_l("Acting for"), lambda row: row[0].body_name),
    Column(_l("Action"), lambda row: row[1].action),
    Column(_l("Code of the action"), lambda row: row[0][0].action),
    Column(_l("Record concerned"), lambda row: row[1].spoken, width=40),
    Column(_l("Changes"), lambda row: _("; ").join(row[1].changes), width=60),
    Column(_l("Note"), lambda row: row[1].note, width=40),
    Column(_l("Network address"), lambda row: row[0][0].address),
    Column(_l("Request number"), lambda row: row[0][0].request_id),
    Column(_l("Digest"), lambda row: row[0][0].digest, width=70),
)


@bp.get("")
@page_for(holding(*READERS))
def entries() -> ResponseReturnValue:
    search = AuditSearch(request.args)
    narrowing = search.narrowing()
    search.offer_actions()
    found = queries.list_entries(narrowing, after=request.args.get("after"))
    rows = tell(found.items, queries.body_names(found), current_actor())
    return page("audit/entries.html", search=search, narrowing=narrowing, found=found, rows=rows)


@bp.get("/export.<format>")
@page_for(holding(*READERS))
def entries_export(format: str) -> ResponseReturnValue:
    narrowing = AuditSearch(request.args).narrowing()
    described = narrowing.described()
    with atomic():
        record("audit:export", by=current_actor(), note=described)
    rows = in_stretches(rows_of(queries.oldest_first(narrowing)))
    return stream(_("Record of actions"), COLUMNS, rows, format, filters=described)


@bp.get("/days")
@page_for(holding(*READERS))
def days() -> ResponseReturnValue:
    return page("audit/days.html", roots=queries.list_roots())
