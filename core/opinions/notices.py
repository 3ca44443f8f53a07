"""What bodies that are asked, and officers who ask, are told."""

from core.i18n import _l
from core.messages import MessageTemplate

ASKED = MessageTemplate(
    key="opinion.asked",
    subject=_l("%(office)s asks for an opinion: %(title)s"),
    body=_l(
        "%(office)s asks %(body)s for its opinion on %(title)s (%(number)s), by %(day)s.\n\n"
        "%(question)s\n\n"
        "Without an answer by then the case goes on without your opinion."
    ),
    label=_l("Another body is asked for its opinion"),
)
REMINDER = MessageTemplate(
    key="opinion.reminder",
    subject=_l("Opinion still open: %(title)s, by %(day)s"),
    body=_l(
        "The opinion of %(body)s on %(title)s (%(number)s) is still open; its last day is %(day)s. "
        "Without an answer by then the case goes on without your opinion."
    ),
    label=_l("An opinion is soon due"),
)
ANSWERED = MessageTemplate(
    key="opinion.answered",
    subject=_l("Opinion on %(title)s: %(body)s %(stance)s"),
    body=_l("%(body)s has answered on %(title)s (%(number)s): %(stance)s.\n\n%(answer)s"),
    label=_l("A body has given its opinion"),
)
LAPSED = MessageTemplate(
    key="opinion.lapsed",
    subject=_l("No opinion on %(title)s: %(body)s"),
    body=_l(
        "%(body)s gave no opinion on %(title)s (%(number)s) by %(day)s. The case goes on without it; "
        "its time limits have not changed."
    ),
    label=_l("A body gave no opinion in time"),
)
WITHDRAWN = MessageTemplate(
    key="opinion.withdrawn",
    subject=_l("Opinion no longer needed: %(title)s"),
    body=_l("The opinion of %(body)s on %(title)s (%(number)s) is no longer needed.\n%(reason)s"),
    label=_l("A question to another body was taken back"),
)
