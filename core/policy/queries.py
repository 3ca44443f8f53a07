"""What holds on a day, what held before, and what waits for its second person."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar, overload

from sqlalchemy.orm import joinedload

from core import clock
from core.db import JsonDict, db
from core.errors import NotFound
from core.i18n import _
from core.memory import remembered
from core.policy.declaration import Policy, declaration
from core.policy.models import PolicyValue

T = TypeVar("T")

#: Days and what was confirmed for them, in step, the earliest first.
Timeline = tuple[list[date], list[Any]]


def _timelines() -> dict[str, Timeline]:
    timelines: dict[str, Timeline] = {}
    rows = db.session.execute(
        db.select(PolicyValue.key, PolicyValue.effective_from, PolicyValue.value)
        .where(PolicyValue.confirmed_by_id.is_not(None))
        .order_by(PolicyValue.effective_from)
    )
    for key, since, value in rows:
        days, values = timelines.setdefault(key, ([], []))
        days.append(since)
        values.append(value)
    return timelines


def _in_force(policy: Policy[T], on: date | None) -> tuple[T, date | None]:
    """Return the value on a day and since when it holds: None for the default."""
    timelines = remembered(PolicyValue, "timelines", _timelines)
    days, values = timelines.get(policy.key, ([], []))
    place = bisect_right(days, on or clock.today())
    if place == 0:
        return policy.default, None
    return policy.from_json(values[place - 1]), days[place - 1]


@overload
def value(policy: Policy[T], on: date | None = None) -> T: ...


@overload
def value(policy: str, on: date | None = None) -> Any: ...


def value(policy: Policy[Any] | str, on: date | None = None) -> Any:
    """Return what the policy, or the policy of that key, is on a day; today by default.

    The type is that of the declared default. Raises KeyError for a key nobody declared.
    """
    policy = declaration(policy) if isinstance(policy, str) else policy
    return _in_force(policy, on)[0]


def since(key: str, on: date | None = None) -> date | None:
    """Return the day from which the value in force on a day holds; None for the default."""
    return _in_force(declaration(key), on)[1]


def spoken(key: str, on: date | None = None) -> str:
    """Return what the policy `key` is on a day, in words: 20个工作日."""
    policy = declaration(key)
    return policy.spoken(value(policy, on))


def snapshot(keys: Iterable[str], on: date | None = None) -> JsonDict:
    """Return what holds on a day, to be frozen: key → {"value": …, "since": day or None}.

    Plain JSON throughout: decimals and days are texts. `thaw` reads it back.
    """
    frozen: JsonDict = {}
    for key in keys:
        policy = declaration(key)
        held, day = _in_force(policy, on)
        frozen[key] = {"value": policy.to_json(held), "since": day.isoformat() if day else None}
    return frozen


def thaw(frozen: Mapping[str, Any], key: str) -> Any:
    """Return the value of `key` as a snapshot froze it, typed; today's where it holds none."""
    policy = declaration(key)
    return policy.from_json(frozen[key]["value"]) if key in frozen else value(policy)


def history(key: str) -> list[PolicyValue]:
    """Return what was ever confirmed or is proposed for `key`, the latest day first."""
    return list(
        db.session.scalars(
            db.select(PolicyValue)
            .where(PolicyValue.key == key)
            .options(joinedload(PolicyValue.proposed_by), joinedload(PolicyValue.confirmed_by))
            .order_by(PolicyValue.effective_from.desc())
        )
    )


def proposals() -> list[PolicyValue]:
    """Return what waits for its second person, the oldest first."""
    return list(
        db.session.scalars(
            db.select(PolicyValue)
            .where(PolicyValue.confirmed_by_id.is_(None))
            .options(joinedload(PolicyValue.proposed_by))
            .order_by(PolicyValue.created_at, PolicyValue.id)
        )
    )


def count_proposals() -> int:
    """Return how many proposals wait for their second person."""
    waiting = db.select(db.func.count()).where(PolicyValue.confirmed_by_id.is_(None))
    return db.session.scalar(waiting) or 0


def access_policy(key: str) -> Policy[Any]:
    """Return the policy `key`; NotFound where nobody declared it."""
    try:
        return declaration(key)
    except KeyError:
        raise NotFound(_("There is no such setting.")) from None


def access_proposal(proposal_id: int) -> PolicyValue:
    """Return a value or proposal; NotFound where there is none of this number."""
    proposal = db.session.get(PolicyValue, proposal_id)
    if proposal is None:
        raise NotFound(_("There is no such proposal."))
    return proposal
