"""Numbers, validity, and what of an instrument may be public."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import clock
from core.documents import facts, kinds, rules
from core.documents.kinds import InstrumentKind, declare, kind_named
from core.documents.rules import InstrumentStatus, PersonalFacts


@pytest.mark.parametrize(
    "typed",
    [
        "锦民受〔2026〕0042号",
        "锦民受[2026]0042号",
        "锦民受［２０２６］００４２号",
        "锦民受（2026）0042 号",
        "锦民受(2026)0042号\n",
        "　锦民受【2026】 0042号",
        "锦民受<2026>0042号",
    ],
)
def test_number_is_the_same_however_it_is_typed(typed):
    assert rules.canonical(typed) == "锦民受〔2026〕0042号"


def test_filing_numbers_are_compared_without_case_and_kind_of_dash():
    assert rules.canonical("ba－510104–001-0007") == "BA-510104-001-0007"


def test_different_numbers_stay_different():
    assert rules.canonical("锦民受〔2026〕0042号") != rules.canonical("锦民受〔2026〕0043号")
    assert rules.canonical("锦民受〔2026〕0042号") != rules.canonical("锦民补〔2026〕0042号")


@given(st.text(max_size=60))
def test_comparing_form_is_stable(text):
    assert rules.canonical(rules.canonical(text)) == rules.canonical(text)


def test_number_is_spelled_by_its_pattern():
    pattern = "{office}备〔{year}〕{street}-{place:04d}号"
    number = rules.spell_number(pattern, year=2026, place=7, office="锦民", street="春熙")
    assert number == "锦民备〔2026〕春熙-0007号"


FIRST, LAST, ENDED = date(2026, 3, 1), date(2026, 3, 20), date(2026, 3, 10)


@pytest.mark.parametrize(
    ("day", "last", "ended", "stored", "expected"),
    [
        (date(2026, 2, 28), LAST, None, "valid", "not_yet"),
        (date(2026, 3, 1), LAST, None, "valid", "valid"),
        (date(2026, 3, 20), LAST, None, "valid", "valid"),
        (date(2026, 3, 21), LAST, None, "valid", "expired"),
        (date(2099, 1, 1), None, None, "valid", "valid"),
        (date(2026, 2, 28), LAST, ENDED, "void", "not_yet"),
        (date(2026, 3, 9), LAST, ENDED, "void", "valid"),
        (date(2026, 3, 10), LAST, ENDED, "void", "void"),
        (date(2026, 3, 9), LAST, ENDED, "replaced", "valid"),
        (date(2026, 3, 10), LAST, ENDED, "replaced", "replaced"),
        (date(2026, 3, 21), LAST, ENDED, "replaced", "replaced"),
        # Renewed after it had expired: in between it was expired.
        (date(2026, 3, 25), LAST, date(2026, 4, 1), "replaced", "expired"),
        (date(2026, 4, 1), LAST, date(2026, 4, 1), "replaced", "replaced"),
    ],
)
def test_what_a_paper_is_worth_on_a_day(day, last, ended, stored, expected):
    found = rules.standing_on(day, InstrumentStatus(stored), first=FIRST, last=last, ended=ended)
    assert found == expected


@pytest.mark.parametrize(
    "public",
    [
        {"legal_representative": "龚䶮 11010519491231002X"},
        {"scope": "联系电话13800138000"},
    ],
)
def test_personal_numbers_never_become_public(public):
    with pytest.raises(PersonalFacts):
        rules.check_public(public)


def test_numbers_of_organizations_are_no_personal_numbers():
    rules.check_public(
        {
            "unified_code": "11010519491231002X",
            "scope": "课题编号110105194912310021，档案号138001380001",
        }
    )


@pytest.mark.parametrize(
    ("written", "given"),
    [
        ("3万元", Decimal("30000.00")),
        ("3.5万元", Decimal("35000")),
        ("200万元", Decimal(2_000_000)),
        ("30,250.50元", Decimal("30250.50")),
        ("9,900.00元", 9_900),
        ("0.00元", 0),
        ("叁万元整", "叁万元整"),
        ("", None),
    ],
)
def test_sums_are_written_as_in_the_register(written, given):
    assert facts.yuan(given) == written


def test_days_and_moments_are_written_in_chinese():
    at = datetime(2026, 3, 1, 9, 5, tzinfo=clock.OFFICE_ZONE)
    assert facts.on_day(date(2026, 3, 1)) == facts.on_day(at) == "2026年3月1日"
    assert facts.at_moment(at) == "2026年3月1日9时5分"
    assert facts.at_moment(at.replace(minute=0)) == "2026年3月1日9时"
    assert facts.at_moment(date(2026, 3, 1)) == "2026年3月1日"
    assert facts.on_day("二〇二六年三月") == "二〇二六年三月"
    assert facts.on_day(None) == ""


def test_enumerations():
    assert facts.listed(["甲", "乙"]) == "甲、乙"
    assert facts.listed("甲") == "甲"
    assert facts.listed(None) == ""
    assert facts.things("一\n\n 二 \n") == ["一", "二"]
    assert facts.things(["一", {"title": "二"}]) == ["一", {"title": "二"}]
    assert facts.things(None) == []
    assert facts.sentence("不足五人 ") == "不足五人。"
    assert facts.sentence("不足五人。") == "不足五人。"


def test_facts_are_kept_as_plain_json():
    kept = facts.plain(
        {"on": date(2026, 3, 1), "sum": Decimal("3.50"), "days": [date(2026, 3, 2)], "n": 3}
    )
    assert kept == {"on": "2026-03-01", "sum": "3.50", "days": ["2026-03-02"], "n": 3}


@pytest.mark.engines("sqlite")
def test_facts_are_shown_with_labels_in_order(english):
    kept = {"scope": "服务", "registered_funds": "30000.00", "unified_code": "5151", "secret": "x"}
    kept["person_in_charge"] = "李秀英"  # certified by a paper of before, public no more
    public = ("unified_code", "registered_funds", "scope", "secret")
    assert [(str(label), value) for label, value in facts.shown(kept, public)] == [
        ("Unified social credit code", "5151"),
        ("Registered funds", "CNY 30,000.00"),
        ("Scope of activities", "服务"),
    ]
    assert facts.spoken("registered_funds", "叁万元整") == "叁万元整"
    assert facts.spoken("granted_on", "2026-03-01") == "1 March 2026"
    assert facts.spoken("scope", ["甲", "乙"]) == "甲、乙"


def test_kinds_are_declared_once_and_their_public_facts_have_labels():
    kind = kind_named("acceptance_notice")
    declare(kind)
    with pytest.raises(ValueError, match="two different kinds"):
        declare(InstrumentKind("acceptance_notice", "别的", "{place}"))
    with pytest.raises(ValueError, match="no label"):
        InstrumentKind("other", "别的", "{place}", public=("colour",))
    with pytest.raises(KeyError):
        kind_named("made_up")


def test_every_kind_of_paper_has_a_name_for_those_who_do_not_read_chinese(app, english):
    for kind in kinds.declared():
        assert str(kind.label).isascii() and str(kind.label), kind.key
        printed = kinds.title_with_copy(kind.key, kind.title)
        assert kinds.title_read(kind.key, kind.title) == f"{kind.label} ({printed})"
