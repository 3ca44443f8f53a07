"""The one table of cases, and what happens to them."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from core import clock, policy
from core.accounts import Body, User
from core.constraints import explain
from core.db import JsonDict, Model, enum_column
from core.eligibility import Outcome
from core.errors import Words
from core.i18n import _l
from core.search.index import TextIndex
from core.workflow.declaration import Workflow, workflow_of
from core.workflow.parties import Seat
from core.workflow.steps import State

NO_LIMIT = datetime(9999, 1, 1, tzinfo=UTC)


def _where_set(name: str, column: str, *more: str) -> Index:
    """Return an index of the rows in which `column` says something."""
    given = text(f"{column} IS NOT NULL")
    return Index(name, column, *more, sqlite_where=given, postgresql_where=given)


class Case(Model):
    """Something that someone asks for and someone decides. Each kind adds a joined table.

    `matter` is the guide through which it was opened, where its kind has several.
    `state` moves only through the engine. `waiting_party` and `waiting_body_id` say whose turn it
    is. `due_at` is the end of the time in this state; `statutory_on` and `promised_on` are the
    last days of the case clock, which stands still since `stopped_on` where that is set.
    `due_key` is `due_at`, or `NO_LIMIT` where there is none: what worklists are sorted by.
    `sought` is what a worklist is searched by, folded; `core.workflow.piling` writes it.
    `submitted_at` is when it was first handed in. `policies` are the policy values frozen in the
    case, those of the day `Workflow.freezes` names. `sole_key` is held while the case is open, where its kind allows one open case
    of a body.
    """

    __tablename__ = "case_record"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    number: Mapped[str | None] = mapped_column(String(60), unique=True)
    state: Mapped[str] = mapped_column(String(40))
    matter: Mapped[str | None] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(300), default="")
    applicant_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    applicant_body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    subject_body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    office_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    division_id: Mapped[int | None] = mapped_column(ForeignKey("division.id"))
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    waiting_party: Mapped[str | None] = mapped_column(String(40))
    waiting_body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    submitted_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    state_since: Mapped[datetime] = mapped_column(default=clock.now)
    due_at: Mapped[datetime | None] = mapped_column()
    clock_from: Mapped[date | None]
    statutory_on: Mapped[date | None]
    promised_on: Mapped[date | None]
    stopped_on: Mapped[date | None]
    stopped_because: Mapped[str | None] = mapped_column(String(300))
    policies: Mapped[JsonDict] = mapped_column(default=dict)
    sole_key: Mapped[str | None] = mapped_column(String(80))
    due_key: Mapped[datetime] = mapped_column(default=NO_LIMIT)
    sought: Mapped[str] = mapped_column(Text, default="", server_default="", deferred=True)
    version: Mapped[int] = mapped_column()

    applicant: Mapped[User] = relationship(foreign_keys=[applicant_id])
    applicant_body: Mapped[Body | None] = relationship(foreign_keys=[applicant_body_id])
    subject_body: Mapped[Body | None] = relationship(foreign_keys=[subject_body_id])
    office: Mapped[Body | None] = relationship(foreign_keys=[office_id])
    assignee: Mapped[User | None] = relationship(foreign_keys=[assignee_id])
    seats: Mapped[list["CaseSeat"]] = relationship(
        back_populates="case", cascade="all, delete-orphan"
    )
    events: Mapped[list["CaseEvent"]] = relationship(back_populates="case", order_by="CaseEvent.id")
    checks: Mapped[list["CaseCheck"]] = relationship(back_populates="case")
    recusals: Mapped[list["Recusal"]] = relationship(back_populates="case")

    __mapper_args__ = {  # noqa: RUF012 - read by SQLAlchemy at class creation
        "polymorphic_on": "kind",
        "version_id_col": version,
    }
    __table_args__ = (
        Index(None, "waiting_body_id", "due_key", "id"),
        # Most cases are nobody's: counted in, they would make the planner shun these indexes.
        _where_set("ix_case_record_taken", "assignee_id", "due_key", "id"),
        _where_set("ix_case_record_applicant_body_id", "applicant_body_id"),
        _where_set("ix_case_record_subject_body_id", "subject_body_id"),
        Index(None, "kind", "state", "due_key", "id"),
        Index(None, "office_id", "closed_at", "id"),
        Index(None, "due_at", "state"),
        Index(None, "sole_key", unique=True),
        Index(
            "ix_case_record_open",
            "due_key",
            "id",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index(None, "closed_at", "id"),
        Index(
            "ix_case_record_turns",
            "waiting_body_id",
            "kind",
            "state",
            "due_at",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        CheckConstraint("submitted_at IS NULL OR number IS NOT NULL", name="submitted_has_number"),
    )

    @validates("due_at")
    def _sort_by(self, _name: str, moment: datetime | None) -> datetime | None:
        self.due_key = moment or NO_LIMIT
        return moment

    @property
    def workflow(self) -> Workflow:
        """The declaration of this kind of case."""
        return workflow_of(self.kind)

    @property
    def standing(self) -> State:
        """The declared state the case is in."""
        return self.workflow.state[self.state]

    @property
    def matter_label(self) -> Words:
        """What is asked for, in words: its guide's, or those of the kind."""
        guide = self.workflow.guide_at(self.matter)
        return guide.matter if guide else self.workflow.title

    @property
    def called(self) -> Words:
        """Its title, or what is asked for where it has none yet."""
        return self.title or self.matter_label

    def told(self, name: str) -> Any:
        """Return what the application says under `name`: an answer of a section."""
        return getattr(self, name)

    def keep(self, name: str, value: Any) -> None:
        """Keep an answer of a section. Kinds that store some elsewhere say so here."""
        setattr(self, name, value)

    def body_at(self, seat: Seat) -> int | None:
        """Return the id of the body that sits at `seat`, or None."""
        if seat is Seat.APPLICANT:
            return self.applicant_body_id
        return next((s.body_id for s in self.seats if s.seat is seat), None)

    def frozen(self, key: str) -> Any:
        """Return the policy value in force for this case: as frozen, else as it is today."""
        return policy.thaw(self.policies, key)


for constraint in ("ix_case_record_sole_key", "uq_case_record_sole_key"):
    explain(
        constraint, _l("There is an open case of this kind already; please go on with that one.")
    )


class CaseSeat(Model):
    """A body that takes part in a case, and as what.

    `pile` says where the case lies for this body: with one of its roles, whose turn it is, or
    elsewhere, closed, unseen (core.workflow.piling). `sort_at` is what the pile is sorted by: the
    deadline, or the end of what is closed. `kind` and `taken` are those of the case: what is looked
    for on a pile though it may hold none of it.
    """

    __tablename__ = "case_seat"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"))
    seat: Mapped[Seat] = mapped_column(enum_column(Seat, "seat"))
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    pile: Mapped[str] = mapped_column(String(40), default="unseen")
    sort_at: Mapped[datetime] = mapped_column(default=NO_LIMIT)
    kind: Mapped[str] = mapped_column(String(40), default="")
    taken: Mapped[bool] = mapped_column(default=False)
    case: Mapped[Case] = relationship(back_populates="seats")
    body: Mapped[Body] = relationship()

    __table_args__ = (
        UniqueConstraint("case_id", "seat"),
        Index(None, "body_id", "case_id"),
        Index(None, "body_id", "seat", "pile", "sort_at", "case_id"),
        Index(None, "body_id", "seat", "pile", "kind", "sort_at", "case_id"),
        Index(None, "body_id", "seat", "pile", "taken", "sort_at", "case_id"),
    )


class CaseEvent(Model):
    """One step that was taken, or what else is to be told: the timeline, and who did what.

    Where the step ended an office's turn, `turn_body_id` is that office, `took_days` how many
    working days it had the case, and `allowed_days` how many it was allowed, None without a limit.
    """

    __tablename__ = "case_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    step: Mapped[str] = mapped_column(String(60))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    actor_name: Mapped[str] = mapped_column(String(100))
    body_name: Mapped[str] = mapped_column(String(300), default="")
    before: Mapped[str | None] = mapped_column(String(40))
    after: Mapped[str] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(Text, default="")
    entered: Mapped[JsonDict] = mapped_column(default=dict)
    staff_only: Mapped[bool] = mapped_column(default=False)
    late: Mapped[bool] = mapped_column(default=False)
    turn_body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    took_days: Mapped[int | None]
    allowed_days: Mapped[int | None]
    case: Mapped[Case] = relationship(back_populates="events")

    __table_args__ = (
        Index(
            "ix_case_event_turns",
            "at",
            "turn_body_id",
            sqlite_where=text("turn_body_id IS NOT NULL"),
            postgresql_where=text("turn_body_id IS NOT NULL"),
        ),
        Index(
            "ix_case_event_automatic",
            "id",
            sqlite_where=text("actor_id IS NULL"),
            postgresql_where=text("actor_id IS NULL"),
        ),
    )


class CaseCheck(Model):
    """What the examiner found on one condition, beside what the rule computed."""

    __tablename__ = "case_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"))
    key: Mapped[str] = mapped_column(String(60))
    outcome: Mapped[Outcome] = mapped_column(enum_column(Outcome, "check_outcome"))
    note: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    case: Mapped[Case] = relationship(back_populates="checks")

    __table_args__ = (UniqueConstraint("case_id", "key"),)


class Recusal(Model):
    """A person who has nothing to do with a case: for them it does not exist."""

    __tablename__ = "case_recusal"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    case: Mapped[Case] = relationship(back_populates="recusals")

    __table_args__ = (UniqueConstraint("case_id", "user_id"),)


#: Finds cases by number, title or applicant: see `Case.sought`.
SOUGHT = TextIndex("case_sought", Case.__table__.c.sought)
