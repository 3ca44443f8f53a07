"""The tree on a day: the district, its streets and communities, who stands above and below."""

from datetime import date
from functools import cache

from sqlalchemy import Select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import aliased

from core import clock
from core.db import db
from core.divisions.models import Division, DivisionSuccession, Level
from core.errors import NotFound, RuleBroken
from core.i18n import _
from core.memory import remembered

#: Levels of which a district has some dozens, so that all of them are read at once.
UPPER = (Level.CITY, Level.DISTRICT, Level.STREET, Level.COMMUNITY)

#: Levels that no reform of the district touches.
HIGHEST = (Level.CITY, Level.DISTRICT)


def upper_divisions() -> list[Division]:
    """Return every division down to the communities, of all times, in their customary order."""

    def load() -> list[Division]:
        order = (Division.position, Division.id)
        return list(
            db.session.scalars(
                db.select(Division).where(Division.level.in_(UPPER)).order_by(*order)
            )
        )

    return remembered(Division, "upper", load)


def the_district() -> Division | None:
    """Return the district this installation serves, or None before `flask district load`."""
    districts = [it for it in upper_divisions() if it.level is Level.DISTRICT]
    return min(districts, key=lambda it: it.id, default=None)


def require_district() -> Division:
    """Return the district; RuleBroken with what to do where none is loaded."""
    district = the_district()
    if district is None:
        raise RuleBroken(_("No district is loaded yet. Run: flask district load FILE"))
    return district


def district_name() -> str:
    """Return the district's full name, 成都市锦江区, or neutral words before one is loaded."""

    def load() -> str:
        try:
            row = db.session.execute(district_and_city()).first()
        except OperationalError:  # the page that says so must still have a head
            return ""
        return (row[1] or "") + row[0] if row else ""

    return remembered(Division, "name", load) or _("District")


def keep_name(name: str, city: str | None) -> None:
    """Take the district's name as somebody read it (`district_and_city`) with something else."""
    remembered(Division, "name", lambda: (city or "") + name)


@cache
def district_and_city() -> Select[str, str]:
    """Return the query every page asks; made once, for it takes longer to write than to run."""
    city = aliased(Division)
    query: Select[str, str] = (
        db.select(Division.name.label("name"), city.name.label("city"))
        .outerjoin(city, Division.parent_id == city.id)
        .where(Division.level == Level.DISTRICT)
        .order_by(Division.id)
        .limit(1)
    )
    return query


def access_division(division_id: int) -> Division:
    """Return the division; NotFound where there is none."""
    division = db.session.get(Division, division_id)
    if division is None:
        raise NotFound(_("There is no such division."))
    return division


def streets(on: date | None = None) -> list[Division]:
    """Return the streets that stand on a day (today by default), in their customary order."""
    day = on or clock.today()
    return [it for it in upper_divisions() if it.level is Level.STREET and it.stands_on(day)]


def communities(street: Division | None = None, on: date | None = None) -> list[Division]:
    """Return the communities of a street, or of the district, that stand on a day."""
    day = on or clock.today()
    return [
        it
        for it in upper_divisions()
        if it.level is Level.COMMUNITY
        and it.stands_on(day)
        and (street is None or it.parent_id == street.id)
    ]


def standing(on: date | None = None) -> list[Division]:
    """Return the district, its streets and communities on a day, each below its parent."""
    day = on or clock.today()
    below: dict[int | None, list[Division]] = {}
    for division in upper_divisions():
        if division.stands_on(day) and division.level is not Level.CITY:
            below.setdefault(division.parent_id, []).append(division)
    district = the_district()
    line: list[Division] = [district] if district and district.stands_on(day) else []
    found: list[Division] = []
    while line:
        division = line.pop(0)
        found.append(division)
        line = below.get(division.id, []) + line
    return found


def children(division: Division, on: date | None = None) -> list[Division]:
    """Return the divisions directly below `division` that stand on a day."""
    day = on or clock.today()
    below = db.session.scalars(
        db.select(Division)
        .where(Division.parent_id == division.id)
        .order_by(Division.position, Division.id)
    )
    return [it for it in below if it.stands_on(day)]


def ancestors(division: Division) -> list[Division]:
    """Return what stands above `division`, the nearest first."""
    upper_divisions()  # holds the parents, so that the walk costs no queries
    above: list[Division] = []
    parent = division.parent
    while parent is not None:
        above.append(parent)
        parent = parent.parent
    return above


def path(division: Division) -> str:
    """Return where a division lies, from the district down: 锦江区 › 春熙路街道 › 净居寺社区."""
    line = [division, *ancestors(division)]
    inside = [it for it in line if it.level is not Level.CITY] or line
    return " › ".join(it.name for it in reversed(inside))


def official_name(division: Division) -> str:
    """Return the name as papers write it, from the city down: 成都市锦江区春熙路街道."""
    return "".join(it.name for it in reversed([division, *ancestors(division)]))


def within(division: Division) -> Select[tuple[int]]:
    """Return the query of the ids of `division` and all below it, of all times, for `in_`."""
    return below(division.id)


def below(division_id: int) -> Select[tuple[int]]:
    """Return what `within` does for the division with this id; nothing where there is none."""
    tree = db.select(Division.id).where(Division.id == division_id).cte("subtree", recursive=True)
    tree = tree.union(db.select(Division.id).where(Division.parent_id == tree.c.id))
    ids: Select[tuple[int]] = db.select(tree.c.id)
    return ids


def subtree_ids(division: Division) -> set[int]:
    """Return the ids of `division` and all below it, of all times."""
    return set(db.session.scalars(within(division)))


# --- through the reforms


def successors(division: Division) -> list[Division]:
    """Return what a division went into; empty where it still stands or nothing is recorded."""
    followed = DivisionSuccession
    return list(
        db.session.scalars(
            db.select(Division)
            .join(followed, followed.to_id == Division.id)
            .where(followed.from_id == division.id)
            .order_by(Division.position, Division.id)
        )
    )


def all_successors() -> dict[int, list[Division]]:
    """Return what went into what: the old division's id → its successors."""
    followed: dict[int, list[Division]] = {}
    rows = db.session.execute(
        db.select(DivisionSuccession.from_id, Division)
        .join(Division, DivisionSuccession.to_id == Division.id)
        .order_by(Division.position, Division.id)
    )
    for old_id, new in rows:
        followed.setdefault(old_id, []).append(new)
    return followed


def predecessors(division: Division) -> list[Division]:
    """Return the divisions that went into `division`."""
    followed = DivisionSuccession
    return list(
        db.session.scalars(
            db.select(Division)
            .join(followed, followed.from_id == Division.id)
            .where(followed.to_id == division.id)
            .order_by(Division.position, Division.id)
        )
    )


def on_map(division: Division, on: date | None = None) -> Division | None:
    """Return what stands for `division` on the map of a day: itself, or its only successor.

    None where it was split into several, or nobody recorded what it went into.
    """
    day = on or clock.today()
    seen = {division.id}
    while not division.stands_on(day):
        earlier = division.valid_from is not None and day < division.valid_from
        next_ones = predecessors(division) if earlier else successors(division)
        if len(next_ones) != 1 or next_ones[0].id in seen:
            return None
        division = next_ones[0]
        seen.add(division.id)
    return division


def shown_on(day: date, level: Level = Level.STREET) -> dict[int, Division | None]:
    """Return for every division of a level that there ever was what stands for it on the map of
    a day, by id: itself, its only successor or predecessor, or None (see `on_map`). One question,
    however many divisions.
    """
    after = {old: [it.id for it in new] for old, new in all_successors().items()}
    before: dict[int, list[int]] = {}
    for old, new in after.items():
        for each in new:
            before.setdefault(each, []).append(old)
    known = {it.id: it for it in upper_divisions() if it.level is level}
    found: dict[int, Division | None] = {}
    for key, division in known.items():
        place: Division | None = division
        seen = {key}
        while place is not None and not place.stands_on(day):
            earlier = place.valid_from is not None and day < place.valid_from
            step = (before if earlier else after).get(place.id, [])
            further = known.get(step[0]) if len(step) == 1 and step[0] not in seen else None
            if further is not None:
                seen.add(further.id)
            place = further
        found[key] = place
    return found
