from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from core.access import holding, page_for
from core.accounts.actor import current_actor
from core.accounts.roles import Role
from core.audit import queries
from core.audit.actions import record
from core.audit.forms import AuditSearch
from core.audit.wording import said_action, said_person, said_subject
from core.db import atomic
from core.exports import Column, Kind, rows_of, stream
from core.i18n import _, _l
from core.ui import page

bp = Blueprint("audit", __name__, url_prefix="/audit")
READERS = (Role.AUDITOR, Role.BUREAU_HEAD)

COLUMNS = (
    Column(_l("Day"), lambda row: row[0].day, Kind.DAY),
    Column(_l("Number"), lambda row: row[0].place, Kind.NUMBER),
    Column(_l("Moment"), lambda row: row[0].at, Kind.MOMENT),
    Column(_l("Person"), lambda row: said_person(row[0].actor_name, row[0].actor_id)),
    Column(_l("Acting for"), lambda row: row.body_name),
    Column(_l("Action"), lambda row: said_action(row[0].action)),
    Column(_l("Code of the action"), lambda row: row[0].action),
    Column(
        _l("Record concerned"), lambda row: said_subject(row[0].subject_type, row[0].subject_id)
    ),
    Column(_l("Changes"), lambda row: "; ".join(_changes(row[0].changes)), width=60),
    Column(_l("Note"), lambda row: row[0].note, width=40),
    Column(_l("Network address"), lambda row: row[0].address),
    Column(_l("Request number"), lambda row: row[0].request_id),
    Column(_l("Digest"), lambda row: row[0].digest, width=70),
)


@bp.get("")
@page_for(holding(*READERS))
def entries() -> ResponseReturnValue:
    search = AuditSearch(request.args)
    narrowing = search.narrowing()
    search.offer_actions()
    found = queries.list_entries(narrowing, after=request.args.get("after"))
    bodies = queries.body_names(found)
    rows = [
        {
            "at": entry.at,
            "person": said_person(entry.actor_name, entry.actor_id),
            "body": bodies.get(entry.body_id or 0, ""),
            "action": said_action(entry.action),
            "subject": said_subject(entry.subject_type, entry.subject_id),
            "case_id": entry.case_id,
            "changes": _changes(entry.changes),
            "note": entry.note,
        }
        for entry in found.items
    ]
    return page("audit/entries.html", search=search, narrowing=narrowing, found=found, rows=rows)


@bp.get("/export.<format>")
@page_for(holding(*READERS))
def entries_export(format: str) -> ResponseReturnValue:
    narrowing = AuditSearch(request.args).narrowing()
    described = narrowing.described()
    with atomic():
        record("audit:export", by=current_actor(), note=described)
    rows = rows_of(queries.oldest_first(narrowing))
    return stream(_("Record of actions"), COLUMNS, rows, format, filters=described)


@bp.get("/days")
@page_for(holding(*READERS))
def days() -> ResponseReturnValue:
    return page("audit/days.html", roots=queries.list_roots())


def _changes(changes: dict[str, object]) -> list[str]:
    lines = []
    for name, pair in changes.items():
        before, after = pair if isinstance(pair, list) and len(pair) == 2 else (None, pair)
        lines.append(f"{name}: {_shown(before)} → {_shown(after)}")
    return lines


def _shown(value: object) -> str:
    return "—" if value is None or value == "" else str(value)
