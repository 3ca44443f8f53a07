"""Numbers that stand on no paper, but that this platform gave: whoever gave them says what they are.

    @documents.recognizes
    def notice_with_number(spellings: Sequence[str]) -> Known | None: ...

What is said is for everyone: a number that may be hidden is recognized by its shape, never by
whether it was given.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.documents.rules import spellings


@dataclass(frozen=True)
class Known:
    """What a number is that is no document's: in a title and a sentence, with where to look.

    `body_id` is the organization whose number it is; its certificates are shown beside.
    """

    title: str
    text: str
    url: str = ""
    link: str = ""
    body_id: int | None = None


Reader = Callable[[Sequence[str]], Known | None]

_readers: list[Reader] = []


def recognizes(reader: Reader) -> Reader:
    """Have `reader` asked what a number is that no document bears, spelled as it may be meant."""
    if reader not in _readers:
        _readers.append(reader)
    return reader


def known(number: str) -> Known | None:
    """Return what `number` is on this platform, or None where nobody knows it."""
    meant = spellings(number)
    return next((found for reader in _readers if (found := reader(meant)) is not None), None)
