"""The demo's people and the bodies they act for: one account for each kind of user."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from core import clock, divisions
from core.accounts import SYSTEM, Body, BodyKind, Role, User, actions
from core.db import atomic, db
from core.demo import PASSWORD
from core.divisions import actions as tree
from core.divisions import loading
from core.divisions.district_file import read_district
from core.documents import signing

BUREAU = "成都市锦江区社会组织管理局"
REGISTRY_OFFICE = "成都市锦江区行政审批局"
SPONSORS = (
    "锦江区民政局",
    "锦江区教育局",
    "锦江区文化体育和旅游局",
    "锦江区卫生健康局",
    "锦江区科学技术协会",
    "锦江区残疾人联合会",
)


@dataclass(frozen=True)
class Person:
    """Somebody with an account, acting in a body."""

    login: str
    name: str
    note: str
    body: str | None = None
    roles: tuple[Role, ...] = ()


CAST = (
    Person("applicant", "张敏", "申请人：筹备成立社会团体"),
    Person("choir", "李秀英", "申请人：社区合唱队负责人"),
    Person(
        "sponsor", "周文", "业务主管单位经办人", "锦江区文化体育和旅游局", (Role.SPONSOR_OFFICER,)
    ),
    Person("intake", "王磊", "受理员", REGISTRY_OFFICE, (Role.INTAKE,)),
    Person("examiner", "陈静", "审查员", REGISTRY_OFFICE, (Role.EXAMINER,)),
    Person("approver", "刘洋", "审批人", REGISTRY_OFFICE, (Role.APPROVER,)),
    Person("certificate", "赵云霞", "发证员", REGISTRY_OFFICE, (Role.CERTIFICATE_OFFICER,)),
    Person(
        "street", "何平", "街道经办人", "春熙路街道社会组织指导服务中心", (Role.STREET_OFFICER,)
    ),
    Person(
        "community",
        "孙丽",
        "社区居委会经办人",
        "春熙路街道总府社区居民委员会",
        (Role.COMMUNITY_OFFICER,),
    ),
    Person("supervisor", "马强", "执法监督员", BUREAU, (Role.SUPERVISOR,)),
    Person("head", "杨帆", "局领导", BUREAU, (Role.BUREAU_HEAD,)),
    Person("auditor", "郑洁", "审计员", BUREAU, (Role.AUDITOR,)),
    Person("admin", "吴刚", "系统管理员", BUREAU, (Role.ADMINISTRATOR,)),
    Person("admin2", "冯雪", "系统管理员：复核", BUREAU, (Role.ADMINISTRATOR,)),
)


def has_district() -> bool:
    """Return whether a district is there already, the demo's or another."""
    return divisions.the_district() is not None


def make_district() -> None:
    """Make the tree, the offices and who decides what where, and the accounts."""
    with atomic():
        text = Path(__file__).with_name("jinjiang.toml").read_text("utf-8")
        loading.load_district(read_district(text), by=SYSTEM)
    with atomic():
        _make_offices()
        _make_signing_key()
    for person in CAST:
        with atomic():
            _make_person(person)


def _make_signing_key() -> None:
    """Make the key that signs papers: before the first of them, some of which are dated back."""
    with clock.frozen(clock.start_of_day(date(2019, 12, 31))):
        signing.new_key(by=SYSTEM)


def _make_offices() -> None:
    district, since = divisions.require_district(), date(2019, 12, 31)
    bureau = _body(BodyKind.BUREAU, BUREAU, district.id)
    office = _body(BodyKind.REGISTRATION_OFFICE, REGISTRY_OFFICE, district.id)
    for name in SPONSORS:
        _body(BodyKind.SPONSOR_UNIT, name, district.id)
    tree.assign_office("registration", district, office, from_on=since, by=SYSTEM)
    tree.assign_office("oversight", district, bureau, from_on=since, by=SYSTEM)
    for street in divisions.streets():
        center = _body(BodyKind.GUIDANCE_CENTER, f"{street.name}社会组织指导服务中心", street.id)
        tree.assign_office("filing", street, center, from_on=since, by=SYSTEM)
        for community in divisions.communities(street):
            _body(
                BodyKind.COMMUNITY_COMMITTEE,
                f"{street.name}{community.name}居民委员会",
                community.id,
            )


def _body(kind: BodyKind, name: str, division_id: int) -> Body:
    return actions.create_body(kind=kind, name=name, division_id=division_id, by=SYSTEM)


def _make_person(person: Person) -> None:
    user = actions.create_user(
        login=person.login,
        display_name=person.name,
        password=PASSWORD,
        email=f"{person.login}@demo.example",
        by=SYSTEM,
    )
    if person.body is not None:
        body = db.session.scalars(db.select(Body).where(Body.name == person.body)).one()
        for role in person.roles:
            actions.grant_membership(user, body, role, from_on=date(2019, 12, 31), by=SYSTEM)


def person_called(login: str) -> User:
    """Return a person of the cast."""
    person: User = db.session.scalars(db.select(User).where(User.login == login)).one()
    return person
