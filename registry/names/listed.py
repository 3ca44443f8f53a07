"""Words of the lists in a name: forbidden, misleading, of organs, of the nation."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.errors import Words
from core.i18n import _
from registry.names.kinds import Effect, WordKind
from registry.names.lexicon import Lexicon, Listed
from registry.organizations.kinds import OrganizationType

ASSOCIATION = OrganizationType.ASSOCIATION


@dataclass(frozen=True)
class NameFinding:
    """One thing about a name: in words, with its rule. `blocking` stops the application.

    `rule` names it in code; `marked` is the part of the name it is about, as it is folded.
    """

    rule: str
    text: Words
    source: Words
    blocking: bool = True
    marked: str = ""


def listed(
    text: str, offset: int, type: OrganizationType, lexicon: Lexicon
) -> Iterator[NameFinding]:
    """Yield what the lists say of a bare name whose place ends at `offset`.

    Words of the lists; a word that belongs to a known term is no hit.
    """
    kinds = [kind for kind in WordKind if kind.forbids and kind is not WordKind.TERRITORY]
    terms = _spans(text, (*lexicon.words(WordKind.FIELD), *lexicon.words(WordKind.QUALIFIER)))
    for kind in kinds:
        for entry, at in _hits(text, lexicon.of(kind), offset):
            if any(start < at + len(entry.folded) and at < end for start, end in terms):
                continue
            blocking = entry.effect is not Effect.ADVISE
            yield NameFinding(kind.value, _words_for(entry), entry.source, blocking, entry.folded)
    yield from _territory(text, offset, type, lexicon)


def _territory(
    text: str, offset: int, type: OrganizationType, lexicon: Lexicon
) -> Iterator[NameFinding]:
    """中国 and the like: never in front; further inside only as part of what the field is called."""
    terms = _spans(text, lexicon.words(WordKind.QUALIFIER))
    for entry, at in _hits(text, lexicon.of(WordKind.TERRITORY), 0):
        end = at + len(entry.folded)
        if at == 0:
            words = _(
                "A local organization may not put “%(word)s” in front of its name.", word=entry.word
            )
            yield NameFinding("territory", words, entry.source, marked=entry.folded)
        elif any(start <= at and end <= stop for start, stop in terms):
            words = _(
                "“%(word)s” is allowed only where it belongs to the field; the examiner looks at it.",
                word=entry.word,
            )
            yield NameFinding("territory", words, entry.source, False, entry.folded)
        elif at >= offset:
            blocking = entry.effect is not Effect.ADVISE and type is ASSOCIATION
            words = _(
                "A local organization may carry “%(word)s” only as a qualifier of its field.",
                word=entry.word,
            )
            yield NameFinding("territory", words, entry.source, blocking, entry.folded)


def _hits(text: str, entries: tuple[Listed, ...], offset: int) -> Iterator[tuple[Listed, int]]:
    """Yield the words that stand in `text` from `offset` on, the longest first, none in another."""
    taken: list[tuple[int, int]] = []
    for entry in entries:
        at = text.find(entry.folded, offset)
        if at < 0 or any(start <= at < end for start, end in taken):
            continue
        taken.append((at, at + len(entry.folded)))
        yield entry, at


def _spans(text: str, words: tuple[str, ...]) -> list[tuple[int, int]]:
    return [(m.start(), m.end()) for word in words for m in re.finditer(re.escape(word), text)]


def _words_for(entry: Listed) -> str:
    if entry.kind is WordKind.SUPERLATIVE:
        return _("“%(word)s” may mislead; the examiner looks at it.", word=entry.word)
    if entry.kind is WordKind.HERO:
        return _(
            "“%(word)s” is the name of a hero or martyr: the basis for using it must be shown.",
            word=entry.word,
        )
    if entry.effect is Effect.ADVISE:
        return _(
            "“%(word)s” may be the name of an organ or another organization; the examiner looks "
            "at it.",
            word=entry.word,
        )
    if entry.kind is WordKind.LEADER:
        return _("The name of a leader of party or state may not be used: “%(word)s”.", word=entry.word)  # fmt: skip
    if entry.kind is WordKind.ORGAN:
        return _("Names of parties, state organs and armed forces may not be used: “%(word)s”.", word=entry.word)  # fmt: skip
    if entry.kind is WordKind.OTHER_ORGANIZATION:
        return _("Names and forms of other organizations may not be used: “%(word)s”.", word=entry.word)  # fmt: skip
    return _("The word “%(word)s” may not be used in a name.", word=entry.word)
