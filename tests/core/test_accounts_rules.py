"""What a sign-in name, a password and a way back must be."""

import string
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.accounts import rules
from core.accounts.passwords import COMMON_PASSWORDS

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("typed", "mobile"),
    [
        ("13800000000", "13800000000"),
        (" 138 0000 0000 ", "13800000000"),
        ("138-0000-0000", "13800000000"),
        ("+86 13800000000", "13800000000"),
        ("１３８００００００００", "13800000000"),
        ("12800000000", None),
        ("1380000000", None),
        ("138000000000", None),
        ("wang@example.org", None),
        ("", None),
    ],
)
def test_mobile_numbers(typed, mobile):
    assert rules.mobile_of(typed) == mobile


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("Wang.Fang@Example.org ", "wang.fang@example.org"),
        ("王芳@例子.中国", "王芳@例子.中国"),
        ("wang@example", None),
        ("wang fang@example.org", None),
        ("a@b@example.org", None),
        ("Wang <wang@example.org>", None),
        ("x" * 200 + "@example.org", None),
    ],
)
def test_e_mail_addresses(typed, address):
    assert rules.email_of(typed) == address


@pytest.mark.parametrize(
    "target",
    ["/", "/register?q=养老", "/register/51510104MJ12345678", "/a/b#c", "/x?next=http://y"],
)
def test_own_paths_are_kept(target):
    assert rules.own_path(target) == target


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "register",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "/\\/evil.example",
        "/a\\b",
        "http://evil.example/",
        "https:evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\n/evil.example",
        "/ /evil.example",
        " //evil.example",
        "/\x00",
        "/" + "a" * 3000,
        7,
    ],
)
def test_everything_else_is_not(target):
    assert rules.own_path(target) is None


@given(st.text(alphabet="/\\:@.?#\t\n ae%", max_size=12))
def test_what_is_kept_stays_on_this_site(target):
    kept = rules.own_path(target)
    if kept is not None:
        # Browsers read a backslash as a slash and skip tabs and line ends.
        seen = kept.replace("\\", "/").replace("\t", "").replace("\n", "")
        assert urlsplit(urljoin("https://office.example/sign-in", seen)).netloc == "office.example"


def test_a_lock_doubles_up_to_the_longest():
    waits = [rules.lock_length(n, 5, MINUTE, HOUR) for n in range(1, 14)]
    assert waits[:4] == [None] * 4
    assert [wait and wait // MINUTE for wait in waits[4:]] == [1, 2, 4, 8, 16, 32, 60, 60, 60]


@given(st.integers(1, 10**9), st.integers(1, 20))
def test_a_lock_never_shrinks_nor_outgrows_the_longest(failures, free):
    wait = rules.lock_length(failures, free, MINUTE, HOUR) or timedelta()
    longer = rules.lock_length(failures + 1, free, MINUTE, HOUR) or timedelta()
    assert wait <= longer <= HOUR


def fault(password, *personal):
    common = frozenset({"correcthorse", "qwertyuiop"})
    return rules.password_fault(password, shortest=10, common=common, personal=personal)


@pytest.mark.parametrize(
    "password", ["锦江的银杏黄了十月", "kettle under 7 bridges", "Vd3!pt-9wLq0"]
)
def test_good_passwords(password):
    assert fault(password + "!") is None


@pytest.mark.parametrize(
    "password",
    [
        "short1234",
        "qwertyuiop",
        "QwertyUiop",
        "ＱＷＥＲＴＹＵＩＯＰ",
        "1111111111",
        "1212121212",
        "0123456789",
        "9876543210",
        "abcdefghijkl",
        "x1" * 101,
        "王芳很喜欢锦江和春熙路" * 20,
    ],
)
def test_bad_passwords(password):
    assert fault(password)


@pytest.mark.parametrize(
    "password", ["wangfang-2026!", "my13800000000x", "Example-pass-1", "WANGFANG?99x"]
)
def test_a_password_is_not_made_of_ones_own_name_and_addresses(password):
    assert fault(password, "wangfang@example.org", "13800000000")
    assert fault(password) is None


def test_the_list_of_common_passwords_is_clean():
    lines = COMMON_PASSWORDS.read_text().splitlines()
    assert len(lines) > 5000
    assert lines == sorted(set(lines))
    assert all(len(line) >= 10 and set(line) <= set(string.printable) for line in lines)
    assert {"password123", "woaini1314520", "1qaz2wsx3edc", "a123456789"} <= set(lines)
