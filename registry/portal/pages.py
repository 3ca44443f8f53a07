"""The list as its page shows it: rows, counts with their links, the form that narrows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request, url_for
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField

from core import divisions, i18n
from core.db import db
from core.divisions import Division, Level
from core.divisions.names import short_name
from core.divisions.queries import upper_divisions
from core.errors import RuleBroken
from core.exports import FORMATS
from core.forms import choices
from core.i18n import _, _l
from core.memory import remembered
from core.paging import Pager
from core.ui import plain_url
from registry.organizations import search
from registry.organizations.listing import Sort
from registry.organizations.search import Count, Found
from registry.portal.filters import CHOICES, SIZES, Filters
from registry.portal.listing import rows_of

FACET_TITLES = {
    "track": _l("Track"),
    "type": _l("Type"),
    "status": _l("Status"),
    "street": _l("Street"),
    "community": _l("Community"),
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
    size = SelectField(_l("Per page"), choices=choices((str(size), str(size)) for size in SIZES))


@dataclass(frozen=True)
class Facet:
    """The counts of one filter, ready for the page."""

    name: str
    title: str
    entries: list[dict[str, Any]]
    fault: str


def context(filters: Filters) -> dict[str, Any]:
    """Return what the page of the register is made of."""
    found = _find(filters)
    facets = [_facet(name, filters, found) for name in FACET_TITLES if name in found.facets]
    previous, following = found.page.previous, found.page.next
    return {
        "filters": filters,
        "form": _form(filters),
        "rows": _rows(found),
        "columns": _columns(),
        "facets": facets,
        "chosen": [(words, _without(name)) for name, words in _spoken(filters).items()],
        "exports": [(format.upper(), _download_url(format)) for format in FORMATS],
        "pager": Pager(
            plain_url(after=None, before=previous) if previous else None,
            plain_url(after=following, before=None) if following else None,
            found.total,
            found.total_is_capped,
        ),
    }


def _find(filters: Filters) -> Found:
    """Return the page at the cursor of the address; the first one where that leads nowhere."""
    try:
        return search.find(filters, request.args.get("after") or request.args.get("before"))
    except RuleBroken:
        return search.find(filters)


def _download_url(format: str) -> str:
    """Return the address of the present list as a file."""
    query = plain_url(**PLACES).partition("?")[2]
    return url_for("portal.download", format=format) + (f"?{query}" if query else "")


def _form(filters: Filters) -> RegisterForm:
    form = RegisterForm(
        formdata=None,
        founded_from=request.args.get("founded_from", ""),
        founded_to=request.args.get("founded_to", ""),
        sort=filters.sort.value,
        size=str(filters.size),
    )
    form.sort.choices = choices((it.value, it.label) for it in Sort)
    for name, words in filters.faults.items():
        if name in form:
            form[name].errors = (words,)
    return form


def _columns() -> list[dict[str, Any]]:
    return [
        {"name": "name", "label": _("Name"), "url": "url", "main": True, "sort": "name"},
        {"name": "number", "label": _("Code or number"), "keep": True},
        {"name": "status", "label": _("Status"), "kind": "state"},
        {"name": "type", "label": _("Type"), "kind": "label"},
        {"name": "street", "label": _("Street")},
        {"name": "founded_on", "label": _("Founded on"), "kind": "day", "sort": "founded"},
    ]


def _rows(found: Found) -> list[dict[str, Any]]:
    streets = street_names_on()
    return [
        {
            "name": row.name,
            "url": url_for("portal.organization", number=row.number),
            "number": row.number,
            "type": row.type,
            "status": row.status,
            "street": streets.get(row.street_id, ""),
            "founded_on": row.founded_on,
        }
        for row in rows_of(found.ids)
    ]


def street_names(*, full: bool = False) -> dict[int | None, str]:
    """Return the names of all streets there ever were, in their customary order; short or full."""

    def load() -> Sequence[Any]:
        order = (Division.position, Division.id)
        query = db.select(Division.id, Division.name).where(Division.level == Level.STREET)
        return db.session.execute(query.order_by(*order)).all()

    streets = remembered(Division, "street names", load)
    return {it.id: it.name if full else short_name(it.name) for it in streets}


def _without(name: str) -> str:
    """Return this page's address without a filter; without its street, a community goes too."""
    also = {"community": None} if name == "street" else {}
    return plain_url(**{name: None, **also}, **PLACES)


def community_names() -> dict[int, str]:
    """Return the names of all communities there ever were, in their customary order."""
    level = Level.COMMUNITY
    return {it.id: it.short_name for it in upper_divisions() if it.level is level}


def street_names_on(day: date | None = None, *, full: bool = False) -> dict[int | None, str]:
    """Return the names of all streets, each as the map of a day (today) shows it."""
    names = street_names(full=full)
    return {key: names[place] for key, place in divisions.shown_as(day).items()}


def _facet(name: str, filters: Filters, found: Found) -> Facet:
    chosen = getattr(filters, name)
    counts = {count.value: count for count in found.facets[name]}
    names: dict[Any, str]
    if name == "street":
        names = {key: words for key, words in street_names().items() if key is not None}
    elif name == "community":
        names = community_names()
    else:
        members: Any = CHOICES[name]
        names = {member: member.label for member in members}
    # The address is the same for all but one argument: it is put together once.
    without = _without(name)
    joint = "" if without.endswith("?") else "&"
    entries = [
        {
            "label": words,
            "count": _number(counts.get(value)),
            "url": without if value == chosen else f"{without}{joint}{name}={value}",
            "active": value == chosen,
        }
        for value, words in names.items()
        if value in counts or value == chosen
    ]
    return Facet(name, str(FACET_TITLES[name]), entries, filters.faults.get(name, ""))


def _number(count: Count | None) -> str:
    return "0" if count is None else told(count.number, at_least=count.at_least)


def told(number: int, *, at_least: bool) -> str:
    """Return a count beside a filter, as in 1,000+ where not all were counted."""
    return f"{number:,}+" if at_least else f"{number:,}"


def _spoken(filters: Filters) -> dict[str, str]:
    """Return the filters that are set, in words."""
    street = street_names().get(filters.street, "") if filters.street else ""
    said = {
        "track": filters.track and filters.track.label,
        "type": filters.type and filters.type.label,
        "status": filters.status and filters.status.label,
        "street": street,
        "community": community_names().get(filters.community, "") if filters.community else "",
        "founded_from": filters.founded_from
        and _("Founded from %(day)s", day=i18n.day(filters.founded_from)),
        "founded_to": filters.founded_to
        and _("Founded to %(day)s", day=i18n.day(filters.founded_to)),
    }
    return {name: words for name, words in said.items() if words}


def described(filters: Filters) -> str:
    """Return in words how the list is narrowed: 锦江，备案，春熙路; "" where it is not."""
    return _(", ").join([*([filters.q] if filters.q else []), *_spoken(filters).values()])
