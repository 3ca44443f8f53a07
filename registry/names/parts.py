"""How a name is made up: place, distinctive word, field and form; and how its core sounds."""

from dataclasses import dataclass
from functools import cache
from string import ascii_lowercase

from core.search import bare
from registry.names.kinds import WordKind
from registry.names.lexicon import Known, Lexicon
from registry.organizations.kinds import OrganizationType
from registry.organizations.readings import readings

#: Shorter than this a core is not cut any further.
LEAST = 2


@dataclass(frozen=True)
class Parts:
    """A bare name taken apart: `place + middle + form` is the name.

    `word` is the distinctive word, `field` the field as it is written; `core` what is compared:
    word and field without words that say nothing.
    """

    place: str
    middle: str
    form: str
    word: str
    field: str
    core: str


def take_apart(
    name: str, lexicon: Lexicon, places: Known, type: OrganizationType | None = None
) -> Parts:
    """Return the parts of a name; `places` are names it may begin with, one after another.

    With `type` only the forms of that type count. Parts that are not there are empty.
    """
    text = rest = bare(name)
    while found := places.beginning(rest):
        rest = rest.removeprefix(found)
    form = lexicon.forms(type).ending(rest)
    middle = rest.removesuffix(form)
    word, field, core = _field(middle, lexicon)
    return Parts(text[: len(text) - len(rest)], middle, form, word, field, core)


def _field(middle: str, lexicon: Lexicon) -> tuple[str, str, str]:
    """Return distinctive word, field and core; the field is looked for at the end."""
    fields, fillers = lexicon.known(WordKind.FIELD), lexicon.known(WordKind.FILLER)
    rest = middle
    while True:
        field = fields.ending(rest)
        if field in fillers and fields.ending(rest.removesuffix(field)):
            rest = rest.removesuffix(field)  # 养老公益: a field before a word that says nothing
            continue
        if field:
            word = rest.removesuffix(field)
            return word, field, word + _plain(field, fields, fillers)
        filler = fillers.ending(rest)
        if not filler or len(rest) - len(filler) < LEAST:
            return rest, "", rest
        rest = rest.removesuffix(filler)


def _plain(field: str, fields: Known, fillers: Known) -> str:
    """Return a field without a word that says nothing: 志愿服务 and 志愿 are one."""
    shorter = field.removesuffix(fillers.ending(field))
    return shorter if shorter in fields else field


def sound_of(core: str) -> tuple[str, str]:
    """Return how a core sounds, two letters a character, from the beginning and from the end.

    Each character is read by itself, so that a part sounds the same wherever it stands.
    """
    codes = [_code(it) for it in core]
    return "".join(codes), "".join(reversed(codes))


def said_alike(one: str, other: str) -> bool:
    """Return whether two cores of Chinese characters are pronounced alike."""
    if len(one) != len(other):
        return False
    single = readings().single
    return all(
        a == b or (a in single and single[a] == single.get(b))
        for a, b in zip(one, other, strict=True)
    )


@cache
def _codes() -> dict[str, str]:
    """Return two letters for every syllable of Chinese; there are some four hundred."""
    pairs = [a + b for a in ascii_lowercase[:20] for b in ascii_lowercase]
    syllables = sorted(set(readings().single.values()))
    assert len(syllables) < len(pairs)
    return dict(zip(syllables, pairs, strict=False))


@cache
def _code(character: str) -> str:
    syllable = readings().single.get(character)
    if syllable is not None:
        return _codes()[syllable]
    # What is no Chinese character shares what is left: candidates are compared in full anyway.
    row, column = divmod(ord(character) % 130, 26)
    return ascii_lowercase[20 + row] + ascii_lowercase[column]


def one_apart(one: str, other: str) -> bool:
    """Return whether at most one character must be put in, taken out or replaced."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    if len(longer) == len(shorter):
        return one[start + 1 :] == other[start + 1 :]
    return longer[start + 1 :] == shorter[start:]
