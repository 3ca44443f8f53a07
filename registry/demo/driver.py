"""Drives a case to a state as people would: each step by someone whose step it is, days apart."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from core import calendar, clock
from core.accounts import SYSTEM, Actor, Membership, Role
from core.accounts.actor import acting_for
from core.attachments import Upload, attach
from core.db import atomic, db
from core.eligibility import Outcome
from core.workflow import Ask, Party, actions, engine, seat_of
from core.workflow.models import Case
from core.workflow.paths import path_to
from core.workflow.sections import papers_of
from core.workflow.steps import Transition
from registry.demo.cast import person_called
from registry.demo.papers import sample_pdf

#: What people write where a step asks; the words of an office, not of a test.
WRITTEN: dict[str, Any] = {
    "opinion": "经审阅，申请材料齐全，符合有关规定，同意。",
    "items": [
        "章程草案第二十三条未载明负责人任期，请补充。",
        "场所使用权证明缺少出租方签字。",
    ],
    "findings": "住所与申报一致，面积约86平方米，已挂牌，具备开展活动的条件。",
    "visitors": ["陈静", "王磊"],
    "result": "专家评审会一致认为：名称、业务范围与宗旨相符，不与现有团体重复。",
    "ground": "item_2",
    "declared": True,
    "surrendered": True,
}
NOTES = {
    "decline": "所申请事项属于市级登记管理机关管辖，请向成都市民政局提出。",
    "refuse": "本行政区域内已有业务范围相同的社会组织，没有必要再成立。",
    "sponsor_return": "业务范围中“职业培训”需先取得许可，请删去或补充许可文件。",
    "start_expert_review": "就业务范围组织专家评审，预计十个工作日。",
    "send_back": "请进一步核实会员名册中单位会员的真实性。",
    "recommend_refusal": "本区已有业务范围相同的社会组织。",
    "keep": "经实地走访，该组织每周仍在社区活动室开展活动。",
    "end": "所涉证书已由另一办件换发，不再重复颁发。",
    "return_filing": "活动场所不在所填社区范围内，请核实。",
}
#: Where the same step of another kind of case gives another reason.
NOTES_OF = {
    ("filing", "refuse"): "所填活动以营利为目的，不属于社区社会组织备案范围。",
    ("filing_renewal", "refuse"): "该组织已以营利为目的开展活动，不再属于社区社会组织备案范围。",
    ("filing_cancellation", "refuse"): "部分成员对注销决定有异议，请召开成员大会后再申请。",
}


@contextmanager
def office_hours(days_ago: int) -> Iterator[None]:
    """Hold the clock in the working hours of a day some working days ago."""
    day = clock.today()
    for _back in range(days_ago):
        day -= timedelta(days=1)
        while not calendar.is_working_day(day):
            day -= timedelta(days=1)
    morning = clock.start_of_day(day) + timedelta(hours=9, minutes=(days_ago * 17) % 60)
    with clock.frozen(min(morning, clock.now() - timedelta(minutes=2))):
        yield


def actor_for(case: Case, party: Party) -> Actor:
    """Return somebody of the cast, or of the body concerned, who is `party` to the case."""
    if party is Party.SYSTEM:
        return SYSTEM
    if party is Party.APPLICANT:
        return acting_for(case.applicant, case.applicant_body_id or 0)
    seat = seat_of(party)
    assert seat is not None
    member = db.session.scalars(
        db.select(Membership).where(
            Membership.body_id == case.body_at(seat), Membership.role == Role(party.value)
        )
    ).first()
    assert member is not None, f"nobody is {party} at case {case.id}"
    return acting_for(member.user, member.body_id)


def take(case_id: int, step: Transition, **more: Any) -> None:
    """Take one step of a case as whoever it belongs to."""
    with atomic():
        case = db.session.get_one(Case, case_id)
        party = next(iter(sorted(step.by)))
        entered = {
            ask.name: more[ask.name] if ask.name in more else written(ask, case)
            for ask in step.asks
        }
        note = NOTES_OF.get((case.kind, step.name), NOTES.get(step.name))
        if note is None and step.reason:
            note = ""
        engine.move(case, step.name, by=actor_for(case, party), note=note, **entered)


def written(ask: Ask, case: Case) -> Any:
    """Return what people write where a step asks, or choose of what there is to choose from."""
    if ask.kind == "date":
        return clock.today()
    kept = WRITTEN[ask.name]
    offered = [key for key, _words in ask.options(case)]
    return offered[0] if offered and kept not in offered else kept


def check_all(case_id: int) -> None:
    """Let the examiner find every condition met."""
    with atomic():
        case = db.session.get_one(Case, case_id)
        examiner = actor_for(case, case.workflow.checked_by)
        for condition in case.workflow.conditions_of(case):
            actions.keep_check(case, by=examiner, key=condition.key, outcome=Outcome.PASS)


def hand_in_papers(case_id: int, login: str) -> None:
    """Attach a sample paper to every slot of the application."""
    paper = sample_pdf("示例材料")
    with atomic():
        case = db.session.get_one(Case, case_id)
        by = acting_for(person_called(login), case.applicant_body_id or 0)
        for section in case.workflow.sections_of(case):
            for document in papers_of(case, section):
                name = f"{document.label}.pdf"
                attach(slot=document.slot, upload=Upload(name, paper), by=by, case_id=case.id)


#: Working days that pass before time itself takes a step.
LONG = 24


def drive(case_id: int, state: str, *, days_ago: int, **entered: Any) -> None:
    """Bring a case to `state`, the last step `days_ago` working days ago, one step a day."""
    case = db.session.get_one(Case, case_id)
    way = path_to(case.workflow, state, case)
    assert way is not None, f"no way to {state}"
    back = days_ago
    days = []
    for step in reversed(way):
        days.append(back)
        by_time = step.by == {Party.SYSTEM} or (case.kind, step.name) == ("filing", "record")
        back += LONG if by_time else 1
    for step, before in zip(way, reversed(days), strict=True):
        with office_hours(before):
            if step.name == "recommend_approval":
                check_all(case_id)
            take(case_id, step, **entered)


def drive_on(case_id: int, name: str, **entered: Any) -> None:
    """Take one more step of a case, today."""
    case = db.session.get_one(Case, case_id)
    take(case_id, case.workflow.step[name], **entered)
