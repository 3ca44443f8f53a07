"""A list as an answer to download."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from flask import Response, stream_with_context
from sqlalchemy import Select

from core import clock
from core.db import db
from core.errors import NotFound
from core.exports.columns import Column
from core.exports.files import as_csv, as_xlsx
from core.i18n import _

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
#: Rows fetched from the database at once.
FETCHED = 1000


def rows_of(query: Select[*tuple[Any, ...]]) -> Iterator[Any]:
    """Yield what `query` selects, a stretch at a time: models as such, several columns as rows."""
    found = db.session.execute(query.execution_options(yield_per=FETCHED))
    alone = len(query.column_descriptions) == 1
    yield from (found.scalars() if alone else found)


def stream(
    name: str, columns: Sequence[Column], rows: Iterable[Any], format: str, *, filters: str = ""
) -> Response:
    """Return `rows` as a download in `format`, "csv" or "xlsx"; its name tells list, filter, day.

    `rows` are read while the answer is sent, in the request's own session.
    Raises NotFound for another format.
    """
    if format not in FORMATS:
        raise NotFound(_("This list is offered as CSV and XLSX."))
    pieces = (
        as_csv(columns, rows)
        if format == "csv"
        else as_xlsx(columns, rows, title=name, filters=filters)
    )
    answer = Response(stream_with_context(pieces), content_type=FORMATS[format])
    # A header is Latin; browsers take the second name, and only very old ones the first.
    full = quote(file_name(name, filters, format), safe="")
    plain = f"list_{clock.today():%Y%m%d}.{format}"
    answer.headers["Content-Disposition"] = f"attachment; filename={plain}; filename*=UTF-8''{full}"
    return answer


def file_name(name: str, filters: str, format: str) -> str:
    """Return 名称_条件_20260302.csv, without anything a file system may not like."""
    parts = [name, filters, f"{clock.today():%Y%m%d}"]
    plain = (re.sub(r'[\s/\\:*?"<>|\x00-\x1f]+', "-", part).strip("-.")[:80] for part in parts)
    return f"{'_'.join(part for part in plain if part)}.{format}"
