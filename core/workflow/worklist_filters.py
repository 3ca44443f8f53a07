"""The filters of a worklist: in an address, as fields above the list, and as words that come off."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import url_for
from sqlalchemy import false, literal, or_, select, union_all
from wtforms import Form, SearchField, SelectField

from core import clock, policy
from core.accounts import STAFF_ROLES, Actor, Body, BodyKind, Membership, User
from core.db import db
from core.divisions import Division, Level
from core.i18n import _, _l, get_locale
from core.ui import plain_url
from core.workflow import kept_versions
from core.workflow.declaration import declared
from core.workflow.listing import NOBODY, Due, WorklistFilter
from core.workflow.piles import Pile
from core.workflow.sections import spoken

#: What stands in an address. `step` says the same as `state`.
NARROWING = (
    "pile", "kind", "state", "step", "due", "place", "office", "assignee", "q", "policy", "since",
)  # fmt: skip
#: Fields that are shown where they are asked for: their choices are looked up.
FURTHER = ("place", "office", "assignee")
ME, NONE = "me", "none"


def worklist_url(**asked: Any) -> str:
    """Return the address of a worklist: `pile=`, `kind=`, `state=`, `office=`, `due=` …"""
    return url_for("worklist.worklist", **asked)


def wanted_of(asked: Mapping[str, str], actor: Actor) -> WorklistFilter:
    """Read the filters from an address; what is not known there counts as not asked."""
    return WorklistFilter(
        pile=Pile(asked["pile"]) if asked.get("pile") in set(Pile) else Pile.OFFICE,
        kind=asked["kind"] if asked.get("kind") in {w.kind for w in declared()} else None,
        state=(asked.get("state") or asked.get("step") or "")[:40] or None,
        due=Due(asked["due"]) if asked.get("due") in set(Due) else None,
        place=_number(asked.get("place")),
        office=_number(asked.get("office")),
        assignee=_person(asked.get("assignee"), actor),
        text=asked.get("q", "").strip()[:100],
        version=_version(asked.get("policy", ""), asked.get("since", "")),
    )


def _number(word: str | None) -> int | None:
    known = word is not None and word.isascii() and word.isdigit() and len(word) < 10
    return int(word) if known and word is not None else None


def _person(word: str | None, actor: Actor) -> int | None:
    return actor.user_id if word == ME else NOBODY if word == NONE else _number(word)


def _version(key: str, since: str) -> tuple[str, str] | None:
    """Return the version of a policy that the cases are to have; None for one nobody knows."""
    known = key in {it.key for it in policy.declared()}
    return (key, since[:10]) if known and since else None


def question_of(asked: Mapping[str, str]) -> str:
    """Return the filters that stand in an address, as a part of another address."""
    return urlencode([(name, asked[name]) for name in NARROWING if asked.get(name)])


def address_of(question: str) -> str:
    """Return the worklist that `question` asks for; nothing else fits into the address."""
    asked = question_of(dict(parse_qsl(question[:1000])))
    return url_for("worklist.worklist") + (f"?{asked}" if asked else "?pile=office")


class WorklistSearch(Form):
    """The filters above the worklist; they travel in the address."""

    q = SearchField(_l("Number, name or applicant"))
    kind = SelectField(_l("Matter"))
    state = SelectField(_l("State"))
    due = SelectField(_l("Time"))
    place = SelectField(_l("Place"))
    office = SelectField(_l("At which office"))
    assignee = SelectField(_l("In hand of"))

    #: Whether place, office and person are asked for too.
    further: bool = False


def search_form(wanted: WorklistFilter, actor: Actor, *, further: bool) -> WorklistSearch:
    """Return the filters with every choice there is; states are those of the chosen matter."""
    kinds, states = _declared_choices(str(get_locale()), wanted.kind, len(declared()))
    if wanted.state and wanted.state not in dict(states):
        states = (*states, (wanted.state, wanted.state))
    form = WorklistSearch(
        q=wanted.text,
        kind=wanted.kind or "",
        state=wanted.state or "",
        due=wanted.due.value if wanted.due else "",
        place=_word(wanted.place),
        office=_word(wanted.office),
        assignee=NONE if wanted.assignee == NOBODY else _word(wanted.assignee),
    )
    every = ("", _("All"))
    form.kind.choices = [every, *kinds]
    form.state.choices = [every, *states]
    form.due.choices = [every, *((it.value, it.label) for it in Due)]
    form.further = further or any(getattr(wanted, name) is not None for name in FURTHER)
    if form.further:
        _look_up(form, wanted, actor)
    return form


Pairs = tuple[tuple[str, str], ...]


@cache
def _declared_choices(_locale: str, kind: str | None, _kinds: int) -> tuple[Pairs, Pairs]:
    """Return all kinds, and the states of one or all of them, in the words of a language."""
    states = {
        key: str(state.label)
        for w in declared()
        for key, state in w.state.items()
        if not state.private and kind in (None, w.kind)
    }
    return tuple((w.kind, str(w.title)) for w in declared()), tuple(states.items())


def _word(number: int | None) -> str:
    return "" if number is None else str(number)


def _look_up(form: WorklistSearch, wanted: WorklistFilter, actor: Actor) -> None:
    """Give the further fields their choices: streets, offices, and the people of one's own."""
    found: dict[str, dict[str, str]] = {name: {} for name in FURTHER}
    for name, key, label in db.session.execute(_choices(wanted, actor)):
        found[name][str(key)] = label
    own = found["assignee"].pop(str(actor.user_id), actor.name)
    every = ("", _("All"))
    form.place.choices = [every, *found["place"].items()]
    form.office.choices = [every, *found["office"].items(), (str(NOBODY), _("With no office"))]
    form.assignee.choices = [
        every,
        (str(actor.user_id), _("%(name)s (myself)", name=own)),
        (NONE, _("Nobody yet")),
        *found["assignee"].items(),
    ]


def _choices(wanted: WorklistFilter, actor: Actor) -> Any:
    """Return one query for all choices, and for what was asked though it is none of them."""
    today = clock.today()
    places = select(literal("place"), Division.id, Division.name, Division.position).where(
        or_(
            Division.id == (wanted.place or 0),
            (Division.level == Level.STREET)
            & or_(Division.valid_from.is_(None), Division.valid_from <= today)
            & or_(Division.valid_to.is_(None), Division.valid_to >= today),
        )
    )
    offices = select(literal("office"), Body.id, Body.name, literal(0)).where(
        or_(Body.kind != BodyKind.ORGANIZATION, Body.id == (wanted.office or 0))
    )
    holding = Membership.user_id.is_not(None) if actor.body_id else false()
    colleagues = select(Membership.user_id).where(
        holding,
        Membership.body_id == actor.body_id,
        Membership.from_on <= today,
        or_(Membership.to_on.is_(None), Membership.to_on >= today),
    )
    # Of anybody else only officers are named: an applicant's name is not for guessing at ids.
    officers = select(Membership.user_id).where(Membership.role.in_(STAFF_ROLES))
    people = select(literal("assignee"), User.id, User.display_name, literal(0)).where(
        or_(
            User.id.in_(colleagues),
            (User.id == (wanted.assignee or 0)) & User.id.in_(officers),
        )
    )
    every = union_all(places, offices, people).subquery()
    name, key, label, position = every.c
    return select(name, key, label).order_by(name, position, key)


@dataclass(frozen=True)
class Chip:
    """A filter in words, and the address of the list without it."""

    label: str
    url: str


def chips_of(form: WorklistSearch, wanted: WorklistFilter) -> list[Chip]:
    """Return what the list is narrowed by, each part to be taken off by itself."""
    fields: Iterable[Any] = [
        getattr(form, name) for name in ("q", "kind", "state", "due", *FURTHER)
    ]
    chips = [
        Chip(
            _("%(label)s: %(value)s", label=str(field.label.text), value=spoken(field)),
            plain_url(**{field.name: None, "after": None, "view": None})
            if field.name != "state"
            else plain_url(state=None, step=None, after=None, view=None),
        )
        for field in fields
        if field.data
    ]
    if wanted.version:
        chips.append(
            Chip(said_version(wanted), plain_url(policy=None, since=None, after=None, view=None))
        )
    return chips


def said_version(wanted: WorklistFilter) -> str:
    """Return which version of which setting the cases are narrowed to, in words; else nothing."""
    if wanted.version is None:
        return ""
    key, since = wanted.version
    label = str(policy.declaration(key).label)
    if since == kept_versions.DEFAULT:
        return _("Cases that keep the default of “%(label)s”", label=label)
    return _("Cases that keep “%(label)s” as of %(day)s", label=label, day=since)


def said_filters(questions: Sequence[Mapping[str, str]], actor: Actor) -> list[list[str]]:
    """Return what each of several saved questions asks for, in words; one query names them all."""
    all_wanted = [wanted_of(asked, actor) for asked in questions]
    named = _named(all_wanted)
    return [_said(wanted, named) for wanted in all_wanted]


def _named(all_wanted: Sequence[WorklistFilter]) -> dict[tuple[str, int], str]:
    """Return the names of the places, offices and officers that were asked for."""
    ids = {name: {getattr(it, name) or 0 for it in all_wanted} - {0} for name in FURTHER}
    if not any(ids.values()):
        return {}
    officers = select(Membership.user_id).where(Membership.role.in_(STAFF_ROLES))
    found = db.session.execute(
        union_all(
            select(literal("place"), Division.id, Division.name).where(
                Division.id.in_(ids["place"])
            ),
            select(literal("office"), Body.id, Body.name).where(Body.id.in_(ids["office"])),
            select(literal("assignee"), User.id, User.display_name).where(
                User.id.in_(ids["assignee"]), User.id.in_(officers)
            ),
        )
    )
    return {(name, key): label for name, key, label in found}


def _said(wanted: WorklistFilter, named: Mapping[tuple[str, int], str]) -> list[str]:
    kinds, states = _declared_choices(str(get_locale()), wanted.kind, len(declared()))
    further = {
        name: named.get((name, getattr(wanted, name) or 0), _("None"))
        for name in FURTHER
        if getattr(wanted, name) is not None
    }
    parts = {
        "q": wanted.text,
        "kind": dict(kinds).get(wanted.kind or "", ""),
        "state": dict(states).get(wanted.state or "", wanted.state or ""),
        "due": wanted.due.label if wanted.due else "",
        **further,
    }
    labels = {field.name: str(field.label.text) for field in WorklistSearch()}
    said = [
        _("%(label)s: %(value)s", label=labels[name], value=value)
        for name, value in parts.items()
        if value
    ]
    return [wanted.pile.label, *said, *filter(None, [said_version(wanted)])]


def described(form: WorklistSearch) -> str:
    """Return the filters in words, for the name of an exported file."""
    asked = [getattr(form, name) for name in ("q", "kind", "state", "due", *FURTHER)]
    return "_".join(spoken(field) for field in asked if field.data)
