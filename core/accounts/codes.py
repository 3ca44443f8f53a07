"""One-time codes beside the password: the shared secret, and the codes for the day it is lost."""

import hashlib
import secrets
from datetime import datetime, timedelta

import pyotp
from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, update
from sqlalchemy.orm import Mapped, mapped_column

from core import audit, clock, divisions, policy
from core.accounts import throttle
from core.accounts.actor import Actor
from core.accounts.models import User
from core.accounts.policy import CODE_ATTEMPTS, STAFF_CODES, limit
from core.config import settings
from core.db import Encrypted, Model, db
from core.errors import NotAllowed, RuleBroken, WrongState
from core.i18n import _

#: Seconds that a code is shown for (RFC 6238, 5.2).
STEP_SECONDS = 30
#: Steps before and after the present one that still count: clocks of telephones are not exact.
TOLERANCE = 1
RECOVERY_CODES = 10
#: Letters and digits that nobody mistakes for each other (RFC 4648 base 32).
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


class SecondFactor(Model):
    """The secret that a person's telephone makes codes from. It counts once it is confirmed."""

    __tablename__ = "second_factor"

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    secret: Mapped[str] = mapped_column(Encrypted)
    begun_at: Mapped[datetime] = mapped_column(default=clock.now)
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(default=0)

    __table_args__ = (CheckConstraint("last_step >= 0", name="step"),)


class RecoveryCode(Model):
    """One code on paper, kept as its digest: 80 random bits cannot be guessed back from it."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    digest: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    used_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("user_id", "digest"),)


def factor_of(user: User) -> SecondFactor | None:
    """Return the confirmed second factor of `user`, or None."""
    found = db.session.get(SecondFactor, user.id)
    return found if found is not None and found.confirmed_at is not None else None


def is_required() -> bool:
    """Return whether staff have to sign in with a code on this installation."""
    return policy.value(STAFF_CODES) == "always" or settings().in_production


def begin(user: User, *, by: Actor) -> SecondFactor:
    """Make a secret that counts once a code made from it has been entered.

    Raises WrongState where codes are on already.
    """
    if factor_of(user) is not None:
        raise WrongState(_("One-time codes are on already for this account."))
    factor = db.session.get(SecondFactor, user.id)
    if factor is None:
        factor = SecondFactor(user_id=user.id)
        db.session.add(factor)
    factor.secret, factor.begun_at, factor.last_step = pyotp.random_base32(), clock.now(), 0
    db.session.flush()
    return factor


def pending_of(user: User) -> SecondFactor | None:
    """Return a secret that was made and not confirmed yet, or None."""
    found = db.session.get(SecondFactor, user.id)
    return found if found is not None and found.confirmed_at is None else None


def address_of(factor: SecondFactor, user: User) -> str:
    """Return what the telephone reads off the square code (otpauth://…)."""
    name = user.email or user.display_name
    return pyotp.TOTP(factor.secret).provisioning_uri(
        name=name, issuer_name=divisions.district_name()
    )


def confirm(user: User, *, code: str, by: Actor) -> list[str]:
    """Turn codes on with a first right one; return recovery codes, which are never shown again.

    Raises RuleBroken at "code" for a wrong one.
    """
    factor = pending_of(user)
    if factor is None:
        raise WrongState(_("There is nothing to confirm. Please begin again."))
    step = _step_of(factor, code)
    if step is None:
        wrong = RuleBroken(_wrong_words(), "code")
        raise audit.refused(wrong, "account:code_wrong", user, by=by)
    factor.confirmed_at, factor.last_step = clock.now(), step
    audit.record("account:codes_on", user, by=by)
    return _new_recovery_codes(user)


def accept(user: User, typed: str, *, by: Actor) -> None:
    """Use up a code of the telephone or of the paper. Raises RuleBroken at "code".

    Wrong ones are counted for the account, whoever calls: TooMany while it has to wait.
    """
    text = _plain(typed)
    with throttle.counted(subject_of(user), limit(CODE_ATTEMPTS), field="code"):
        if text.isdigit():
            _accept_from_telephone(user, text, by)
        else:
            _accept_from_paper(user, text, by)


def subject_of(user: User) -> str:
    """Return the key under which wrong codes of `user` are counted."""
    return throttle.subject_of_user("code", user.id)


def renew_recovery_codes(user: User, *, code: str, by: Actor) -> list[str]:
    """Make the recovery codes anew; those before are worth nothing. Asks for a present code."""
    if factor_of(user) is None:
        raise WrongState(_("One-time codes are not on for this account."))
    accept(user, code, by=by)
    audit.record("account:recovery_codes_renewed", user, by=by)
    return _new_recovery_codes(user)


def turn_off(user: User, *, code: str, by: Actor) -> User:
    """Ask for codes no more. Raises NotAllowed for staff where codes are required."""
    if by.user is not None and is_required() and holds_staff_role(user):
        raise NotAllowed(_("Staff sign in with a one-time code; it cannot be turned off."))
    accept(user, code, by=by)
    return forget(user, by=by)


def forget(user: User, *, by: Actor) -> User:
    """Take secret and recovery codes away without asking for a code: for the office's command."""
    db.session.execute(db.delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    db.session.execute(db.delete(SecondFactor).where(SecondFactor.user_id == user.id))
    audit.record("account:codes_off", user, by=by)
    return user


def count_recovery_codes(user: User) -> int:
    """Return how many recovery codes are still unused."""
    unused = db.select(db.func.count()).select_from(RecoveryCode)
    query = unused.where(RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None))
    return int(db.session.scalar(query) or 0)


def holds_staff_role(user: User) -> bool:
    """Return whether `user` is staff in any body today, whomever they act for."""
    from core.accounts.actor import choices_for

    return any(choice.is_staff for choice in choices_for(user))


def _accept_from_telephone(user: User, text: str, by: Actor) -> None:
    factor = factor_of(user)
    step = _step_of(factor, text) if factor is not None else None
    if factor is None or step is None:
        raise audit.refused(RuleBroken(_wrong_words(), "code"), "account:code_wrong", user, by=by)
    # One statement: of two that use the same code at the same moment, one finds no row.
    used = db.session.execute(
        update(SecondFactor)
        .where(SecondFactor.user_id == user.id, SecondFactor.last_step < step)
        .values(last_step=step),
        execution_options={"synchronize_session": False, "preserve_rowcount": True},
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]
        words = _("This code has been used already. Please wait for the next one.")
        raise audit.refused(RuleBroken(words, "code"), "account:code_reused", user, by=by)


def _accept_from_paper(user: User, text: str, by: Actor) -> None:
    mine = (RecoveryCode.user_id == user.id, RecoveryCode.digest == _digest(user, text))
    used = db.session.execute(
        update(RecoveryCode)
        .where(*mine, RecoveryCode.used_at.is_(None))
        .values(used_at=clock.now()),
        execution_options={"synchronize_session": False, "preserve_rowcount": True},
    )
    if used.rowcount == 1:  # type: ignore[attr-defined]
        audit.record("account:recovery_code_used", user, by=by)
        return
    if db.session.scalar(db.select(RecoveryCode.id).where(*mine)) is not None:
        words = _("This recovery code has been used already; each works once.")
        reused = RuleBroken(words, "code")
        raise audit.refused(reused, "account:recovery_code_reused", user, by=by)
    raise audit.refused(RuleBroken(_wrong_words(), "code"), "account:code_wrong", user, by=by)


def _wrong_words() -> str:
    return _("This code is not right. Enter the six digits that the telephone shows now, or one of your recovery codes.")  # fmt: skip


def _step_of(factor: SecondFactor, typed: str) -> int | None:
    """Return the time step whose code was typed, if it is near the present one."""
    maker, text = pyotp.TOTP(factor.secret), _plain(typed)
    now = int(clock.now().timestamp()) // STEP_SECONDS
    for step in range(now - TOLERANCE, now + TOLERANCE + 1):
        if secrets.compare_digest(maker.generate_otp(step).encode(), text.encode()):
            return step
    return None


def _new_recovery_codes(user: User) -> list[str]:
    db.session.execute(db.delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    made = [
        "".join(secrets.choice(ALPHABET) for _n in range(16)) for _code in range(RECOVERY_CODES)
    ]
    db.session.add_all(RecoveryCode(user_id=user.id, digest=_digest(user, text)) for text in made)
    db.session.flush()
    return ["-".join(text[i : i + 4] for i in range(0, 16, 4)) for text in made]


def _plain(typed: str) -> str:
    from core.accounts.rules import folded

    return "".join(character for character in folded(typed).upper() if character.isalnum())


def _digest(user: User, text: str) -> str:
    return hashlib.sha256(f"recovery:{user.id}:{text}".encode()).hexdigest()


def code_now(factor: SecondFactor, *, ahead: timedelta = timedelta()) -> str:
    """Return the code that a telephone with this secret shows now, or `ahead` of now."""
    return pyotp.TOTP(factor.secret).at(clock.now() + ahead)
