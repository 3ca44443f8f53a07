"""What followers are told."""

from core.i18n import _l
from core.messages import MessageTemplate

CHANGED = MessageTemplate(
    key="follow.changed",
    subject=_l("%(name)s: %(what)s"),
    body=_l("%(name)s (%(number)s)\n%(day)s: %(words)s\n\nTo stop these messages: %(leave)s"),
    label=_l("Something followed has changed: to the follower, at once"),
)
DIGEST = MessageTemplate(
    key="follow.digest",
    subject=_l("%(count)s changes to what you follow"),
    body=_l("%(changes)s\n\nTo stop or change these messages: %(leave)s"),
    label=_l("Something followed has changed: to the follower, once a day"),
)
