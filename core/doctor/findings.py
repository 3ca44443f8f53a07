"""What an examination may say, and in which order it asks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One sentence with what to do. A hint is worth knowing and makes nothing wrong."""

    words: str
    is_hint: bool = False


Look = Callable[[], Iterator[Finding]]


def wrong(words: str) -> Finding:
    return Finding(words)


def hint(words: str) -> Finding:
    return Finding(words, is_hint=True)
