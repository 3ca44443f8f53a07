"""Saved views of the worklist: filters under a name, a person's own or shared by the office's head."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, String, UniqueConstraint, and_, or_
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from core import audit, clock, constraints
from core.accounts import Actor, Role, User
from core.db import Model, db
from core.errors import NotAllowed, NotFound, RuleBroken
from core.i18n import _, _l

#: Who leads an office, and may lay a view before everyone in it.
HEADS = frozenset({Role.BUREAU_HEAD, Role.APPROVER})

TAKEN = _l("You have a view of this name already.")


class WorklistView(Model):
    """Filters that a person keeps under a name, for one of the bodies they act for.

    `question` is the part of an address that asks for them. What is `shared` every officer of the
    body sees; of anything else only its owner knows.
    """

    __tablename__ = "worklist_view"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    name: Mapped[str] = mapped_column(String(40))
    question: Mapped[str] = mapped_column(String(1000))
    shared: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    owner: Mapped[User] = relationship()

    __table_args__ = (UniqueConstraint("owner_id", "body_id", "name"),)


class WorklistDefault(Model):
    """The view with which a person's worklist begins, in one of their bodies."""

    __tablename__ = "worklist_default"

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), primary_key=True)
    view_id: Mapped[int] = mapped_column(
        ForeignKey("worklist_view.id", ondelete="CASCADE"), index=True
    )


constraints.explain("uq_worklist_view_owner_id_body_id_name", TAKEN, field="name")


def may_share(actor: Actor) -> bool:
    """Return whether the actor leads the office they act for."""
    return actor.holds(*HEADS)


def _visible(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of a view that is there for the actor."""
    own_or_shared = or_(WorklistView.owner_id == actor.user_id, WorklistView.shared.is_(True))
    return WorklistView.body_id == actor.body_id, own_or_shared


def list_views(actor: Actor) -> Sequence[tuple[WorklistView, bool]]:
    """Return the views the actor may use, by name, each with whether it is their default."""
    chosen = and_(
        WorklistDefault.view_id == WorklistView.id,
        WorklistDefault.user_id == actor.user_id,
        WorklistDefault.body_id == actor.body_id,
    )
    rows = db.session.execute(
        db.select(WorklistView, WorklistDefault.view_id)
        .outerjoin(WorklistDefault, chosen)
        .where(*_visible(actor))
        .options(joinedload(WorklistView.owner).load_only(User.display_name))
        .order_by(WorklistView.name, WorklistView.id)
    )
    return [(view, chosen is not None) for view, chosen in rows]


def access_view(view_id: int, actor: Actor) -> WorklistView:
    """Return a view the actor may use; NotFound for another's, as for one that is not there."""
    asked = db.select(WorklistView).where(WorklistView.id == view_id, *_visible(actor))
    view: WorklistView | None = db.session.scalar(asked)
    if view is None:
        raise NotFound(_("There is no such view."))
    return view


def save_view(
    *, by: Actor, name: str, question: str, shared: bool = False, as_default: bool = False
) -> WorklistView:
    """Keep filters under a name. Raises RuleBroken("name") or NotAllowed."""
    assert by.user_id is not None
    name = name.strip()
    if not name:
        raise RuleBroken(_("Please fill this in."), field="name")
    if by.body_id is None or (shared and not may_share(by)):
        raise NotAllowed(_("Only the head of the office shares a view."))
    own = db.select(WorklistView.id).filter_by(owner_id=by.user_id, body_id=by.body_id, name=name)
    if db.session.scalar(own) is not None:
        raise RuleBroken(TAKEN, field="name")
    view = WorklistView(
        owner_id=by.user_id, body_id=by.body_id, name=name, question=question, shared=shared
    )
    db.session.add(view)
    db.session.flush()
    if as_default:
        begin_with(view, by=by)
    audit.record("worklist_view:save", view, by=by, changes={"shared": [None, shared]})
    return view


def begin_with(view: WorklistView | None, *, by: Actor) -> WorklistView | None:
    """Let the actor's worklist begin with a view; None lets it begin with the office's pile."""
    assert by.user_id is not None
    assert by.body_id is not None
    at = (by.user_id, by.body_id)
    kept = db.session.get(WorklistDefault, at)
    if view is None:
        if kept is not None:
            db.session.delete(kept)
    elif kept is None:
        db.session.add(WorklistDefault(user_id=at[0], body_id=at[1], view_id=view.id))
    else:
        kept.view_id = view.id
    return view


def share(view: WorklistView, *, by: Actor, shared: bool) -> WorklistView:
    """Show one's own view to the whole office, or keep it to oneself again."""
    if view.owner_id != by.user_id or not may_share(by):
        raise NotAllowed(_("Only the head of the office shares a view."))
    if not shared:
        others = WorklistDefault.user_id != by.user_id
        db.session.execute(
            db.delete(WorklistDefault).where(WorklistDefault.view_id == view.id, others)
        )
    audit.record("worklist_view:share", view, by=by, changes={"shared": [view.shared, shared]})
    view.shared = shared
    return view


def delete_view(view: WorklistView, *, by: Actor) -> None:
    """Delete one's own view; whoever began with it begins with the office's pile again."""
    if view.owner_id != by.user_id:
        raise NotAllowed(_("Only who made a view deletes it."))
    audit.record("worklist_view:delete", view, by=by, note=view.name)
    db.session.execute(db.delete(WorklistDefault).where(WorklistDefault.view_id == view.id))
    db.session.delete(view)
