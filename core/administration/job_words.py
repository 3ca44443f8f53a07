"""What a job and its runs are called on a page: when it runs, what became of it, what it told."""

import re
from datetime import timedelta
from string import ascii_lowercase

from flask_babel import force_locale

from core.i18n import _, ngettext
from core.jobs.declaration import Cron, Every, Schedule, declared
from core.jobs.models import JobRun, Outcome
from core.jobs.queries import has_died

DAILY = re.compile(r"(\d+) (\d+) \* \* \*")
NUMBER = re.compile(r"\d+")
DAY = timedelta(days=1)


def said_schedule(schedule: Schedule) -> str:
    """Return when a job runs: every 5 minutes, daily at 03:40; a crontab line where it is more."""
    if isinstance(schedule, Every):
        return _("every %(time)s", time=said_time(schedule.distance))
    daily = DAILY.fullmatch(schedule.line) if isinstance(schedule, Cron) else None
    if daily:
        return _("daily at %(time)s", time=f"{int(daily[2]):02}:{int(daily[1]):02}")
    return str(schedule)


def said_time(length: timedelta) -> str:
    """Return a length of time in its largest whole unit, below a second as such."""
    seconds = length.total_seconds()
    if seconds < 1:
        return _("less than a second")
    if seconds >= 36_000 or (seconds >= 3600 and seconds % 3600 == 0):
        return ngettext("%(num)d hour", "%(num)d hours", round(seconds / 3600))
    if seconds >= 600 or (seconds >= 60 and seconds % 60 == 0):
        return ngettext("%(num)d minute", "%(num)d minutes", round(seconds / 60))
    return ngettext("%(num)d second", "%(num)d seconds", round(seconds))


def said_outcome(run: JobRun | None) -> tuple[str, str]:
    """Return what became of a run, and the tone of its tag."""
    if run is None:
        return _("Not yet"), "grey"
    if run.outcome is Outcome.DONE:
        return _("Done"), "green"
    if run.outcome is Outcome.FAILED:
        return _("Failed"), "red"
    return (_("Broken off"), "red") if has_died(run) else (_("Running"), "blue")


def said_result(run: JobRun) -> str:
    """Return what a run told, in the reader's language; as it was kept where that is not known."""
    if run.result == "nothing due":
        return _("nothing was due")
    job = declared.get(run.job)
    filled = dict(zip(ascii_lowercase, NUMBER.findall(run.result), strict=False))
    if job is None or not job.tells:
        return run.result
    with force_locale("en"):  # in which results are kept
        kept = str(job.tells)
    try:
        return str(job.tells) % filled if kept % filled == run.result else run.result
    except KeyError:
        return run.result
