"""Searching the register: what is matched, filtered, counted, and paged."""

from datetime import date

import pytest

from core.db import atomic, db
from core.divisions import find_street
from core.errors import RuleBroken
from core.search import fold
from registry.organizations import importing, search
from registry.organizations.kinds import OrganizationStatus, OrganizationType, Track
from registry.organizations.listing import Sort
from registry.organizations.models import Organization
from registry.organizations.search import Filters, find
from tests.registry.test_import import JUNE_2010, REGISTER


@pytest.fixture
def register(jinjiang):
    """The bureau's register of 2010: 378 organizations."""
    importing.run(REGISTER, on=JUNE_2010)
    return db.session.scalars(db.select(Organization)).all()


def names(page):
    return [it.name for it in page.items]


def all_pages(**asked):
    read, cursor = [], None
    while True:
        page = find(**asked, cursor=cursor)
        read += page.items
        cursor = page.next
        if cursor is None:
            return read


@pytest.mark.parametrize("q", ["队", "志愿", "促进会", "志愿服务队", "锦江区 同行", "９", "锦绣"])
def test_part_of_a_name_is_found(register, q):
    expected = {it.id for it in register if fold(q) in it.folded_name}
    page = find(q, limit=20)
    assert page.total == len(expected)
    assert {it.id for it in all_pages(q=q)} == expected


@pytest.mark.parametrize("q", ["51510104MJW7JC9C6K", "51510104mjw7jc", " 51510104MJW7JC9C6K "])
def test_a_code_or_its_beginning_is_found(register, q):
    assert names(find(q)) == ["成都市锦江区和谐青少年协会"]


@pytest.mark.parametrize("q", ["锦社备2010-0065", "锦社备 2010-0065"])
def test_a_filing_number_is_found(register, q):
    assert [it.filing_number for it in find(q).items] == ["锦社备2010-0065"]


def test_initials_are_found(register):
    assert "成都市锦江区和谐青少年协会" in names(find("cdsjjqhxqs"))
    assert find("CDSJJQHXQS").total == find("cdsjjqhxqs").total > 0


def test_filters_narrow_and_combine(register):
    street = find_street("盐市口", JUNE_2010)
    filters = Filters(
        track=Track.REGISTERED,
        type=OrganizationType.SERVICE_INSTITUTION,
        status=OrganizationStatus.ACTIVE,
        street="盐市口街道办事处",
        founded_from=date(2000, 1, 1),
        founded_to=date(2009, 12, 31),
    )
    expected = {
        it.id
        for it in register
        if (it.type, it.status, it.street_id)
        == (OrganizationType.SERVICE_INSTITUTION, OrganizationStatus.ACTIVE, street.id)
        and date(2000, 1, 1) <= it.founded_on <= date(2009, 12, 31)
    }
    assert {it.id for it in find(filters=filters, limit=200).items} == expected != set()
    assert (
        find(filters=Filters(street=street.id)).total
        == find(filters=Filters(street="盐市口")).total
    )


def test_a_street_that_is_none_is_refused(register):
    with pytest.raises(RuleBroken) as refused:
        find(filters=Filters(street="南京路"))
    assert refused.value.field == "street"


def test_facets_count_beside_each_filter_as_if_it_were_not_set(register):
    page = find("协会", Filters(type=OrganizationType.ASSOCIATION))
    matching = [it for it in register if "协会" in it.name]
    assert page.facets["type"] == {OrganizationType.ASSOCIATION: page.total}
    assert sum(page.facets["status"].values()) == page.total == len(matching)
    everything = find(filters=Filters(type=OrganizationType.ASSOCIATION))
    assert sum(everything.facets["type"].values()) == len(register)
    assert sum(everything.facets["track"].values()) == everything.total < len(register)


def test_a_count_is_exact_up_to_its_cap(register, monkeypatch):
    total = find("队").total
    monkeypatch.setattr(search, "COUNTED", total)
    assert (find("队").total, find("队").total_is_capped) == (total, False)
    monkeypatch.setattr(search, "COUNTED", total - 1)
    assert (find("队").total, find("队").total_is_capped) == (total - 1, True)


@pytest.mark.parametrize("capped", [False, True])
@pytest.mark.parametrize("q", ["", "志愿", "cdsjjq"])
@pytest.mark.parametrize("sort", Sort)
def test_pages_join_in_every_order(register, monkeypatch, sort, q, capped):
    if capped:
        monkeypatch.setattr(search, "COUNTED", 5)
    with atomic():  # some foundings are not known
        unknown = [it.id for it in register[::7]]
        db.session.execute(
            db.update(Organization.__table__)
            .where(Organization.__table__.c.id.in_(unknown))
            .values(founded_on=None)
        )
    read = all_pages(q=q, sort=sort, limit=13)
    matching = {
        it.id
        for it in db.session.scalars(db.select(Organization))
        if fold(q) in it.folded_name or it.name_initials.startswith(q.upper() or " ")
    }
    assert len(read) == len({it.id for it in read})
    assert {it.id for it in read} == matching
    key = {
        Sort.NEWEST: lambda it: -it.id,
        Sort.NAME: lambda it: (it.name_pinyin, it.id),
        Sort.FOUNDED: lambda it: (
            it.founded_on is None,
            -(it.founded_on or date.min).toordinal(),
            -it.id,
        ),
    }[sort]
    assert read == sorted(read, key=key)


@pytest.mark.parametrize("q", ["", "志愿"])
@pytest.mark.parametrize("sort", Sort)
def test_pages_are_read_backwards_as_well(register, sort, q):
    pages = [find(q, sort=sort, limit=11)]
    while pages[-1].next:
        pages.append(find(q, sort=sort, limit=11, cursor=pages[-1].next))
    back = pages[-1]
    for page in reversed(pages[:-1]):
        back = find(q, sort=sort, limit=11, cursor=back.previous)
        assert names(back) == names(page)
    assert back.previous is None


@pytest.mark.parametrize(
    "cursor", ["x", "!!", "WzFd", "W10", "WzEsIjEiXQ", "WzEsOTk5OTk5OTk5OTk5OTk5OTk5OTld", "\0"]
)
def test_a_cursor_that_is_none_is_refused(register, cursor):
    with pytest.raises(RuleBroken):
        find(cursor=cursor)


def test_a_search_costs_the_same_queries_for_any_number_of_rows(register):
    def cost(**asked):
        statements = []
        listener = lambda *args: statements.append(args[2])  # noqa: E731
        db.event.listen(db.engine, "before_cursor_execute", listener)
        try:
            find("协会", **asked)
        finally:
            db.event.remove(db.engine, "before_cursor_execute", listener)
        return len(statements)

    assert cost(limit=1) == cost(limit=50) <= 5
