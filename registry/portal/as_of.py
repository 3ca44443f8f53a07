"""The register as of a day: its list, its file, one organization, and what happened in a time."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

from flask import Response, request, url_for
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField

from core import clock, divisions, i18n
from core.days import WrittenDayField
from core.exports import Column, Kind, rows_of, stream
from core.forms import choices
from core.i18n import _, _l
from core.paging import Pager
from core.ui import plain_url
from registry.chronicle import events as happened
from registry.chronicle import queries as chronicle
from registry.chronicle.asked import Asked
from registry.chronicle.events import Wanted
from registry.chronicle.queries import Standing
from registry.chronicle.spans import Happening
from registry.organizations.kinds import (
    FilingCategory,
    OrganizationStatus,
    OrganizationType,
    Track,
)
from registry.portal import facts, filters
from registry.portal.pages import street_names, street_names_on, told

SIZE = 20


class DayForm(FlaskForm):
    """Of which day the register is to be shown. Asked by GET, so that an address says it all."""

    class Meta:
        csrf = False

    as_of = WrittenDayField(_l("As of"), description=_l("Any day until today"))
    q = StringField(_l("Name, code or number"))
    living = BooleanField(_l("Only organizations that existed on that day"))


class ChangesForm(FlaskForm):
    """What of the changes is to be shown. Asked by GET."""

    class Meta:
        csrf = False

    kind = SelectField(_l("What happened"))
    track = SelectField(_l("Track"))
    first = StringField(_l("From"), render_kw={"placeholder": "2010-03"})
    last = StringField(_l("To"), render_kw={"placeholder": "2010-06-30"})


def day_asked(written: str) -> tuple[date, str]:
    """Return the day that was asked for and what is wrong with it; today where something is."""
    today = clock.today()
    day = filters.day_of(written.strip(), last=True) if written.strip() else None
    if day is None:
        return today, _(
            "Please write a year or a day, such as 2010 or 2010-06-30. Below is the register of today."
        )
    if filters.day_of(written.strip(), last=False) > today:  # type: ignore[operator]
        return today, _("This day is yet to come; the register of today is shown.")
    return min(day, today), ""


def asked(day: date) -> Asked:
    """Return what the address asks of the register of a day: a street means what went into it."""
    known = filters.read(request.args)
    written = request.args.getlist("street")
    chosen = [int(it) for it in written if it.isdigit() and len(it) < 10]
    category = request.args.get("category", "")
    return Asked(
        words=known.q,
        track=known.track,
        type=known.type,
        category=FilingCategory(category) if category in set(FilingCategory) else None,
        status=known.status,
        streets={key for it in chosen for key in divisions.stands_for(it, day)} or None,
        communities=divisions.stands_for(known.community, day, divisions.Level.COMMUNITY)
        if known.community
        else None,
        founded_from=known.founded_from,
        founded_to=known.founded_to,
        living=request.args.get("living") in ("1", "y"),
    )


def register_page() -> dict[str, Any]:
    """Return what the page of the register as of a day is made of."""
    day, fault = day_asked(request.args.get("as_of", ""))
    wanted = asked(day)
    after = request.args.get("after", "")
    found = chronicle.register_on(
        day, wanted, size=SIZE, after=int(after) if after.isdigit() and len(after) < 18 else None
    )
    form = DayForm(
        formdata=None,
        as_of=request.args.get("as_of", "") if fault else day.isoformat(),
        q=wanted.words,
        living=wanted.living,
    )
    if fault:
        form.as_of.errors = (fault,)
    return {
        "day": day,
        "form": form,
        "asked": wanted,
        "rows": [_row(it, day) for it in found.rows],
        "columns": _columns(),
        "facets": _facets(found.counted, wanted, day),
        "kept": _kept(),
        "first_day": chronicle.first_day(),
        "exports": [
            (name.upper(), url_for("portal.download_as_of", format=name, **_arguments()))
            for name in ("csv", "xlsx")
        ],
        "pager": Pager(
            None,
            plain_url(after=found.next) if found.next else None,
            found.counted.total,
            found.counted.total_is_capped,
        ),
    }


def _arguments() -> dict[str, Any]:
    return {name: values for name, values in request.args.lists() if name in KNOWN}


KNOWN = frozenset(
    {
        "as_of", "q", "track", "type", "category", "status", "street", "community", "founded_from",
        "founded_to", "living",
    }
)  # fmt: skip


def _kept() -> list[tuple[str, str]]:
    """Return the filters that the form does not show, to be sent along with it."""
    shown = {"as_of", "q", "living", "after"}
    return [(n, v) for n, values in _arguments().items() if n not in shown for v in values]


def _columns() -> list[dict[str, Any]]:
    return [
        {"name": "name", "label": _("Name"), "url": "url", "main": True},
        {"name": "number", "label": _("Code or number"), "keep": True},
        {"name": "status", "label": _("Status"), "kind": "state"},
        {"name": "type", "label": _("Type")},
        {"name": "street", "label": _("Street")},
        {"name": "founded_on", "label": _("Founded on")},
    ]


def _row(it: Standing, day: date) -> dict[str, Any]:
    return {
        "name": it.facts.get("name") or "",
        "url": url_for("portal.organization", number=it.number, as_of=day.isoformat()),
        "number": it.number,
        "status": it.status,
        "type": facts.spoken("type", it.facts.get("type")),
        "street": street_names_on(day).get(it.facts.get("street_id"), ""),
        "founded_on": facts.spoken("founded_on", it.facts.get("founded_on")),
    }


def _facets(counted: chronicle.Counted, wanted: Asked, day: date) -> list[dict[str, Any]]:
    today, on_map = divisions.shown_as(day), Counter[Any]()
    for key, number in counted.facets["street"].items():
        on_map[today.get(key, key)] += number
    counts = {**counted.facets, "street": on_map}
    titles = {"track": Track, "type": OrganizationType, "status": OrganizationStatus}
    words = {"track": _("Track"), "type": _("Type"), "status": _("Status"), "street": _("Street")}
    shown: list[dict[str, Any]] = []
    for name, title in words.items():
        members: Any = titles.get(name, ())
        named = {it.value: it.label for it in members} if name != "street" else street_names()
        chosen = {getattr(wanted, name)} if name != "street" else set(wanted.streets or ())
        entries = [
            {
                "label": label,
                "count": told(counts[name].get(value, 0), at_least=name in counted.beyond),
                "url": plain_url(**{name: None if value in chosen else str(value), "after": None}),
                "active": value in chosen,
            }
            for value, label in named.items()
            if value in counts[name] or value in chosen
        ]
        shown.append({"title": title, "entries": entries})
    return shown


def download(format: str) -> Response:
    """Return the register as of a day as a file. Of filed groups no private person is named."""
    day, _fault = day_asked(request.args.get("as_of", ""))
    streets = street_names_on(day, full=True)

    def fact(name: str) -> Any:
        return lambda row: facts.spoken(name, row.facts.get(name))

    columns = (
        Column(_l("Name"), fact("name"), width=40),
        Column(_l("Unified social credit code"), fact("unified_code")),
        Column(_l("Filing number"), fact("filing_number")),
        Column(_l("Type"), fact("type")),
        Column(_l("Category"), fact("category")),
        Column(_l("Status"), lambda row: OrganizationStatus(row.status), Kind.LABEL),
        Column(_l("Street"), lambda row: streets.get(row.facts.get("street_id"), "")),
        Column(_l("Domicile"), fact("domicile"), width=40),
        Column(_l("Founded on"), lambda row: row.facts.get("founded_on")),
        Column(_l("Scope of activities"), fact("scope"), width=60),
    )
    rows: Iterator[Any] = rows_of(chronicle.everything_on(day, asked(day)))
    said = _("as of %(day)s", day=i18n.day(day))
    return stream(_("Register of social organizations"), columns, rows, format, filters=said)


# --- one organization


def organization_page(organization: Any, day: date) -> dict[str, Any]:
    """Return the facts of an organization as of a day, in words; `version` is None before it."""
    version = chronicle.standing_on(organization.id, day)
    if version is None:
        return {"day": day, "version": None, "facts": [], "status": None, "name": ""}
    said: dict[str, Any] = {name: version.facts.get(name) for name in (*facts.LABELS, "details")}
    if said["ended_on"] and said["ended_on"] > day.isoformat():
        said |= {"status": OrganizationStatus.ACTIVE.value, "ended_on": None}
    return {
        "day": day,
        "version": version,
        "name": said["name"],
        "number": said["unified_code"] or said["filing_number"],
        "track": Track(said["track"]),
        "status": OrganizationStatus(said["status"]),
        "facts": facts.facts_of(SimpleNamespace(**said), day),
    }


# --- what happened


def changes_page() -> dict[str, Any]:
    """Return what the page of the changes is made of."""
    form = ChangesForm(request.args)
    form.kind.choices = choices(
        [("", _("Everything")), *((it.value, it.label) for it in Happening)]
    )
    form.track.choices = choices([("", _("Both")), *((it.value, it.label) for it in Track)])
    first = _bound(form.first, last=False)
    last = _bound(form.last, last=True)
    kind, track = request.args.get("kind", ""), request.args.get("track", "")
    wanted = Wanted(
        kind=Happening(kind) if kind in set(Happening) else None,
        track=Track(track) if track in set(Track) else None,
        first=first,
        last=last,
    )
    events, after = happened.list_events(wanted, size=SIZE, after=_key(request.args.get("after")))
    narrowed = sum(it is not None for it in (wanted.kind, wanted.track, first, last))
    return {
        "form": form,
        "events": events,
        "narrowed": narrowed,
        "pager": Pager(
            None,
            plain_url(after=f"{after[0]}_{after[1]}") if after else None,
            *happened.count_events(wanted),
        ),
    }


def _bound(field: Any, *, last: bool) -> date | None:
    written = (field.data or "").strip()
    day = filters.day_of(written, last=last) if written else None
    if written and day is None:
        field.errors = (_("Please write a year or a day, such as 2010 or 2010-06-30."),)
    return day


def _key(written: str | None) -> tuple[str, int] | None:
    day, _line, number = (written or "").partition("_")
    if not number.isdigit() or len(number) > 18:
        return None
    try:
        return date.fromisoformat(day).isoformat(), int(number)
    except ValueError:
        return None
