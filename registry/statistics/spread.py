"""Pictures of where organizations are, what they do, and how many people there are for each."""

from datetime import date
from typing import Any

from core import divisions, i18n
from core.i18n import _
from registry.organizations.kinds import FilingCategory, OrganizationType
from registry.statistics import findings
from registry.statistics.picture import F, Frame, Picture, R, standing, tracks
from registry.statistics.places import Place, is_newest, people_of, places
from registry.statistics.queries import Register, last_day


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
        [_("Street"), *tracks()],
        [[name, *values] for name, values in rows],
        "stack",
        parts=tracks(),
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
    rows: list[tuple[int, int, int | None, date | None, int | None]] = []
    for year in range(max(register.first_year, known[0][0].year), shown.year + 1) if known else ():
        day = min(last_day(year), shown.day)
        on, people = [it for it in known if it[0] <= day][-1]
        living = sum(register.stock(it, day) for it in (R, F))
        if is_newest(on, day):
            rows.append((year, living, people, on, people // living if living else None))
        else:
            rows.append((year, living, None, None, None))
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
                i18n.day(on) if on else None,
                each,
            ]
            for year, living, people, on, each in rows
        ],
        "lines",
        values=[(_("People for each organization"), [row[4] for row in rows])],
        points=[str(row[0]) for row in rows],
        note=_of_census([row[0] for row in rows if row[2] is None]),
        source=source,
        empty=not any(row[4] for row in rows),
    )


def _of_census(missing: list[int]) -> str:
    """Return by which census people are counted, and for which years there is none on file."""
    if not missing:
        return _("The population is that of the latest census by then.")
    spans: list[list[int]] = []
    for year in missing:
        if spans and spans[-1][-1] == year - 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    return _(
        "The population is that of the latest census by then. The census for %(years)s is not on "
        "file: nothing is worked out for these years.",
        years=_(", ").join(str(it[0]) if len(it) == 1 else f"{it[0]}–{it[-1]}" for it in spans),
    )


def density_by_street(register: Register, shown: Frame) -> Picture:
    """Return how many people of each street there are for an organization."""
    found = register.streets(shown.day)
    rows: list[list[Any]] = []
    for place in _places(register, shown):
        living = sum(found[key, it.value] for key in place.ids for it in (R, F))
        people = people_of(place, shown.known)
        if people and people.on and not is_newest(people.on, shown.day):
            people = None
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
