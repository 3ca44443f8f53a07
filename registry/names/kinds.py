"""The words of this feature: kinds of word lists, what a hit does, why a reservation ended."""

from enum import StrEnum

from core.i18n import _l


class WordKind(StrEnum):
    """What a word list is for."""

    FORM = "form"
    FIELD = "field"
    FILLER = "filler"
    PLACE = "place"
    TERRITORY = "territory"
    QUALIFIER = "qualifier"
    SUPERLATIVE = "superlative"
    ORGAN = "organ"
    OTHER_ORGANIZATION = "other_organization"
    FORBIDDEN = "forbidden"
    LEADER = "leader"
    HERO = "hero"
    SURNAME = "surname"

    @property
    def label(self) -> str:
        return str(LABELS[self])

    @property
    def forbids(self) -> bool:
        """Return whether a hit is a finding; the other lists only help to read a name."""
        return self in FORBIDDING


class Effect(StrEnum):
    """What a hit does."""

    BLOCK = "block"
    ADVISE = "advise"

    @property
    def label(self) -> str:
        return str(EFFECT_LABELS[self])


class Ending(StrEnum):
    """Why a reservation holds no more."""

    EXPIRED = "expired"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    REGISTERED = "registered"
    RENAMED = "renamed"

    @property
    def label(self) -> str:
        return str(ENDING_LABELS[self])


FORBIDDING = frozenset(
    {
        WordKind.TERRITORY,
        WordKind.SUPERLATIVE,
        WordKind.ORGAN,
        WordKind.OTHER_ORGANIZATION,
        WordKind.FORBIDDEN,
        WordKind.LEADER,
        WordKind.HERO,
    }
)

LABELS = {
    WordKind.FORM: _l("Organizational forms"),
    WordKind.FIELD: _l("Fields of activity"),
    WordKind.FILLER: _l("Words left aside when names are compared"),
    WordKind.PLACE: _l("Names of other places"),
    WordKind.TERRITORY: _l("Words for the nation and the world"),
    WordKind.QUALIFIER: _l("Terms that such words may be part of"),
    WordKind.SUPERLATIVE: _l("Superlatives"),
    WordKind.ORGAN: _l("Parties, organs and armed forces"),
    WordKind.OTHER_ORGANIZATION: _l("Other organizations and their forms"),
    WordKind.FORBIDDEN: _l("Harmful and superstitious words"),
    WordKind.LEADER: _l("Leaders of party and state"),
    WordKind.HERO: _l("Heroes and martyrs"),
    WordKind.SURNAME: _l("Family names"),
}
EFFECT_LABELS = {
    Effect.BLOCK: _l("Stops the application"),
    Effect.ADVISE: _l("Goes to the examiner"),
}
ENDING_LABELS = {
    Ending.EXPIRED: _l("Expired"),
    Ending.RELEASED: _l("Given up"),
    Ending.WITHDRAWN: _l("Application withdrawn"),
    Ending.REFUSED: _l("Application not granted"),
    Ending.REGISTERED: _l("Entered in the register"),
    Ending.RENAMED: _l("Application took another name"),
}
