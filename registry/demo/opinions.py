"""Opinions of the demo: one answered, one open, one that nobody gave in time; none is a new case."""

from collections.abc import Iterable

from core.accounts import Actor, Body
from core.accounts.actor import choices_for
from core.attachments import list_attachments
from core.db import atomic, db
from core.opinions import actions
from core.opinions.models import Opinion, Stance
from core.workflow.models import Case
from registry.demo.cast import BUREAU, person_called
from registry.demo.driver import actor_for, office_hours
from registry.registrations.states import RegistrationState

SPONSOR = "锦江区文化体育和旅游局"
QUESTION = "该会业务范围含“书法培训”。请贵局说明：面向未成年人的培训是否需要先取得许可，本区是否已有同类团体。"
ANSWER = "章程已写明不面向未成年人收费培训，无需许可；本区同类团体两家，服务人群不同。"


def has_opinions() -> bool:
    """Return whether anybody was asked for an opinion."""
    return db.session.scalar(db.select(Opinion.id).limit(1)) is not None


def make_opinions() -> None:
    """Let the examiner ask about the two oldest cases under examination, and the sponsor answer one."""
    examined = db.session.scalars(
        db.select(Case.id)
        .where(Case.kind == "registration", Case.state == RegistrationState.EXAMINING.value)
        .order_by(Case.id)
        .limit(2)
    ).all()
    if len(examined) < 2:
        return
    first, second = examined
    asked = _ask(first, (SPONSOR, BUREAU), days_ago=1)
    with atomic():
        actions.answer(
            db.session.get_one(Opinion, asked[SPONSOR]),
            by=_of("sponsor", SPONSOR),
            stance=Stance.NO_OBJECTION.value,
            answer=ANSWER,
        )
    _ask(second, (SPONSOR,), days_ago=9)
    with office_hours(2):
        actions.sweep()
    _ask(second, (SPONSOR,), days_ago=0)


def _ask(case_id: int, names: Iterable[str], *, days_ago: int) -> dict[str, int]:
    with office_hours(days_ago), atomic():
        case = db.session.get_one(Case, case_id)
        bodies = db.session.scalars(db.select(Body).where(Body.name.in_(names)))
        asked = actions.ask(
            case,
            by=actor_for(case, case.workflow.checked_by),
            question=QUESTION,
            days=5,
            bodies=[it.id for it in bodies],
            sections=["identity", "purpose"],
            papers=[it.id for it in list_attachments(case_id=case_id, slot="registration.charter")],
        )
        return {it.body.name: it.id for it in asked}


def _of(login: str, body: str) -> Actor:
    return next(
        it
        for it in choices_for(person_called(login))
        if it.body is not None and it.body.name == body
    )
