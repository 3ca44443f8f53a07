"""What an identity number and a phone number must look like."""

import re

from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from core.errors import Words
from core.i18n import _

PHONE = re.compile(r"^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})$")


def identity_problem(number: str) -> Words | None:
    """Return what is wrong with a resident identity number (GB 11643-1999), or None."""
    try:
        ric.validate(number)
    except ValidationError:
        return _("This is not a valid identity number: 18 characters, the last one a check digit.")
    return None


def phone_problem(number: str) -> Words | None:
    """Return what is wrong with a Chinese phone number, or None."""
    if PHONE.match(number.replace(" ", "")):
        return None
    return _("This is not a phone number: 11 digits, or area code and number.")
