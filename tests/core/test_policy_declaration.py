"""Declaring a policy: types, limits, words."""

from decimal import Decimal

import pytest
from flask_babel import force_locale

from core import policy
from core.errors import RuleBroken
from core.policy import Kind, Policy, Unit
from core.policy.declaration import chapter_of

DAYS = Policy("test.days", 20, Unit.WORKING_DAYS, "条例第十二条", "Days", 1, 60)
RATE = Policy("test.rate", Decimal("0.5"), Unit.PERCENT, "x", "Rate", Decimal(0), Decimal(100))
SWITCH = Policy("test.switch", default=False, source="x", label="Switch")
MODE = Policy("test.mode", "a", source="x", label="Mode", choices={"a": "One", "b": "Other"})
WORDS = Policy("test.words", "锦社备", source="x", label="Prefix")


def test_kinds_follow_from_defaults():
    kinds = [it.kind for it in (DAYS, RATE, SWITCH, MODE, WORDS)]
    assert kinds == [Kind.INTEGER, Kind.DECIMAL, Kind.YES_NO, Kind.CHOICE, Kind.TEXT]


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "nodot"},
        {"key": "Test.Days"},
        {"key": "test." + "x" * 100},
        {"default": 0.5},
        {"default": 61},
        {"default": 0},
        {"source": ""},
        {"label": ""},
        {"unit": "furlongs"},
        {"default": "c", "choices": {"a": "A"}, "minimum": None, "maximum": None},
        {"default": "", "minimum": None, "maximum": None},
    ],
)
def test_a_wrong_declaration_is_refused_at_once(wrong):
    right = {
        "key": "test.days", "default": 20, "source": "x", "label": "x", "minimum": 1, "maximum": 60
    }  # fmt: skip
    with pytest.raises(ValueError):
        Policy(**{**right, **wrong})


def test_a_key_is_declared_once():
    policy.register(DAYS, DAYS)
    assert policy.declaration("test.days") is DAYS
    assert DAYS in policy.declared()
    with pytest.raises(ValueError, match=r"test\.days"):
        policy.register(Policy("test.days", 20, source="x", label="x"))
    with pytest.raises(KeyError):
        policy.declaration("test.unheard_of")


@pytest.mark.parametrize(
    ("declared", "good"),
    [(DAYS, 1), (DAYS, 60), (RATE, Decimal("99.5")), (SWITCH, True), (MODE, "b"), (WORDS, "x")],
)
def test_what_a_policy_may_be(declared, good):
    checked = declared.check(good)
    assert checked == good
    assert declared.from_json(declared.to_json(checked)) == good
    assert type(declared.from_json(declared.to_json(checked))) is type(declared.default)


@pytest.mark.parametrize(
    ("declared", "bad"),
    [
        (DAYS, 0), (DAYS, 61), (DAYS, True), (DAYS, "20"), (DAYS, None), (DAYS, Decimal(20)),
        (RATE, Decimal("NaN")), (RATE, Decimal("-1")), (RATE, 0.5), (SWITCH, 1), (MODE, "c"),
        (WORDS, "  "), (WORDS, "x" * 501),
    ],
)  # fmt: skip
def test_what_a_policy_may_not_be(app, declared, bad):
    with pytest.raises(RuleBroken) as refused:
        declared.check(bad)
    assert refused.value.field == "value"


def test_a_whole_number_is_a_decimal_too():
    assert RATE.check(3) == Decimal(3)
    assert isinstance(RATE.check(3), Decimal)


def test_a_broken_store_is_no_silent_zero():
    with pytest.raises(ValueError, match=r"test\.rate"):
        RATE.from_json("half")


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("unit", "value", "words"),
    [
        (Unit.WORKING_DAYS, 20, "20 working days"),
        (Unit.WORKING_DAYS, 1, "1 working day"),
        (Unit.CALENDAR_DAYS, 60, "60 calendar days"),
        (Unit.MONTHS, 3, "3 months"),
        (Unit.YEARS, 5, "5 years"),
        (Unit.HOURS, 24, "24 hours"),
        (Unit.MINUTES, 30, "30 minutes"),
        (Unit.SECONDS, 60, "60 seconds"),
        (Unit.CNY, 30000, "CNY 30,000.00"),
        (Unit.CNY, Decimal("0.5"), "CNY 0.50"),
        (Unit.PEOPLE, 1, "1 person"),
        (Unit.PERCENT, Decimal("12.5"), "12.5%"),
        (Unit.POINTS, 950, "950 points"),
        (Unit.POINTS, Decimal("0.5"), "0.5 points"),
        (Unit.COUNT, 1200, "1,200"),
        (Unit.ATTEMPTS, 5, "5 attempts"),
        (Unit.CHARACTERS, 10, "10 characters"),
        (Unit.MEGABYTES, 15, "15 MB"),
        (Unit.FILES, 1, "1 file"),
        (Unit.NONE, 7, "7"),
    ],
)
def test_how_a_value_is_said(english, unit, value, words):
    assert unit.spoken(value) == words


@pytest.mark.engines("sqlite")
def test_every_unit_is_said_in_chinese_too(app):
    with force_locale("zh_Hans"):
        assert Unit.CNY.spoken(30000) == "30,000.00 元"
        assert Unit.MEGABYTES.spoken(15) == "15 MB"


@pytest.mark.engines("sqlite")
def test_limits_and_choices_in_words(english):
    assert DAYS.limits == "Between 1 working day and 60 working days"
    assert Policy("t.a", 1, source="x", label="x", minimum=1).limits == "At least 1"
    assert Policy("t.a", 1, source="x", label="x", maximum=9).limits == "At most 9"
    assert WORDS.limits == ""
    assert (MODE.spoken("b"), SWITCH.spoken(True), WORDS.spoken("锦")) == ("Other", "Yes", "锦")


def test_chapters_go_by_the_longest_prefix():
    policy.chapter("test", "Tests")
    policy.chapter("test.inner", "Inner tests")
    assert chapter_of("test.days") == ("test", "Tests")
    assert chapter_of("test.inner.days") == ("test.inner", "Inner tests")
    assert chapter_of("nowhere.days") == ("nowhere", "nowhere")
