"""What groups are told of their yearly report."""

from core.i18n import _l
from core.messages import MessageTemplate

DUE = MessageTemplate(
    key="activity_reports.due",
    label=_l("A yearly activity report is due: to the group that owes it"),
    subject=_l("%(name)s: the report for %(year)s is due on %(day)s"),
    body=_l(
        "Please hand in the activity report of %(name)s for %(year)s by %(day)s: one page, round "
        "numbers are good enough. The button is on the group's page."
    ),
)
MISSED = MessageTemplate(
    key="activity_reports.missed",
    label=_l("A yearly activity report has not come in: to the group that owes it"),
    subject=_l("%(name)s: the report for %(year)s has not come in"),
    body=_l(
        "The activity report of %(name)s for %(year)s was due on %(day)s. Please hand it in now: the "
        "street sees which groups are silent, and a group that stays silent becomes dormant."
    ),
)
