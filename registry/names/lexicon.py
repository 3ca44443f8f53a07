"""The word lists as the checks read them: made once of the table, or of the file that came along."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from core.search import fold
from registry.names.kinds import Effect, WordKind
from registry.organizations.kinds import OrganizationType

FILE = Path(__file__).with_name("word_lists.toml")


class Known:
    """Words that a text may begin or end with; the longest is found without trying them all."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(filter(None, words))
        self.lengths = sorted({len(it) for it in self.words}, reverse=True)

    def __contains__(self, word: str) -> bool:
        return word in self.words

    def ending(self, text: str) -> str:
        """Return the longest word that `text` ends with, or nothing."""
        return next((text[-n:] for n in self.lengths if text[-n:] in self.words), "")

    def beginning(self, text: str) -> str:
        """Return the longest word that `text` begins with, or nothing."""
        return next((text[:n] for n in self.lengths if text[:n] in self.words), "")


@dataclass(frozen=True)
class Listed:
    """One word in force: `folded` is what is looked for in a folded name."""

    kind: WordKind
    word: str
    source: str
    type: OrganizationType | None = None
    effect: Effect | None = None
    from_on: date | None = None

    @property
    def folded(self) -> str:
        return fold(self.word)


@dataclass(frozen=True)
class Lexicon:
    """All words in force on one day."""

    entries: tuple[Listed, ...]

    def of(self, kind: WordKind) -> tuple[Listed, ...]:
        """Return the words of a list, the longest first."""
        return self._by_kind.get(kind, ())

    def words(self, kind: WordKind) -> tuple[str, ...]:
        """Return the folded words of a list, the longest first, each once."""
        return self._words.get(kind, ())

    def known(self, kind: WordKind) -> Known:
        """Return a list as what texts end with."""
        return self._known(kind, None)

    def forms(self, type: OrganizationType | None) -> Known:
        """Return the forms of a type of organization, of all types for None."""
        return self._known(WordKind.FORM, type)

    def _known(self, kind: WordKind, type: OrganizationType | None) -> Known:
        found = self._kept.get((kind, type))
        if found is None:
            listed = (it for it in self.of(kind) if type is None or it.type in (None, type))
            found = self._kept[kind, type] = Known(it.folded for it in listed)
        return found

    def customary_forms(self, type: OrganizationType) -> tuple[str, ...]:
        """Return the forms of a type as they are listed: the usual ones first."""
        listed = (it for it in self.entries if it.kind is WordKind.FORM)
        return tuple(it.word for it in listed if it.type in (None, type))

    @cached_property
    def _kept(self) -> dict[tuple[WordKind, OrganizationType | None], Known]:
        return {}

    @cached_property
    def _by_kind(self) -> dict[WordKind, tuple[Listed, ...]]:
        found: dict[WordKind, list[Listed]] = {}
        for entry in self.entries:
            found.setdefault(entry.kind, []).append(entry)
        return {
            kind: tuple(sorted(several, key=lambda it: (-len(it.folded), it.folded)))
            for kind, several in found.items()
        }

    @cached_property
    def _words(self) -> dict[WordKind, tuple[str, ...]]:
        return {
            kind: tuple(dict.fromkeys(it.folded for it in several))
            for kind, several in self._by_kind.items()
        }

    @cached_property
    def mark(self) -> str:
        """Return what tells these forms, fields and fillers from others: keys depend on them."""
        read = (WordKind.FORM, WordKind.FIELD, WordKind.FILLER)
        spoken = [(kind.value, self.words(kind)) for kind in read]
        return sha256(repr(spoken).encode()).hexdigest()[:16]


def lexicon_of(entries: Iterable[Listed]) -> Lexicon:
    """Return the lists made of these words."""
    return Lexicon(tuple(entries))


def defaults() -> Iterator[Listed]:
    """Yield the words of the file, in its order. Raises KeyError or ValueError for a broken one."""
    for part in tomllib.loads(FILE.read_text(encoding="utf-8"))["list"]:
        kind = WordKind(part["kind"])
        if kind.forbids and "effect" not in part:
            raise ValueError(f"{kind}: a list that forbids says what a hit does")
        for word in dict.fromkeys(part["words"].split()):
            yield Listed(
                kind=kind,
                word=word,
                source=part["source"],
                type=OrganizationType(part["type"]) if "type" in part else None,
                effect=Effect(part["effect"]) if "effect" in part else None,
                from_on=part["from_on"],
            )
