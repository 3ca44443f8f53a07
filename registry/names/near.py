"""Names near to a name: found through indexes, compared in full, and set side by side.

One edit leaves one half of a core as it is: whatever is at most one character away begins with
the first half or ends with the second. Both are ranges of an index over how cores sound, which
finds homophones in the same look. So a search reads what shares half of a core under the same
authority, not the register.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager

from core.db import db
from core.differences import differences
from core.i18n import _, _l, day
from registry.names import queries
from registry.names.models import NameKey, NameReservation
from registry.names.parts import one_apart, said_alike, sound_of, take_apart
from registry.organizations.kinds import LIVING, OrganizationType
from registry.organizations.models import Organization

#: Behind every continuation of a sound: no code begins with it.
_LAST = "zz"
#: The shortest core that is halved; a shorter one is compared as a whole.
HALVED = 2


class Likeness(StrEnum):
    """In what a name is near to another, the nearest first."""

    SAME_CORE = "same_core"
    HOMOPHONE = "homophone"
    ONE_APART = "one_apart"

    @property
    def label(self) -> str:
        return str(LABELS[self])


LABELS = {
    Likeness.SAME_CORE: _l("Same distinctive word and field"),
    Likeness.HOMOPHONE: _l("Sounds the same"),
    Likeness.ONE_APART: _l("One character different"),
}


@dataclass(frozen=True)
class Near:
    """A name near to the one that is asked about.

    `organization` is None for a reserved name. `standing` says in words how things are with it.
    """

    name: str
    likeness: Likeness
    standing: str
    organization: Organization | None = None

    def beside(self, name: str) -> list[tuple[str, str]]:
        """Return the way from `name` to this one: see core.differences."""
        return differences(name, self.name)


def near_names(
    name: str,
    type: OrganizationType,
    authority: str,
    *,
    besides: int | None = None,
    besides_case: int | None = None,
    reserved: bool = False,
    limit: int,
) -> list[Near]:
    """Return up to `limit` names under `authority` that are near to `name`, the nearest first.

    `besides` is the applicant's own organization. With `reserved` names on hold are compared
    too, but not those of the case `besides_case`: that is for the office only.
    """
    core = core_of(name, type)
    if not core:
        return []
    found = [
        Near(key.name, likeness, _standing(key), key.organization)
        for key in candidates(core, authority)
        if key.organization_id != besides and (likeness := compare(core, key.core))
    ]
    if reserved:
        found += _reserved(core, type, besides_case)
    order = list(Likeness)
    found.sort(key=lambda it: (order.index(it.likeness), abs(len(it.name) - len(name)), it.name))
    return found[:limit]


def core_of(name: str, type: OrganizationType) -> str:
    """Return the core of a name of this district: its distinctive word and field."""
    return take_apart(name, queries.lexicon(), queries.all_places(), type).core


def compare(core: str, other: str) -> Likeness | None:
    """Return in what two cores are near to each other, or None where they are not."""
    if core == other:
        return Likeness.SAME_CORE
    if said_alike(core, other):
        return Likeness.HOMOPHONE
    if min(len(core), len(other)) >= HALVED and one_apart(core, other):
        return Likeness.ONE_APART
    return None


def candidates(core: str, authority: str) -> Sequence[NameKey]:
    """Return every key under `authority` whose core may be near to `core`, and some others.

    Names that nobody has any more are among them while they are kept free.
    """
    ended_since, renamed_since = queries.last_days()
    living = Organization.status.in_(LIVING)
    of_interest = or_(
        and_(living, or_(NameKey.until_on.is_(None), NameKey.until_on > renamed_since)),
        and_(
            NameKey.until_on.is_(None),
            Organization.status.in_(queries.ENDED),
            Organization.ended_on > ended_since,
        ),
    )
    wanted = _halves(core, authority)
    query: Select[Any] = (
        select(NameKey)
        .join(NameKey.organization)
        .where(NameKey.id.in_(wanted), of_interest)
        .options(contains_eager(NameKey.organization))
    )
    return db.session.scalars(query).all()


def _halves(core: str, authority: str) -> Select[Any]:
    """Return the query of the ids of keys that share a half of `core`, by two indexes."""
    sound, mirror = sound_of(core)
    here = NameKey.place == authority
    if len(core) < HALVED:
        return select(NameKey.id).where(here, NameKey.size == len(core), NameKey.sound == sound)
    head = len(core) // 2
    first, last = sound[: 2 * head], mirror[: 2 * (len(core) - head)]
    # A size at a time: the index is read for a size and the beginning of a sound.
    parts = [
        select(NameKey.id).where(
            here,
            NameKey.size == size,
            _begins(column, beginning),
            *_other_half(column, beginning, whole, size),
        )
        for size in (len(core) - 1, len(core), len(core) + 1)
        for column, beginning, whole in (
            (NameKey.sound, first, sound),
            (NameKey.mirror, last, mirror),
        )
    ]
    return select(parts[0].union(*parts[1:]).subquery().c.id)


def _other_half(column: Any, beginning: str, whole: str, size: int) -> list[ColumnElement[bool]]:
    """Return what holds of the half that may differ: of two characters or more, one edit leaves
    the first or the last. Read from the index itself, before any row.
    """
    rest = whole[len(beginning) :]
    if len(rest) < 2 * HALVED:
        return []
    first = func.substr(column, len(beginning) + 1, 2) == rest[:2]
    return [or_(first, func.substr(column, 2 * size - 1, 2) == rest[-2:])]


def _begins(column: Any, beginning: str) -> ColumnElement[bool]:
    return and_(column >= beginning, column < beginning + _LAST)


def _standing(key: NameKey) -> str:
    if key.until_on is not None:
        return _(
            "given up on %(day)s by %(name)s", day=day(key.until_on), name=key.organization.name
        )
    if key.organization.ended_on is not None and key.organization.status not in LIVING:
        return f"{key.organization.status.label} {day(key.organization.ended_on)}"
    return key.organization.status.label


def _reserved(core: str, type: OrganizationType, besides_case: int | None) -> Iterable[Near]:
    """Yield the names on hold that are near; they are few, so all are compared."""
    held = select(NameReservation).where(
        NameReservation.ended_at.is_(None), NameReservation.type == type
    )
    for it in db.session.scalars(held):
        likeness = compare(core, it.core)
        if likeness and (besides_case is None or it.case_id != besides_case):
            yield Near(it.name, likeness, _("Reserved"))
