"""The tree: loading, reading, recognising, reforms."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from core import divisions
from core.accounts import SYSTEM, Actor, Role
from core.audit.models import AuditEntry
from core.db import atomic, db
from core.divisions import actions, queries
from core.divisions.district_file import read_district
from core.divisions.loading import load_district
from core.divisions.models import Division, DivisionFact
from core.errors import NotAllowed, NotFound, RuleBroken
from tests.statements import statements

FILE = Path(__file__).parents[1] / "data" / "district.toml"
TEXT = FILE.read_text(encoding="utf-8")
COMMUNITIES = (
    '[communities]\n"春熙路" = ["净居寺", "大慈寺"]\n"书院街" = ["大慈寺"]\n"东光" = ["水碾河"]\n'
)
SUCCESSORS = '[successors]\n"东光" = ["东湖"]\n"合江亭" = ["锦官驿"]\n"水井坊" = ["锦官驿"]\n"莲新" = ["东湖", "锦华路"]\n'
IN_2010 = date(2010, 6, 30)
IN_2026 = date(2026, 11, 22)


def load(text):
    with atomic():
        return load_district(read_district(text), by=SYSTEM)


@pytest.fixture
def jinjiang(app, frozen):
    """The demo district, seen from 2026."""
    frozen("2026-11-22 09:00")
    load(TEXT + COMMUNITIES + SUCCESSORS)
    return divisions.require_district()


def names(found):
    return [it.short_name for it in found]


def street(written, on=None):
    found = divisions.find_street(written, on)
    assert found, written
    return found


def community(written, of=None):
    found = divisions.find_community(written, of)
    assert found, written
    return found


# --- loading


def test_an_older_file_does_not_undo_a_reform(jinjiang, frozen):
    old, new = street("书院街"), street("春熙路")
    with atomic():
        actions.succeed([old], [new], on=date(2026, 12, 1), by=SYSTEM)
    frozen("2026-12-02 09:00")
    with pytest.raises(RuleBroken) as refused:
        load(TEXT + COMMUNITIES + SUCCESSORS)
    assert "书院街街道" in str(refused.value) and "春熙路街道" in str(refused.value)
    assert divisions.on_map(old) == new and old.valid_to == date(2026, 11, 30)


def test_a_street_on_both_maps_is_one_node(jinjiang):
    assert len(divisions.streets(IN_2010)) == 16
    assert len(divisions.streets()) == 11
    both = {it.id for it in divisions.streets(IN_2010)} & {it.id for it in divisions.streets()}
    assert len(both) == 8
    assert names(divisions.streets())[:3] == ["锦官驿", "东湖", "锦华路"]
    assert len(divisions.streets(date(2019, 12, 30))) == 16
    assert len(divisions.streets(date(2019, 12, 31))) == 11
    assert divisions.streets(date(2003, 12, 31)) == []


def test_loading_again_changes_nothing(jinjiang):
    entries = db.session.scalar(db.select(db.func.count()).select_from(AuditEntry))
    done = load(TEXT + COMMUNITIES + SUCCESSORS)
    assert (done.added, done.changed) == (0, 0)
    assert db.session.scalar(db.select(db.func.count()).select_from(AuditEntry)) == entries


def test_loading_brings_up_to_date_what_differs(jinjiang):
    one = street("盐市口")
    fixed = TEXT.replace("902933", "902934").replace(
        "[streets_2019]", "[streets_2019]\nfrom = 2019-12-26"
    )
    done = load(fixed)
    assert (done.added, done.changed) == (0, 12)
    assert one.valid_to == date(2019, 12, 25)
    assert len(divisions.streets()) == 11
    assert divisions.figure(jinjiang, "population") == 902934


def test_another_district_is_refused(jinjiang):
    with pytest.raises(RuleBroken):
        load(TEXT.replace("510104", "510105"))


def test_a_bad_file_writes_nothing(app, tmp_path):
    file = tmp_path / "bad.toml"
    file.write_text(TEXT.replace("902933", '"many"'), encoding="utf-8")
    done = app.test_cli_runner().invoke(args=["district", "load", str(file)])
    assert done.exit_code == 1
    assert "population.2020-11-01" in done.output
    assert db.session.scalar(db.select(Division)) is None


def test_the_command_loads_and_says_what_it_did(app):
    done = app.test_cli_runner().invoke(args=["district", "load", str(FILE)])
    assert done.exit_code == 0
    assert "成都市锦江区" in done.output


def test_a_file_in_another_encoding_is_refused(app, tmp_path):
    file = tmp_path / "bad.toml"
    file.write_bytes(TEXT.encode("gb18030"))
    assert app.test_cli_runner().invoke(args=["district", "load", str(file)]).exit_code == 1


# --- reading


def test_before_a_district_is_loaded(app):
    assert divisions.the_district() is None
    assert divisions.district_name()
    assert divisions.streets() == []
    with pytest.raises(RuleBroken):
        divisions.require_district()
    load(TEXT)
    assert divisions.district_name() == "成都市锦江区"
    assert divisions.require_district().name == "锦江区"


def test_a_district_without_its_city(app):
    load(TEXT.replace("成都市", ""))
    assert divisions.district_name() == "锦江区"


def test_where_a_division_lies(jinjiang):
    one = community("净居寺")
    assert divisions.path(one) == "锦江区 › 春熙路街道 › 净居寺社区"
    assert divisions.official_name(one) == "成都市锦江区春熙路街道净居寺社区"
    assert names(divisions.ancestors(one)) == ["春熙路", "锦江", "成都"]
    assert divisions.path(jinjiang.parent) == "成都市"
    assert divisions.subtree_ids(one.parent) == {
        one.parent_id,
        *(it.id for it in divisions.communities(one.parent)),
    }
    assert len(divisions.subtree_ids(jinjiang)) == 1 + 19 + 4


def test_communities(jinjiang):
    one = street("春熙路")
    assert names(divisions.communities(one)) == ["净居寺", "大慈寺"]
    assert len(divisions.communities()) == 3
    assert len(divisions.communities(on=IN_2010)) == 4
    assert queries.children(jinjiang) == divisions.streets()


def test_the_name_of_the_district_is_read_once_a_request(jinjiang):
    db.session.rollback()
    with statements() as asked:
        for _turn in range(3):
            divisions.district_name()
        for each in divisions.streets():
            divisions.path(each)
    assert sum(statement.startswith("SELECT") for statement in asked) == 2


def test_figures(jinjiang):
    assert divisions.figure(jinjiang, "population", date(2010, 1, 1)) == 440280
    assert divisions.figure(jinjiang, "population") == 902933
    assert divisions.figure(jinjiang, "population", date(1999, 1, 1)) is None
    assert divisions.figure(jinjiang, "area_km2") == Decimal("61.12")
    assert divisions.figures(jinjiang, "population") == [
        (date(2000, 11, 1), Decimal(440280)),
        (date(2020, 11, 1), Decimal(902933)),
    ]


def test_an_absent_division_is_not_found(app):
    with pytest.raises(NotFound):
        queries.access_division(1)


# --- recognising


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("狮子山", "狮子山"),
        ("狮子山街道", "狮子山"),
        ("狮子山街道办事处", "狮子山"),
        (" 狮 子 山　街道\u200b", "狮子山"),
        ("狮子山街道办", "狮子山"),
        ("狮子山街办", "狮子山"),
        ("书院街", "书院街"),
        ("书院街道", "书院街"),
        ("书院街街道", "书院街"),
        ("书院街街街道", "书院街"),
        ("书院街街道办事处", "书院街"),
        ("督院街街道", "督院街"),
        ("三圣乡", "三圣"),
        ("成都市锦江区春熙路街道", "春熙路"),
        ("锦江区春熙路街道办事处", "春熙路"),
        ("成都锦江春熙路", "春熙路"),
        ("锦江盐市口", "盐市口"),
    ],
)
def test_streets_as_offices_write_them(jinjiang, written, name):
    assert street(written, IN_2010).short_name == name
    assert street(written).short_name == name


@pytest.mark.parametrize("written", ["天府街道", "", "  ", "街道", "街", "锦江区", "路街道"])
def test_what_is_no_street_is_not_guessed(jinjiang, written):
    assert divisions.find_street(written) is None


def test_a_street_is_found_only_while_it_stands(jinjiang):
    assert divisions.find_street("盐市口街道", IN_2026) is None
    assert divisions.find_street("东湖", IN_2010) is None
    assert divisions.find_street("盐市口街道") is not None


def test_of_two_streets_of_one_name_the_present_one_is_meant(app):
    head = 'code = "510104"\nname = "成都市锦江区"\n'
    maps = (("2000_2004", "甲"), ("2004_2019", "乙"), ("2019", "甲"))
    load(head + "".join(f'[streets_{key}]\nnames = ["{name}"]\n' for key, name in maps))
    assert street("甲").valid_to is None
    assert street("甲", date(2001, 1, 1)).valid_from == date(2000, 1, 1)
    assert divisions.find_street("甲", IN_2010) is None


def test_communities_as_people_write_them(jinjiang):
    assert community("净居寺社区居委会").name == "净居寺社区"
    assert divisions.find_community("大慈寺") is None  # two streets have one
    in_street = community("书院街街道大慈寺社区")
    assert in_street.parent.name == "书院街街道"
    assert community("大慈寺", street("春熙路")) != in_street
    assert divisions.find_community("成都市锦江区春熙路街道办事处净居寺") is not None
    assert divisions.find_community("无此街道净居寺社区") is None


# --- reforms


def test_successors_from_the_file(jinjiang):
    assert names(divisions.successors(street("东光"))) == ["东湖"]
    assert divisions.on_map(street("东光")) == street("东湖")
    assert divisions.on_map(street("莲新")) is None
    assert divisions.on_map(street("盐市口")) is None
    assert divisions.on_map(street("锦官驿"), IN_2010) is None
    lasting = street("春熙路")
    assert divisions.on_map(lasting, IN_2010) is lasting


def test_merging_moves_what_is_below_and_tells_the_followers(app, jinjiang, monkeypatch):
    told = []
    monkeypatch.setitem(app.extensions, "division_followers", [])
    divisions.when_succeeded(app, lambda *news: told.append(news))
    old, new = street("春熙路"), street("书院街")
    one = community("净居寺")
    day = date(2027, 1, 1)
    with atomic():
        actions.succeed([old], [new], on=day, by=SYSTEM)
    assert old.valid_to == date(2026, 12, 31)
    assert divisions.streets(day) == [it for it in divisions.streets() if it is not old]
    assert sorted(names(divisions.communities(new, day))) == ["净居寺", "大慈寺"]
    moved = divisions.on_map(one, day)
    assert moved
    assert moved.parent_id == new.id
    assert divisions.path(one) == "锦江区 › 春熙路街道 › 净居寺社区"
    assert queries.predecessors(moved) == [one]
    assert [(it[0], it[1]) for it in told][-1] == (old, new)
    assert len(told) == 3


def test_splitting_asks_for_what_is_below_first(jinjiang):
    old = street("春熙路")
    new = [street("书院街"), street("东湖")]
    with pytest.raises(RuleBroken), atomic():
        actions.succeed([old], new, on=date(2027, 1, 1), by=SYSTEM)
    empty = street("沙河")
    with atomic():
        actions.succeed([empty], new, on=date(2027, 1, 1), by=SYSTEM)
    assert len(divisions.successors(empty)) == 2
    assert divisions.on_map(empty, date(2027, 1, 1)) is None


@pytest.mark.parametrize(
    ("old", "new", "on"),
    [
        (["春熙路"], ["春熙路"], date(2027, 1, 1)),
        ([], ["春熙路"], date(2027, 1, 1)),
        (["盐市口"], ["春熙路"], date(2027, 1, 1)),  # it ended in 2019
        (["春熙路"], ["盐市口"], date(2027, 1, 1)),
        (["春熙路"], ["东湖"], date(2010, 1, 1)),
    ],
)
def test_what_the_map_does_not_allow(jinjiang, old, new, on):
    olds, news = ([street(it) for it in each] for each in (old, new))
    with pytest.raises(RuleBroken), atomic():
        actions.succeed(olds, news, on=on, by=SYSTEM)


def test_levels_do_not_mix_and_strangers_change_nothing(jinjiang):
    east, temple = street("东湖"), community("净居寺")
    with pytest.raises(RuleBroken), atomic():
        actions.succeed([temple], [east], on=date(2027, 1, 1), by=SYSTEM)
    stranger = Actor(roles=frozenset({Role.EXAMINER}))
    with pytest.raises(NotAllowed), atomic():
        actions.succeed([east], [east], on=date(2027, 1, 1), by=stranger)


# --- what the database itself refuses


def insert_division(**values):
    columns, slots = ", ".join(values), ", ".join(f":{it}" for it in values)
    db.session.execute(
        db.text(f"INSERT INTO division ({columns}, position) VALUES ({slots}, 0)"), values
    )


@pytest.mark.parametrize(
    "row",
    [
        {"valid_from": date(2020, 1, 2), "valid_to": date(2020, 1, 1)},
        {"valid_from": date(2015, 1, 1)},  # its name and first day are taken
        {"name": "无期街道"},  # so is its name since ever
        {"level": "planet"},
        {"code": "510104"},
        {"parent_id": 999999},
    ],
)
def test_the_database_refuses(jinjiang, row):
    sample = {"name": "试验街道", "level": "street", "parent_id": jinjiang.id}
    insert_division(**sample, valid_from=date(2015, 1, 1))
    insert_division(**{**sample, "name": "无期街道"})
    with pytest.raises(IntegrityError):
        insert_division(**{**sample, **row})


def test_a_lasting_figure_stands_once(jinjiang):
    db.session.add(DivisionFact(division_id=jinjiang.id, key="area_km2", value=Decimal(1)))
    with pytest.raises(IntegrityError):
        db.session.flush()
