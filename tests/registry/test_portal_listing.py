"""The list of the register against a full scan: words, filters, orders, pages, counts."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import chain
from random import Random

import pytest

from core import divisions
from core.accounts import SYSTEM
from core.db import atomic, db
from core.search import fold
from registry.organizations import actions, naming, search, tally
from registry.organizations.codes import make_code
from registry.organizations.kinds import OrganizationStatus, OrganizationType, Track
from registry.organizations.listing import Sort
from registry.organizations.models import Organization, RegisterTally
from registry.organizations.search import Filters
from registry.portal.jobs import count_register

WORDS = ("养老", "志愿", "太极", "读书", "助残", "Happy家", "3D", "互助")
FORMS = ("协会", "服务中心", "基金会", "队")
STREETS = 3


def add(number, name, *, founded_on=None, street_id=None, filed=False, **values):
    kind = OrganizationType.COMMUNITY_ORGANIZATION if filed else OrganizationType.ASSOCIATION
    organization = Organization(
        name=name,
        track=Track.FILED if filed else Track.REGISTERED,
        unified_code=None if filed else make_code("51", "510104", number),
        filing_number=f"锦社备〔2010〕{number:04d}号" if filed else None,
        authority="510104",
        founded_on=founded_on,
        street_id=street_id,
        **{"type": kind, "status": OrganizationStatus.ACTIVE, **values},
    )
    naming.write(organization)
    db.session.add(organization)
    db.session.flush()
    search.reindex(organization)
    actions.keep_version(
        organization, source="import", by=SYSTEM, valid_from=founded_on or date(2010, 1, 1)
    )
    return organization


@pytest.fixture
def register(jinjiang):
    """Seventy organizations, some without a day of founding, many founded on the same day."""
    chance = Random(7)
    streets = [it.id for it in divisions.streets()[:STREETS]]
    with atomic():
        for n in range(70):
            filed = chance.random() < 0.4
            days = chance.choice((None, chance.randrange(40)))
            add(
                n,
                f"锦江区{chance.choice(WORDS)}{chance.choice(WORDS)}第{n}{chance.choice(FORMS)}",
                filed=filed,
                street_id=chance.choice(streets),
                founded_on=None if days is None else date(2010, 1, 1) + timedelta(days),
                status=chance.choice((OrganizationStatus.ACTIVE, OrganizationStatus.SUSPENDED)),
            )
    return db.session.scalars(db.select(Organization)).all()


def pages(filters):
    """Return every page forwards, checking that the way back shows the same."""
    forwards, found = [], search.find(filters)
    while True:
        forwards.append(found.ids)
        if found.page.next is None:
            break
        found = search.find(filters, found.page.next)
    backwards = [forwards[-1]]
    while found.page.previous is not None:
        found = search.find(filters, found.page.previous)
        backwards.append(found.ids)
    assert backwards[::-1] == forwards
    return forwards


def scanned(register, filters):
    """Return the ids a full scan finds, in the order asked for."""
    words = fold(filters.q)
    found = [
        it
        for it in register
        if (not words or words in fold(it.name) or words in it.name_initials)
        and all(
            asked is None or value == asked
            for asked, value in (
                (filters.track, it.track),
                (filters.type, it.type),
                (filters.status, it.status),
                (filters.street, it.street_id),
            )
        )
        and (filters.founded_from is None or (it.founded_on or date.min) >= filters.founded_from)
        and (filters.founded_to is None or (it.founded_on or date.max) <= filters.founded_to)
    ]
    falling = filters.sort in {Sort.NEWEST, Sort.NAME_DOWN, Sort.FOUNDED_DOWN}
    if filters.sort is Sort.NEWEST:
        key = lambda it: it.id  # noqa: E731
    elif "name" in filters.sort:
        key = lambda it: (it.name_pinyin, it.id)  # noqa: E731
    else:
        key = lambda it: (it.founded_on or date.min, it.id)  # noqa: E731
    valued = [it for it in found if it.founded_on or "founded" not in filters.sort]
    empty = [it for it in found if it not in valued]
    ordered = sorted(valued, key=key, reverse=falling) + sorted(empty, key=key, reverse=falling)
    return [it.id for it in ordered]


QUESTIONS = [
    Filters(q=q, size=7, **more)
    for q in ("", "养", "养老", "区养老", "第1", "happy", "3d", "JJQ", "ylzy", "无此名", "·", "  ")
    for more in (
        {},
        {"track": Track.FILED},
        {"status": OrganizationStatus.SUSPENDED, "founded_from": date(2010, 1, 10)},
    )
]


@pytest.mark.parametrize("sort", list(Sort))
def test_every_question_finds_what_a_scan_finds_on_every_page(register, sort):
    for question in QUESTIONS:
        asked = replace(question, sort=sort)
        assert list(chain.from_iterable(pages(asked))) == scanned(register, asked), asked


def test_counts_are_those_of_the_list_without_their_own_filter(register):
    for question in QUESTIONS:
        found = search.find(question)
        assert found.total == len(scanned(register, question))
        assert not found.total_is_capped
        for facet in search.FACETS:
            for count in found.facets[facet]:
                chosen = replace(question, **{facet: count.value})
                assert count.number == len(scanned(register, chosen)), (question, facet)
                assert not count.at_least


def test_a_code_or_number_finds_its_organization_alone(register):
    for it in register[:10]:
        for written in (it.number, f" {it.number} ", it.number.lower(), it.number.swapcase()):
            if it.track is Track.FILED and written.strip() != it.number:
                continue
            assert search.find(Filters(q=written.strip())).ids == [it.id]


def test_the_beginning_of_a_code_finds_all_with_it(register):
    registered = [it for it in register if it.track is Track.REGISTERED]
    assert search.find(Filters(q="51510104")).total == len(registered)


def test_a_list_beyond_the_cap_says_so(register, monkeypatch):
    monkeypatch.setattr(search, "COUNTED", 20)
    found = search.find(Filters())
    assert (found.total, found.total_is_capped) == (20, True)
    assert any(count.at_least and count.number == 20 for count in found.facets["track"])


def test_counts_of_a_sample_say_so(register, monkeypatch):
    monkeypatch.setattr(search, "COUNTED", 30)
    monkeypatch.setattr("registry.organizations.question.COUNTED", 30)
    found = search.find(Filters(q="锦江"))
    assert 30 <= sum(count.number for count in found.facets["track"]) <= 31
    assert all(count.at_least for count in found.facets["track"])


class TestStoredCounts:
    """A register too large to be counted for every visitor is counted by a job."""

    def counts(self, filters):
        found = search.find(filters).facets
        return {name: {c.value: c.number for c in counts} for name, counts in found.items()}

    def test_are_the_same_as_live_ones(self, register, monkeypatch):
        plain = [question for question in QUESTIONS if not question.founded_from]
        live = [self.counts(question) for question in plain]
        monkeypatch.setattr(tally, "MOST_LIVE", 10)
        assert count_register() == "70 organizations counted"
        assert [self.counts(question) for question in plain] == live
        assert not any(c.at_least for c in search.find(Filters()).facets["track"])

    def test_until_then_the_page_says_that_it_has_not_counted_all(self, register, monkeypatch):
        monkeypatch.setattr(tally, "MOST_LIVE", 10)
        assert all(c.at_least for c in search.find(Filters()).facets["track"])

    def test_a_small_register_keeps_none(self, register):
        count_register()
        assert db.session.scalars(db.select(RegisterTally.id)).all() == []
