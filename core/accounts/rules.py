"""What a sign-in name, a password and a way back must be, and how long a lock lasts."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from datetime import timedelta
from itertools import pairwise
from urllib.parse import urlsplit

from core.errors import Words
from core.i18n import _l

#: Longer ones are refused before they are hashed: hashing a megabyte would be an attack.
LONGEST_PASSWORD = 200

#: Parts of a name or an address shorter than this may stand in a password by chance.
SHORTEST_PERSONAL_PART = 4

FEWEST_DIFFERENT_CHARACTERS = 5

NO_CONTACT = _l("Please enter an e-mail address, or a mobile number of 11 digits.")

NO_TEXTS = _l("Text messages cannot be sent here. Please enter an e-mail address.")

_MOBILE = re.compile(r"1[3-9]\d{9}")
_EMAIL = re.compile(r"[^\s@<>\"',;:]+@[^\s@<>\"',;:]+\.[^\s@<>\"',;:.]{2,}")


def folded(text: str) -> str:
    """Return `text` as sign-in names are compared: half-width, lower case, no space around."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def mobile_of(text: str) -> str | None:
    """Return the 11 digits of a mainland mobile number, however it was grouped, or None."""
    digits = re.sub(r"[\s-]", "", folded(text)).removeprefix("+86")
    return digits if _MOBILE.fullmatch(digits, 0) and digits.isascii() else None


def email_of(text: str) -> str | None:
    """Return an e-mail address in lower case, or None where `text` is none."""
    address = folded(text)
    return address if _EMAIL.fullmatch(address) and len(address) <= 200 else None


def masked_address(address: str) -> str:
    """Return an e-mail address with all but the first character and the domain hidden."""
    name, _at, domain = address.partition("@")
    return f"{name[:1]}***@{domain}"


def own_path(target: object) -> str | None:
    """Return `target` if it is a path on this site and nothing else, or None.

    Two slashes, a backslash or a control character leave the site in some browsers.
    """
    if not isinstance(target, str) or not target.startswith("/") or len(target) > 2000:
        return None
    if target[1:2] in {"/", "\\"} or "\\" in target:
        return None
    if any(unicodedata.category(character) in {"Cc", "Zs", "Zl", "Zp"} for character in target):
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target


#: What a browser says of itself, and how people call it; the first that fits.
_BROWSERS = (
    ("MicroMessenger/", "WeChat"), ("Edg/", "Edge"), ("HuaweiBrowser/", "Huawei Browser"),
    ("QQBrowser/", "QQ Browser"), ("UCBrowser/", "UC Browser"), ("OPR/", "Opera"),
    ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
    ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def device_of(agent: str) -> str:
    """Return browser and system of a User-Agent header as people know them; "" for neither."""
    named = (
        next((name for mark, name in marks if mark in agent), "") for marks in (_BROWSERS, _SYSTEMS)
    )
    return " · ".join(name for name in named if name)


def lock_length(failures: int, free: int, first: timedelta, longest: timedelta) -> timedelta | None:
    """Return how long to wait after the `failures`th failure in a row; None while `free` ones last.

    The first lock lasts `first`, every further one twice as long, none longer than `longest`.
    """
    if failures < free:
        return None
    factor: int = 2 ** min(failures - free, 20)
    return min(first * factor, longest)


def password_fault(
    password: str, *, shortest: int, common: Collection[str], personal: Iterable[str] = ()
) -> Words | None:
    """Return what is wrong with `password`, or None. `common` and `personal` are folded texts."""
    if len(password) < shortest:
        return _l("Please choose a password of at least %(n)s characters.", n=shortest)
    if len(password) > LONGEST_PASSWORD:
        return _l("Please choose a password of at most %(n)s characters.", n=LONGEST_PASSWORD)
    plain = folded(password)
    if len(set(plain)) < FEWEST_DIFFERENT_CHARACTERS or _is_run(plain):
        return _l("This password is too easy to guess: it repeats or counts. A short sentence that only you know is better.")  # fmt: skip
    if plain in common:
        return _l("This password is one of the most common ones. A short sentence that only you know is better.")  # fmt: skip
    if any(part in plain for part in _parts(personal)):
        return _l("Please do not use your name, e-mail address or number in the password.")
    return None


def _is_run(text: str) -> bool:
    """Return whether every character follows the one before it by the same step."""
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return len(steps) == 1 and steps <= {-1, 0, 1}


def _parts(personal: Iterable[str]) -> set[str]:
    """Return what of a person's names and addresses a password must not contain."""
    parts = {part for text in personal for part in re.split(r"[\s@.+_-]+", folded(text))}
    return {part for part in parts if len(part) >= SHORTEST_PERSONAL_PART}
