"""Searching the register: what is matched, filtered, counted, and paged."""

from datetime import date
from random import Random

import pytest

from core.db import atomic, db
from core.divisions import find_street
from core.errors import RuleBroken
from core.search import fold
from registry.names import keys
from registry.organizations import importing, question, search
from registry.organizations.kinds import OrganizationStatus, OrganizationType, Track
from registry.organizations.listing import Sort
from registry.organizations.models import Organization
from registry.organizations.search import Filters, find
from tests.registry.test_import import JUNE_2010, REGISTER
from tests.statements import statements


@pytest.fixture
def register(jinjiang):
    """The bureau's register of 2010: 378 organizations."""
    importing.run(REGISTER, on=JUNE_2010)
    return db.session.scalars(db.select(Organization)).all()


def ask(q="", cursor=None, **asked):
    """Return what is found, and the organizations of the page in its order."""
    found = find(Filters(q=q, **asked), cursor)
    return found, [db.session.get(Organization, key) for key in found.ids]


def names(q, **asked):
    return [it.name for it in ask(q, **asked)[1]]


def all_pages(**asked):
    read, cursor = [], None
    while True:
        found, items = ask(**asked, cursor=cursor)
        read += items
        cursor = found.page.next
        if cursor is None:
            return read


@pytest.mark.parametrize("q", ["队", "志愿", "促进会", "志愿服务队", "锦江区 同行", "９", "锦绣"])
def test_part_of_a_name_is_found(register, q):
    expected = {it.id for it in register if fold(q) in it.folded_name}
    assert find(Filters(q=q)).total == len(expected)
    assert {it.id for it in all_pages(q=q)} == expected


@pytest.mark.parametrize("q", ["51510104MJW7JC9C6K", "51510104mjw7jc", " 51510104MJW7JC9C6K "])
def test_a_code_or_its_beginning_is_found(register, q):
    assert names(q) == ["成都市锦江区和谐青少年协会"]


@pytest.mark.parametrize("q", ["锦社备2010-0065", "锦社备 2010-0065"])
def test_a_filing_number_is_found(register, q):
    assert [it.filing_number for it in ask(q)[1]] == ["锦社备2010-0065"]


@pytest.mark.parametrize("q", ["cdsjjqhxqs", "HXQSN", "qsn"])
def test_initials_are_found_anywhere_in_a_name(register, q):
    assert "成都市锦江区和谐青少年协会" in names(q, size=100)
    expected = [it for it in register if q.lower() in it.name_initials]
    assert find(Filters(q=q)).total == len(expected)


@pytest.mark.parametrize("q", ["yanglao", "yang lao", "YangLao"])
def test_full_pinyin_is_found(register, q):
    assert (
        {it.id for it in all_pages(q=q)} >= {it.id for it in register if "养老" in it.name} != set()
    )


@pytest.mark.parametrize("apart", ["", " ", "'"])
def test_whole_syllables_anywhere_in_a_name_are_found_as_a_scan_finds_them(register, apart):
    chance = Random(24)
    for it in chance.sample(register, 40):
        read = it.name_pinyin.split()
        start = chance.randrange(len(read))
        run = read[start : start + chance.randint(1, 5)]
        if not all(each.isalpha() and len(each) > 1 for each in run):
            continue
        scanned = {each.id for each in register if f" {' '.join(run)} " in f" {each.name_pinyin} "}
        assert scanned <= {each.id for each in all_pages(q=apart.join(run).lower())}, run


def test_names_recorded_before_are_read_in_syllables_by_the_job(register):
    with atomic():
        search.SYLLABLES.remove([(it.id, it.name_syllables) for it in register])
        db.session.execute(db.update(Organization.__table__).values(name_syllables=""))
    db.session.expire_all()
    assert not names("yanglao")
    keys.refresh()
    assert names("yanglao")


def test_filters_narrow_and_combine(register):
    street = find_street("盐市口", JUNE_2010)
    asked = Filters(
        track=Track.REGISTERED,
        type=OrganizationType.SERVICE_INSTITUTION,
        status=OrganizationStatus.ACTIVE,
        street=street.id,
        founded_from=date(2000, 1, 1),
        founded_to=date(2009, 12, 31),
        size=200,
    )
    expected = {
        it.id
        for it in register
        if (it.type, it.status, it.street_id)
        == (OrganizationType.SERVICE_INSTITUTION, OrganizationStatus.ACTIVE, street.id)
        and date(2000, 1, 1) <= it.founded_on <= date(2009, 12, 31)
    }
    assert set(find(asked).ids) == expected != set()


def facet(found, name):
    return {it.value: it.number for it in found.facets[name]}


def test_facets_count_beside_each_filter_as_if_it_were_not_set(register):
    found = find(Filters(q="协会", type=OrganizationType.ASSOCIATION))
    matching = [it for it in register if "协会" in it.name]
    assert facet(found, "type") == {OrganizationType.ASSOCIATION: found.total}
    assert sum(facet(found, "status").values()) == found.total == len(matching)
    everything = find(Filters(type=OrganizationType.ASSOCIATION))
    assert sum(facet(everything, "type").values()) == len(register)
    assert sum(facet(everything, "track").values()) == everything.total < len(register)


@pytest.fixture
def capped(monkeypatch):
    """Return `capped(n)`: count no further than to n."""

    def cap(number):
        for module in (search, question):
            monkeypatch.setattr(module, "COUNTED", number)

    return cap


def test_a_count_is_exact_up_to_its_cap(register, capped):
    def told():
        found = find(Filters(q="队"))
        return found.total, found.total_is_capped

    total = find(Filters(q="队")).total
    capped(total)
    assert told() == (total, False)
    capped(total - 1)
    assert told() == (total - 1, True)


@pytest.mark.parametrize("cap", [None, 5])
@pytest.mark.parametrize("q", ["", "志愿", "cdsjjq", "51510104"])
@pytest.mark.parametrize("sort", Sort)
def test_pages_join_in_every_order(register, capped, sort, q, cap):
    if cap:
        capped(cap)
    with atomic():  # some foundings are not known
        unknown = [it.id for it in register[::7]]
        db.session.execute(
            db.update(Organization.__table__)
            .where(Organization.__table__.c.id.in_(unknown))
            .values(founded_on=None)
        )
    read = all_pages(q=q, sort=sort, size=13)
    matching = {
        it.id
        for it in db.session.scalars(db.select(Organization))
        if q in it.folded_name or q in it.name_initials or (it.unified_code or "").startswith(q)
    }
    assert len(read) == len({it.id for it in read})
    assert {it.id for it in read} == matching
    turn = -1 if sort.startswith("-") else 1
    key = {
        "newest": lambda it: -it.id,
        "name": lambda it: (it.name_pinyin, it.id),
        "founded": lambda it: (
            it.founded_on is None,
            turn * (it.founded_on or date.min).toordinal(),
            turn * it.id,
        ),
    }[sort.strip("-")]
    assert read == sorted(read, key=key, reverse=sort is Sort.NAME_DOWN)


@pytest.mark.parametrize("q", ["", "志愿", "zy"])
@pytest.mark.parametrize("sort", Sort)
def test_pages_are_read_backwards_as_well(register, sort, q):
    asked = Filters(q=q, sort=sort, size=11)
    pages = [find(asked)]
    while pages[-1].page.next:
        pages.append(find(asked, pages[-1].page.next))
    back = pages[-1]
    for page in reversed(pages[:-1]):
        back = find(asked, back.page.previous)
        assert back.ids == page.ids
    assert back.page.previous is None


@pytest.mark.parametrize(
    "cursor", ["x", "!!", "WzFd", "W10", "WzEsIjEiXQ", "WzEsOTk5OTk5OTk5OTk5OTk5OTk5OTld", "\0"]
)
def test_a_cursor_that_is_none_is_refused(register, cursor):
    with pytest.raises(RuleBroken):
        find(Filters(), cursor)


def test_a_search_costs_the_same_queries_for_any_number_of_rows(register):
    def cost(q, size):
        with statements() as asked:
            find(Filters(q=q, size=size))
        return len(asked)

    assert cost("协会", 1) <= 6  # with the map of streets, which a request reads once
    assert cost("协会", 1) == cost("协会", 50) <= 6
    assert cost("xh", 1) == cost("xh", 50) <= 12
