"""Bodies take their new names on the day."""

from core.bodies import actions
from core.db import atomic
from core.jobs import job


@job("take_body_names", cron="5 0 * * *")
def take_body_names() -> str:
    """Give bodies the names whose day has come."""
    with atomic():
        return f"{actions.take_names()} bodies renamed"
