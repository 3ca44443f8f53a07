"""What holds on a day, what held before, and what waits for its second person."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple, TypeVar, overload

from sqlalchemy.orm import joinedload

from core import clock
from core.db import JsonDict, db
from core.errors import NotFound
from core.i18n import _
from core.memory import remembered
from core.policy.declaration import Policy, declaration
from core.policy.models import PolicyValue

T = TypeVar("T")


class Held(NamedTuple):
    """A value on a day: since when it holds (None for the default) and on what basis."""

    value: Any
    since: date | None
    source: str


#: Days and what was confirmed for them, in step, the earliest first.
Timeline = tuple[list[date], list[Held]]


#: What a timeline is made of.
STORED = (PolicyValue.key, PolicyValue.effective_from, PolicyValue.value, PolicyValue.source)


def _timelines() -> dict[str, Timeline]:
    query = db.select(*STORED).where(PolicyValue.confirmed_by_id.is_not(None))
    return _in_time(db.session.execute(query.order_by(PolicyValue.effective_from)))


def keep_read(rows: Iterable[Iterable[Any]]) -> None:
    """Take the confirmed values as somebody read them (`STORED`, by day) with something else."""
    remembered(PolicyValue, "timelines", lambda: _in_time(rows))


def _in_time(rows: Iterable[Iterable[Any]]) -> dict[str, Timeline]:
    timelines: dict[str, Timeline] = {}
    for key, since, stored, source in rows:
        days, values = timelines.setdefault(key, ([], []))
        days.append(since)
        values.append(Held(stored, since, source))
    return timelines


def held(policy: Policy[Any], on: date | None = None) -> Held:
    """Return what `policy` is on a day (today by default), typed as its default is."""
    timelines = remembered(PolicyValue, "timelines", _timelines)
    days, values = timelines.get(policy.key, ([], []))
    place = bisect_right(days, on or clock.today())
    if place == 0:
        return Held(policy.default, None, str(policy.source))
    latest = values[place - 1]
    return latest._replace(value=policy.from_json(latest.value))


@overload
def value(policy: Policy[T], on: date | None = None) -> T: ...


@overload
def value(policy: str, on: date | None = None) -> Any: ...


def value(policy: Policy[Any] | str, on: date | None = None) -> Any:
    """Return what the policy, or the policy of that key, is on a day; today by default.

    The type is that of the declared default. Raises KeyError for a key nobody declared.
    """
    policy = declaration(policy) if isinstance(policy, str) else policy
    return held(policy, on).value


def since(key: str, on: date | None = None) -> date | None:
    """Return the day from which the value in force on a day holds; None for the default."""
    return held(declaration(key), on).since


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
        value, since, _source = held(policy, on)
        day = since.isoformat() if since else None
        frozen[key] = {"value": policy.to_json(value), "since": day}
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


def list_confirmed() -> list[PolicyValue]:
    """Return every confirmed value of every policy, with the two people behind it."""
    query = (
        db.select(PolicyValue)
        .where(PolicyValue.confirmed_by_id.is_not(None))
        .options(joinedload(PolicyValue.proposed_by), joinedload(PolicyValue.confirmed_by))
    )
    return list(db.session.scalars(query))


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
