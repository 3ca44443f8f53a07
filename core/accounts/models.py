"""Tables of people, bodies and memberships."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.accounts.roles import Role
from core.db import Encrypted, Model, enum_column
from core.i18n import _l


class BodyKind(StrEnum):
    """What sort of party a body is."""

    BUREAU = "bureau"
    REGISTRATION_OFFICE = "registration_office"
    GUIDANCE_CENTER = "guidance_center"
    COMMUNITY_COMMITTEE = "community_committee"
    SPONSOR_UNIT = "sponsor_unit"
    DEPARTMENT = "department"
    FINANCE_OFFICE = "finance_office"
    OPERATOR = "operator"
    ORGANIZATION = "organization"

    @property
    def label(self) -> str:
        return str(BODY_KIND_LABELS[self])


BODY_KIND_LABELS = {
    BodyKind.BUREAU: _l("Bureau"),
    BodyKind.REGISTRATION_OFFICE: _l("Registration authority"),
    BodyKind.GUIDANCE_CENTER: _l("Guidance center"),
    BodyKind.COMMUNITY_COMMITTEE: _l("Residents' committee"),
    BodyKind.SPONSOR_UNIT: _l("Sponsor unit"),
    BodyKind.DEPARTMENT: _l("Department"),
    BodyKind.FINANCE_OFFICE: _l("Finance office"),
    BodyKind.OPERATOR: _l("Operator"),
    BodyKind.ORGANIZATION: _l("Social organization"),
}


class User(UserMixin, Model):
    """A person who can sign in. What they may do comes from memberships, never from here."""

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(200), unique=True)
    display_name: Mapped[str] = mapped_column(String(100))
    email: Mapped[str | None] = mapped_column(String(200))
    phone: Mapped[str | None] = mapped_column(
        Encrypted, info={"index": "login", "prefix": "mobile:"}
    )
    password_hash: Mapped[str] = mapped_column(String(300))
    session_stamp: Mapped[str] = mapped_column(String(32))
    locale: Mapped[str] = mapped_column(String(20), default="zh_Hans")
    large_text: Mapped[bool] = mapped_column(default=False, server_default=false())
    closed: Mapped[bool] = mapped_column(default=False)
    closed_at: Mapped[datetime | None]
    closing_asked_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    signed_in_at: Mapped[datetime | None]
    memberships: Mapped[list["Membership"]] = relationship(back_populates="user")

    def get_id(self) -> str:
        """Return the session's key: it changes with the stamp, which signs out everywhere."""
        return f"{self.id}:{self.session_stamp}"

    @property
    def is_active(self) -> bool:
        return not self.closed


class UserSession(Model):
    """One browser that a person signed in with, until it is signed out."""

    __tablename__ = "user_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    begun_at: Mapped[datetime] = mapped_column(default=clock.now)
    seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]
    address: Mapped[str] = mapped_column(String(60), default="")
    device: Mapped[str] = mapped_column(String(300), default="")
    with_code: Mapped[bool] = mapped_column(default=False)
    user: Mapped[User] = relationship()


class Body(Model):
    """Whoever can be a party to a case. Organizations extend it with their own table."""

    __tablename__ = "body"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[BodyKind] = mapped_column(enum_column(BodyKind, "body_kind"))
    name: Mapped[str] = mapped_column(String(300))
    division_id: Mapped[int | None] = mapped_column(ForeignKey("division.id"), index=True)
    memberships: Mapped[list["Membership"]] = relationship(back_populates="body")

    __mapper_args__ = {"polymorphic_on": "kind"}  # noqa: RUF012 - read at class creation
    __table_args__: Any = (
        Index(
            "uq_body_office_name",
            "name",
            unique=True,
            sqlite_where=kind != BodyKind.ORGANIZATION,
            postgresql_where=kind != BodyKind.ORGANIZATION,
        ),
    )


#: Each kind of office as a class of the same table, as the mapping by kind wants it.
OFFICES = {
    kind: type(
        f"{kind.name.title()}Body", (Body,), {"__mapper_args__": {"polymorphic_identity": kind}}
    )
    for kind in BodyKind
    if kind is not BodyKind.ORGANIZATION
}


class Membership(Model):
    """A person in a body with a role, from a day, until a day."""

    __tablename__ = "membership"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    role: Mapped[Role] = mapped_column(enum_column(Role, "membership_role"))
    from_on: Mapped[date] = mapped_column(default=clock.today)
    to_on: Mapped[date | None]
    user: Mapped[User] = relationship(back_populates="memberships")
    body: Mapped[Body] = relationship(back_populates="memberships")

    __table_args__ = (
        UniqueConstraint("user_id", "body_id", "role", "from_on"),
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="membership_period"),
    )

    def holds_on(self, day: date) -> bool:
        """Return whether the membership is in force on `day`, both ends counted."""
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)


class SignInThrottle(Model):
    """Failed sign-ins of one account or one address, shared by all web processes."""

    __tablename__ = "sign_in_throttle"

    subject: Mapped[str] = mapped_column(String(200), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[datetime] = mapped_column(default=clock.now)
    locked_until: Mapped[datetime | None]
