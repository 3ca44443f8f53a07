"""What features offer to the page of all settings."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask, current_app

from core.errors import Words

_GROUPS = "setting_groups"


@dataclass(frozen=True)
class SettingRow:
    """One thing that can be set, in words.

    `does` says what it does where label and chapter do not, `source` where it comes from. `since` None
    is the default; `set_by`
    and `confirmed_by` are then empty. `waiting` marks one with a proposal. `part` is under which
    heading of its chapter it stands, where a chapter is long.
    """

    label: Words
    value: Words
    source: Words
    url: str
    does: Words = ""
    since: date | None = None
    set_by: str = ""
    confirmed_by: str = ""
    waiting: bool = False
    part: Words = ""

    @classmethod
    def of_edition(cls, edition: Any, *, value: Words) -> "SettingRow":
        """Return the row of a version of a text that is in force."""
        return cls(
            label=edition.title,
            value=value,
            source=edition.source,
            url=edition.declared.address(edition.key),
            since=edition.effective_from,
            set_by=edition.proposed_by.display_name,
            confirmed_by=edition.confirmed_by.display_name,
        )


@dataclass(frozen=True)
class SettingGroup:
    """A chapter of the page: its place, its name, how to read its rows, and its own page.

    `waiting` counts the proposals that need a second person. `does` says what all its rows do,
    where they all do the same.
    """

    order: int
    label: Words
    rows: Callable[[], Iterable[SettingRow]]
    endpoint: str
    waiting: Callable[[], int] = lambda: 0
    does: Words = ""


def offer(app: Flask, group: SettingGroup) -> None:
    """Show a chapter on the page of all settings."""
    app.extensions.setdefault(_GROUPS, []).append(group)


def groups() -> list[SettingGroup]:
    """Return the chapters in their order."""
    offered: list[SettingGroup] = current_app.extensions.get(_GROUPS, [])
    return sorted(offered, key=lambda it: it.order)


def count_waiting() -> int:
    """Return how many proposals of all chapters wait for a second person."""
    return sum(it.waiting() for it in groups())
