"""What silence needs done without a person."""

from core import clock
from core.accounts import SYSTEM
from core.db import db
from core.i18n import _l
from core.jobs import each, job
from registry.dormancy import actions, queries
from registry.organizations.models import Organization


@job(
    "watch_silent_groups",
    cron="0 9 * * *",
    catch_up=True,
    does=_l(
        "Remind groups that have gone silent, and make those dormant that stayed so; one at a time."
    ),
    tells=_l("%(a)s groups reminded, %(b)s dormant"),
)
def watch_silent_groups() -> str:
    def watch(organization_id: int) -> str:
        return actions.watch(db.session.get_one(Organization, organization_id), by=SYSTEM)

    done = each("group", queries.list_warned(clock.today()), watch)
    return f"{done.count('told')} groups reminded, {done.count('dormant')} dormant"
