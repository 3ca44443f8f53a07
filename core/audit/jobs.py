"""Each night the day before is closed, and those who watch the record are told its root."""

from core import clock, messages
from core.accounts.models import Membership, User
from core.accounts.roles import Role
from core.audit.actions import close_days
from core.audit.models import AuditRoot
from core.db import atomic, db
from core.i18n import _l
from core.jobs import job

DAY_CLOSED = messages.MessageTemplate(
    key="audit.day_closed",
    subject=_l("Record of actions of %(day)s: %(entries)s entries"),
    body=_l(
        "The record of %(day)s was closed with %(entries)s entries. Its digest is\n%(digest)s\n"
        "Please keep this message outside the system: with it anybody can prove later that "
        "nothing was changed."
    ),
    label=_l("A day's record of actions was closed: to the auditors"),
)


@job(
    "close_audit_days",
    cron="10 0 * * *",
    catch_up=False,
    does=_l("Write down what the record of each finished day came to, and tell the auditors."),
    tells=_l("%(a)s days closed"),
)
def close_audit_days() -> str:
    with atomic():
        roots = close_days()
        told = _auditors()
        for root in roots:
            if root.entries:
                messages.send(told, DAY_CLOSED.key, _facts(root), link="/audit/days")
        return f"{len(roots)} days closed"


def _facts(root: AuditRoot) -> dict[str, object]:
    return {"day": root.day, "entries": root.entries, "digest": root.digest}


def _auditors() -> list[User]:
    today = clock.today()
    held = db.session.scalars(db.select(Membership).where(Membership.role == Role.AUDITOR))
    return [membership.user for membership in held if membership.holds_on(today)]
