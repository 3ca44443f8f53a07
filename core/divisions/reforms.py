"""Changes of the map beyond merging: a new division, another name, a split; and their trial."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Flask, current_app

from core import audit, clock
from core.accounts import Actor, Body, BodyKind
from core.db import db
from core.divisions import actions, offices, queries
from core.divisions.models import Division, Level
from core.errors import RuleBroken
from core.forms import Form
from core.i18n import _

#: Returns what would happen to a feature's records of these divisions, one sentence each.
Foresight = Callable[[Sequence[Division]], list[str]]

_FORESIGHTS = "division_foresights"


def when_foreseen(app: Flask, foresee: Foresight) -> None:
    """Have `foresee` say what a change of divisions would mean, before it is made."""
    app.extensions.setdefault(_FORESIGHTS, []).append(foresee)


def add_division(
    *,
    name: str,
    level: Level,
    parent: Division,
    code: str,
    from_on: date,
    by: Actor,
    day_field: str = "from_on",
) -> Division:
    """Return a new division below `parent` from a day on.

    Raises RuleBroken for a level that is not below the parent's, a parent that does not stand,
    or a name that a sister has.
    """
    actions.may_change(by)
    _check_day(from_on, by, day_field)
    name = " ".join(name.split())
    if level.rank <= parent.level.rank:
        words = _("A %(level)s cannot lie in %(parent)s.", level=level.label, parent=parent.name)
        raise RuleBroken(words, field="level")
    if not parent.stands_on(from_on):
        words = _("%(name)s does not stand on that day.", name=parent.name)
        raise RuleBroken(words, field="parent")
    sisters = queries.children(parent, from_on)
    if name in {it.name for it in sisters}:
        raise RuleBroken(_("There is a division of this name already."), field="name")
    division = Division(
        name=name,
        level=level,
        parent_id=parent.id,
        code=code.strip() or None,
        position=max((it.position for it in sisters), default=0) + 1,
        valid_from=from_on,
    )
    db.session.add(division)
    db.session.flush()
    changes = {"name": [None, name], "parent": [None, parent.name]}
    audit.record("division:add", division, by=by, changes=changes)
    return division


def rename_division(division: Division, *, name: str, on: date, by: Actor) -> Division:
    """Give a division another name from a day on: it goes into a new node of that name.

    So old papers and statistics keep the old name, and everything open follows. Who decides
    there stays the same.
    """
    actions.may_change(by)
    if " ".join(name.split()) == division.name:
        raise RuleBroken(_("This is its name already."), field="name")
    new = _sister(division, name, on, by)
    _keep_offices(division, new, on, by)
    actions.succeed([division], [new], on=on, by=by)
    return new


@dataclass(frozen=True)
class Part:
    """A piece of a division that is split: its name, and what lies in it."""

    name: str
    children: list[Division]


def split_division(
    division: Division, parts: Sequence[Part], *, on: date, by: Actor
) -> list[Division]:
    """Split a division into new ones from a day on; what lies below goes where `parts` say.

    Raises RuleBroken where a division below is left out. Open cases of the communities follow
    them; what hangs on the division itself waits for a person.
    """
    actions.may_change(by)
    names = [" ".join(part.name.split()) for part in parts]
    if len(set(names)) < 2 or len(set(names)) != len(names):
        raise RuleBroken(_("Name two divisions or more, each once."), field="names")
    placed = {child.id for part in parts for child in part.children}
    left = [it.name for it in queries.children(division, on) if it.id not in placed]
    if left:
        words = _("Say where these go: %(names)s", names=_(", ").join(left))
        raise RuleBroken(words, field="names")
    new = [_sister(division, name, on, by) for name in names]
    for part, follower in zip(parts, new, strict=True):
        _keep_offices(division, follower, on, by)
        for child in part.children:
            moved = _below(child, follower, on, by)
            _keep_offices(child, moved, on, by)
            actions.succeed([child], [moved], on=on, by=by)
    actions.succeed([division], new, on=on, by=by)
    return new


def _sister(division: Division, name: str, on: date, by: Actor) -> Division:
    if division.parent is None or division.level in queries.HIGHEST:
        raise RuleBroken(_("City and district are not changed here."))
    return add_division(
        name=name,
        level=division.level,
        parent=division.parent,
        code="",
        from_on=on,
        by=by,
        day_field="on",
    )


def _below(child: Division, parent: Division, on: date, by: Actor) -> Division:
    return add_division(
        name=child.name,
        level=child.level,
        parent=parent,
        code="",
        from_on=on,
        by=by,
        day_field="on",
    )


def _keep_offices(old: Division, new: Division, on: date, by: Actor) -> None:
    """Let whoever decides in `old` itself decide in `new` from the day on."""
    for entry in actions.entries_until(old, on):
        actions.assign_office(
            entry.case_kind, new, db.session.get_one(Body, entry.body_id), from_on=on, by=by
        )


def _check_day(day: date, by: Actor, field: str) -> None:
    if day < clock.today() and not by.machine:
        raise RuleBroken(_("The day lies in the past."), field=field)


# --- what would follow


@dataclass(frozen=True)
class Answering:
    """Who decides a kind of case now, and who would afterwards."""

    kind: str
    place: str
    now: str
    then: str


class _TakenBackError(Exception):
    """Ends the trial of a change."""


@dataclass(frozen=True)
class Outlook:
    """What a change would lead to. `sentences` is what features say of their own records."""

    sentences: list[str]
    answering: list[Answering]
    below: list[str]


def tried(
    form: Form, action: Callable[..., Any], *args: Any, by: Actor, old: Iterable[Division], on: date
) -> Outlook | None:
    """Do what the form asks, look at what came of it, and take it all back.

    Return what would follow, or None where the change was refused: the form then says why.
    """
    seen: list[Outlook] = []
    ended = [it.id for it in old]

    def attempt(**entered: Any) -> None:
        before = _answering(ended, clock.today())
        action(*args, **entered)
        db.session.flush()
        seen.append(_outlook(ended, before, on))
        raise _TakenBackError

    try:
        form.perform(attempt, by=by)
    except _TakenBackError:
        db.session.expire_all()
        return seen[0]
    return None


def _answering(ids: list[int], on: date) -> dict[tuple[int, str], str]:
    found = {}
    for division_id in ids:
        division = queries.access_division(division_id)
        for place in [division, *queries.children(division, on)]:
            for kind in offices.decided_kinds():
                entry = offices.entry_for(kind, place, on)
                found[place.id, kind] = entry.body.name if entry else ""
    return found


def _outlook(ended: list[int], before: dict[tuple[int, str], str], on: date) -> Outlook:
    kinds, answering, below = offices.decided_kinds(), [], []
    for (place_id, kind), now in before.items():
        place = queries.access_division(place_id)
        followers = [place] if place.stands_on(on) else queries.successors(place)
        for follower in followers:
            entry = offices.entry_for(kind, follower, on)
            then = entry.body.name if entry else _("Nobody: set who decides first")
            if now != then or follower.id != place.id:
                way = queries.path(place)
                if follower.id != place.id:
                    way = f"{way} → {queries.path(follower)}"
                answering.append(Answering(str(kinds[kind]), way, now or "—", then))
    old = [queries.access_division(it) for it in ended]
    for division in old:
        below += [
            f"{queries.path(child)} → {queries.path(follower)}"
            for child in queries.children(division, on - timedelta(days=1))
            for follower in queries.successors(child)
        ]
    sentences = [
        words for foresee in current_app.extensions.get(_FORESIGHTS, []) for words in foresee(old)
    ]
    return Outlook(sentences, answering, below)


def bodies_in(divisions: Sequence[Division]) -> list[str]:
    """Return what happens to bodies that have their place in these divisions."""
    ids = [it.id for it in divisions]
    names = db.session.scalars(
        db.select(Body.name)
        .where(Body.division_id.in_(ids), Body.kind != BodyKind.ORGANIZATION)
        .order_by(Body.name)
    ).all()
    if not names:
        return []
    words = _("These bodies have their place there; please check their names: %(names)s")
    return [words % {"names": _(", ").join(names)}]
