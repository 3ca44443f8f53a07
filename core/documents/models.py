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
from core.db import JsonDict, Model, enum_column
from core.documents.kinds import title_with_copy
from core.documents.rules import InstrumentStatus, status_on


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
    the last day; without it the paper does not expire.
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
    status: Mapped[InstrumentStatus] = mapped_column(
        enum_column(InstrumentStatus, "instrument_status"), default=InstrumentStatus.VALID
    )
    ended_on: Mapped[date | None]
    void_reason: Mapped[str | None] = mapped_column(Text)
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("instrument.id"))
    file: Mapped[StoredFile] = relationship()
    replaced_by: Mapped["Instrument | None"] = relationship(remote_side=[id])

    __table_args__ = (
        UniqueConstraint("series", "year", "place"),
        Index(None, "body_id", "kind", "id"),
        CheckConstraint("status <> 'expired'", name="expiry_is_derived"),
        CheckConstraint("(status = 'void') = (void_reason IS NOT NULL)", name="void_has_reason"),
        CheckConstraint(
            "(status = 'replaced') = (replaced_by_id IS NOT NULL)", name="replaced_by_another"
        ),
        CheckConstraint("(status = 'valid') = (ended_on IS NULL)", name="ended_on_a_day"),
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="validity"),
    )

    @property
    def standing(self) -> InstrumentStatus:
        """What it is worth today."""
        return status_on(clock.today(), self.status, self.valid_from, self.valid_until)

    @property
    def full_title(self) -> str:
        """Its title, with the copy it is: 社会团体法人登记证书（副本）."""
        return title_with_copy(self.kind, self.title)

    @property
    def is_valid(self) -> bool:
        """Whether it holds today."""
        return self.standing is InstrumentStatus.VALID


#: What was said once. The rest tells how a paper ended.
UNCHANGING = (
    "number, number_key, kind, series, year, place, case_id, title, authority, issued_on, "
    "issued_at, issued_by_id, valid_from, valid_until, facts, sha256"
)


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
