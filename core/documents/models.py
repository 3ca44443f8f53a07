"""Series of numbers, and the instruments that bear them.

What an instrument says is never changed: the database refuses it on both engines (below).
"""

from datetime import date, datetime

from sqlalchemy import (
    DDL,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    event,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.attachments.models import StoredFile
from core.db import Encrypted, JsonDict, Model, enum_column
from core.documents.kinds import title_read, title_with_copy
from core.documents.rules import EndGround, InstrumentStatus, Means, Standing, standing_on


class NumberSeries(Model):
    """The last place taken in a series and year."""

    __tablename__ = "number_series"

    series: Mapped[str] = mapped_column(String(60), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)


class Instrument(Model):
    """A numbered legal paper, kept as issued.

    `facts` are what it certifies and everyone may read; nothing personal but names that the law
    publishes. `number_key` is the number as it is compared (rules.canonical). `valid_until` is
    the last day; without it the paper does not expire. `payload` is what its QR code carries,
    signed; None where there was no key.

    Its line: `case` is the case that issued it, `replaces` the paper in whose place it came. How it
    ended: `ended_on`, by `ended_case`, for an `end_ground` that everyone may read, with a
    `void_reason` that only the office reads, since it may name persons.
    """

    __tablename__ = "instrument"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(120), unique=True)
    number_key: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(60))
    series: Mapped[str] = mapped_column(String(60))
    year: Mapped[int]
    place: Mapped[int]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_record.id"), index=True)
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    title: Mapped[str] = mapped_column(String(200))
    authority: Mapped[str] = mapped_column(String(300))
    issued_on: Mapped[date]
    issued_at: Mapped[datetime] = mapped_column(default=clock.now)
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    facts: Mapped[JsonDict] = mapped_column(default=dict)
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"), index=True)
    payload: Mapped[str | None] = mapped_column(Text)
    status: Mapped[InstrumentStatus] = mapped_column(
        enum_column(InstrumentStatus, "instrument_status"), default=InstrumentStatus.VALID
    )
    ended_on: Mapped[date | None]
    end_ground: Mapped[EndGround | None] = mapped_column(
        enum_column(EndGround, "instrument_end_ground")
    )
    ended_case_id: Mapped[int | None] = mapped_column(ForeignKey("case_record.id"))
    void_reason: Mapped[str | None] = mapped_column(Text)
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("instrument.id"), unique=True)
    file: Mapped[StoredFile] = relationship()
    replaced_by: Mapped["Instrument | None"] = relationship(
        remote_side=[id], foreign_keys=[replaced_by_id], back_populates="replaces"
    )
    replaces: Mapped["Instrument | None"] = relationship(
        foreign_keys=[replaced_by_id], back_populates="replaced_by"
    )

    __table_args__ = (
        UniqueConstraint("series", "year", "place"),
        Index(None, "body_id", "kind", "id"),
        CheckConstraint("status <> 'expired'", name="expiry_is_derived"),
        Index(None, "kind", "valid_until"),
        CheckConstraint("(status = 'void') = (void_reason IS NOT NULL)", name="void_has_reason"),
        CheckConstraint(
            "status <> 'replaced' OR replaced_by_id IS NOT NULL", name="replaced_by_another"
        ),
        CheckConstraint("status <> 'valid' OR replaced_by_id IS NULL", name="valid_is_the_last"),
        CheckConstraint("(status = 'valid') = (ended_on IS NULL)", name="ended_on_a_day"),
        CheckConstraint("(status = 'valid') = (end_ground IS NULL)", name="ended_for_a_ground"),
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="validity"),
    )

    @property
    def standing(self) -> Standing:
        """What it is worth today."""
        return self.standing_on(clock.today())

    def standing_on(self, day: date) -> Standing:
        """Return what it was, or as far as is known will be, worth on `day`."""
        return standing_on(
            day,
            self.status,
            first=max(self.issued_on, self.valid_from),
            last=self.valid_until,
            ended=self.ended_on,
        )

    @property
    def full_title(self) -> str:
        """Its title, with the copy it is: 社会团体法人登记证书（副本）."""
        return title_with_copy(self.kind, self.title)

    @property
    def called(self) -> str:
        """Its full title as the reader calls it; see `title_read`."""
        return title_read(self.kind, self.title)

    @property
    def is_valid(self) -> bool:
        """Whether it holds today."""
        return self.standing is Standing.VALID


class SigningKey(Model):
    """A key pair that signs papers. One `signs` now; the others keep only their public half.

    `public` and `private` are 32 bytes in URL-safe base64. A key that was withdrawn proves nothing.
    """

    __tablename__ = "signing_key"

    id: Mapped[str] = mapped_column(String(8), primary_key=True)
    public: Mapped[str] = mapped_column(String(43), unique=True)
    private: Mapped[str | None] = mapped_column(Encrypted)
    signs: Mapped[bool | None] = mapped_column(unique=True)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    active_from: Mapped[date]
    active_until: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        CheckConstraint("signs IS NULL OR signs", name="signs_or_not"),
        CheckConstraint("(signs IS NULL) = (private IS NULL)", name="only_one_private"),
        CheckConstraint("(signs IS NULL) = (active_until IS NOT NULL)", name="retired_on_a_day"),
        CheckConstraint("signs IS NULL OR withdrawn_on IS NULL", name="withdrawn_signs_no_more"),
    )


class Verification(Model):
    """Somebody asked what a paper is worth: when, by which means, and what they were told.

    Not who asked, nor what they typed. `instrument_id` is None where no paper was found.
    """

    __tablename__ = "verification"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    means: Mapped[Means] = mapped_column(enum_column(Means, "verification_means"))
    instrument_id: Mapped[int | None] = mapped_column(ForeignKey("instrument.id"), index=True)
    told: Mapped[str] = mapped_column(String(40))


#: What was said once. The rest tells how a paper ended, and that happens once.
UNCHANGING = (
    "number, number_key, kind, series, year, place, case_id, title, authority, issued_on, "
    "issued_at, issued_by_id, valid_from, valid_until, facts, sha256, payload"
)
ENDING = "status, ended_on, end_ground, ended_case_id, void_reason, replaced_by_id"


def keep_as_issued() -> list[tuple[str, str]]:
    """Return, engine by engine, the statements that forbid changing or deleting an instrument."""
    refusal = "an instrument stays as it was issued"
    return [
        (
            "sqlite",
            (
                f"CREATE TRIGGER instrument_no_change BEFORE UPDATE OF {UNCHANGING} ON instrument "
                f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            ),
        ),
        (
            "sqlite",
            (
                f"CREATE TRIGGER instrument_ends_once BEFORE UPDATE OF {ENDING} ON instrument "
                "WHEN OLD.ended_on IS NOT NULL "
                f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            ),
        ),
        (
            "sqlite",
            (
                "CREATE TRIGGER instrument_no_delete BEFORE DELETE ON instrument "
                f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            ),
        ),
        (
            "postgresql",
            (
                "CREATE FUNCTION instrument_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
                f"BEGIN RAISE EXCEPTION '{refusal}'; END $$"
            ),
        ),
        (
            "postgresql",
            (
                f"CREATE TRIGGER instrument_no_change BEFORE UPDATE OF {UNCHANGING} "
                "ON instrument FOR EACH STATEMENT EXECUTE FUNCTION instrument_refuse()"
            ),
        ),
        (
            "postgresql",
            (
                f"CREATE TRIGGER instrument_ends_once BEFORE UPDATE OF {ENDING} ON instrument "
                "FOR EACH ROW WHEN (OLD.ended_on IS NOT NULL) EXECUTE FUNCTION instrument_refuse()"
            ),
        ),
        (
            "postgresql",
            (
                "CREATE TRIGGER instrument_no_delete BEFORE DELETE OR TRUNCATE "
                "ON instrument FOR EACH STATEMENT EXECUTE FUNCTION instrument_refuse()"
            ),
        ),
    ]


for _engine, _statement in keep_as_issued():
    event.listen(
        Instrument.__table__,
        "after_create",
        DDL(_statement).execute_if(dialect=_engine),  # type: ignore[no-untyped-call]
    )
