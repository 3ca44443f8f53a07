"""The list as a file: what the public may read of every organization in it.

The Chinese headings are those that `flask register import` reads.
"""

from typing import Any

from flask import Response

from core.exports import Column, Kind, rows_of, stream
from core.i18n import _, _l
from registry.organizations import search
from registry.organizations.kinds import Track
from registry.portal.filters import Filters
from registry.portal.pages import described, street_names_on

EXPORTED = (
    "unified_code",
    "filing_number",
    "track",
    "type",
    "category",
    "status",
    "legal_representative",
    "street_id",
    "domicile",
    "founded_on",
    "ended_on",
    "valid_until",
    "registered_funds",
    "sponsor_name",
    "scope",
)


def columns() -> tuple[Column, ...]:
    """Return the columns of the file."""
    streets = street_names_on(full=True)

    def street(row: Any) -> str:
        return streets.get(row.street_id, "")

    def representative(row: Any) -> str | None:
        """The law publishes the representative of a legal person, not of a group of neighbours."""
        return row.legal_representative if row.track is Track.REGISTERED else None

    return (
        Column(_l("Name"), "name", width=40),
        Column(_l("Unified social credit code"), "unified_code"),
        Column(_l("Filing number"), "filing_number"),
        Column(_l("Type"), "type", Kind.LABEL),
        Column(_l("Category"), "category", Kind.LABEL),
        Column(_l("Status"), "status", Kind.LABEL),
        Column(_l("Legal representative"), representative),
        Column(_l("Street"), street),
        Column(_l("Domicile"), "domicile", width=40),
        Column(_l("Founded on"), "founded_on", Kind.DAY),
        Column(_l("Ended on"), "ended_on", Kind.DAY),
        Column(_l("Valid until"), "valid_until", Kind.DAY),
        Column(_l("Registered funds"), "registered_funds", Kind.MONEY),
        Column(_l("Sponsor unit"), "sponsor_name"),
        Column(_l("Scope of activities"), "scope", width=60),
    )


def download(filters: Filters, format: str) -> Response:
    """Return everything that `filters` ask for, in the order of the list."""
    rows = rows_of(search.everything(filters, EXPORTED))
    return stream(
        _("Register of social organizations"),
        columns(),
        rows,
        format,
        filters=described(filters),
    )
