"""A number that the district may set is said as it stands on the day it is read."""

import re
from decimal import Decimal

import pytest
from flask_babel import LazyString, force_locale

from core import policy
from core.clock import today
from core.db import atomic
from core.i18n import LazyWords, _l
from core.policy import actions, wording
from core.policy.wording import said, sum_in_words
from core.workflow import declared
from registry.certificates import policy as certificates
from registry.certificates.workflow import REPLACEMENT
from registry.filings import policy as filing
from registry.registrations import policy as times
from registry.registrations.types import association as registration

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def set_to(town):
    """Return `set_to(policy, value)`: two people make it hold from today."""

    def settle(declared: policy.Policy, value: int) -> None:
        with atomic():
            proposal = actions.propose_value(
                declared,
                value=value,
                effective_from=today(),
                source="锦府发〔2026〕9号",
                reason="本区试点",
                by=town.head,
            )
        with atomic():
            actions.confirm_value(proposal, by=town.admin)

    return settle


def words(visitor, address):
    return visitor.get(address).text


@pytest.mark.parametrize(
    ("address", "declared", "value", "before", "after"),
    [
        ("", registration.INDIVIDUAL_MEMBERS, 20, "有50个以上个人会员", "有20个以上个人会员"),
        ("", registration.UNIT_MEMBERS, 10, "30个以上单位会员", "10个以上单位会员"),
        ("", registration.MIXED_MEMBERS, 21, "会员总数不少于50个", "会员总数不少于21个"),
        ("", registration.MINIMUM_FUNDS, 12_500, "不少于3万元", "不少于1.25万元"),
        ("", times.INTAKE_DAYS, 3, "5个工作日", "3个工作日"),
        ("eligibility", registration.INDIVIDUAL_MEMBERS, 20, "个人会员50个", "个人会员20个"),
        ("eligibility", registration.MINIMUM_FUNDS, 500, "是否达到3万元", "是否达到500元"),
    ],
)
def test_the_guide_of_registration_follows(
    town, as_, set_to, address, declared, value, before, after
):
    visitor, page = as_(town.applicant), f"/apply/association/{address}".rstrip("/")
    assert before in words(visitor, page)
    set_to(declared, value)
    said_now = words(visitor, page)
    assert after in said_now
    assert before not in said_now


@pytest.mark.parametrize(
    ("address", "before", "after"),
    [
        ("/apply/filing", "发起成员5人以上", "发起成员8人以上"),
        ("/apply/filing/eligibility", "发起成员是否达到5人", "发起成员是否达到8人"),
        ("/apply/", "发起成员5人以上", "发起成员8人以上"),
    ],
)
def test_the_guide_of_filing_follows(town, as_, set_to, address, before, after):
    visitor = as_(town.choir)
    assert before in words(visitor, address)
    set_to(filing.FOUNDERS, 8)
    assert after in words(visitor, address)
    assert before not in words(visitor, address)


def test_no_guide_says_a_number_of_its_own(app):
    """What a guide says beside its policies holds no figure, and no number word of a threshold."""
    from core.workflow import declared

    for guide in (guide for workflow in declared() for guide in workflow.guides):
        texts = [*guide.who, *guide.needs, *guide.steps]
        for question in guide.questions:
            texts += [question.text, question.because, *(w for _key, w in question.choices)]
        with app.test_request_context(), force_locale("zh_Hans"):
            for text in texts:
                made = isinstance(text, LazyWords) and text._func is wording._said
                plain = str(text._args[0] if made else text)  # without the values put in
                assert not re.search("[0-9]|[五十]+[名人个]|[三五]万", plain), plain


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        ("30000", "3万元", "30,000 yuan"),
        ("25000", "2.5万元", "25,000 yuan"),
        ("800", "800元", "800 yuan"),
        ("30250.50", "30,250.5元", "30,250.5 yuan"),
        ("2000000", "200万元", "2,000,000 yuan"),
    ],
)
def test_a_sum_is_written_as_running_text_has_it(app, value, chinese, english):
    with app.test_request_context():
        with force_locale("zh_Hans"):
            assert sum_in_words(Decimal(value)) == chinese
        with force_locale("en"):
            assert sum_in_words(Decimal(value)) == english


def test_the_same_sentence_is_read_in_two_languages(app):
    sentence = said(
        _l("The registration authority answers within %(days)s."), days=times.INTAKE_DAYS
    )
    with app.test_request_context():
        with force_locale("zh_Hans"):
            assert str(sentence) == "登记管理机关将在5个工作日内答复是否受理。"
        with force_locale("en"):
            assert str(sentence) == "The registration authority answers within 5 working days."


NUMERALS = "two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|sixty|ninety"


def test_what_a_step_promises_is_said_from_the_policy(town, set_to, english):
    """No sentence of a kind of case spells a number of days; what it says follows the setting."""
    for workflow in declared():
        texts = [
            text
            for it in (*workflow.state.values(), *workflow.step.values())
            for text in vars(it).values()
            if isinstance(text, str | LazyWords | LazyString)
        ]
        spelled = re.compile(rf"\b(one|{NUMERALS}) (working |calendar )?(day|week|month|year)s?\b")
        assert not [str(it) for it in texts if spelled.search(str(it))], workflow.kind
    set_to(certificates.INTAKE_DAYS, 3)
    set_to(certificates.ISSUE_DAYS, 7)
    said = {name: str(step.consequence) for name, step in REPLACEMENT.step.items()}
    assert "within 3 working days" in said["submit"] and "within 3 working days" in said["resubmit"]
    assert "within 7 working days" in said["approve"]
