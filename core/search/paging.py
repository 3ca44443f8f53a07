"""Cursors: where a page of a long list begins, and in which direction it is read."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.errors import RuleBroken
from core.i18n import _


@dataclass(frozen=True)
class Cursor:
    """A place in a list: the sorting key of a row, which is not part of the page itself.

    `forwards` tells whether the page follows that row or stands before it.
    """

    key: tuple[Any, ...]
    forwards: bool = True

    def written(self) -> str:
        """Return the cursor as a word for an address."""
        values = [it.isoformat() if isinstance(it, date) else it for it in self.key]
        text = json.dumps([int(self.forwards), *values], ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(written: str | None, kinds: Sequence[type]) -> Cursor | None:
    """Return the cursor that `written` is for a key of these types; any but the last may be None.

    None stands for the first page. Raises RuleBroken("cursor") for anything else.
    """
    if not written:
        return None
    try:
        padded = written + "=" * (-len(written) % 4)
        forwards, *values = json.loads(base64.b64decode(padded.encode(), altchars=b"-_"))
        if forwards not in (0, 1) or len(values) != len(kinds) or values[-1] is None:
            raise ValueError
        key = tuple(_revived(value, kind) for value, kind in zip(values, kinds, strict=True))
        return Cursor(key, bool(forwards))
    except (ValueError, TypeError, RecursionError, binascii.Error):
        raise RuleBroken(_("This page address is incomplete."), field="cursor") from None


def _revived(value: Any, kind: type) -> Any:
    if value is None:
        return None
    if kind is date:
        return date.fromisoformat(value)
    if kind is int and type(value) is int and abs(value) < 2**31:
        return value
    if kind is str and isinstance(value, str) and value.isprintable():
        return value
    raise ValueError
