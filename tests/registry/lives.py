"""Organizations with long lives, written straight into the register, for tests of time."""

from datetime import date, timedelta
from random import Random

from core import divisions
from core.accounts import SYSTEM
from core.db import atomic, db
from registry.organizations import actions, naming, search
from registry.organizations.codes import make_code
from registry.organizations.kinds import FilingCategory, OrganizationStatus, OrganizationType, Track
from registry.organizations.models import Organization

S, T = OrganizationStatus, OrganizationType
FIRST = date(2009, 1, 1)


def enter(number, name, *, founded_on=date(2010, 3, 1), filed=False, on=None, **values):
    """Enter an organization with its first version, recorded on `on`, its founding otherwise."""
    organization = Organization(
        name=name,
        track=Track.FILED if filed else Track.REGISTERED,
        unified_code=None if filed else make_code("51", "510104", number),
        filing_number=f"锦社备〔2010〕{number:04d}号" if filed else None,
        authority="510104",
        founded_on=founded_on,
        **{
            "type": T.COMMUNITY_ORGANIZATION if filed else T.ASSOCIATION,
            "status": S.ACTIVE,
            "category": FilingCategory.CHARITY if filed else None,
            **values,
        },
    )
    naming.write(organization)
    db.session.add(organization)
    db.session.flush()
    search.reindex(organization)
    actions.keep_version(
        organization, source="import", by=SYSTEM, valid_from=on or founded_on or FIRST
    )
    return organization


def change(organization, on, *, source="case", case_id=None, **facts):
    """Change facts of an organization on a day, as its next version."""
    for name, value in facts.items():
        setattr(organization, name, value)
    naming.write(organization)
    version = actions.keep_version(
        organization, source=source, by=SYSTEM, valid_from=on, case_id=case_id
    )
    db.session.flush()
    return version


def upgrade(organization, number, on):
    """Make a filed organization a registered one, on the same row."""
    return change(
        organization,
        on,
        track=Track.REGISTERED,
        type=T.ASSOCIATION,
        unified_code=make_code("51", "510104", number),
    )


def many(count, seed=7, *, in_order=False):
    """Enter `count` organizations that move, rise, end and return, on days of two years.

    Unless `in_order`, a later version may be valid from an earlier day, as after a correction.
    """
    chance = Random(seed)
    streets = [it.id for it in divisions.streets(date(2010, 1, 1))[:4]]
    with atomic():
        for n in range(count):
            _live(n, chance, streets, in_order)


def _live(n, chance, streets, in_order):
    def day(least=0):
        return FIRST + timedelta(days=least + chance.randrange(500))

    founded = day() if chance.random() < 0.85 else None
    filed = chance.random() < 0.5
    long_gone = founded is not None and chance.random() < 0.1
    ended = founded + timedelta(days=chance.randrange(1, 90)) if founded and long_gone else None
    taken_over = chance.random() < 0.5
    organization = enter(
        n,
        f"锦江{n}协会",
        founded_on=founded,
        filed=filed,
        on=FIRST + timedelta(days=400) if taken_over else founded or FIRST,
        street_id=chance.choice([None, *streets]),
        status=chance.choice((S.DEREGISTERED, S.REVOKED)) if long_gone else S.ACTIVE,
        ended_on=ended,
    )
    least = max(organization.versions[0].valid_from, founded or FIRST)
    for _turn in range(chance.choice((0, 0, 1, 2, 3))):
        on = least + timedelta(days=chance.randrange(1, 200)) if in_order else day(100)
        least = max(least, on)
        match chance.choice(("move", "end", "return", "rise", "rename")):
            case "move":
                change(organization, on, street_id=chance.choice(streets))
            case "end" if organization.status is S.ACTIVE:
                change(organization, on, status=S.CANCELLED if filed else S.REVOKED, ended_on=on)
            case "return" if organization.status is not S.ACTIVE:
                change(organization, on, status=S.ACTIVE, ended_on=None)
            case "rise" if organization.track is Track.FILED:
                upgrade(organization, 5000 + n, on)
            case _:
                change(organization, on, name=f"锦江{n}促进会")
