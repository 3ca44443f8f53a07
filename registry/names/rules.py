"""What a name may be (社会组织名称管理办法): pure rules over the name and the word lists."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.i18n import _
from core.search import bare, fold
from core.search.folding import simplified
from registry.names.kinds import WordKind
from registry.names.lexicon import Known, Lexicon
from registry.names.listed import NameFinding, listed
from registry.names.parts import Parts, take_apart
from registry.organizations.kinds import OrganizationType

MEASURES = "社会组织名称管理办法（民政部令第69号）"
COMPOSITION = MEASURES + "第八条"
TRUE_TO_SCOPE = MEASURES + "第五条、第六条"
GROUPS = "四川省社区社会组织管理规定（2023）及本区备案办法"
REGULATION = "社会团体登记管理条例第十条"
ASSOCIATION = OrganizationType.ASSOCIATION
GROUP = OrganizationType.COMMUNITY_ORGANIZATION
#: Chinese characters of a distinctive word, at least.
LEAST_WORD = 2
#: The form of those who come from another place.
CHAMBER = "商会"
#: Forms that are named where one is missing.
SHOWN_FORMS = 6
#: Characters of a distinctive word that may be a person's full name.
PERSON = 3
_FOREIGN = re.compile(r"[^\W\d_\u3400-\u9fff\U00020000-\U000323af]+")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Setting:
    """What the rules need to know of the place and of the application.

    `prefixes` are the ways a name here begins, `places` all names it may go on with; for a group
    with a street both are those of its street. `offices` are the names of bodies that are no
    organizations, `people` those of the people in the application. Until the street is chosen (`unplaced`) any of them will do.
    """

    prefixes: tuple[str, ...]
    places: Known
    offices: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    shown: str = field(default="")
    unplaced: bool = False


def examine(
    name: str, type: OrganizationType, lexicon: Lexicon, setting: Setting
) -> list[NameFinding]:
    """Return everything the rules say of a name, what stops the application first."""
    text = bare(name)
    parts = take_apart(name, lexicon, setting.places, type)
    found = [
        *_beginning(text, type, lexicon, setting),
        *_composition(parts, type, lexicon, setting),
        *_characters(name, type),
        *listed(text, len(parts.place), type, lexicon),
        *_other_places(text, parts, type, lexicon),
        *_offices(text, setting),
        *_persons(text, parts, type, lexicon, setting),
    ]
    return sorted(found, key=lambda it: not it.blocking)


def _beginning(
    text: str, type: OrganizationType, lexicon: Lexicon, setting: Setting
) -> Iterator[NameFinding]:
    if not setting.prefixes or text.startswith(tuple(map(bare, setting.prefixes))):
        return
    source = GROUPS if type is GROUP else COMPOSITION
    shown = setting.shown or setting.prefixes[0]
    if setting.unplaced:
        words = _("Please choose the street or community first: the name begins with its name.")
        yield NameFinding("division", words, source)
        return
    other = next((it for it in lexicon.words(WordKind.PLACE) if text.startswith(it)), "")
    if other:
        words = _(
            "“%(place)s” is another place: a name registered here begins with %(prefix)s.",
            place=other,
            prefix=shown,
        )
    elif type is GROUP:
        words = _("The name must begin with its street or community: %(prefix)s.", prefix=shown)
    else:
        words = _("The name must begin with the district: %(prefix)s.", prefix=shown)
    yield NameFinding("division", words, source, marked=other)


def _composition(
    parts: Parts, type: OrganizationType, lexicon: Lexicon, setting: Setting
) -> Iterator[NameFinding]:
    source = GROUPS if type is GROUP else COMPOSITION
    if not parts.form:
        words = _(
            "The name must end with a form of this type, such as %(forms)s.",
            forms="、".join(lexicon.customary_forms(type)[:SHOWN_FORMS]),
        )
        yield NameFinding("form", words, source, blocking=type is not GROUP)
        return
    if type is GROUP:
        return
    of_a_street = parts.place not in {"", *map(bare, setting.prefixes)}
    if not parts.middle and not (of_a_street and type is ASSOCIATION):
        words = _("Between the district and the form there must be what the organization does.")
        yield NameFinding("field", words, source)
    elif type is ASSOCIATION:
        origin = parts.form.endswith(CHAMBER) and _place_in(parts, lexicon)
        if parts.middle and not parts.field and not origin:
            words = _(
                "The field or membership in “%(middle)s” was not recognised; the examiner looks at it.",
                middle=parts.middle,
            )
            yield NameFinding("field", words, TRUE_TO_SCOPE, blocking=False, marked=parts.middle)
    else:
        yield from _distinctive(parts, source)


def _distinctive(parts: Parts, source: str) -> Iterator[NameFinding]:
    """A service institution or foundation: distinctive word, then field."""
    if not parts.field:
        words = _(
            "The field in “%(middle)s” was not recognised: after the distinctive word comes what "
            "the organization does. The examiner looks at it.",
            middle=parts.middle,
        )
        yield NameFinding("field", words, source, blocking=False, marked=parts.middle)
        if len(parts.middle) >= LEAST_WORD:
            return
    if not parts.word:
        words = _(
            "The distinctive word is missing: between the district and “%(field)s” comes a word "
            "that tells the organization from others.",
            field=parts.field or parts.form,
        )
        yield NameFinding("word", words, source, marked=parts.field)
    elif len(parts.word) < LEAST_WORD:
        words = _(
            "The distinctive word “%(word)s” is too short: two Chinese characters at least.",
            word=parts.word,
        )
        yield NameFinding("word", words, source, marked=parts.word)


def _characters(name: str, type: OrganizationType) -> Iterator[NameFinding]:
    text = fold(name)
    for rule, found, words in (
        ("letters", _FOREIGN.findall(text), _("Names are written in Chinese, without letters: “%(part)s”.")),
        ("digits", _DIGITS.findall(text), _("Names are written without figures: “%(part)s”.")),
    ):  # fmt: skip
        if found:
            told = words % {"part": "、".join(found)}
            yield NameFinding(rule, told, MEASURES, blocking=type is not GROUP, marked=found[0])
    plain = simplified(name)
    if plain != name:
        odd = "".join(dict.fromkeys(a for a, b in zip(name, plain, strict=True) if a != b))
        words = _(
            "Standard characters are used: for “%(odd)s” write “%(plain)s”.",
            odd=odd,
            plain=simplified(odd),
        )
        yield NameFinding("script", words, MEASURES, blocking=False, marked=fold(odd[0]))


def _other_places(
    text: str, parts: Parts, type: OrganizationType, lexicon: Lexicon
) -> Iterator[NameFinding]:
    """Another place further inside: a chamber of people from there, or a question."""
    if not parts.place or (type is ASSOCIATION and parts.form.endswith(CHAMBER)):
        return  # district, place of origin, 商会 is a form of its own (art. 8)
    if place := _place_in(parts, lexicon):
        words = _("The name of another place, “%(place)s”, stands in it; the examiner looks at it.", place=place)  # fmt: skip
        yield NameFinding("place", words, COMPOSITION, blocking=False, marked=place)


def _place_in(parts: Parts, lexicon: Lexicon) -> str:
    return next((it for it in lexicon.words(WordKind.PLACE) if it in parts.middle), "")


def _offices(text: str, setting: Setting) -> Iterator[NameFinding]:
    for office in setting.offices:
        if bare(office) in text:
            words = _("The name contains that of another body: %(name)s.", name=office)
            yield NameFinding("office", words, MEASURES, marked=bare(office))
            return


def _persons(
    text: str, parts: Parts, type: OrganizationType, lexicon: Lexicon, setting: Setting
) -> Iterator[NameFinding]:
    person = next((it for it in setting.people if len(it) > 1 and bare(it) in text), "")
    word = parts.word or ("" if parts.field else parts.middle)
    named = bare(person)
    if not named and len(word) == PERSON and word.startswith(lexicon.words(WordKind.SURNAME)):
        terms = (*lexicon.words(WordKind.FIELD), *lexicon.words(WordKind.PLACE))
        named = "" if any(it in word for it in terms) else word
    if not named or type is GROUP:
        return
    if type is ASSOCIATION:
        words = _("If “%(word)s” is a person: an association is as a rule not named after one.", word=named)  # fmt: skip
    else:
        words = _("If “%(word)s” is a person's name, that person must have agreed in writing.", word=named)  # fmt: skip
    yield NameFinding("person", words, MEASURES, blocking=False, marked=named)
