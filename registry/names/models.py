"""Tables of names: the word lists, reserved names, and the keys by which near names are found."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.accounts.models import User
from core.constraints import explain
from core.db import Model, enum_column
from core.i18n import _l
from core.workflow.models import Case
from registry.names.kinds import Effect, Ending, WordKind
from registry.organizations.kinds import OrganizationType
from registry.organizations.models import Organization


class NameWord(Model):
    """One word of one list, from a day until a day. It counts once a second person confirmed it.

    What came with the program has nobody who proposed it. `listed_as` is kind, type and folded
    word while it is proposed or in force, so that no list has a word twice. Rows are never
    deleted: a withdrawn proposal keeps its row.
    """

    __tablename__ = "name_word"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[WordKind] = mapped_column(enum_column(WordKind, "name_word_kind"))
    word: Mapped[str] = mapped_column(String(60))
    type: Mapped[OrganizationType | None] = mapped_column(
        enum_column(OrganizationType, "name_word_type")
    )
    effect: Mapped[Effect | None] = mapped_column(enum_column(Effect, "name_word_effect"))
    listed_as: Mapped[str | None] = mapped_column(String(140), unique=True)
    source: Mapped[str] = mapped_column(String(300))
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    confirmed_at: Mapped[datetime | None]
    end_source: Mapped[str] = mapped_column(String(300), default="")
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    end_confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    end_confirmed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    proposed_by: Mapped[User | None] = relationship(foreign_keys=[proposed_by_id])
    confirmed_by: Mapped[User | None] = relationship(foreign_keys=[confirmed_by_id])
    ended_by: Mapped[User | None] = relationship(foreign_keys=[ended_by_id])

    __table_args__ = (
        Index(None, "kind", "word", "id"),
        CheckConstraint("length(source) > 0", name="source_given"),
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="period"),
        CheckConstraint("confirmed_by_id <> proposed_by_id", name="second_person"),
        CheckConstraint("end_confirmed_by_id <> ended_by_id", name="second_person_ends"),
        CheckConstraint(
            "(end_confirmed_by_id IS NULL) = (to_on IS NULL)", name="ended_by_two_people"
        ),
    )

    @property
    def is_confirmed(self) -> bool:
        """Return whether the word counts, or did until its end."""
        return self.withdrawn_at is None and self.confirmed_at is not None

    @property
    def waits_for_end(self) -> bool:
        """Return whether somebody proposed its end and nobody confirmed it."""
        return self.ended_by_id is not None and self.end_confirmed_by_id is None


class NameReservation(Model):
    """A name that somebody holds for a while, or for the time of a case.

    `held_name` is the bare name while it is held and empty afterwards, so that the database
    refuses a second holder. Without `expires_on` it is held until the case ends.
    """

    __tablename__ = "name_reservation"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    held_name: Mapped[str | None] = mapped_column(String(100), unique=True)
    core: Mapped[str] = mapped_column(String(100))
    sound: Mapped[str] = mapped_column(String(200), index=True)
    type: Mapped[OrganizationType] = mapped_column(
        enum_column(OrganizationType, "name_reservation_type")
    )
    holder_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_record.id"), index=True)
    reserved_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_on: Mapped[date | None] = mapped_column(index=True)
    renewals: Mapped[int] = mapped_column(default=0)
    reminded_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ending: Mapped[Ending | None] = mapped_column(enum_column(Ending, "name_reservation_ending"))
    version: Mapped[int] = mapped_column()
    holder: Mapped[User] = relationship()
    case: Mapped[Case | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        CheckConstraint("(held_name IS NULL) = (ended_at IS NOT NULL)", name="held_until_ended"),
        CheckConstraint("(ended_at IS NULL) = (ending IS NULL)", name="ended_for_a_reason"),
        CheckConstraint("expires_on IS NOT NULL OR case_id IS NOT NULL", name="not_for_ever"),
    )


class NameKey(Model):
    """A name of an organization as near names are looked for: see registry.names.near.

    `place` is the authority that names must differ under, a street for filed groups; `bare` is the whole name as it is compared, `core` what is left of it without place and form,
    `size` the characters of the core, `sound` two letters for the syllable of each of them,
    `mirror` the same from the end. A name that was given up keeps its row, until the day in
    `until_on`.
    """

    __tablename__ = "name_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    name: Mapped[str] = mapped_column(String(300))
    bare: Mapped[str] = mapped_column(String(300), index=True)
    place: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    core: Mapped[str] = mapped_column(String(300))
    sound: Mapped[str] = mapped_column(String(600))
    mirror: Mapped[str] = mapped_column(String(600))
    until_on: Mapped[date | None]
    organization: Mapped[Organization] = relationship()

    __table_args__ = (
        Index(None, "place", "size", "sound"),
        Index(None, "place", "size", "mirror"),
        Index(
            "uq_name_key_present",
            "organization_id",
            unique=True,
            sqlite_where=text("until_on IS NULL"),
            postgresql_where=text("until_on IS NULL"),
        ),
    )


class NameIndexMark(Model):
    """How far the keys are made: all organizations up to `reached`, as `made_of` says."""

    __tablename__ = "name_index_mark"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_of: Mapped[str] = mapped_column(String(64))
    reached: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(Text, default="")


explain(
    "uq_name_word_listed_as",
    _l("This list has the word already, or somebody has proposed it."),
    field="word",
)
explain("ck_name_word_second_person", _l("A second person has to confirm what you proposed."))
explain("ck_name_word_second_person_ends", _l("A second person has to confirm what you proposed."))
explain(
    "uq_name_reservation_held_name",
    _l("Somebody else has just taken this name. Please choose another one."),
    field="name",
)
