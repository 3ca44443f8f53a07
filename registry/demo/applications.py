"""An application for registration of each type, filled in as its promoters would."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from stdnum.cn import ric

from core import divisions
from core.accounts import Body
from core.accounts.actor import acting_for
from core.db import atomic, db
from core.workflow import actions
from registry.demo.cast import person_called
from registry.demo.driver import hand_in_papers, office_hours
from registry.organizations.kinds import ManagementMode, OrganizationType
from registry.registrations import actions as registrations

T = OrganizationType
SPONSOR = "锦江区文化体育和旅游局"


@dataclass(frozen=True)
class Sample:
    """What an application of one type says; `{field}` stands for what it is about.

    `own` are the answers of the section that only the type has.
    """

    name: str
    purpose: str
    scope: str
    section: str
    own: Mapping[str, Any]
    identity: Mapping[str, Any] = field(default_factory=dict)


SAMPLES = {
    T.ASSOCIATION: Sample(
        "成都市锦江区{field}协会",
        "团结本区{field}领域的单位和个人，服务会员、服务社区，促进行业健康发展。",
        "{field}领域的交流、培训、咨询和公益服务；承接政府购买服务。",
        "members",
        {
            "individual_members": 50,
            "unit_members": 6,
            "staff_count": 2,
            "registered_funds": Decimal(30000),
        },
        {"activity_area": "成都市锦江区"},
    ),
    T.SERVICE_INSTITUTION: Sample(
        "成都市锦江区{field}服务中心",
        "面向本区居民提供{field}领域的非营利性服务，增进社区福祉。",
        "{field}领域的服务、培训和咨询；承接政府购买服务。",
        "premises",
        {
            "institution_kind": "legal_person",
            "sector": "culture",
            "staff_count": 6,
            "premises": "leased",
            "premises_months": 36,
            "registered_funds": Decimal(100000),
            "nonstate_funds": Decimal(100000),
            "no_branches": True,
        },
    ),
    T.FOUNDATION: Sample(
        "成都市锦江区{field}基金会",
        "资助本区{field}领域的公益项目，促进公益事业发展。",
        "资助{field}领域的公益项目；开展公益活动。",
        "council",
        {
            "fundraising": "non_public",
            "registered_funds": Decimal(2000000),
            "paid_in_cash": True,
            "staff_count": 3,
            "council_members": 7,
            "organ_supervisors": 2,
            "no_officials": True,
        },
    ),
}
#: Nobody represents two associations: each application has a representative of its own.
REPRESENTATIVES = ("张敏", "林国强", "徐雅琴", "何志远", "邓丽华", "唐明亮", "冯晓梅", "曾庆生")


def people(place: int) -> list[dict[str, Any]]:
    """Return the people of an application; `place` tells one representative from another."""
    first = f"51010419850307{122 + 2 * place:03d}"
    return [
        {
            "name": REPRESENTATIVES[place % len(REPRESENTATIVES)],
            "position": "legal_representative",
            "identity_number": first + ric.calc_check_digit(first),
            "phone": "13800000001",
        },
        {"name": "罗建华", "position": "promoter"},
        {"name": "宋晓燕", "position": "promoter"},
    ]


def apply_for(type: OrganizationType, field: str, days_ago: int, place: int, **own: Any) -> int:
    """Open an application, fill in every section and hand in its papers; return the case's id.

    It was opened `days_ago` working days ago, in the community that `place` picks; `own` are
    answers of its own section that differ from the sample's.
    """
    sample = SAMPLES[type]
    with office_hours(days_ago):
        with atomic():
            by = acting_for(person_called("applicant"), 0)
            dual = ManagementMode.DUAL_MANAGED
            answers = {"type": type.value, "management": dual.value}
            case = registrations.open_registration(answers, by=by)
            sponsor = db.session.scalars(db.select(Body).where(Body.name == SPONSOR)).one()
            community = _community(place)
            where = f"{divisions.official_name(community)}{place * 11 + 3}号"
            told: dict[str, dict[str, Any]] = {
                "management": {
                    "management_mode": dual,
                    "sponsor_unit_id": sponsor.id,
                    "direct_class": None,
                    "industry_department": None,
                    "party_lead_unit": None,
                },
                "identity": {
                    "title": sample.name.format(field=field),
                    "division_id": community.id,
                    "domicile": where,
                    **sample.identity,
                },
                "purpose": {
                    "purpose": sample.purpose.format(field=field),
                    "scope": sample.scope.format(field=field),
                },
                sample.section: {**sample.own, **own},
                "people": {"people": people(place)},
            }
            for key, values in told.items():
                actions.save_section(case, key, by=by, **values)
            case_id: int = case.id
        hand_in_papers(case_id, "applicant")
    return case_id


def _community(place: int) -> divisions.Division:
    communities = divisions.communities()
    return communities[place * 7 % len(communities)]
