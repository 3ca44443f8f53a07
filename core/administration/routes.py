"""The page of all settings, and the same list as a file."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from core.access import holding, page_for
from core.accounts import Role
from core.editions import proposals
from core.exports import Column, Kind, stream
from core.i18n import _, _l
from core.offered_settings import SettingGroup, SettingRow, groups
from core.ui import page

bp = Blueprint("administration", __name__, url_prefix="/settings")

READERS = (Role.ADMINISTRATOR, Role.BUREAU_HEAD, Role.AUDITOR)

readers = holding(*READERS)

COLUMNS = (
    Column(_l("Chapter"), "chapter"),
    Column(_l("What is set"), "label", width=40),
    Column(_l("What it does"), "does", width=60),
    Column(_l("In force"), "value", width=40),
    Column(_l("Since"), "since", Kind.DAY),
    Column(_l("Basis"), "source", width=40),
    Column(_l("Set by"), "set_by"),
    Column(_l("Confirmed by"), "confirmed_by"),
)


@bp.get("")
@page_for(readers)
def settings() -> ResponseReturnValue:
    sought, changed = request.args.get("q", "").strip()[:100], "changed" in request.args
    chapters = [(group, _rows(group, sought, changed)) for group in groups()]
    return page(
        "administration/settings.html",
        chapters=[
            (group, rows, _parts(rows))
            for group, rows in chapters
            if rows or not (sought or changed)
        ],
        sought=sought,
        changed=changed,
        proposals=proposals(),
    )


@bp.get("/all.<format>")
@page_for(readers)
def settings_export(format: str) -> Response:
    rows = [
        {**vars(row), "chapter": str(group.label), "does": row.does or group.does}
        for group in groups()
        for row in _rows(group, "", False)
    ]
    spoken = [{k: v if k == "since" else str(v) for k, v in row.items()} for row in rows]
    return stream(_("All settings"), COLUMNS, spoken, format)


def _rows(group: SettingGroup, sought: str, changed: bool) -> list[SettingRow]:
    """Return the rows of a chapter that have the words, and only those the office has set."""
    found = []
    for row in group.rows():
        words = f"{row.part}\n{row.label}\n{row.does}\n{row.value}\n{row.source}".lower()
        if sought.lower() in words and (row.since or not changed):
            found.append(row)
    return found


def _parts(rows: list[SettingRow]) -> list[tuple[str, list[SettingRow]]]:
    """Return the rows of a chapter under their headings, in their order; one without a heading."""
    parts: dict[str, list[SettingRow]] = {}
    for row in rows:
        parts.setdefault(str(row.part), []).append(row)
    return list(parts.items())
