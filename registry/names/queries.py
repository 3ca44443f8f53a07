"""Reads of names: the lists in force, the places, and who has or had a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload

from core import calendar, clock, divisions, policy
from core.accounts import Actor, Body, BodyKind
from core.db import db
from core.divisions import Division
from core.divisions.queries import upper_divisions
from core.errors import NotFound
from core.i18n import _
from core.memory import remembered
from core.search import bare
from registry.names.lexicon import Known, Lexicon, Listed, defaults, lexicon_of
from registry.names.models import NameKey, NameReservation, NameWord
from registry.names.policy import ENDED_YEARS, RENAMED_YEARS
from registry.names.rules import Setting
from registry.organizations import places as seats
from registry.organizations.kinds import LIVING, OrganizationStatus, OrganizationType
from registry.organizations.models import Organization

ENDED = (OrganizationStatus.DEREGISTERED, OrganizationStatus.REVOKED)
GROUP = OrganizationType.COMMUNITY_ORGANIZATION


def lexicon(on: date | None = None) -> Lexicon:
    """Return the word lists in force on a day (today by default).

    Before the lists that come with the program were taken over into the table they count as
    they stand in their file.
    """
    day = on or clock.today()

    def load() -> Lexicon:
        # Columns, not objects: there are hundreds, asked for in every transaction with a name.
        w = NameWord
        rows = db.session.execute(
            select(w.kind, w.word, w.source, w.type, w.effect, w.from_on, w.to_on)
            .where(NameWord.confirmed_at.is_not(None), NameWord.withdrawn_at.is_(None))
            .order_by(NameWord.id)
        ).all()
        if not rows:
            return lexicon_of(defaults())
        return lexicon_of(
            Listed(it.kind, it.word, it.source, it.type, it.effect, it.from_on)
            for it in rows
            if it.from_on <= day and (it.to_on is None or day < it.to_on)
        )

    return remembered(NameWord, day, load)


def all_places() -> Known:
    """Return every name a name of this district may begin with, those of old streets too."""

    def load() -> Known:
        return Known(
            bare(name)
            for division in upper_divisions()
            for name in (division.name, divisions.official_name(division))
        )

    return remembered(Division, "places of names", load)


def setting(
    type: OrganizationType, division: Division | None = None, people: Sequence[str] = ()
) -> Setting:
    """Return what the rules need to know for a name of this type in a division."""
    offices = tuple(
        db.session.scalars(select(Body.name).where(Body.kind.in_(_OFFICE_KINDS)).order_by(Body.id))
    )
    district = divisions.the_district()
    if district is None:
        return Setting((), Known(()), offices, tuple(people))
    if type is not GROUP:
        full = divisions.official_name(district)
        return Setting((full, district.name), all_places(), offices, tuple(people), shown=full)
    street = seats.street_of(division) if division else None
    if street is None or division is None:
        names = tuple(it for it in all_places().words if not it.endswith("市"))
        return Setting(names, all_places(), offices, tuple(people), unplaced=True)
    starts = (street.name, *(it.name for it in divisions.communities(street)), division.name)
    full = divisions.official_name(district)
    starts += (full + street.name, district.name + street.name)
    return Setting(starts, all_places(), offices, tuple(people), shown=street.name)


_OFFICE_KINDS = (
    BodyKind.BUREAU,
    BodyKind.REGISTRATION_OFFICE,
    BodyKind.SPONSOR_UNIT,
    BodyKind.DEPARTMENT,
)


def street_named(name: str) -> Division | None:
    """Return the street, or else the community, that a name of a group begins with, or None."""
    text = bare(name)
    full = bare(divisions.district_name())
    for start in (full, full.removeprefix(full.partition("市")[0] + "市")):
        text = text.removeprefix(start)
    known = (*divisions.streets(), *divisions.communities())
    return next((it for it in known if text.startswith(bare(it.name))), None)


def authority_of(type: OrganizationType, division: Division | None) -> str | None:
    """Return the authority under which a name must be alone, None where it is not known yet."""
    district = divisions.the_district()
    if district is None:
        return None
    if type is not GROUP:
        return district.code
    street = seats.street_of(division) if division else None
    return seats.authority_in(street) if street else None


@dataclass(frozen=True)
class Holder:
    """An organization that has, or had, exactly this name; `free_on` is when it may be used."""

    organization: Organization
    free_on: date | None = None


def living_holder(name: str, authority: str, besides: int | None = None) -> Holder | None:
    """Return the living organization under `authority` whose name folds to the same."""
    found = db.session.scalar(
        select(Organization).where(
            Organization.authority == authority,
            Organization.living_name == bare(name),
            Organization.id != (besides or 0),
        )
    )
    return Holder(found) if found else None


def last_days() -> tuple[date, date]:
    """Return since when ended organizations and given-up names keep a name from others."""
    today = clock.today()
    ended, renamed = policy.value(ENDED_YEARS.key), policy.value(RENAMED_YEARS.key)
    return calendar.add_months(today, -12 * ended), calendar.add_months(today, -12 * renamed)


def in_cooling(ended_since: date, renamed_since: date) -> Select[NameKey]:
    """Return the query of names that nobody has but that are kept free."""
    return (
        select(NameKey)
        .join(NameKey.organization)
        .where(
            or_(
                and_(
                    NameKey.until_on.is_(None),
                    Organization.status.in_(ENDED),
                    Organization.ended_on > ended_since,
                ),
                and_(NameKey.until_on > renamed_since, Organization.status.in_(LIVING)),
            )
        )
        .options(joinedload(NameKey.organization))
    )


def cooling_holder(name: str, authority: str, besides: int | None = None) -> Holder | None:
    """Return who had exactly this name under `authority` so lately that it is kept free."""
    ended_since, renamed_since = last_days()
    key = db.session.scalars(
        in_cooling(ended_since, renamed_since)
        .where(
            NameKey.bare == bare(name),
            NameKey.place == authority,
            NameKey.organization_id != (besides or 0),
        )
        .order_by(NameKey.id)
        .limit(1)
    ).first()
    if key is None:
        return None
    if key.until_on is not None:
        years, last = policy.value(RENAMED_YEARS.key), key.until_on
    else:
        assert key.organization.ended_on is not None
        years, last = policy.value(ENDED_YEARS.key), key.organization.ended_on
    return Holder(key.organization, calendar.add_months(last, 12 * years))


def held_reservation(name: str) -> NameReservation | None:
    """Return the reservation by which somebody holds this name now, or None."""
    return db.session.scalar(select(NameReservation).where(NameReservation.held_name == bare(name)))


def list_own(actor: Actor) -> Sequence[NameReservation]:
    """Return the reservations of the acting person, those that hold first, then the latest."""
    order = (NameReservation.ended_at.is_not(None), NameReservation.id.desc())
    return db.session.scalars(
        select(NameReservation).where(NameReservation.holder_id == actor.user_id).order_by(*order)
    ).all()


def names_to_use(user_id: int, type: OrganizationType) -> list[str]:
    """Return the names for this type that a person has reserved and not used yet, newest first."""
    return list(
        db.session.scalars(
            select(NameReservation.name)
            .where(
                NameReservation.holder_id == user_id,
                NameReservation.type == type,
                NameReservation.case_id.is_(None),
                NameReservation.ended_at.is_(None),
            )
            .order_by(NameReservation.id.desc())
        )
    )


def count_held(user_id: int) -> int:
    """Return how many names a person holds at their own wish, not for a case."""
    return (
        db.session.scalar(
            select(db.func.count())
            .select_from(NameReservation)
            .where(
                NameReservation.holder_id == user_id,
                NameReservation.ended_at.is_(None),
                NameReservation.case_id.is_(None),
            )
        )
        or 0
    )


def access_reservation(reservation_id: int, actor: Actor) -> NameReservation:
    """Return a reservation of the acting person. NotFound for another's."""
    found = db.session.get(NameReservation, reservation_id)
    if found is None or found.holder_id != actor.user_id:
        raise NotFound(_("There is no such reservation."))
    return found
