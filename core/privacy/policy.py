"""How long personal data are kept, and how often they are looked at."""

from typing import Any

from core import policy
from core.i18n import _l
from core.policy import Policy, Unit

LAW = _l("Personal Information Protection Law, art. 19: no longer than the purpose needs")
LOGS = _l("Cybersecurity Law: network logs are kept for at least six months")
REVEALS = Policy(
    "privacy.reveals_an_hour",
    default=20,
    unit=Unit.ATTEMPTS,
    source=_l("Practice"),
    label=_l("Personal numbers one officer may look at in an hour"),
    minimum=1,
    maximum=500,
)


def days(key: str, default: int, label: Any, source: Any, minimum: int = 1) -> Policy[int]:
    """Return the policy of a number of days that something is kept."""
    made = Policy(
        f"privacy.{key}",
        default=default,
        unit=Unit.CALENDAR_DAYS,
        source=source,
        label=label,
        minimum=minimum,
        maximum=36_500,
    )
    policy.register(made)
    return made


SESSIONS = days("sessions", 180, _l("Ended sessions are kept for"), LOGS, minimum=180)
LINKS = days("links", 30, _l("Used and expired links and invitations are kept for"), LAW)
LETTERS = days("letters", 180, _l("Addresses of letters that were sent are kept for"), LOGS, 180)
CLOSED = days("closed_accounts", 365, _l("Contact details of closed accounts are kept for"), LAW)
OBJECTORS = days(
    "objectors", 730, _l("Who raised an objection is kept, after the answer, for"), LAW
)
DRAFTS = days(
    "drafts", 180, _l("What applications that were never submitted say of persons is kept for"), LAW
)
policy.register(REVEALS)
policy.chapter("privacy", _l("Personal data"))
