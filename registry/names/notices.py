"""What holders of reserved names are told."""

from core.i18n import _l
from core.messages import MessageTemplate

ENDS_SOON = MessageTemplate(
    key="names.ends_soon",
    subject=_l("Your reserved name “%(name)s” is free again from %(day)s"),
    body=_l(
        "You have reserved the name “%(name)s” until %(last)s. Submit your application or renew the "
        "reservation by then; afterwards anybody may take the name."
    ),
    label=_l("A reserved name is free again soon: to whoever reserved it"),
)
ENDED = MessageTemplate(
    key="names.ended",
    subject=_l("The reservation of “%(name)s” has ended"),
    body=_l("The time of your reservation is over, and the name is free for others again."),
    label=_l("A reservation of a name has ended: to whoever reserved it"),
)
