"""The pictures: from figures to a finding, a drawing, a table whose numbers lead to lists."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import url_for

from core import clock, divisions, i18n
from core.divisions.figures import Known
from core.i18n import _
from registry.chronicle.spans import Happening
from registry.organizations.kinds import FilingCategory, OrganizationType, Track
from registry.statistics import findings, times
from registry.statistics.places import Map, Place, people_of, places
from registry.statistics.queries import Register, last_day, month_ends

R, F = Track.REGISTERED, Track.FILED

#: A year's flow is shown for so many years.
YEARS_OF_FLOW = 12


class Counted(int):
    """A number that a list counts: `url` is the address of that list."""

    endpoint: str
    asked: dict[str, Any]

    @property
    def url(self) -> str:
        return url_for(self.endpoint, **self.asked)


def counted(number: int, endpoint: str, **asked: Any) -> Counted:
    """Return `number`, which the list at `endpoint` counts when it is asked so."""
    it = Counted(number)
    it.endpoint, it.asked = endpoint, {k: v for k, v in asked.items() if v is not None}
    return it


def standing(number: int, day: date, **asked: Any) -> Counted:
    """Return a number of organizations that lived on a day."""
    return counted(number, "portal.register", as_of=day.isoformat(), living=1, **asked)


def happened(number: int, kind: Happening, track: Track, first: date, last: date) -> Counted:
    """Return a number of happenings between two days, both counted."""
    days = {"first": first.isoformat(), "last": last.isoformat()}
    return counted(number, "portal.changes", kind=kind.value, track=track.value, **days)


@dataclass(frozen=True)
class Picture:
    """One picture. `draw` is "lines" (with `points` and series), "bars" or "stack" (with parts);
    `rows` are those of the table, their first cell the head of the row.
    """

    key: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    draw: str
    values: Sequence[Any] = ()
    points: Sequence[str] = ()
    parts: Sequence[str] = ()
    unit: str = ""
    note: str = ""
    source: str = ""
    empty: bool = False


@dataclass(frozen=True)
class Frame:
    """What the pictures show: a year, until which day of it, on which map."""

    year: int
    day: date
    map: Map = Map.THEN
    known: dict[int, Known] = field(default_factory=dict)

    @property
    def before(self) -> date:
        """The last day of the year before."""
        return date(self.year - 1, 12, 31)


def frame(year: int, kind: Map = Map.THEN, until: date | None = None) -> Frame:
    """Return the frame of a year, which ends with `until` (today unless said) where it runs on."""
    day = min(last_day(year), until or clock.today())
    return Frame(year, day, kind, divisions.known("population", day))


def of_register(register: Register, shown: Frame) -> list[Picture]:
    """Return the pictures of the register, in the order of the page."""
    return [
        months(register, shown),
        years(register, shown),
        flow(register, shown),
        flow_by_year(register, shown),
        streets(register, shown),
        types(register, shown),
        categories(register, shown),
        density(register, shown),
        density_by_street(register, shown),
    ]


# --- stock and flow


def _stock(register: Register, day: date) -> list[Counted]:
    return [standing(register.stock(it, day), day, track=it.value) for it in (R, F)]


def _tracks() -> list[str]:
    return [R.label, F.label]


def months(register: Register, shown: Frame) -> Picture:
    """Return the stock of both tracks at the ends of the months of a year."""
    ends = [shown.before, *month_ends(shown.year, shown.day)]
    table = [_stock(register, day) for day in ends]
    numbers = list(range(len(ends)))
    both = [[row[place] for row in table] for place in (0, 1)]
    moved = max(both, key=lambda values: abs(values[-1] - values[0]))
    what = [_("Registered organizations"), _("Filed groups")][both.index(moved)]
    return Picture(
        "months",
        findings.grew(what, moved, numbers),
        [_("End of"), *_tracks()],
        [[_month(day), *row] for day, row in zip(ends, table, strict=True)],
        "lines",
        values=list(zip(_tracks(), both, strict=True)),
        points=[_short(day) for day in ends],
        note=_("Organizations that lived on the last day of each month."),
    )


def years(register: Register, shown: Frame) -> Picture:
    """Return the stock of both tracks at the ends of all years."""
    first = register.first_year
    ends = [min(last_day(year), shown.day) for year in range(first, shown.year + 1)]
    table = [_stock(register, day) for day in ends]
    last = table[-1] if table else [0, 0]
    return Picture(
        "years",
        findings.tracks(last[0], last[1]),
        [_("End of"), *_tracks()],
        [[str(day.year), *row] for day, row in zip(ends, table, strict=True)],
        "lines",
        values=[(name, [row[place] for row in table]) for place, name in enumerate(_tracks())],
        points=[str(day.year) for day in ends],
        empty=not table,
    )


FLOWS = (
    (Happening.FOUNDED, R),
    (Happening.FOUNDED, F),
    (Happening.UPGRADED, R),
    (Happening.ENDED, R),
    (Happening.ENDED, F),
)


def _flow_columns() -> list[str]:
    return [
        _("founded, registered"),
        _("founded, filed"),
        _("upgraded to registered"),
        _("ended, registered"),
        _("ended, filed"),
    ]


def _flow_row(register: Register, first: date, last: date) -> list[Counted]:
    return [
        happened(register.happened(kind, track, first, last), kind, track, first, last)
        for kind, track in FLOWS
    ]


def flow(register: Register, shown: Frame) -> Picture:
    """Return what came and went in each month of a year."""
    ends = list(month_ends(shown.year, shown.day))
    table = [_flow_row(register, day.replace(day=1), day) for day in ends]
    founded, ended = (sum(sum(row[a:b]) for row in table) for a, b in ((0, 2), (3, 5)))
    return Picture(
        "flow",
        findings.flow(shown.year, founded, ended),
        [_("Month"), *_flow_columns()],
        [[_month(day), *row] for day, row in zip(ends, table, strict=True)],
        "stack",
        parts=_flow_columns()[:2],
        values=[(_month(day), row[:2]) for day, row in zip(ends, table, strict=True)],
        note=_("Drawn is what was founded; the table has what rose and what ended as well."),
        empty=not founded,
    )


def flow_by_year(register: Register, shown: Frame) -> Picture:
    """Return what came and went in each of the last years."""
    first = max(register.first_year, shown.year - YEARS_OF_FLOW + 1)
    spans = [
        (date(year, 1, 1), min(last_day(year), shown.day)) for year in range(first, shown.year + 1)
    ]
    table = [_flow_row(register, *span) for span in spans]
    founded = [(str(a.year), sum(row[:2])) for (a, _b), row in zip(spans, table, strict=True)]
    return Picture(
        "flow-by-year",
        findings.peak(founded),
        [_("Year"), *_flow_columns()],
        [[str(a.year), *row] for (a, _b), row in zip(spans, table, strict=True)],
        "stack",
        parts=_flow_columns()[:2],
        values=[(str(a.year), row[:2]) for (a, _b), row in zip(spans, table, strict=True)],
        note=_("Organizations founded, by year."),
        empty=not any(n for _name, n in founded),
    )


# --- where and what


def streets(register: Register, shown: Frame) -> Picture:
    """Return the stock of both tracks by street, on the map that was chosen."""
    found = register.streets(shown.day)
    rows: list[tuple[str, list[int]]] = []
    for place in _places(register, shown):
        own = [sum(found[key, it.value] for key in place.ids) for it in (R, F)]
        ids = sorted(place.ids)
        rows.append(
            (
                place.name,
                [
                    standing(n, shown.day, track=it.value, street=ids)
                    for n, it in zip(own, (R, F), strict=True)
                ],
            )
        )
    nowhere = [found[None, it.value] for it in (R, F)]
    if any(nowhere):
        rows.append((_("Street not recorded"), nowhere))
    counts = [(name, sum(values)) for name, values in rows]
    return Picture(
        "streets",
        findings.most(counts, _("No organization is recorded in a street")),
        [_("Street"), *_tracks()],
        [[name, *values] for name, values in rows],
        "stack",
        parts=_tracks(),
        values=rows,
        note=_at(shown),
        empty=not any(n for _name, n in counts),
    )


def _places(register: Register, shown: Frame) -> list[Place]:
    used = {key for key, _track in register.streets(shown.day) if key is not None}
    return places(shown.map, shown.day, used)


def _at(shown: Frame) -> str:
    return _("At the end of %(day)s. %(map)s.", day=i18n.day(shown.day), map=shown.map.label)


def types(register: Register, shown: Frame) -> Picture:
    """Return the stock by type."""
    found = register.types(shown.day)
    bars = [
        (it.label, standing(found[it], shown.day, type=it.value))
        for it in OrganizationType
        if found[it]
    ]
    return Picture(
        "types",
        findings.most(bars, _("No organization stands on the register")),
        [_("Type"), _("Organizations")],
        bars,
        "bars",
        values=bars,
        empty=not bars,
    )


def categories(register: Register, shown: Frame) -> Picture:
    """Return the stock of filed groups by what they do."""
    found = register.categories(shown.day)
    bars = [
        (it.label, standing(found[it], shown.day, category=it.value))
        for it in FilingCategory
        if found[it]
    ]
    return Picture(
        "categories",
        findings.most(bars, _("No filed group has a category")),
        [_("Category of filed groups"), _("Groups")],
        bars,
        "bars",
        values=bars,
        empty=not bars,
    )


# --- people


def density(register: Register, shown: Frame) -> Picture:
    """Return how many people of the district there were for an organization, year by year."""
    district = divisions.the_district()
    figures = divisions.figures(district, "population") if district else []
    known = [(on, int(value)) for on, value in figures if on is not None and on <= shown.day]
    rows: list[tuple[int, int, int, date, int | None]] = []
    for year in range(max(register.first_year, known[0][0].year), shown.year + 1) if known else ():
        day = min(last_day(year), shown.day)
        on, people = [it for it in known if it[0] <= day][-1]
        living = sum(register.stock(it, day) for it in (R, F))
        rows.append((year, living, people, on, people // living if living else None))
    source = shown.known[district.id].source if district and district.id in shown.known else ""
    return Picture(
        "density",
        findings.density([(row[0], row[4]) for row in rows]),
        [_("End of"), _("Organizations"), _("People"), _("Counted on"), _("People for each")],
        [
            [
                str(year),
                standing(living, min(last_day(year), shown.day)),
                people,
                i18n.day(on),
                each,
            ]
            for year, living, people, on, each in rows
        ],
        "lines",
        values=[(_("People for each organization"), [row[4] for row in rows])],
        points=[str(row[0]) for row in rows],
        note=_("The population is the latest that was counted by then."),
        source=source,
        empty=not any(row[4] for row in rows),
    )


def density_by_street(register: Register, shown: Frame) -> Picture:
    """Return how many people of each street there are for an organization."""
    found = register.streets(shown.day)
    rows: list[list[Any]] = []
    for place in _places(register, shown):
        living = sum(found[key, it.value] for key in place.ids for it in (R, F))
        people = people_of(place, shown.known)
        each = people.number // living if people and living else None
        number = standing(living, shown.day, street=sorted(place.ids))
        if people:
            day = i18n.day(people.on) if people.on else ""
            rows.append([place.name, number, people.number, day, each])
        elif place.on_map:
            rows.append([place.name, number, None, None, None])
    bars = [(row[0], row[4]) for row in rows if row[4] is not None]
    sources = {it.source for key, it in shown.known.items() if it.source}
    return Picture(
        "density-by-street",
        findings.density_of_streets(bars),
        [_("Street"), _("Organizations"), _("People"), _("Counted on"), _("People for each")],
        rows,
        "bars",
        values=bars,
        note=_at(shown),
        source=_(", ").join(sorted(sources)),
        empty=not bars,
    )


# --- time to decide


def of_times(found: Sequence[times.Times], *, offices: bool = False) -> Picture:
    """Return how long decisions took, by kind of case, or by kind and office."""
    shown = [it for it in found if it.decided or it.open_late]
    named = [(_name(it, offices), it) for it in shown]
    bars = [(name, it.within(90), it.promised) for name, it in named if it.decided]
    total = sum(it.decided for it in shown)
    return Picture(
        "times-by-office" if offices else "times",
        findings.times(total, sum(it.in_promise for it in shown)),
        [
            _("Kind and office") if offices else _("Kind of case"),
            _("Decided"),
            _("Half within (working days)"),
            _("Nine of ten within (working days)"),
            _("Promised (working days)"),
            _("Within the promise, percent"),
            _("Within the law, percent"),
            _("Open beyond the promise"),
        ],
        [
            [
                name,
                it.decided,
                it.within(50),
                it.within(90),
                it.promised,
                it.share_of(it.in_promise),
                it.share_of(it.in_law),
                it.open_late,
            ]
            for name, it in named
        ],
        "bars",
        values=bars,
        unit=_(" working days"),
        note=_(
            "Drawn are the working days within which nine of ten were decided; the mark is what is "
            "promised. Days on which the clock stood still do not count."
        ),
        empty=not bars,
    )


def _name(it: times.Times, offices: bool) -> str:
    title = str(it.kind.title)
    if not offices:
        return title
    return _("%(kind)s: %(office)s", kind=title, office=it.office or _("no office"))


def _short(day: date) -> str:
    return f"{day.month}月" if i18n.is_chinese() else f"{day:%b}"


def _month(day: date) -> str:
    if i18n.is_chinese():
        return f"{day.year}年{day.month}月"
    return f"{day:%B} {day.year}"
