"""Why the filing of a group cannot end now: said by what builds on the filing."""

from collections.abc import Callable, Iterator

from sqlalchemy import select

from core.accounts import Body
from core.db import db
from core.errors import RuleBroken
from core.workflow import Finding

#: Asked with the id of a group; returns what stands in the way of ending its filing, or None.
Obstacle = Callable[[int], Finding | None]
_obstacles: list[Obstacle] = []


def before_it_ends(ask: Obstacle) -> Obstacle:
    """Have the function below asked before any filing is ended."""
    _obstacles.append(ask)
    return ask


def obstacles(organization_id: int) -> Iterator[Finding]:
    """Yield what stands in the way of ending the filing of a group."""
    for ask in _obstacles:
        found = ask(organization_id)
        if found is not None:
            yield found


def refuse_where_hindered(organization_id: int) -> None:
    """Raise RuleBroken with the first obstacle. Until the transaction ends no other one appears."""
    hold(organization_id)
    for found in obstacles(organization_id):
        raise RuleBroken(found.text)


def hold(organization_id: int) -> None:
    """Let nobody else begin or end what a group can only have once, until this is over."""
    db.session.flush()
    row = select(Body.id).where(Body.id == organization_id)
    db.session.execute(row.with_for_update(key_share=True))
