"""Bodies take their new names on the day."""

from core.bodies import actions
from core.db import atomic
from core.i18n import _l
from core.jobs import job


@job(
    "take_body_names",
    cron="5 0 * * *",
    does=_l("Give bodies the names whose day has come."),
    tells=_l("%(a)s bodies renamed"),
)
def take_body_names() -> str:
    with atomic():
        return f"{actions.take_names()} bodies renamed"
