"""Figures of the register: each equals what the list behind it counts; titles say what they say."""

import re
from datetime import date
from typing import Any

import pytest

from core import divisions
from core.accounts import SYSTEM
from core.db import atomic, db
from registry.chronicle.spans import Happening
from registry.organizations.kinds import OrganizationStatus, Track
from registry.statistics import actions, findings, pictures, queries
from registry.statistics.models import StoredFigures
from registry.statistics.picture import Counted, frame
from registry.statistics.places import Map, people_of, places
from tests.registry import lives
from tests.statements import statements

R, F = Track.REGISTERED, Track.FILED


@pytest.fixture
def register(jinjiang, frozen):
    frozen("2010-11-15 09:00")
    lives.many(40)


def drawn(year, kind=Map.THEN):
    return pictures.of_register(queries.register(), frame(year, kind))


def numbers(client, kind):
    """Return every number of every table that leads to a list, with what the list counts."""
    found: dict[str, set[Any]] = {}
    for picture in drawn(2010, kind):
        for row in picture.rows:
            for cell in row:
                if isinstance(cell, Counted):
                    found.setdefault(cell.url, set()).add((picture.key, row[0], int(cell)))
    return found


@pytest.mark.engines("sqlite")
def test_every_number_is_what_its_list_counts(register, client, app):
    with app.test_request_context():
        found = numbers(client, Map.TODAY) | numbers(client, Map.THEN)
    assert len(found) > 60
    zero = [url for url, told in found.items() if {n for _k, _r, n in told} == {0}]
    for url in [*zero[:5], *(url for url in found if url not in zero)]:
        text = client.get(f"{url}&lang=en").text
        counted = re.search(r"([\d,]+) entr(?:y|ies)", text)
        listed = int(counted[1].replace(",", "")) if counted else 0
        assert {n for _key, _row, n in found[url]} == {listed}, (url, found[url])


def test_stock_is_what_came_less_what_went(jinjiang, frozen):
    frozen("2010-11-15 09:00")
    lives.many(60, in_order=True)
    told = queries.register()
    for first, last in ((2009, 2009), (2010, 2010)):
        before, after = date(first - 1, 12, 31), min(date(last, 12, 31), told.until)
        rise = sum(told.stock(it, after) - told.stock(it, before) for it in (R, F))
        start = date(first, 1, 1)
        came, gone, back, taken = (
            told.happened(Happening(it), None, start, after)
            for it in ("founded", "ended", "restored", "entered")
        )
        assert rise == came - gone + back + taken
    assert sum(told.streets(told.until).values()) == sum(
        told.stock(it, told.until) for it in (R, F)
    )
    assert sum(told.types(told.until).values()) == sum(told.stock(it, told.until) for it in (R, F))


@pytest.mark.engines("sqlite")
def test_the_figures_cost_the_same_queries_for_any_register(jinjiang):
    def cost():
        with atomic(), statements() as asked:
            drawn(2010)
        return len(asked)

    with atomic():
        lives.enter(9000, "锦江一家协会")
    alone = cost()
    lives.many(60)
    assert cost() == alone < 20


def test_the_pilot_of_2010_reads_as_it_was_reported(jinjiang, english):
    with atomic():
        for n in range(12):
            lives.enter(n, f"群{n}", filed=True, founded_on=date(2010, 4 + n % 3, 1 + n))
    titles = {it.key: it.title for it in drawn(2010)}
    assert titles["months"] == "December 2009 to December 2010: filed groups up from 0 to 12"
    assert titles["flow"] == "In 2010 12 organizations were founded and 0 ended"
    assert titles["years"] == "12 organizations stand on the register, 100% of them filed groups"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([0, 0, 0, 50, 90, 169, 169], "A to B: X up from 0 to 169"),
        ([5, 5, 5], "A to B: X unchanged at 5"),
        ([9, 4, 4], "A to B: X down from 9 to 4"),
        ([1, 9, 3], "A to B: X up from 1 to 3"),
    ],
)
@pytest.mark.engines("sqlite")
def test_growth_names_the_months_between_which_it_is_counted(english, values, words):
    assert findings.grew("X", values, "A", "B") == words


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("known", "words"),
    [
        (2024, "Most were founded in 2025: 3, 60% of those since 2024"),
        (2026, "In 2026 1 organization was founded"),
    ],
)
def test_years_before_the_records_are_not_compared(english, known, words):
    years = [("2023", 9), ("2024", 1), ("2025", 3), ("2026", 1)]
    assert findings.peak(years, known) == words


@pytest.mark.engines("sqlite")
def test_of_a_single_year_with_any_nothing_is_called_the_most(english):
    years = [("2015", 0), ("2024", 0), ("2025", 0), ("2026", 4)]
    assert findings.peak(years, 2024) == "In 2026 4 organizations were founded"


@pytest.mark.engines("sqlite")
def test_a_year_whose_census_is_missing_has_no_density(jinjiang, english, frozen):
    frozen("2026-12-07 09:00")
    with atomic():
        lives.enter(1, "锦江一家协会", founded_on=date(2009, 3, 1))
    found = next(it for it in drawn(2026) if it.key == "density")
    each = {row[0]: row[4] for row in found.rows}
    assert each["2009"] == 440280
    assert {each[str(year)] for year in range(2010, 2020)} == {None}
    assert each["2020"] == each["2026"] == 902933
    assert "2010–2019 is not on file" in found.note
    assert "2026" in next(it for it in drawn(2026) if it.key == "flow-by-year").note


@pytest.mark.engines("sqlite")
def test_a_value_beside_a_promise_is_said_in_its_label_alone(app):
    bars = app.jinja_env.get_template("components/charts.html").module.bar_chart
    assert ">2天<" in bars([("甲", 2)], "天")
    assert ">2天<" not in bars([("甲", 2, 5)], "天")


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(0, 9, "0%"), (1, 3, "33.3%"), (9999, 10000, "99.9%"), (1, 99999, "0.1%"), (4, 4, "100%")],
)
def test_a_share_is_never_rounded_to_all_or_nothing(part, whole, words):
    assert findings.share(part, whole) == words


# --- maps and people


@pytest.fixture
def merged(jinjiang):
    """合江亭 and 水井坊 went into 锦官驿; what became of 督院街 nobody recorded."""
    from core.divisions import district_file, loading
    from tests.registry.conftest import DATA

    text = (DATA / "district.toml").read_text("utf-8")
    text += (
        '\n[successors]\n"合江亭" = ["锦官驿"]\n"水井坊" = ["锦官驿"]\n[sources]\npopulation = "普查"\n'
        '[street_figures."2010-11-01".population]\n"合江亭" = 300\n"水井坊" = 500\n"督院街" = 100\n'
        '[street_figures."2020-11-01".population]\n"锦官驿" = 1000\n'
    )
    with atomic():
        loading.load_district(district_file.read_district(text), by=SYSTEM)


def street(name):
    return next(it for it in divisions.streets(date(2010, 1, 1)) if it.short_name == name)


def test_old_streets_are_shown_on_todays_map(merged, english):
    old = {street("合江亭").id, street("水井坊").id, street("督院街").id}
    today = {it.name: it for it in places(Map.TODAY, date(2010, 12, 31), old)}
    assert {street("合江亭").id, street("水井坊").id} < today["锦官驿"].ids
    assert not today["督院街 (until 2019)"].on_map
    then = {it.name: it for it in places(Map.THEN, date(2010, 12, 31), old)}
    assert then["合江亭"].ids == {street("合江亭").id}
    assert len(then) == 16


def test_the_people_of_a_street_are_those_of_its_latest_count(merged):
    def people(kind, day, name):
        place = next(it for it in places(kind, day, set()) if it.name == name)
        found = people_of(place, divisions.known("population", day))
        return found and (found.number, found.on, found.source)

    census = date(2020, 11, 1)
    assert people(Map.THEN, date(2010, 12, 31), "合江亭") == (300, date(2010, 11, 1), "普查")
    assert people(Map.TODAY, date(2012, 12, 31), "锦官驿") == (800, date(2010, 11, 1), "普查")
    assert people(Map.TODAY, date(2021, 12, 31), "锦官驿") == (1000, census, "普查")
    assert people(Map.TODAY, date(2021, 12, 31), "三圣") is None


def test_people_per_organization_follow_the_stock(merged, english, frozen):
    frozen("2012-06-01 09:00")
    with atomic():
        for n, name in enumerate(("合江亭", "合江亭", "水井坊")):
            lives.enter(n, f"会{n}", street_id=street(name).id)
        lives.enter(
            9, "去", street_id=street("合江亭").id, ended_on=date(2010, 9, 1),
            status=OrganizationStatus.DEREGISTERED,
        )  # fmt: skip
    found = {it.key: it for it in drawn(2010)}["density-by-street"]
    by_name = {row[0]: row[1:] for row in found.rows}
    assert by_name["合江亭"] == [2, 300, "1 November 2010", 150]
    assert by_name["水井坊"] == [1, 500, "1 November 2010", 500]
    assert found.title == "One organization for 150 people in 合江亭, for 500 in 水井坊"
    assert found.source == "普查"


# --- a large register


@pytest.mark.engines("sqlite")
def test_a_large_register_is_counted_ahead(register, monkeypatch):
    before = queries.register()
    assert actions.store_figures() > 40
    assert queries.stored() is None
    monkeypatch.setattr(actions, "MOST_LIVE", 10)
    actions.store_figures()
    kept = db.session.scalars(db.select(StoredFigures)).one()
    assert kept.until == before.until
    told = queries.register()
    for name in ("by_month", "by_street", "by_kind", "flow"):
        assert sorted(map(str, getattr(told, name))) == sorted(map(str, getattr(before, name)))
