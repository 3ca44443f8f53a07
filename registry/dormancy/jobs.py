"""What silence needs done without a person."""

from core import clock
from core.accounts import SYSTEM
from core.db import atomic, db
from core.i18n import _l
from core.jobs import job
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
    done = {"told": 0, "dormant": 0, "": 0}
    for organization_id in queries.list_warned(clock.today()):
        with atomic():
            organization = db.session.get_one(Organization, organization_id)
            done[actions.watch(organization, by=SYSTEM)] += 1
    return f"{done['told']} groups reminded, {done['dormant']} dormant"
