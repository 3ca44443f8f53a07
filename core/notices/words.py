"""What is sent about notices."""

from core.i18n import _l
from core.messages import MessageTemplate

OBJECTION_RAISED = MessageTemplate(
    key="notices.objection_raised",
    subject=_l("Objection to the notice “%(title)s”"),
    body=_l("An objection was raised on %(at)s. Please answer it by %(due)s."),
    label=_l("An objection to a notice was raised: to the office"),
)
OBJECTION_RECEIVED = MessageTemplate(
    key="notices.objection_received",
    subject=_l("Your objection to “%(title)s” has arrived"),
    body=_l(
        "Your objection arrived on %(at)s. The office answers by %(due)s. "
        "The address below is yours alone: there you find the answer."
    ),
    label=_l("An objection to a notice was raised: to whoever raised it"),
)
OBJECTION_ANSWERED = MessageTemplate(
    key="notices.objection_answered",
    subject=_l("Answer to your objection to “%(title)s”"),
    body=_l("%(finding)s\n%(answer)s"),
    label=_l("An objection to a notice was answered"),
)
