"""How names are read, without a database."""

import pytest

from core.divisions import names


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("春熙路街道", "春熙路"),
        ("书院街街道", "书院街"),
        ("净居寺社区", "净居寺"),
        ("锦江区", "锦江"),
        ("成都市", "成都"),
        ("东区", "东区"),
        ("街道", "街道"),
        ("净居寺社区第三网格", "净居寺社区第三"),
    ],
)
def test_short_name(name, short):
    assert names.short_name(name) == short


@pytest.mark.parametrize(
    ("written", "full"),
    [("书院街", "书院街街道"), (" 狮子山 街道", "狮子山街道"), ("柳江镇", "柳江镇")],
)
def test_street_name(written, full):
    assert names.street_name(written) == full


def test_community_name():
    assert names.community_name("净居寺") == "净居寺社区"
    assert names.community_name("大观村") == "大观村"


@pytest.mark.parametrize(
    ("name", "split"),
    [
        ("成都市锦江区", ("成都市", "锦江区")),
        ("四川省成都市锦江区", ("四川省成都市", "锦江区")),
        ("成都市都江堰市", ("成都市", "都江堰市")),
        ("内江市市中区", ("内江市", "市中区")),
        ("锦江区", (None, "锦江区")),
        ("都江堰市", (None, "都江堰市")),
    ],
)
def test_split_district(name, split):
    assert names.split_district(name) == split


@pytest.mark.parametrize(
    "written",
    ["成都市锦江区春熙路街道", "四川省成都市锦江区春熙路街道", "锦江区春熙路街道",
     "成都锦江春熙路街道", "锦江 春熙路街道", "春熙路街道"],
)  # fmt: skip
def test_without_prefix(written):
    assert names.without_prefix(written, ["成都市", "锦江区"]) == "春熙路街道"
