"""What waits among people: a role, an invitation, a hand-over, and an application at the counter."""

from typing import Any

from core import clock
from core.accounts import Body, Role, actions, grants, handover, invitations
from core.accounts.actor import acting_for, choices_for
from core.accounts.grants import RoleRequest
from core.counter import actions as counter
from core.db import atomic, db
from core.workflow import actions as cases
from core.workflow.declaration import workflow_of
from registry.demo.cast import BUREAU, REGISTRY_OFFICE, person_called
from registry.organizations.models import Organization


def has_people() -> bool:
    """Return whether a role has been asked for."""
    return db.session.scalar(db.select(RoleRequest.id).limit(1)) is not None


def make_people() -> None:
    """Make one of each, by those whose business it is."""
    with atomic():
        _ask_for("lin.sen@demo.example", "林森", REGISTRY_OFFICE, Role.EXAMINER)
        _ask_for("supervisor", "", BUREAU, Role.COMPLAINT_DESK)
    with atomic():
        _invite_and_offer()
    with atomic():
        _counter()


def _body(name: str) -> Body:
    found: Body = db.session.scalars(db.select(Body).where(Body.name == name)).one()
    return found


def _ask_for(person: str, name: str, office: str, role: Role) -> None:
    grants.request_role(
        person=person, display_name=name, body_id=_body(office).id, role=role.value,
        from_on=clock.today(), to_on=None, reason="工作分工调整",
        by=acting_for(person_called("admin"), _body(BUREAU).id),
    )  # fmt: skip


def _invite_and_offer() -> None:
    owner = next((c for c in choices_for(person_called("choir")) if c.body is not None), None)
    if owner is None or not isinstance(owner.body, Organization):
        return
    invitations.invite_member(
        owner.body, address="wang.guilan@demo.example", display_name="王桂兰",
        role=Role.HANDLER.value, by=owner,
    )  # fmt: skip
    heir = person_called("applicant")
    actions.grant_membership(heir, owner.body, Role.HANDLER, by=owner)
    handover.offer(owner.body, to_id=heir.id, stay=True, by=owner)


def _counter() -> None:
    street = next(c for c in choices_for(person_called("street")) if c.body is not None)
    workflow = workflow_of("filing")
    answers: dict[str, Any] = {
        q.key: next(value for value, _words in q.choices if value not in q.stops)
        for q in workflow.guides[0].questions
    }
    case = counter.start(
        workflow, applicant_name="陈建国", contact="chen.jianguo@demo.example", by=street, **answers
    )
    values = {
        "title": "春熙路街道总府社区银龄书法队",
        "scope": "每周四练习书法，节日为居民写春联。",
    }
    kept = {name: getattr(case, name) for name in ("category", "division_id", "domicile")}
    cases.save_section(case, "group", by=street, **{**kept, **values})
