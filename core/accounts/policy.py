"""What the district may set about signing in."""

from datetime import timedelta

from core import policy
from core.accounts.throttle import Limit
from core.i18n import _l
from core.policy import Policy, Unit, register

LEVEL_THREE = "GB/T 22239-2019, 8.1.4.1"
PRACTICE = _l("Practice")

PASSWORD_LENGTH = Policy(
    "accounts.password_length",
    default=10,
    unit=Unit.CHARACTERS,
    source=LEVEL_THREE,
    label=_l("Shortest password"),
    minimum=10,
    maximum=64,
)
ACCOUNT_ATTEMPTS = Policy(
    "accounts.account_attempts",
    default=5,
    unit=Unit.ATTEMPTS,
    source=LEVEL_THREE,
    label=_l("Failed sign-ins of one account before it has to wait"),
    minimum=3,
    maximum=20,
)
ADDRESS_ATTEMPTS = Policy(
    "accounts.address_attempts",
    default=30,
    unit=Unit.ATTEMPTS,
    source=PRACTICE,
    label=_l("Failed sign-ins from one address before it has to wait"),
    minimum=5,
    maximum=1000,
)
SIGN_UPS = Policy(
    "accounts.sign_ups",
    default=30,
    unit=Unit.ATTEMPTS,
    source=PRACTICE,
    label=_l("New accounts tried from one address before it has to wait"),
    minimum=3,
    maximum=1000,
)
FIRST_WAIT = Policy(
    "accounts.first_wait",
    default=60,
    unit=Unit.SECONDS,
    source=PRACTICE,
    label=_l("First wait after too many attempts; each further one takes twice as long"),
    minimum=10,
    maximum=3600,
)
LONGEST_WAIT = Policy(
    "accounts.longest_wait",
    default=60,
    unit=Unit.MINUTES,
    source=PRACTICE,
    label=_l("Longest wait after too many attempts"),
    minimum=5,
    maximum=1440,
)
ATTEMPTS_FORGOTTEN = Policy(
    "accounts.attempts_forgotten",
    default=24,
    unit=Unit.HOURS,
    source=PRACTICE,
    label=_l("Failed attempts are forgotten after"),
    minimum=1,
    maximum=168,
)
STAFF_IDLE = Policy(
    "accounts.staff_idle",
    default=30,
    unit=Unit.MINUTES,
    source=LEVEL_THREE,
    label=_l("Staff are signed out after being away for"),
    minimum=5,
    maximum=120,
)

STAFF_CODES = Policy(
    "accounts.staff_codes",
    default="production",
    source=LEVEL_THREE,
    label=_l("Staff sign in with a one-time code beside the password"),
    choices={
        "production": _l("In service; not on a trial installation"),
        "always": _l("Always"),
    },
)
CODE_ATTEMPTS = Policy(
    "accounts.code_attempts",
    default=5,
    unit=Unit.ATTEMPTS,
    source=LEVEL_THREE,
    label=_l("Wrong one-time codes of one account before it has to wait"),
    minimum=3,
    maximum=20,
)
CODE_MINUTES = Policy(
    "accounts.code_minutes",
    default=10,
    unit=Unit.MINUTES,
    source=PRACTICE,
    label=_l("Time between the password and the one-time code"),
    minimum=2,
    maximum=60,
)
RESET_ATTEMPTS = Policy(
    "accounts.reset_attempts",
    default=5,
    unit=Unit.ATTEMPTS,
    source=PRACTICE,
    label=_l("Links for a new password asked for by one account or address before it has to wait"),
    minimum=2,
    maximum=100,
)
RESET_MINUTES = Policy(
    "accounts.reset_minutes",
    default=30,
    unit=Unit.MINUTES,
    source=PRACTICE,
    label=_l("A link for a new password works for"),
    minimum=5,
    maximum=1440,
)
CONFIRMATION_HOURS = Policy(
    "accounts.confirmation_hours",
    default=48,
    unit=Unit.HOURS,
    source=PRACTICE,
    label=_l("A link that confirms an address works for"),
    minimum=1,
    maximum=336,
)
INVITATION_DAYS = Policy(
    "accounts.invitation_days",
    default=7,
    unit=Unit.CALENDAR_DAYS,
    source=PRACTICE,
    label=_l("An invitation, or the offer of an organization's account, can be accepted for"),
    minimum=1,
    maximum=60,
)

CLOSING_DAYS = Policy(
    "accounts.closing_days",
    default=14,
    unit=Unit.CALENDAR_DAYS,
    source="GB/T 35273-2020, 8.5",
    label=_l("An account whose person wants it closed closes by itself after"),
    minimum=1,
    maximum=21,
)

register(
    CLOSING_DAYS,
    PASSWORD_LENGTH,
    ACCOUNT_ATTEMPTS,
    ADDRESS_ATTEMPTS,
    SIGN_UPS,
    FIRST_WAIT,
    LONGEST_WAIT,
    ATTEMPTS_FORGOTTEN,
    STAFF_IDLE,
    STAFF_CODES,
    CODE_ATTEMPTS,
    CODE_MINUTES,
    RESET_ATTEMPTS,
    RESET_MINUTES,
    CONFIRMATION_HOURS,
    INVITATION_DAYS,
)


def limit(free: Policy[int]) -> Limit:
    """Return the limit with as many free attempts as the policy `free` says today."""
    return Limit(
        free=policy.value(free),
        first=timedelta(seconds=policy.value(FIRST_WAIT)),
        longest=timedelta(minutes=policy.value(LONGEST_WAIT)),
        forgotten_after=timedelta(hours=policy.value(ATTEMPTS_FORGOTTEN)),
    )
