"""What people are told before a deadline of theirs."""

from core.i18n import _l
from core.messages import MessageTemplate

NEAR = MessageTemplate(
    key="oversight.deadline_near",
    subject=_l("By %(day)s: %(title)s"),
    body=_l("%(title)s (%(number)s): %(state)s. The last day is %(day)s, %(left)s.\n%(then)s"),
    label=_l("The deadline of a case is near"),
)
