"""Passwords at rest: Argon2id, and the list of those that everybody tries first."""

from functools import lru_cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core import policy
from core.accounts import rules
from core.accounts.policy import PASSWORD_LENGTH
from core.config import Environment, settings
from core.errors import RuleBroken

#: Public lists of leaked passwords (Django, BSD licence; zxcvbn, MIT licence) from ten characters
#: on, and combinations of the words and number jokes that Chinese studies of leaks name first.
COMMON_PASSWORDS = Path(__file__).with_name("common_passwords.txt")

#: Hashed where there is no account, so that its absence takes as long as a wrong password.
NOBODY = "nobody has this password"


@lru_cache(maxsize=2)
def _hasher(in_tests: bool) -> PasswordHasher:
    if in_tests:
        return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    return PasswordHasher()


def _this_hasher() -> PasswordHasher:
    return _hasher(settings().APP_ENV is Environment.TESTING)


@lru_cache(maxsize=2)
def _hash_of_nobody(hasher: PasswordHasher) -> str:
    return hasher.hash(NOBODY)


@lru_cache(maxsize=1)
def well_known() -> frozenset[str]:
    """Return the most common passwords, folded."""
    return frozenset(rules.folded(line) for line in COMMON_PASSWORDS.read_text().splitlines())


def shortest() -> int:
    """Return how many characters a password needs at least."""
    return policy.value(PASSWORD_LENGTH)


def hashed(password: str) -> str:
    """Return the Argon2id hash of `password`, parameters and salt included."""
    return _this_hasher().hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Return whether `password` is the one `stored` was made of; as slow where there is none."""
    hasher = _this_hasher()
    if len(password) > rules.LONGEST_PASSWORD:
        password = ""
    try:
        hasher.verify(stored or _hash_of_nobody(hasher), password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Return whether `stored` was made with weaker parameters than today's."""
    return _this_hasher().check_needs_rehash(stored)


def check(password: str, *personal: str, field: str = "password") -> None:
    """Raise RuleBroken at `field` where `password` is too short, common or personal."""
    fault = rules.password_fault(
        password,
        shortest=shortest(),
        common=well_known(),
        personal=[text for text in personal if text],
    )
    if fault is not None:
        raise RuleBroken(fault, field)
