"""Timing: how long something takes, in the middle and at its slowest."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from time import perf_counter
from typing import Any


@dataclass(frozen=True)
class Spread:
    """Times of one piece of work, in milliseconds."""

    p50: float
    p95: float
    n: int

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def spread(seconds: Sequence[float]) -> Spread:
    ordered = sorted(seconds)
    slow = ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]
    return Spread(round(median(ordered) * 1000, 3), round(slow * 1000, 3), len(ordered))


def timed(work: Callable[[], Any]) -> float:
    """Return how many seconds `work` takes."""
    begun = perf_counter()
    work()
    return perf_counter() - begun


def in_turns(works: Mapping[str, Sequence[Callable[[], Any]]], *, warm: int = 3) -> dict[str, Any]:
    """Return the spread of each kind of work, all done in turns: the mood of the machine is the
    same for all of them.
    """
    for several in works.values():
        for work in several[:warm]:
            work()
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for turn in zip(*works.values(), strict=True):
        for name, work in zip(works, turn, strict=True):
            seconds[name].append(timed(work))
    return {name: spread(taken).as_dict() for name, taken in seconds.items()}


def times(works: Sequence[Callable[[], Any]], *, warm: int = 3) -> Spread:
    """Return the spread of doing each of `works` once, after some of them as a warm-up."""
    for work in works[:warm]:
        work()
    return spread([timed(work) for work in works])
