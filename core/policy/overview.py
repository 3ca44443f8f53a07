"""The policies as their pages show them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import url_for

from core import audit
from core.accounts import Actor
from core.errors import Words
from core.i18n import _l
from core.offered_settings import SettingRow
from core.policy import queries
from core.policy.declaration import Policy, chapter_of, declaration, declared
from core.policy.effects import in_words
from core.policy.models import PolicyValue


@dataclass(frozen=True)
class Row:
    """One policy in the list, in words. `since` is None while the default holds."""

    policy: Policy[Any]
    key: str
    label: str
    value: str
    source: str
    since: date | None
    waiting: bool


@dataclass(frozen=True)
class Chapter:
    prefix: str
    label: Words
    rows: list[Row]


def chapters(
    words: str = "", *, changed: bool = False, waiting: bool = False, unsure: bool = False
) -> list[Chapter]:
    """Return the policies chapter by chapter, those whose label, key or source has `words`.

    `changed` keeps those that differ from their default's beginning, `waiting` those with a
    proposal, `unsure` those whose default the office still has to check.
    """
    proposed = {it.key for it in queries.proposals()}
    sought = words.strip().lower()
    found: dict[str, Chapter] = {}
    for policy in declared():
        row = _row(policy, policy.key in proposed)
        missed = sought and sought not in f"{row.label}\n{row.key}\n{row.source}".lower()
        if missed or (changed and row.since is None) or (waiting and not row.waiting):
            continue
        if unsure and not (policy.unsure and row.since is None):
            continue
        prefix, label = chapter_of(policy.key)
        found.setdefault(prefix, Chapter(prefix, label, [])).rows.append(row)
    return list(found.values())


def _row(policy: Policy[Any], waiting: bool) -> Row:
    value, since, source = queries.held(policy)
    return Row(
        policy=policy,
        key=policy.key,
        label=str(policy.label),
        value=policy.spoken(value),
        source=source,
        since=since,
        waiting=waiting,
    )


def setting_rows() -> list[SettingRow]:
    """Return every policy for the page of all settings, with who stands behind its value."""
    stored = {(it.key, it.effective_from): it for it in queries.list_confirmed()}
    proposed = {it.key for it in queries.proposals()}
    rows = []
    for policy in declared():
        value, since, source = queries.held(policy)
        row = stored.get((policy.key, since)) if since else None
        rows.append(
            SettingRow(
                label=policy.label,
                does=in_words(policy.key, policy.help),
                value=policy.spoken(value),
                source=source,
                url=url_for("policy.policy_detail", key=policy.key),
                since=since,
                set_by=row.proposed_by.display_name if row else "",
                confirmed_by=row.confirmed_by.display_name if row and row.confirmed_by else "",
                waiting=policy.key in proposed,
                part=chapter_of(policy.key)[1],
            )
        )
    return rows


@dataclass(frozen=True)
class Version:
    """A value that held, holds or will hold; `until` is its last day, None while it is open."""

    value: str
    since: date | None
    until: date | None
    source: str
    stored: PolicyValue | None
    in_force: bool


def versions(policy: Policy[Any]) -> list[Version]:
    """Return every confirmed value of `policy`, the latest first, and the default as the last."""
    confirmed = [it for it in queries.history(policy.key) if it.is_confirmed]
    now = queries.since(policy.key)
    until = None
    shown = []
    for stored in confirmed:
        spoken = policy.spoken(policy.from_json(stored.value))
        day = stored.effective_from
        shown.append(Version(spoken, day, until, stored.source, stored, day == now))
        until = day - timedelta(days=1)
    default = policy.spoken(policy.default)
    return [*shown, Version(default, None, until, str(policy.source), None, now is None)]


def field_on_record(key: str) -> audit.Field | None:
    """Return what the record of actions calls a policy that was changed, and how its value reads."""
    if key == "effective_from":
        return audit.Field(_l("In force from"), audit.day)
    try:
        policy = declaration(key)
    except KeyError:
        return None
    return audit.Field(policy.label, lambda value: policy.spoken(policy.from_json(value)))


def name_on_record(stored: PolicyValue) -> str:
    """Return what the record of actions calls a stored value: its policy's label."""
    field = field_on_record(stored.key)
    return str(field.label) if field else stored.key


def page_on_record(stored: PolicyValue, actor: Actor) -> str:
    """Return where a stored value is read."""
    return url_for("policy.policy_detail", key=stored.key) if actor.is_staff else ""
