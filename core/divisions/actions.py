"""Reforms of the tree, and which body decides where."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from flask import Flask, current_app

from core import audit, clock
from core.accounts import Actor, Role
from core.accounts.models import Body, BodyKind
from core.db import db
from core.divisions import queries
from core.divisions.models import Division, DivisionSuccession, Jurisdiction
from core.errors import NotAllowed, RuleBroken
from core.i18n import _

#: Called with (old division, its only successor, the first day, who did it), in the same
#: transaction, to move what is open there.
Follower = Callable[[Division, Division, date, Actor], None]

CHANGERS = (Role.BUREAU_HEAD, Role.ADMINISTRATOR)

_FOLLOWERS = "division_followers"


def when_succeeded(app: Flask, follow: Follower) -> None:
    """Have `follow` called whenever a division goes into another one as a whole."""
    app.extensions.setdefault(_FOLLOWERS, []).append(follow)


def succeed(old: Sequence[Division], new: Sequence[Division], *, on: date, by: Actor) -> None:
    """Let the divisions `old` end on the day before `on` and go into `new`, all of one level.

    Several old ones are merged, several new ones split it. Where there is one new division, it
    takes over all that stands below the old ones, as new nodes; where there are several, the
    divisions below must have been moved before. Raises RuleBroken where the map does not allow it.
    """
    may_change(by)
    _check_reform(old, new, on)
    for division in old:
        if len(new) == 1:
            _move_below(division, new[0], on, by)
        _end(division, new, on, by)


def _check_reform(old: Sequence[Division], new: Sequence[Division], on: date) -> None:
    day_before = on - timedelta(days=1)
    if not old or not new or {it.id for it in old} & {it.id for it in new}:
        raise RuleBroken(_("Name what ends and what it goes into; they cannot be the same."))
    if len({it.level for it in (*old, *new)}) > 1:
        raise RuleBroken(_("Only divisions of the same level follow one another."))
    for division in old:
        if not division.stands_on(day_before) or division.valid_to is not None:
            words = _("%(name)s does not stand until then.", name=division.name)
            raise RuleBroken(words, field="on")
        if len(new) > 1 and queries.children(division, on):
            words = _("Say first where the divisions below %(name)s go.", name=division.name)
            raise RuleBroken(words)
    for division in new:
        if not division.stands_on(on):
            words = _("%(name)s does not stand on that day.", name=division.name)
            raise RuleBroken(words, field="on")


def _end(division: Division, new: Sequence[Division], on: date, by: Actor) -> None:
    division.valid_to = on - timedelta(days=1)
    for follower in new:
        db.session.add(DivisionSuccession(from_id=division.id, to_id=follower.id, on=on))
    db.session.flush()
    changes = {
        "valid_to": [None, division.valid_to.isoformat()],
        "successors": [[], [it.name for it in new]],
    }
    audit.record("division:succeed", division, by=by, changes=changes)
    _end_offices(division, on, by)
    if len(new) == 1:
        for follow in current_app.extensions.get(_FOLLOWERS, []):
            follow(division, new[0], on, by)


def _move_below(old: Division, new: Division, on: date, by: Actor) -> None:
    known = {it.name: it for it in queries.children(new, on)}
    for child in queries.children(old, on):
        follower = known.get(child.name)
        if follower is None:
            follower = Division(
                code=None,
                name=child.name,
                level=child.level,
                parent_id=new.id,
                position=child.position,
                valid_from=on,
            )
            db.session.add(follower)
            db.session.flush()
        _move_below(child, follower, on, by)
        _end(child, [follower], on, by)


# --- who decides


def assign_office(
    kind: str, division: Division, body: Body, *, from_on: date, by: Actor
) -> Jurisdiction:
    """Let `body` decide cases of `kind` in `division` and below it from a day on.

    What was set for this division before ends the day before. Raises RuleBroken for a day gone
    by, for an organization, and where something is set from that day or a later one.
    """
    may_change(by)
    if body.kind is BodyKind.ORGANIZATION:
        raise RuleBroken(_("An organization cannot decide cases."), field="body")
    if from_on < clock.today() and not by.machine:
        raise RuleBroken(_("The day lies in the past."), field="from_on")
    last: Jurisdiction | None = db.session.scalar(
        db.select(Jurisdiction)
        .where(Jurisdiction.case_kind == kind, Jurisdiction.division_id == division.id)
        .order_by(Jurisdiction.from_on.desc())
        .limit(1)
        .with_for_update()
    )
    if last is not None:
        if last.from_on >= from_on or (last.to_on is not None and last.to_on >= from_on):
            words = _("Another office is set for this from %(day)s.", day=last.from_on.isoformat())
            raise RuleBroken(words, field="from_on")
        if last.to_on is None and last.body_id == body.id:
            return last
        if last.to_on is None:
            last.to_on = from_on - timedelta(days=1)
            db.session.flush()
    entry = Jurisdiction(case_kind=kind, division_id=division.id, body_id=body.id, from_on=from_on)
    db.session.add(entry)
    db.session.flush()
    changes = {kind: [last.body.name if last else None, body.name]}
    audit.record("jurisdiction:assign", entry, by=by, changes=changes, note=division.name)
    return entry


def relieve_office(entry: Jurisdiction, *, last_day: date, by: Actor) -> None:
    """Let an entry end on `last_day`; from then on the division above decides.

    Raises RuleBroken for a day gone by or before the entry's first day.
    """
    may_change(by)
    if entry.to_on is not None or last_day < entry.from_on:
        raise RuleBroken(_("The entry does not stand until that day."), field="last_day")
    if last_day < clock.today() and not by.machine:
        raise RuleBroken(_("The day lies in the past."), field="last_day")
    entry.to_on = last_day
    db.session.flush()
    audit.record(
        "jurisdiction:relieve", entry, by=by, changes={"to_on": [None, last_day.isoformat()]}
    )


def _end_offices(division: Division, on: date, by: Actor) -> None:
    """Let what was set for a division end with it; who decides there is set for what it went into."""
    for entry in entries_until(division, on):
        before, entry.to_on = entry.to_on, on - timedelta(days=1)
        db.session.flush()
        changes = {"to_on": [before and before.isoformat(), entry.to_on.isoformat()]}
        audit.record("jurisdiction:relieve", entry, by=by, changes=changes)


def entries_until(division: Division, on: date) -> list[Jurisdiction]:
    """Return who decides in a division itself on the day before `on` and would from then on."""
    found = db.session.scalars(
        db.select(Jurisdiction).where(
            Jurisdiction.division_id == division.id,
            Jurisdiction.from_on < on,
            db.or_(Jurisdiction.to_on.is_(None), Jurisdiction.to_on >= on),
        )
    )
    return list(found)


def may_change(by: Actor) -> None:
    """Raise NotAllowed for whoever may not change the map."""
    if not by.machine and not by.holds(*CHANGERS):
        raise NotAllowed(_("Only the bureau head and system administrators change the map."))
