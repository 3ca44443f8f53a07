"""The unified social credit code (GB 32100-2015): what is wrong with one, and how one is made.

Characters 1-2 tell the body's kind, 3-8 the division of its authority, 9-17 are an organization
code with a check digit of its own (GB 11714), 18 checks them all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from operator import mul
from unicodedata import normalize

from stdnum.cn import uscc

from core.errors import Words
from core.i18n import _, _l
from registry.organizations.kinds import CODE_PREFIXES, OrganizationType

LENGTH = 18
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
VALUES = {character: value for value, character in enumerate(ALPHABET)}
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
#: GB 11714 counts letters from A = 10 without leaving any out.
INNER_VALUES = {c: value for value, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
INNER_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
INNER_DIGITS = "0X987654321"
#: 51, 52 and 53 by type; 59 is any other body of civil affairs.
PREFIXES = frozenset({*CODE_PREFIXES.values(), "59"})


class CodeFault(StrEnum):
    """What can be wrong with a unified code, in the order it is looked for."""

    LENGTH = "code_length"
    CHARACTER = "code_character"
    PREFIX = "code_prefix"
    INNER = "code_inner"
    CHECK = "code_check"
    TYPE = "code_type"
    DISTRICT = "code_district"


@dataclass(frozen=True)
class CodeProblem:
    """One thing wrong with a code. `position` counts its characters from 1, None for them all."""

    fault: CodeFault
    position: int | None
    words: Words


def clean(written: str) -> str:
    """Return a code as it is stored: half width, capitals, without spaces or hyphens."""
    if written.isascii() and written.isalnum():
        return written.upper()
    narrow = normalize("NFKC", written).upper()
    return "".join(c for c in narrow if not c.isspace() and c != "-")


def check_character(body: str) -> str:
    """Return the 18th character for the first 17."""
    return ALPHABET[-sum(map(mul, map(VALUES.__getitem__, body), WEIGHTS)) % 31]


def inner_digit(body: str) -> str:
    """Return the check digit (the 17th character) for characters 9 to 16."""
    return INNER_DIGITS[sum(map(mul, map(INNER_VALUES.__getitem__, body), INNER_WEIGHTS)) % 11]


def fault_of(code: str) -> CodeFault | None:
    """Return the first thing wrong with a cleaned `code` in itself, or None: the quick test."""
    if len(code) != LENGTH:
        return CodeFault.LENGTH
    try:
        last = check_character(code[:17])
    except KeyError:
        return CodeFault.CHARACTER
    if code[17] not in VALUES:
        return CodeFault.CHARACTER
    if code[:2] not in PREFIXES or not code[2:8].isdecimal():
        return CodeFault.PREFIX
    # A slip anywhere breaks both checks; only a code made wrongly breaks the inner one alone.
    if code[17] != last:
        return CodeFault.CHECK
    return None if inner_digit(code[8:16]) == code[16] else CodeFault.INNER


def problem_with(
    written: str, *, type: OrganizationType | None = None, division: str | None = None
) -> CodeProblem | None:
    """Return what is wrong with a code as somebody wrote it, in words, or None.

    Where given, `type` must agree with characters 1-2 and `division` (the six-figure code of the
    authority's district) with characters 3-8.
    """
    code = clean(written)
    fault = fault_of(code)
    if fault is not None:
        return EXPLAIN[fault](code)
    if not uscc.is_valid(code):
        return EXPLAIN[CodeFault.CHECK](code)
    if type is not None and CODE_PREFIXES.get(type) != code[:2]:
        words = _(
            "This code begins with %(found)s, the sign of another type of organization.",
            found=code[:2],
        )
        return CodeProblem(CodeFault.TYPE, 2, words)
    if division is not None and code[2:8] != division:
        words = _(
            "Characters 3 to 8 (%(found)s) name another district than this one (%(own)s).",
            found=code[2:8],
            own=division,
        )
        return CodeProblem(CodeFault.DISTRICT, 3, words)
    return None


def _length(code: str) -> CodeProblem:
    words = _("A unified code has 18 characters; this one has %(n)d.", n=len(code))
    return CodeProblem(CodeFault.LENGTH, None, words)


def _character(code: str) -> CodeProblem:
    place, wrong = next((i, c) for i, c in enumerate(code, 1) if c not in VALUES)
    words = _(
        "Character %(place)d is “%(wrong)s”. A code has digits and capitals, but no I, O, S, V, Z.",
        place=place,
        wrong=wrong,
    )
    return CodeProblem(CodeFault.CHARACTER, place, words)


def _prefix(code: str) -> CodeProblem:
    if code[:2] not in PREFIXES:
        place = 1 if code[0] != "5" else 2
        words = _l("The code of a social organization begins with 51, 52, 53 or 59.")
    else:
        place = next(i for i, c in enumerate(code[2:8], 3) if not c.isdecimal())
        words = _l("Characters 3 to 8 are the six figures of a district.")
    return CodeProblem(CodeFault.PREFIX, place, words)


def _inner(code: str) -> CodeProblem:
    words = _(
        "Character 17 should be %(right)s for the organization code before it. Look at 9 to 17.",
        right=inner_digit(code[8:16]),
    )
    return CodeProblem(CodeFault.INNER, 17, words)


def _check(code: str) -> CodeProblem:
    if inner_digit(code[8:16]) == code[16]:
        words = _l("The last character does not fit: 1 to 8 or the last one is mistyped.")
        return CodeProblem(CodeFault.CHECK, 18, words)
    words = _l("The check digits do not fit: one of the characters 9 to 17 is mistyped.")
    return CodeProblem(CodeFault.CHECK, 17, words)


EXPLAIN: dict[CodeFault, Callable[[str], CodeProblem]] = {
    CodeFault.LENGTH: _length,
    CodeFault.CHARACTER: _character,
    CodeFault.PREFIX: _prefix,
    CodeFault.INNER: _inner,
    CodeFault.CHECK: _check,
}


def make_code(prefix: str, division: str, serial: int) -> str:
    """Return a valid made-up code: for the demo district and for tests, never for a real body.

    `prefix` is 51, 52, 53 or 59, `division` six figures, `serial` 0 to 28,629,150; different
    serials give different codes.
    """
    figures = ""
    for _place in range(5):
        serial, rest = divmod(serial, 31)
        figures = ALPHABET[rest] + figures
    if serial:
        raise ValueError("the serial needs more than five characters")
    body = f"MJQ{figures}"
    first = f"{prefix}{division}{body}{inner_digit(body)}"
    return first + check_character(first)
