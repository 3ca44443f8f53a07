"""An account is stopped by one person at once, and let in again by two."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from core import audit, clock, constraints, messages
from core.accounts import actions
from core.accounts.actor import Actor
from core.accounts.models import Membership, User
from core.accounts.notices import LET_IN_ASKED
from core.accounts.roles import Role
from core.db import Model, db
from core.errors import DomainError, NotAllowed, RuleBroken, WrongState
from core.i18n import _, _l

#: Who stops accounts. The bureau's head too: of two administrators one may be who is stopped.
STOPPERS = (Role.ADMINISTRATOR, Role.BUREAU_HEAD)


class AccountStop(Model):
    """An account that was stopped, and, once two people agreed, when it was let in again."""

    __tablename__ = "account_stop"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    stopped_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    stopped_at: Mapped[datetime] = mapped_column(default=clock.now)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime | None]
    asked_reason: Mapped[str] = mapped_column(Text, default="")
    let_in_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    let_in_at: Mapped[datetime | None]
    user: Mapped[User] = relationship(foreign_keys=[user_id])
    stopped_by: Mapped[User] = relationship(foreign_keys=[stopped_by_id])
    asked_by: Mapped[User | None] = relationship(foreign_keys=[asked_by_id])
    let_in_by: Mapped[User | None] = relationship(foreign_keys=[let_in_by_id])

    __table_args__ = (
        CheckConstraint("stopped_by_id <> user_id", name="not_stopped_by_oneself"),
        CheckConstraint("asked_by_id IS NULL OR asked_by_id <> user_id", name="not_asked_by_oneself"),
        CheckConstraint("(asked_by_id IS NULL) = (asked_at IS NULL)", name="asked_by_someone"),
        CheckConstraint(
            "let_in_by_id IS NULL OR (asked_by_id IS NOT NULL AND let_in_by_id <> asked_by_id "
            "AND let_in_by_id <> user_id)",
            name="let_in_by_two",
        ),
        CheckConstraint("(let_in_by_id IS NULL) = (let_in_at IS NULL)", name="let_in_by_someone"),
        Index(
            "uq_account_stop_open", "user_id", unique=True,
            sqlite_where=text("let_in_at IS NULL"), postgresql_where=text("let_in_at IS NULL"),
        ),
    )  # fmt: skip

    @property
    def is_asked(self) -> bool:
        """Whether somebody asked to let the person in again, and nobody has answered."""
        return self.asked_by_id is not None and self.let_in_at is None


STOPPED_ALREADY = _l("This account has been stopped already.")
for index in ("uq_account_stop_open", "uq_account_stop_user_id"):  # as each engine says
    constraints.explain(index, STOPPED_ALREADY)


def stop(user: User, *, reason: str, by: Actor) -> AccountStop:
    """Let nobody be signed in as `user` from this moment on; posts and cases stay as they are.

    Raises RuleBroken for one's own account and for the last administrator's, both on record.
    """
    stopper = _stopper(by, user)
    left = lock_administrators()
    if user.closed:
        raise WrongState(str(STOPPED_ALREADY))
    if user.id in left and len(left) == 1:
        words = _("Somebody has to remain as administrator. Appoint another first.")
        raise audit.refused(RuleBroken(words), "account:stop_refused", user, by=by)
    made = AccountStop(user_id=user.id, reason=reason.strip(), stopped_by_id=stopper.id)
    db.session.add(made)
    user.closed, user.closed_at = True, clock.now()
    actions.end_all_sessions(user)
    db.session.flush()
    audit.record("account:stop", user, by=by, note=made.reason)
    return made


def ask_in(stopped: AccountStop, *, reason: str, by: Actor) -> AccountStop:
    """Ask that the person be let in again; a second one confirms it."""
    asker = _stopper(by, stopped.user)
    _lock(stopped)
    if stopped.asked_by_id is not None:
        raise WrongState(_("Somebody has asked for this already."))
    stopped.asked_by_id, stopped.asked_at = asker.id, clock.now()
    stopped.asked_reason = reason.strip()
    audit.record("account:ask_in", stopped.user, by=by, note=stopped.asked_reason)
    others = [it for it in stoppers() if it.id not in (asker.id, stopped.user_id)]
    facts = {"name": stopped.user.display_name, "by": asker.display_name}
    messages.send(others, LET_IN_ASKED.key, facts, link=f"/people/{stopped.user_id}")
    return stopped


def let_in(stopped: AccountStop, *, by: Actor) -> AccountStop:
    """Let the person sign in again, as somebody else asked. Raises what forbids it, on record."""
    second = _stopper(by, stopped.user)
    _lock(stopped)
    if stopped.asked_by_id is None:
        raise WrongState(_("Nobody has asked for this, or it was taken back."))
    if stopped.asked_by_id == second.id:
        words = _("A second person has to confirm what you asked for.")
        raise audit.refused(RuleBroken(words), "account:stop_refused", stopped.user, by=by)
    stopped.let_in_by_id, stopped.let_in_at = second.id, clock.now()
    stopped.user.closed, stopped.user.closed_at = False, None
    audit.record("account:let_in", stopped.user, by=by, note=stopped.asked_reason)
    return stopped


def keep_out(stopped: AccountStop, *, reason: str, by: Actor) -> AccountStop:
    """Refuse what was asked, or take back what one asked oneself: the account stays stopped."""
    _stopper(by, stopped.user)
    _lock(stopped)
    if stopped.asked_by_id is None:
        raise WrongState(_("Nobody has asked for this, or it was taken back."))
    stopped.asked_by_id, stopped.asked_at, stopped.asked_reason = None, None, ""
    audit.record("account:keep_out", stopped.user, by=by, note=reason.strip())
    return stopped


def sign_out(user: User, *, by: Actor) -> User:
    """End every session of another person, as after a lost telephone; they may sign in again."""
    _stopper(by, user)
    return actions.sign_out_everywhere(user, by=by)


def stops_of(user: User) -> list[AccountStop]:
    """Return every time the account was stopped, the latest first."""
    named = (AccountStop.stopped_by, AccountStop.asked_by, AccountStop.let_in_by)
    query = (
        db.select(AccountStop)
        .where(AccountStop.user_id == user.id)
        .options(*(joinedload(part) for part in named))
        .order_by(AccountStop.id.desc())
    )
    return list(db.session.scalars(query))


def open_stop(user: User) -> AccountStop | None:
    """Return why the account is stopped now; None where it is not."""
    found: AccountStop | None = db.session.scalar(
        db.select(AccountStop).where(
            AccountStop.user_id == user.id, AccountStop.let_in_at.is_(None)
        )
    )
    return found


def count_asked(actor: Actor) -> int | None:
    """Return how many people somebody else asked to let in again, or None."""
    if not actor.holds(*STOPPERS):
        return None
    waiting = db.select(db.func.count()).select_from(AccountStop)
    theirs = (AccountStop.let_in_at.is_(None), AccountStop.asked_by_id != actor.user_id)
    return db.session.scalar(waiting.where(*theirs)) or None


def stoppers() -> list[User]:
    """Return who stops accounts and lets people in today."""
    return _holding(*STOPPERS)


def administrators_left() -> set[int]:
    """Return whose accounts can administer the system today: ids of people."""
    return {user.id for user in _holding(Role.ADMINISTRATOR)}


def _holding(*roles: Role) -> list[User]:
    today = clock.today()
    held = db.session.scalars(
        db.select(Membership).where(Membership.role.in_(roles)).options(joinedload(Membership.user))
    )
    found = {m.user_id: m.user for m in held if m.holds_on(today) and not m.user.closed}
    return list(found.values())


def lock_administrators() -> set[int]:
    """Return who administers today, their accounts held: two cannot stop each other at once."""
    ids = sorted(administrators_left())
    held = db.session.scalars(
        db.select(User)
        .where(User.id.in_(ids))
        .order_by(User.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {user.id for user in held if not user.closed}


def _stopper(by: Actor, user: User) -> User:
    """Return who acts on the account of `user`. Raises what forbids it, on record."""
    refused: DomainError | None = None
    if by.user is None or not by.holds(*STOPPERS):
        words = _("Only the bureau head and system administrators stop accounts and let people in.")
        refused = NotAllowed(words)
    elif by.user.id == user.id:
        refused = NotAllowed(_("Nobody does this to their own account."))
    if refused is not None:
        raise audit.refused(refused, "account:stop_refused", user, by=by)
    assert by.user is not None
    return by.user


def _lock(stopped: AccountStop) -> None:
    db.session.refresh(stopped, with_for_update={"of": AccountStop})
    if stopped.let_in_at is not None:
        raise WrongState(_("The person has been let in again already."))
