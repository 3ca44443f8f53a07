"""What a decision puts an end to: features say it to who is about to decide."""

from collections.abc import Callable, Iterable
from typing import Any

from core.accounts import Actor

#: Yields, in a sentence each, what of a case is still under way and ends with its decision.
Foreseer = Callable[[Any, Actor], Iterable[str]]

_foreseers: list[Foreseer] = []


def when_decided(foresee: Foreseer) -> None:
    """Have `foresee(case, actor)` asked before a step that decides a case is offered."""
    if foresee not in _foreseers:
        _foreseers.append(foresee)


def foreseen(case: Any, actor: Actor) -> tuple[str, ...]:
    """Return what a decision on `case` puts an end to, as far as `actor` may read it."""
    return tuple(words for foresee in _foreseers for words in foresee(case, actor))
