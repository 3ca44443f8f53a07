"""What yearly reports need done without a person."""

from datetime import timedelta

from core import clock, policy
from core.db import db
from core.i18n import _l
from core.jobs import each, job
from registry.activity_reports import queries, rules
from registry.activity_reports.notices import DUE, MISSED
from registry.activity_reports.policy import REMINDER_DAYS
from registry.organizations.models import Organization
from registry.organizations.reminders import remind


@job(
    "remind_of_activity_report",
    cron="50 8 * * *",
    does=_l(
        "Tell groups that owe a report: when the year has ended, near its last day, and after it."
    ),
    tells=_l("%(a)s groups reminded"),
)
def remind_of_activity_report() -> str:
    """Tell groups that owe a report: when the year has ended, near its last day, and after it.

    Each once for each year; only what holds today is told.
    """
    today = clock.today()
    year = rules.reported_year(today)
    due = queries.due_on(year)
    near = due - timedelta(days=int(policy.value(REMINDER_DAYS)))
    stage = "missed" if today > due else "last" if today >= near else "first"
    words = MISSED if stage == "missed" else DUE
    silent = db.select(Organization.id).where(queries.owed(year), ~queries.handed_in(year))
    facts = {"year": str(year), "day": due}

    def tell(organization_id: int) -> bool:
        organization = db.session.get_one(Organization, organization_id)
        return remind(organization, f"report:{year}:{stage}", words, facts)

    told = each("group", db.session.scalars(silent.order_by(Organization.id)).all(), tell)
    return f"{sum(told)} groups reminded"
