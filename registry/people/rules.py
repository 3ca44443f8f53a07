"""What an identity number and a phone number must look like."""

import re
from collections.abc import Callable, Iterable

from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from core import clock
from core.errors import Words
from core.i18n import _
from core.search import bare

LENGTH = re.compile(r"^[0-9]{17}[0-9X]$")
PHONE = re.compile(r"^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})$")


def identity_problem(number: str) -> Words | None:
    """Return what is wrong with a resident identity number (GB 11643-1999), or None.

    Its place is not held against it: people were numbered late, and under codes that later
    divisions took over.
    """
    try:
        written = ric.compact(number)
        born = ric.get_birth_date(written) if LENGTH.match(written) else None
    except ValidationError:
        born = None
    if born is None or born > clock.today() or written[-1] != ric.calc_check_digit(written):
        return _("This is not a valid identity number: 18 characters, the last one a check digit.")
    return None


def phone_problem(number: str) -> Words | None:
    """Return what is wrong with a Chinese phone number, or None."""
    if PHONE.match(number.replace(" ", "")):
        return None
    return _("This is not a phone number: 11 digits, or area code and number.")


def shared_number(people: Iterable[tuple[str, str | None]]) -> dict[int, Words]:
    """Return what is wrong with numbers that two people have, by place; `people` are name, number.

    One person may stand there twice, as promoter and as representative.
    """
    first: dict[str, str] = {}
    found: dict[int, Words] = {}
    for place, (name, number) in enumerate(people):
        if not number or not name:
            continue
        owner = first.setdefault(number, name)
        if bare(owner) != bare(name):
            found[place] = _(
                "%(name)s has this identity number already; no two people have the same.",
                name=owner,
            )
    return found


def entered_problem(entered: str | None, problem: Callable[[str], Words | None]) -> Words | None:
    """Return what `problem` finds in an entered number; a masked one stands for what is stored."""
    text = (entered or "").strip().upper()
    return None if not text or "*" in text else problem(text)
