"""Cases in every state of registration and filing, made by the cast through their own steps."""

from collections.abc import Iterable
from decimal import Decimal

from core import divisions
from core.accounts.actor import acting_for
from core.db import atomic, db
from core.workflow import actions
from core.workflow.models import Case
from core.workflow.sweep import sweep_overdue
from registry.demo.applications import apply_for
from registry.demo.cast import person_called
from registry.demo.driver import actor_for, drive, office_hours
from registry.filings import actions as filings
from registry.filings.states import FilingState
from registry.organizations import codes
from registry.organizations.kinds import FilingCategory, OrganizationType
from registry.registrations.policy import INTAKE_DAYS
from registry.registrations.states import RegistrationState

R, F = RegistrationState, FilingState

#: Name, purpose in a word, and the state it stands in; the number is working days ago. Two of the
#: names give the examiner something to look at: a hero, and a near name on the register. One
#: certificate, and one group below, has waited for longer than the office may let it wait.
ASSOCIATIONS = (
    ("社区书画", R.DRAFT, 1),
    ("社区营造", R.SPONSOR_REVIEW, 2),
    ("老年健康", R.SPONSOR_RETURNED, 1),
    ("雷锋志愿服务", R.SUBMITTED, 3),
    ("物业服务行业", R.SUBMITTED, 0),
    ("民间文艺", R.CORRECTION, 4),
    ("安心书法", R.EXAMINING, 2),
    ("社区商业", R.EXAMINING, 17),
    ("楼宇经济", R.SUPPLEMENT, 3),
    ("非遗保护", R.EXPERT_REVIEW, 5),
    ("助残服务", R.DECIDING, 1),
    ("社会工作者", R.APPROVED, 12),
    ("全民健身", R.CERTIFIED, 12),
    ("城市更新", R.NOT_ACCEPTED, 9),
    ("餐饮同业", R.REFUSED, 15),
    ("宠物文化", R.WITHDRAWN, 8),
    ("口述历史", R.LAPSED, 30),
)
#: What the office did not answer in time, so that it counts as accepted.
UNANSWERED = ("安心书法",)
#: The same of service institutions; foundations are not registered in this district.
INSTITUTIONS = (
    ("锦里社区文化", R.SPONSOR_REVIEW, 1),
    ("望江艺术教育", R.SUBMITTED, 2),
    ("合江亭公共阅读", R.EXAMINING, 4),
    ("东门民俗文化", R.CERTIFIED, 9),
)
GROUPS = (
    ("总府社区锦绣合唱队", FilingCategory.CULTURE_AND_SPORT, F.DRAFT, 1),
    ("总府社区晨练太极队", FilingCategory.CULTURE_AND_SPORT, F.COMMUNITY_REVIEW, 2),
    ("总府社区邻里互助会", FilingCategory.DAILY_SERVICES, F.STREET_REVIEW, 12),
    ("总府社区夜间巡逻队", FilingCategory.COMMUNITY_AFFAIRS, F.CORRECTION, 2),
    # Filing numbers are given in this order: the group that was filed first stands first.
    ("总府社区四点半课堂", FilingCategory.CHARITY, F.RECORDED, 25),
    ("总府社区银龄读书会", FilingCategory.CULTURE_AND_SPORT, F.FILED, 4),
    ("总府社区花艺社", FilingCategory.OTHER, F.REFUSED, 6),
    ("总府社区摄影社", FilingCategory.CULTURE_AND_SPORT, F.WITHDRAWN, 5),
    ("总府社区象棋社", FilingCategory.CULTURE_AND_SPORT, F.LAPSED, 30),
)
FOUNDERS = ["李秀英", "王桂兰", "陈建国", "刘玉梅", "杨德明", "赵素芬"]
RULES = "本队由成员大会决定重大事项，每周二、周四上午活动；经费由成员自愿分担，账目每季度公布一次。"


def granted() -> tuple[int, int, int]:
    """Return how many associations, service institutions and groups come in by these cases."""
    return (
        sum(state is R.CERTIFIED for _field, state, _days in ASSOCIATIONS),
        sum(state is R.CERTIFIED for _field, state, _days in INSTITUTIONS),
        sum(state in (F.FILED, F.RECORDED) for _name, _category, state, _days in GROUPS),
    )


def has_cases() -> bool:
    """Return whether any case has been opened."""
    return db.session.scalar(db.select(Case.id).limit(1)) is not None


def make_cases(
    associations: Iterable[tuple[str, RegistrationState, int]] = ASSOCIATIONS,
    groups: Iterable[tuple[str, FilingCategory, FilingState, int]] = GROUPS,
    institutions: Iterable[tuple[str, RegistrationState, int]] = (),
) -> None:
    """Make one case or more in each state of each workflow, or those that are named."""
    for place, (field, state, days) in enumerate(associations):
        case_id = _association(field, days + _lead(state), place)
        serial = 20260000 + place
        code = codes.make_code("51", "510104", serial)
        if field in UNANSWERED:
            _let_pass(case_id, days)
        else:
            _bring(case_id, state.value, days, unified_code=code)
    for place, (field, state, days) in enumerate(institutions, 40):
        case_id = apply_for(OrganizationType.SERVICE_INSTITUTION, field, days + _lead(state), place)
        code = codes.make_code("52", "510104", 20260000 + place)
        _bring(case_id, state.value, days, unified_code=code)
    for name, category, group_state, days in groups:
        _bring(_group(name, category, days + _lead(group_state)), group_state.value, days)
    _take_one_on()


def make_all_cases() -> None:
    """Make the cases of the demo district: of both types that are registered here, and groups."""
    make_cases(institutions=INSTITUTIONS)


def _lead(state: str) -> int:
    """Return how many working days before its last step a case was opened."""
    return 40 if state in (R.LAPSED, F.LAPSED, F.RECORDED) else 14


def _bring(case_id: int, state: str, days: int, **entered: str) -> None:
    """Bring a case to its state; where time does it, let the step before lie long enough back."""
    drive(case_id, state, days_ago=days, **entered)


def _let_pass(case_id: int, days: int) -> None:
    """Leave an application unanswered until it counts as accepted, some working days ago."""
    _bring(case_id, R.SUBMITTED, days + INTAKE_DAYS.default + 1)
    with office_hours(days):
        sweep_overdue()


def _association(field: str, days_ago: int, place: int) -> int:
    return apply_for(
        OrganizationType.ASSOCIATION,
        field,
        days_ago,
        place,
        individual_members=48 + place,
        registered_funds=Decimal(30000 + 5000 * (place % 4)),
    )


def _group(name: str, category: FilingCategory, days_ago: int) -> int:
    with office_hours(days_ago), atomic():
        by = acting_for(person_called("choir"), 0)
        case = filings.open_filing({}, by=by)
        community = next(c for c in divisions.communities() if c.name.startswith("总府"))
        save = actions.save_section
        save(
            case,
            "group",
            by=by,
            title=f"春熙路街道{name}",
            category=category,
            division_id=community.id,
            domicile="春熙路街道总府社区党群服务中心二楼活动室",
            scope="组织居民每周活动，参加社区公益演出和志愿服务。",
        )
        save(
            case,
            "people",
            by=by,
            person_in_charge="李秀英",
            person_phone="13800000002",
            person_identity="",
            founders=FOUNDERS,
        )
        save(case, "rules", by=by, group_rules=RULES)
        case_id: int = case.id
    return case_id


def file_group(name: str, days_ago: int) -> int:
    """File a group of 春熙路街道, which the choir's person in charge owns; return its id."""
    case_id = _group(name, FilingCategory.CULTURE_AND_SPORT, days_ago + 14)
    drive(case_id, F.FILED, days_ago=days_ago)
    group_id = db.session.get_one(Case, case_id).subject_body_id
    assert group_id is not None
    return group_id


def _take_one_on() -> None:
    """Let the examiner take one case on, so that the pile “taken by me” is not empty."""
    with atomic():
        case = db.session.scalars(
            db.select(Case)
            .where(Case.kind == "registration", Case.state == R.EXAMINING.value)
            .order_by(Case.id)
        ).first()
        assert case is not None
        actions.take(case, by=actor_for(case, case.workflow.checked_by))
