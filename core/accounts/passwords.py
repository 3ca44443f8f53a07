"""Passwords at rest: Argon2id, and the list of those that everybody tries first."""

from functools import lru_cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core import audit, policy
from core.accounts import rules, throttle
from core.accounts.actor import Actor
from core.accounts.models import User
from core.accounts.policy import ACCOUNT_ATTEMPTS, PASSWORD_LENGTH, limit
from core.config import Environment, settings
from core.errors import RuleBroken
from core.i18n import _

#: Public lists of leaked passwords (Django, BSD licence; zxcvbn, MIT licence) from ten characters
#: on, and combinations of the words and number jokes that Chinese studies of leaks name first.
COMMON_PASSWORDS = Path(__file__).with_name("common_passwords.txt")

#: Under what wrong passwords are counted.
KIND = "account"

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


def accept(user: User, typed: str, *, by: Actor, field: str = "current") -> None:
    """Ask whoever is signed in as `user` for the present password. Raises RuleBroken at `field`.

    Wrong ones are counted with those of signing in: TooMany while the account has to wait.
    """
    with throttle.counted(subject_of(user), limit(ACCOUNT_ATTEMPTS), field=field):
        if not matches(user.password_hash, typed):
            wrong = RuleBroken(_("This is not your present password."), field)
            raise audit.refused(wrong, "account:password_wrong", user, by=by)


def subject_of(user: User) -> str:
    """Return the key under which wrong passwords of `user` are counted."""
    return throttle.subject_of_user(KIND, user.id)


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
