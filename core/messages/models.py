"""Tables of messages, of their way out, and of what people want to get by mail."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.accounts.models import Body, User
from core.db import Encrypted, Model, enum_column
from core.i18n import _l


class Channel(StrEnum):
    """A way out of the house."""

    MAIL = "mail"
    SMS = "sms"

    @property
    def label(self) -> str:
        return str({Channel.MAIL: _l("E-mail"), Channel.SMS: _l("Text message")}[self])


class DeliveryStatus(StrEnum):
    """Where a delivery is. Only WAITING and FAILED are ever sent by themselves."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    DEAD = "dead"

    @property
    def label(self) -> str:
        return str(STATUS_LABELS[self])

    @property
    def tone(self) -> str:
        return {"sent": "green", "dead": "red", "uncertain": "amber"}.get(self.value, "grey")


STATUS_LABELS = {
    DeliveryStatus.WAITING: _l("Waiting to be sent"),
    DeliveryStatus.SENDING: _l("Being sent"),
    DeliveryStatus.SENT: _l("Sent"),
    DeliveryStatus.FAILED: _l("Will be tried again"),
    DeliveryStatus.UNCERTAIN: _l("Perhaps sent"),
    DeliveryStatus.DEAD: _l("Could not be delivered"),
}


class Message(Model):
    """Words to one person. Without a recipient they go to an address outside only.

    `body_id` is the body for which the person is addressed; None is the person themselves.
    """

    __tablename__ = "message"

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    template: Mapped[str] = mapped_column(String(80))
    locale: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    link: Mapped[str] = mapped_column(String(500), default="")
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_record.id"), index=True)
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    in_inbox: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    read_at: Mapped[datetime | None]
    recipient: Mapped[User | None] = relationship()
    body: Mapped[Body | None] = relationship()
    deliveries: Mapped[list["Delivery"]] = relationship(back_populates="message")

    __table_args__ = (
        CheckConstraint("recipient_id IS NOT NULL OR NOT in_inbox", name="inbox_has_owner"),
        Index(None, "recipient_id", "created_at", "id"),
        Index(None, "recipient_id", "read_at"),
    )

    @property
    def way(self) -> str:
        """The path to what it is about; for a body, by a page that asks to act for it first."""
        asks = self.link and self.in_inbox and self.body_id is not None
        return f"/messages/{self.id}" if asks else self.link


class Delivery(Model):
    """One message on its way out by one channel: a row of the outbox.

    A sender claims a row (SENDING), sends, and notes SENT. A sender that dies in between leaves
    SENDING behind; after a while that is UNCERTAIN and stays so until a person decides: a second
    mail is worse than a late one, and the message stands in the inbox in any case.
    """

    __tablename__ = "message_delivery"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"))
    channel: Mapped[Channel] = mapped_column(enum_column(Channel, "delivery_channel"))
    address: Mapped[str] = mapped_column(Encrypted)
    erased: Mapped[bool] = mapped_column(default=False)
    status: Mapped[DeliveryStatus] = mapped_column(
        enum_column(DeliveryStatus, "delivery_status"), default=DeliveryStatus.WAITING
    )
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(default=clock.now)
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(Text, default="")
    message: Mapped[Message] = relationship(back_populates="deliveries")

    __table_args__ = (
        UniqueConstraint("message_id", "channel"),
        CheckConstraint("status <> 'sent' OR sent_at IS NOT NULL", name="sent_when"),
        Index(None, "status", "next_at"),
    )


class MailWish(StrEnum):
    """What a person wants to get by mail. The inbox always has everything."""

    EACH = "each"
    DAILY = "daily"
    NONE = "none"

    @property
    def label(self) -> str:
        return str(WISH_LABELS[self])


WISH_LABELS = {
    MailWish.EACH: _l("Every message at once"),
    MailWish.DAILY: _l("One mail each morning with what is unread"),
    MailWish.NONE: _l("No mail"),
}


class MessageWish(Model):
    """A person's choice; nobody's row means every message at once by mail, no text messages."""

    __tablename__ = "message_wish"

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    mail: Mapped[MailWish] = mapped_column(enum_column(MailWish, "mail_wish"))
    sms: Mapped[bool] = mapped_column(default=False)
