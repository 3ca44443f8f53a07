"""What groups are told of the end of their filing."""

from core.i18n import _l
from core.messages import MessageTemplate

ENDING = MessageTemplate(
    key="renewals.ending",
    label=_l("A filing ends soon: to its group"),
    subject=_l("The filing of %(name)s ends on %(day)s"),
    body=_l(
        "The filing receipt of %(name)s holds until %(day)s.\n"
        "If the group goes on, please renew the filing by then: one page, five minutes. "
        "The button is on the group's page."
    ),
)
ENDED = MessageTemplate(
    key="renewals.ended",
    label=_l("A filing has ended without renewal: to its group"),
    subject=_l("The filing of %(name)s has ended"),
    body=_l(
        "The filing receipt of %(name)s held until %(day)s and was not renewed.\n"
        "Please renew it now if the group goes on. A group that gives no sign of life "
        "becomes dormant later and can then be cancelled."
    ),
)
