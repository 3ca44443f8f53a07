"""What silent groups and their street are told."""

from core.i18n import _l
from core.messages import MessageTemplate

SILENT = MessageTemplate(
    key="dormancy.silent",
    label=_l("A group gives no sign of life: to the group"),
    subject=_l("%(name)s: no sign of life since %(since)s"),
    body=_l(
        "Since %(since)s neither an activity report nor a renewal has come from %(name)s.\n"
        "If nothing comes by %(day)s, the group becomes dormant. Handing in the yearly report or "
        "renewing the filing is enough; both are on the group's page."
    ),
)
DORMANT = MessageTemplate(
    key="dormancy.dormant",
    label=_l("A group has become dormant: to the group and its street"),
    subject=_l("%(name)s is dormant"),
    body=_l(
        "Since %(since)s neither an activity report nor a renewal has come from %(name)s; the group "
        "is now dormant, and the register says so.\n"
        "Renewing the filing makes it active again. If it stays dormant, the street can announce "
        "and then cancel the filing."
    ),
)
