"""One form, one effect: what a form led to is kept under its key.

A double click, a reload or a retry with the same key finds the first result instead of making
a second one.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core import clock
from core.db import Model, db, insert_once


class FormReceipt(Model):
    """The key of a form that took effect, and the record it led to."""

    __tablename__ = "form_receipt"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    table: Mapped[str | None] = mapped_column(String(60))
    record_id: Mapped[int | None]


@dataclass
class Claim:
    """The outcome of `claim`: whether this use of the key is the first, and its receipt."""

    first: bool
    receipt: FormReceipt

    def result(self) -> Any:
        """Return the record an earlier use led to, or None where it led to none."""
        if self.receipt.table is None or self.receipt.record_id is None:
            return None
        for mapper in Model.registry.mappers:
            # The class that declares the table: one that shares it would find only its own rows.
            if vars(mapper.class_).get("__tablename__") == self.receipt.table:
                return db.session.get(mapper.class_, self.receipt.record_id)
        return None

    def keep(self, result: Any) -> None:
        """Note what this use of the key led to."""
        if isinstance(result, Model) and hasattr(result, "id"):
            db.session.flush()
            self.receipt.table = type(result).__tablename__
            self.receipt.record_id = result.id


def claim(key: str, user_id: int | None) -> Claim:
    """Take `key` in the running transaction. A second taker waits for the first to finish."""
    taken = insert_once(FormReceipt, key=key, user_id=user_id, at=clock.now())
    receipt = db.session.get_one(FormReceipt, key)
    if receipt.user_id != user_id:
        # A key is its owner's: someone else's is treated as never used, under another name.
        return claim(f"{user_id}:{key}"[:64], user_id)
    return Claim(taken, receipt)
