"""Conditions of the three types, row by row: what is told, what comes of it, by which article."""

from decimal import Decimal

import pytest

from core import policy
from core.eligibility import Outcome
from registry.organizations.kinds import OrganizationType
from registry.people.models import ApplicationPerson, Position
from registry.registrations.models import Registration
from registry.registrations.types import TYPES, typed
from registry.registrations.types.service_institution import share_of

pytestmark = pytest.mark.engines("sqlite")
A, S, F = (
    OrganizationType.ASSOCIATION,
    OrganizationType.SERVICE_INSTITUTION,
    OrganizationType.FOUNDATION,
)
PASS, FAIL, UNKNOWN = Outcome.PASS, Outcome.FAIL, Outcome.UNKNOWN
OPEN = {"registration.foundation.open": {"value": True, "since": None}}


def people(promoters: int) -> list[ApplicationPerson]:
    return [ApplicationPerson(name="甲", position=Position.PROMOTER) for _each in range(promoters)]


def told(**facts):
    """What an application says: columns as they are, the rest among the type's own."""
    return facts


TABLE = [
    # 社会团体登记管理条例 art. 10(1): 50 individuals, or 30 units, or 50 in all
    (A, "members", "第十条第一项", told(individual_members=50), PASS),
    (A, "members", "第十条第一项", told(individual_members=49), FAIL),
    (A, "members", "第十条第一项", told(unit_members=30), PASS),
    (A, "members", "第十条第一项", told(unit_members=29), FAIL),
    (A, "members", "第十条第一项", told(individual_members=21, unit_members=29), PASS),
    (A, "members", "第十条第一项", told(individual_members=20, unit_members=29), FAIL),
    (A, "members", "第十条第一项", told(), UNKNOWN),
    # art. 10(5): 30,000 yuan at local level
    (A, "funds", "第十条第五项", told(registered_funds=Decimal("30000")), PASS),
    (A, "funds", "第十条第五项", told(registered_funds=Decimal("29999.99")), FAIL),
    # 民办非企业单位登记管理暂行条例 art. 8(3) staff
    (S, "staff", "第八条第三项", told(staff_count=1), PASS),
    (S, "staff", "第八条第三项", told(staff_count=0), FAIL),
    # art. 8(4): funds by field
    (S, "funds", "第八条第四项", told(sector="culture", registered_funds=Decimal(30000)), PASS),
    (S, "funds", "第八条第四项", told(sector="education", registered_funds=Decimal(30000)), FAIL),
    (S, "funds", "第八条第四项", told(sector="education", registered_funds=Decimal(100000)), PASS),
    (S, "funds", "第八条第四项", told(registered_funds=Decimal(100000)), UNKNOWN),
    # 登记暂行办法 art. 5: two thirds not from the state
    (S, "nonstate", "第五条", told(registered_funds=Decimal(90), nonstate_funds=Decimal(60)), PASS),
    (S, "nonstate", "第五条", told(registered_funds=Decimal(90), nonstate_funds=Decimal(59)), FAIL),
    (S, "nonstate", "第五条", told(registered_funds=Decimal(90), nonstate_funds=Decimal(91)), FAIL),
    (S, "nonstate", "第五条", told(registered_funds=Decimal(90)), UNKNOWN),
    # art. 8(5): premises, a right of a year or a title
    (S, "premises", "第八条第五项", told(premises="owned"), PASS),
    (S, "premises", "第八条第五项", told(premises="leased", premises_months=12), PASS),
    (S, "premises", "第八条第五项", told(premises="leased", premises_months=11), FAIL),
    (S, "premises", "第八条第五项", told(premises="lent"), UNKNOWN),
    # art. 13: no branches
    (S, "branches", "第十三条", told(no_branches=True), PASS),
    (S, "branches", "第十三条", told(no_branches=False), UNKNOWN),
    # 登记暂行办法 art. 2: one promoter, two or more
    (S, "promoters", "第二条", told(institution_kind="individual", people=people(1)), PASS),
    (S, "promoters", "第二条", told(institution_kind="individual", people=people(2)), FAIL),
    (S, "promoters", "第二条", told(institution_kind="partnership", people=people(1)), FAIL),
    (S, "promoters", "第二条", told(institution_kind="partnership", people=people(2)), PASS),
    (S, "promoters", "第二条", told(institution_kind="legal_person", people=people(1)), PASS),
    # 基金会管理条例 art. 8(2): 2,000,000 or 4,000,000 yuan, in cash
    (F, "funds", "第八条第二项",
     told(fundraising="non_public", registered_funds=Decimal(2_000_000)), PASS),
    (F, "funds", "第八条第二项",
     told(fundraising="non_public", registered_funds=Decimal("1999999.99")), FAIL),
    (F, "funds", "第八条第二项",
     told(fundraising="public", registered_funds=Decimal(2_000_000)), FAIL),
    (F, "funds", "第八条第二项",
     told(fundraising="public", registered_funds=Decimal(4_000_000)), PASS),
    (F, "cash", "第八条第二项", told(paid_in_cash=True), PASS),
    (F, "cash", "第八条第二项", told(), UNKNOWN),
    # art. 20: 5 to 25; art. 22 supervisors; art. 23 officials
    (F, "council", "第二十条", told(council_members=4), FAIL),
    (F, "council", "第二十条", told(council_members=5), PASS),
    (F, "council", "第二十条", told(council_members=25), PASS),
    (F, "council", "第二十条", told(council_members=26), FAIL),
    (F, "supervisors", "第二十二条", told(organ_supervisors=0), FAIL),
    (F, "supervisors", "第二十二条", told(organ_supervisors=1), PASS),
    (F, "officials", "第二十三条", told(no_officials=True), PASS),
    (F, "officials", "第二十三条", told(), UNKNOWN),
    # art. 6: only where the province has handed it down
    (F, "authority", "第六条", told(), FAIL),
    (F, "authority", "第六条", told(policies=OPEN), PASS),
]  # fmt: skip


def application(type, facts):
    """Return an application that was never saved, under the values that hold unless set."""
    frozen = {
        value.key: {"value": value.to_json(value.default), "since": None}
        for value in policy.declared()
    }
    case = Registration(type=type, policies={**frozen, **facts.get("policies", {})}, title="")
    for name, value in facts.items():
        if name != "policies":
            case.keep(name, value)
    return case


def test_a_condition_is_met_as_its_article_says(app):
    with app.test_request_context():
        for type, key, article, facts, expected in TABLE:
            condition = next(c for c in typed(type).conditions if c.key == key)
            answer = condition.test(application(type, facts))
            row = f"{type}.{key} {facts}"
            assert str(condition.source).find(article) >= 0, row
            assert answer.outcome is expected, f"{row}: {answer}"
            assert answer.outcome is PASS or answer.reason, row


@pytest.mark.parametrize("kind", TYPES, ids=lambda it: it.type.value)
def test_everything_a_type_asks_of_people_has_its_source(app, kind):
    keys = [c.key for c in kind.conditions]
    assert len(set(keys)) == len(keys)
    assert all(c.source and c.label for c in kind.conditions)
    assert all(paper.source for paper in kind.papers)
    assert all(ground.article for ground in kind.grounds)
    others = {it.regulation for it in TYPES} - {kind.regulation}
    cited = [str(it.source) for it in (*kind.conditions, *kind.papers)]
    assert not [it for it in cited if any(other in it for other in others)], "what binds others"
    assert kind.guide.questions[-1].key == "management"
    columns = set(Registration.__mapper__.columns.keys())
    for ask in kind.section.asks:
        assert ask.name in kind.details.model_fields or ask.name in columns


@pytest.mark.parametrize(
    ("part", "whole", "share"), [("2", "3", "66.67"), ("1", "3", "33.33"), ("0", "0", "0")]
)
def test_a_share_is_rounded_to_two_places(part, whole, share):
    assert share_of(Decimal(part), Decimal(whole)) == Decimal(share)
