"""District files: what they say, and how their mistakes are named."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.divisions.district_file import Figure, read_district
from core.errors import RuleBroken

FILE = Path(__file__).parents[1] / "data" / "district.toml"
HEAD = 'code = "510104"\nname = "成都市锦江区"\n'
STREETS = '[streets_2004_2019]\nnames = ["甲", "乙"]\n[streets_2019]\nnames = ["乙", "丙"]\n'


def test_the_district_of_the_demo():
    file = read_district(FILE.read_text(encoding="utf-8"))
    assert (file.city, file.name, file.code) == ("成都市", "锦江区", "510104")
    lasting = [it for it in file.streets if it.valid_to is None]
    assert [it.name for it in lasting if it.position == 0] == ["锦官驿街道"]
    assert len(lasting) == 11
    assert len(file.streets) == 19
    by_name = {it.name: it for it in file.streets}
    assert by_name["书院街街道"].valid_from == date(2004, 1, 1)
    assert by_name["盐市口街道"].valid_to == date(2019, 12, 30)
    assert by_name["东湖街道"].valid_from == date(2019, 12, 31)
    assert Figure("population", date(2020, 11, 1), Decimal(902933)) in file.figures
    assert Figure("area_km2", None, Decimal("61.12")) in file.figures
    assert Figure("registered", date(2010, 6, 30), Decimal(231)) in file.figures
    assert Figure("community_fund_cny", date(2014, 12, 31), Decimal(400000)) in file.figures


def test_a_list_may_say_its_first_day():
    text = HEAD + STREETS.replace("[streets_2019]", "[streets_2019]\nfrom = 2019-12-26")
    ended = {it.name: it.valid_to for it in read_district(text).streets}
    assert ended == {"甲街道": date(2019, 12, 25), "乙街道": None, "丙街道": None}


def test_a_street_founded_anew_is_a_new_node():
    text = HEAD + (
        '[streets_2000_2004]\nnames = ["甲"]\n[streets_2004_2019]\nnames = ["乙"]\n'
        '[streets_2019]\nnames = ["甲"]\n'
    )
    nodes = [(it.name, it.valid_from) for it in read_district(text).streets]
    assert nodes == [
        ("甲街道", date(2000, 1, 1)),
        ("乙街道", date(2004, 12, 31)),
        ("甲街道", date(2019, 12, 31)),
    ]


def test_communities_and_successors():
    text = (
        HEAD + STREETS + '[communities]\n"乙" = ["净居寺", "大观村"]\n[successors]\n甲 = ["丙"]\n'
    )
    file = read_district(text.replace("甲 =", '"甲" ='))
    assert file.communities == {"乙街道": ["净居寺社区", "大观村"]}
    assert file.successors == {"甲街道": ["丙街道"]}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("code = ", ["not TOML"]),
        ("", ["code: six digits", "name: ", "at least one list"]),
        ('code = 510104\nname = ""\n' + STREETS, ["code: ", "name: "]),
        (HEAD + "[streets_2019]\nnames = []", ["streets_2019: names must be a list"]),
        (HEAD + '[streets_2019]\nnames = ["甲", "甲街道"]', ["streets_2019: 甲街道", "twice"]),
        (HEAD + '[streets_2019]\nnames = ["甲"]\nsince = 1', ["streets_2019.since: "]),
        (HEAD + '[streets_2019]\nnames = ["甲"]\nfrom = 2018-01-01', ["streets_2019.from: "]),
        (HEAD + '[streets_2004_2019]\nnames = ["甲"]', ["streets_2004_2019: the last list"]),
        (HEAD + STREETS.replace("4_2019", "4_2018"), ["streets_2004_2018: ", "streets_2019"]),
        (HEAD + STREETS + '[communities]\n"丁" = ["x"]', ["communities.丁: no list"]),
        (HEAD + STREETS + '[communities]\n"乙" = "x"', ["communities.乙: a list"]),
        (HEAD + STREETS + '[communities]\n"乙" = ["x", "x社区"]', ["communities.乙: a name"]),
        (HEAD + "communities = 3\n" + STREETS, ["communities: "]),
        (HEAD + STREETS + '[successors]\n"乙" = ["丙"]', ["successors.乙: this street still"]),
        (HEAD + STREETS + '[successors]\n"甲" = ["丁"]', ["successors.甲: 丁街道"]),
        (HEAD + 'area_km2 = "large"\n' + STREETS, ["area_km2: a number"]),
        (HEAD + "flag = true\n" + STREETS, ["flag: a number"]),
        (HEAD + "area_km2 = 61.123\n" + STREETS, ["area_km2: the number"]),
        (HEAD + "area_km2 = nan\n" + STREETS, ["area_km2: the number"]),
        (HEAD + "population = { x = 1 }\n" + STREETS, ["population.x: a figure's day"]),
        (HEAD + STREETS + "[june_2010]\nfiled = []", ["june_2010.filed: a number"]),
    ],
)
def test_every_mistake_is_named_with_its_key(english, text, words):
    with pytest.raises(RuleBroken) as refused:
        read_district(text)
    assert all(word in str(refused.value) for word in words), str(refused.value)
