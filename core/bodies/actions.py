"""Change the name of a body, and end a membership."""

from datetime import date, timedelta

from core import audit, clock
from core.accounts import Actor, Body, BodyKind, Membership, Role, stops
from core.accounts import actions as accounts
from core.bodies import queries
from core.bodies.models import BodyName
from core.db import db
from core.divisions import Division
from core.errors import NotAllowed, RuleBroken
from core.i18n import _

CHANGERS = (Role.ADMINISTRATOR, Role.BUREAU_HEAD)


def add_body(*, kind: str, name: str, division: Division | None, by: Actor) -> Body:
    """Return a new office. Organizations come from the register, never from here."""
    _may_change(by)
    if kind == BodyKind.ORGANIZATION:
        raise RuleBroken(_("Organizations come from the register, not from here."), field="kind")
    division_id = division.id if division else None
    return accounts.create_body(kind=BodyKind(kind), name=name, division_id=division_id, by=by)


def rename_body(body: Body, *, name: str, from_on: date, source: str, by: Actor) -> BodyName:
    """Give an office another name from a day on; one that lies ahead is kept until then.

    Raises RuleBroken for an organization, whose name changes by a case, the name it has, one that
    another office has, and a day before its latest change.
    """
    _may_change(by)
    name = " ".join(name.split())
    latest = queries.latest_name(body)
    if body.kind is BodyKind.ORGANIZATION:
        raise RuleBroken(_("The name of an organization changes by registration of the change."))
    if latest is not None and latest.from_on > from_on:
        words = _("Its name changes on %(day)s already.", day=latest.from_on.isoformat())
        raise RuleBroken(words, field="from_on")
    former = latest.name if latest and latest.applied_at is None else body.name
    if name == former:
        raise RuleBroken(_("This is its name already."), field="name")
    if queries.is_name_taken(name, body):
        raise RuleBroken(_("Another body has this name."), field="name")
    change = BodyName(
        body_id=body.id, former=former, name=name, from_on=from_on, source=source, by_id=by.user_id
    )
    db.session.add(change)
    db.session.flush()
    changes = {"name": [former, name], "from_on": [None, from_on.isoformat()]}
    audit.record("body:rename", body, by=by, changes=changes, note=source)
    if from_on <= clock.today():
        _take(change)
    return change


def take_names() -> int:
    """Give bodies the names whose day has come; return how many."""
    due = list(
        db.session.scalars(
            db.select(BodyName)
            .where(BodyName.applied_at.is_(None), BodyName.from_on <= clock.today())
            .order_by(BodyName.from_on, BodyName.id)
        )
    )
    for change in due:
        _take(change)
    return len(due)


def _take(change: BodyName) -> None:
    change.body = db.session.get_one(Body, change.body_id)
    change.body.name, change.applied_at = change.name, clock.now()
    db.session.flush()


def end_membership(membership: Membership, *, last_day: date, by: Actor) -> None:
    """Let a membership end with a day: yesterday ends it at once.

    Raises RuleBroken for one's own, the last administrator's, and a day long gone.
    """
    _may_change(by)
    if membership.user_id == by.user_id:
        broken = RuleBroken(_("Nobody ends their own membership; ask another administrator."))
        raise audit.refused(broken, "membership:refuse", by=by)
    if last_day < clock.today() - timedelta(days=1):
        words = _("The day lies in the past; yesterday ends it at once.")
        raise RuleBroken(words, field="last_day")
    if membership.to_on is not None and membership.to_on <= last_day:
        words = _("It ends on %(day)s already.", day=membership.to_on.isoformat())
        raise RuleBroken(words, field="last_day")
    if membership.role is Role.ADMINISTRATOR:
        stops.lock_administrators()  # two who end each other's wait, and the second finds out
    if membership.role is Role.ADMINISTRATOR and not queries.other_administrators(membership):
        broken = RuleBroken(_("Somebody has to remain as administrator. Appoint another first."))
        raise audit.refused(broken, "membership:refuse", by=by)
    accounts.end_membership(membership, on=last_day, by=by)


def _may_change(by: Actor) -> None:
    if not by.machine and not by.holds(*CHANGERS):
        raise NotAllowed(_("Only the bureau head and system administrators change bodies."))
