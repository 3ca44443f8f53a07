"""Which policy values cases use: what each does to them, and which version is frozen where."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template, url_for
from sqlalchemy import Select, case, func, select

from core import policy
from core.accounts import Actor
from core.db import db, office_day
from core.i18n import _
from core.policy import Policy
from core.workflow import kept_versions
from core.workflow.declaration import Workflow, declared
from core.workflow.models import Case
from core.workflow.piles import has_part

#: More open cases than this are not counted one by one.
MOST = 20_000


def uses(key: str) -> list[str]:
    """Return what cases do with the value of `key`, one sentence for each kind and use."""
    said = []
    for workflow in declared():
        title = str(workflow.title)
        said += [
            _due(title, str(state.label), workflow, state.on_overdue)
            for state in workflow.state.values()
            if state.due == key
        ]
        if workflow.clock and key == workflow.clock.statutory:
            said.append(_("%(kind)s: the time the law gives for the decision.", kind=title))
        if workflow.clock and key == workflow.clock.promised:
            said.append(_("%(kind)s: the time the office promises for the decision.", kind=title))
        if key in workflow.freezes and workflow.clock:
            said.append(
                _("%(kind)s: a case keeps the value of the day it was accepted.", kind=title)
            )
        elif key in workflow.freezes:
            said.append(
                _(
                    "%(kind)s: a case keeps the value of the day it came in or was opened.",
                    kind=title,
                )
            )
    return said


def _due(kind: str, state: str, workflow: Workflow, then: str | None) -> str:
    if then is None:
        return _("%(kind)s: the time in the state “%(state)s”.", kind=kind, state=state)
    return _(
        "%(kind)s: the time in the state “%(state)s”; after it the system takes the step “%(step)s”.",
        kind=kind,
        state=state,
        step=str(workflow.step[then].label),
    )


@dataclass(frozen=True)
class VersionCount:
    """A version that open cases use: its value in words, and how many use it, kind by kind."""

    since: date | None
    value: str
    kinds: list[tuple[str, int]]
    cases: int
    url: str


def open_by_version(it: Policy[Any]) -> tuple[list[VersionCount], int]:
    """Return the versions of `it` that open cases use, the latest first, and to how many open
    cases it will still make a difference: what holds on the day they come to it will count.
    """
    open_cases = (
        select(Case.id).where(Case.closed_at.is_(None)).order_by(Case.id.desc()).limit(MOST)
    )
    # Grouped outside: an expression with parameters is not the same twice to PostgreSQL.
    kept = (
        select(
            Case.kind.label("kind"),
            case((kept_versions.is_frozen(it.key), kept_versions.since_of(it.key))).label("since"),
            case((kept_versions.in_timed_step(it.key), office_day(Case.state_since))).label(
                "begun"
            ),
        )
        .where(Case.id.in_(open_cases.subquery().select()), kept_versions.of_kinds(it.key))
        .subquery()
    )
    columns = (kept.c.kind, kept.c.since, kept.c.begun)
    rows = db.session.execute(select(*columns, func.count()).group_by(*columns)).all()
    found: dict[str, Counter[str]] = {}
    none = 0
    for kind, since, begun, count in rows:
        if since is None and begun is None:
            none += count
            continue
        day = since or kept_versions.version_on(it.key, date.fromisoformat(begun))
        found.setdefault(day, Counter())[kind] += count
    titles = {w.kind: str(w.title) for w in declared()}
    versions = [
        _version(it, day, [(titles[kind], n) for kind, n in sorted(kinds.items())])
        for day, kinds in found.items()
    ]
    return sorted(versions, key=lambda v: v.since or date.min, reverse=True), none


def _version(it: Policy[Any], day: str, kinds: list[tuple[str, int]]) -> VersionCount:
    since = None if day == kept_versions.DEFAULT else date.fromisoformat(day)
    value = policy.value(it, since) if since else it.default
    url = url_for("versions.case_versions", key=it.key, since=day)
    return VersionCount(since, it.spoken(value), kinds, sum(n for _kind, n in kinds), url)


def list_cases(key: str, since: str, actor: Actor) -> Select[Case]:
    """Return the query of the open cases that use a version and `actor` has a part in, by id."""
    using = (Case.closed_at.is_(None), kept_versions.uses_version(key, since))
    return select(Case).where(*using, has_part(actor))


def count_others(key: str, since: str, actor: Actor) -> int:
    """Return how many open cases use a version without `actor` having a part in them."""
    using = (Case.closed_at.is_(None), kept_versions.uses_version(key, since))
    mine = select(Case.id).where(*using, has_part(actor))
    query = select(func.count()).select_from(Case).where(*using, Case.id.not_in(mine))
    return int(db.session.scalar(query) or 0)


def panel(it: Policy[Any]) -> str | None:
    """Return the part of a policy's page that says which open cases use which version."""
    if not kept_versions.users(it.key):
        return None
    versions, none = open_by_version(it)
    return render_template("policy/open_cases.html", versions=versions, none=none, policy=it)
