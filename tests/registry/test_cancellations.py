"""Filings that end at the group's own wish."""

from datetime import date

import pytest

from core.db import db
from core.notices.models import PublicNotice
from core.workflow.models import Case
from registry.demo import driver, groups
from registry.organizations.models import Organization
from tests.pages import go
from tests.registry.filed import done, filed, group, papers, printed


@pytest.fixture
def choir(town, frozen):
    """A choir filed on 5 March 2024 that renewed on 10 February 2026."""
    found = filed()
    frozen("2026-02-10 10:00")
    done(found, "filing_renewal", "renewed")
    frozen("2026-06-01 10:00")
    return found


@pytest.mark.printed
def test_a_group_ends_its_filing_and_its_receipt_is_void(choir, client):
    case_id = done(choir, "filing_cancellation", "cancelled")
    organization = group(choir)
    assert (organization.status, organization.ended_on) == ("cancelled", date(2026, 6, 1))
    [receipt] = papers()
    assert (receipt.standing, receipt.ended_case_id) == ("void", case_id)
    assert "成员决定自行解散" in receipt.void_reason
    assert "已作废" in go(client, f"/verify/{receipt.number}").text
    assert (
        "真实，2026年5月1日当日有效" in go(client, f"/verify/{receipt.number}?on=2026-05-01").text
    )
    [letter] = papers("cancellation_notice")
    assert letter.title == "注销备案通知书"
    said = printed(letter)
    assert "）提出注销备案申请，事由：成员决定自行解散。经审查，符合注销备案的条件。" in said
    assert "根据其申请" not in said
    notice = db.session.scalars(db.select(PublicNotice)).one()
    assert receipt.number in str(notice.facts)
    assert "注销" in go(client, f"/register/{organization.number}").text


@pytest.mark.engines("sqlite")
def test_the_name_is_free_for_another_group(choir):
    done(choir, "filing_cancellation", "cancelled")
    other = filed(place=2, on="2026-05-01")
    assert db.session.get_one(Organization, other).name == group(choir).name


@pytest.mark.engines("sqlite")
def test_a_refusal_changes_nothing(choir):
    case_id = done(choir, "filing_cancellation", "street_review")
    driver.drive_on(case_id, "refuse")
    [letter] = papers("filing_refusal")
    assert letter.title == "不予注销备案通知书"
    assert group(choir).status == "active"
    assert papers()[0].is_valid


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("told_of", "words"),
    [
        ({"ground": None}, "请选择注销备案的原因"),
        ({"resolved_on": None}, "请填写成员作出决定的日期"),
        ({"resolved_on": date(2026, 6, 2)}, "作出决定的日期不能晚于今天"),
        ({"settlement": ""}, "请说明财物如何处理"),
    ],
)
def test_what_is_missing_is_named(choir, as_, town, told_of, words):
    case_id = groups.start(choir, "filing_cancellation", 0, **told_of)
    visitor = as_(town.choir)
    assert words in go(visitor, f"/cases/{case_id}/answers").text
    assert visitor.post(f"/cases/{case_id}/submit", data={"declared": "y"}).status_code == 422
    assert db.session.get_one(Case, case_id).state == "draft"
