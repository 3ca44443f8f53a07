"""The list as its page shows it: rows, counts with their links, the form that narrows it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request, url_for
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField

from core import i18n
from core.divisions import Level
from core.divisions.queries import upper_divisions
from core.i18n import _, _l
from core.ui import plain_url
from registry.portal.filters import CHOICES, SIZES, Filters, Sort
from registry.portal.keyset import read_cursor
from registry.portal.listing import KEYS, Count, Listing, find

FACET_TITLES = {
    "track": _l("Track"),
    "type": _l("Type"),
    "status": _l("Status"),
    "street": _l("Street"),
}
#: What leads to another page of the list, and is worth nothing once the list has changed.
PLACES: dict[str, None] = {"after": None, "before": None}


class RegisterForm(FlaskForm):
    """What narrows the list beside the counts. Asked by GET, so that an address says it all."""

    class Meta:
        csrf = False

    founded_from = StringField(_l("Founded from"), render_kw={"placeholder": "2010"})
    founded_to = StringField(_l("Founded to"), render_kw={"placeholder": "2010-06-30"})
    sort = SelectField(_l("Order"), choices=())
    size = SelectField(_l("Per page"), choices=[(str(size), str(size)) for size in SIZES])


@dataclass(frozen=True)
class Facet:
    """The counts of one filter, ready for the page."""

    name: str
    title: str
    entries: list[dict[str, Any]]
    fault: str


@dataclass(frozen=True)
class Pager:
    """What the pagination macro asks for."""

    previous_url: str | None
    next_url: str | None
    total: int
    total_is_capped: bool


def context(filters: Filters) -> dict[str, Any]:
    """Return what the page of the register is made of."""
    column = KEYS[filters.sort][0]
    kind = None if column is None else date if "founded" in filters.sort else str
    found = find(
        filters,
        after=read_cursor(request.args.get("after"), kind),
        before=read_cursor(request.args.get("before"), kind),
    )
    facets = [_facet(name, filters, found) for name in FACET_TITLES]
    return {
        "filters": filters,
        "form": _form(filters),
        "rows": _rows(found),
        "columns": _columns(),
        "facets": facets,
        "chosen": _chosen(filters, facets),
        "pager": Pager(
            plain_url(after=None, before=str(found.previous)) if found.previous else None,
            plain_url(after=str(found.next), before=None) if found.next else None,
            found.total,
            found.total_is_capped,
        ),
    }


def _form(filters: Filters) -> RegisterForm:
    form = RegisterForm(
        formdata=None,
        founded_from=request.args.get("founded_from", ""),
        founded_to=request.args.get("founded_to", ""),
        sort=filters.sort.value,
        size=str(filters.size),
    )
    form.sort.choices = [(it.value, it.label) for it in Sort]
    for name, words in filters.faults.items():
        if name in form:
            form[name].errors = (words,)
    return form


def _columns() -> list[dict[str, Any]]:
    return [
        {"name": "name", "label": _("Name"), "url": "url", "main": True, "sort": "name"},
        {"name": "number", "label": _("Code or number"), "keep": True},
        {"name": "track", "label": _("Track"), "kind": "label"},
        {"name": "type", "label": _("Type"), "kind": "label"},
        {"name": "status", "label": _("Status"), "kind": "state"},
        {"name": "street", "label": _("Street")},
        {"name": "founded_on", "label": _("Founded on"), "kind": "day", "sort": "founded"},
    ]


def _rows(found: Listing) -> list[dict[str, Any]]:
    streets = _street_names()
    return [
        {
            "name": row.name,
            "url": url_for("portal.organization", number=row.number),
            "number": row.number,
            "track": row.track,
            "type": row.type,
            "status": row.status,
            "street": streets.get(row.street_id, ""),
            "founded_on": row.founded_on,
        }
        for row in found.rows
    ]


def _street_names() -> dict[int | None, str]:
    """Return the short names of all streets there ever were, in their customary order."""
    return {it.id: it.short_name for it in upper_divisions() if it.level is Level.STREET}


def _facet(name: str, filters: Filters, found: Listing) -> Facet:
    chosen = getattr(filters, name)
    counts = {count.value: count for count in found.facets[name]}
    names: dict[Any, str]
    if name == "street":
        names = {key: words for key, words in _street_names().items() if key is not None}
    else:
        members: Any = CHOICES[name]
        names = {member: member.label for member in members}
    entries = [
        {
            "label": words,
            "count": _number(counts.get(value)),
            "url": plain_url(**{name: None if value == chosen else str(value)}, **PLACES),
            "active": value == chosen,
        }
        for value, words in names.items()
        if value in counts or value == chosen
    ]
    return Facet(name, str(FACET_TITLES[name]), entries, filters.faults.get(name, ""))


def _number(count: Count | None) -> str:
    if count is None:
        return "0"
    return f"{count.number:,}+" if count.at_least else f"{count.number:,}"


def _chosen(filters: Filters, facets: list[Facet]) -> list[tuple[str, str]]:
    """Return the filters that are set, each with the address of the list without it."""
    chosen = [
        (f"{facet.title}{_(': ')}{entry['label']}", entry["url"])
        for facet in facets
        for entry in facet.entries
        if entry["active"]
    ]
    for name, words in (
        ("founded_from", _("Founded from %(day)s", day=i18n.day(filters.founded_from))),
        ("founded_to", _("Founded to %(day)s", day=i18n.day(filters.founded_to))),
    ):
        if getattr(filters, name) is not None:
            chosen.append((words, plain_url(**{name: None}, **PLACES)))
    return chosen
