"""The register through time against a plain reading of its versions."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from core import divisions
from core.db import db
from registry.chronicle import events, queries, spans
from registry.chronicle.asked import Asked
from registry.chronicle.events import Wanted
from registry.chronicle.spans import ENDED, Happening
from registry.organizations.kinds import LIVING, OrganizationStatus, OrganizationType, Track
from registry.organizations.models import Organization
from tests.registry import lives

DAYS = [lives.FIRST + timedelta(days=n) for n in range(0, 700, 37)]


@pytest.fixture
def register(jinjiang):
    lives.many(60)


def read_on(day):
    """Return what held on a day, read one organization after another: facts with that status."""
    found = {}
    for organization in db.session.scalars(select(Organization)):
        held = None
        for version in organization.versions:
            start = version.valid_from
            if version.number == 1 and organization.founded_on:
                start = min(start, organization.founded_on)
            if start <= day:
                held = version
        if held is not None:
            facts = dict(held.facts)
            later = facts["ended_on"] and facts["ended_on"] > day.isoformat()
            if facts["status"] in ENDED and later:
                facts["status"] = "active"
            found[organization.id] = facts
    return found


def living(facts):
    return OrganizationStatus(facts["status"]) in LIVING


def test_the_register_of_a_day_is_what_its_versions_say(register):
    for day in DAYS:
        plain = read_on(day)
        rows = db.session.execute(queries.everything_on(day, Asked())).all()
        assert {row.id: {**row.facts, "status": row.status} for row in rows} == plain
        assert queries.count_on(day, Asked()) == len(plain)
        assert queries.count_on(day, Asked(living=True)) == sum(map(living, plain.values()))


def test_filters_and_counts_agree_with_the_rows(register):
    street = divisions.streets(date(2010, 1, 1))[1].id
    asked = [
        Asked(track=Track.FILED),
        Asked(type=OrganizationType.ASSOCIATION, living=True),
        Asked(status=OrganizationStatus.REVOKED),
        Asked(streets=[street]),
        Asked(streets=[]),
        Asked(words="促进会"),
        Asked(track=Track.FILED, streets=[street], founded_from=date(2009, 6, 1)),
        Asked(founded_to=date(2009, 6, 1), among=range(1, 50)),
    ]
    for one in asked:
        for day in DAYS[::4]:
            rows = db.session.execute(queries.everything_on(day, one)).all()
            page = queries.register_on(day, one, size=100)
            assert page.counted.total == len(rows) == queries.count_on(day, one)
            if one.streets is None:
                own = Counter(r.facts["street_id"] for r in rows if r.facts["street_id"])
                assert page.counted.facets["street"] == own
            if one.track is None:
                assert page.counted.facets["track"] == Counter(r.facts["track"] for r in rows)


def test_nothing_is_counted_beyond_the_cap(register, monkeypatch):
    day, asked = DAYS[-1], Asked(track=Track.FILED)
    whole = queries.register_on(day, asked).counted
    happened = events.count_events(Wanted())
    for module in (queries, events):
        monkeypatch.setattr(module, "COUNTED", 9)
    capped = queries.register_on(day, asked).counted
    assert (whole.total > 9, whole.total_is_capped, whole.beyond) == (True, False, frozenset())
    assert (capped.total, capped.total_is_capped, set(capped.beyond)) == (
        9,
        True,
        set(whole.facets),
    )
    assert sum(capped.facets["status"].values()) == 10 < sum(whole.facets["status"].values())
    assert happened > (9, False) and events.count_events(Wanted()) == (9, True)


def test_pages_follow_each_other_without_gap(register):
    day, after, seen = DAYS[12], None, []
    while True:
        page = queries.register_on(day, Asked(), size=7, after=after)
        seen += [row.id for row in page.rows]
        after = page.next
        if after is None:
            break
    assert seen == sorted(read_on(day), reverse=True)


def test_coming_and_going_add_up_to_what_stood(register):
    told = spans.moves(DAYS[-1])
    query = select(told.c.track, func.sum(told.c.move)).group_by(told.c.track)
    for day in DAYS:
        stood = Counter(f["track"] for f in read_on(day).values() if living(f))
        found = dict(db.session.execute(query.where(told.c.on <= day.isoformat())).all())
        assert {k: v for k, v in found.items() if v} == stood


def test_what_happened_is_told_once_each(jinjiang):
    group = lives.enter(1, "锦江合唱队", filed=True, founded_on=date(2010, 3, 8))
    lives.change(group, date(2010, 5, 1), name="锦江老年合唱队")
    lives.upgrade(group, 2, date(2011, 2, 1))
    lives.change(
        group, date(2012, 3, 1), status=OrganizationStatus.REVOKED, ended_on=date(2012, 3, 1)
    )
    lives.change(group, date(2012, 9, 1), status=OrganizationStatus.ACTIVE, ended_on=None)
    gone, past = date(2009, 4, 1), date(2010, 6, 30)
    lives.enter(
        3, "锦江旧协会", founded_on=date(1995, 1, 8), on=past,
        status=OrganizationStatus.DEREGISTERED, ended_on=gone,
    )  # fmt: skip
    lives.enter(4, "锦江无日期协会", founded_on=None, on=past)
    found, after = events.list_events(Wanted())
    assert after is None
    assert [(e.on, e.kind) for e in found] == [
        (date(2012, 9, 1), Happening.RESTORED),
        (date(2012, 3, 1), Happening.ENDED),
        (date(2011, 2, 1), Happening.UPGRADED),
        (past, Happening.ENTERED),
        (date(2010, 5, 1), Happening.CHANGED),
        (date(2010, 3, 8), Happening.FOUNDED),
        (gone, Happening.ENDED),
        (date(1995, 1, 8), Happening.FOUNDED),
    ]
    assert queries.first_day() == date(1995, 1, 8)
    assert queries.count_on(date(2009, 3, 31), Asked(living=True)) == 1
    assert queries.count_on(gone, Asked(living=True)) == 0


def test_events_page_and_count(register):
    for kind in (None, Happening.FOUNDED, Happening.UPGRADED, Happening.ENDED):
        wanted = Wanted(kind=kind, first=date(2009, 3, 1), last=date(2010, 12, 31))
        after, seen = None, []
        while True:
            found, after = events.list_events(wanted, size=11, after=after)
            seen += [(event.on, event.version_id, event.kind) for event in found]
            if after is None:
                break
        assert len(seen) == len(set(seen)) == events.count_events(wanted)[0]
        assert [it[:2] for it in seen] == sorted((it[:2] for it in seen), reverse=True)
