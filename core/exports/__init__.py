"""Any list as a file: CSV and XLSX, streamed, the same however long the list is.

    COLUMNS = (
        Column(_l("Name"), "name"),
        Column(_l("Registered funds"), "funds", Kind.MONEY),
        Column(_l("Street"), lambda o: o.division.name),
    )

    @bp.get("/organizations.<format>")
    @page_for(anyone)
    def organizations_export(format: str) -> ResponseReturnValue:
        rows = rows_of(queries.list_public(filters))
        return stream(_("Organizations"), COLUMNS, rows, format, filters=filters.described())

`filters` says in words how the list was narrowed; it stands in the name of the file.
"""

from flask import Flask

from core.exports.columns import Column, Kind
from core.exports.responses import FORMATS, rows_of, stream

__all__ = ["FORMATS", "Column", "Kind", "init_app", "rows_of", "stream"]


def init_app(app: Flask) -> None:
    """Nothing to mount: lists offer their own exports."""
