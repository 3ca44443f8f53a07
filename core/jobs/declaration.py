"""What runs and when: declarations, and the slots they give."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from apscheduler.triggers.cron import CronTrigger

from core.clock import OFFICE_ZONE
from core.errors import Words

Work = Callable[[], str | None]

EPOCH = datetime(2000, 1, 1, tzinfo=OFFICE_ZONE).astimezone(UTC)
#: How far to look back for the last slot of a table of times, until one is found.
WINDOWS = (timedelta(hours=1), timedelta(days=1), timedelta(days=32), timedelta(days=367))


class Schedule(Protocol):
    """A rule that gives moments, the same on every machine."""

    def latest(self, at: datetime) -> datetime:
        """Return the last slot not after `at`."""
        ...

    def following(self, slot: datetime) -> datetime:
        """Return the first slot after the moment `slot`."""
        ...


@dataclass(frozen=True)
class Every:
    """Slots at a fixed distance, counted from the first midnight of 2000 at the office."""

    distance: timedelta

    def latest(self, at: datetime) -> datetime:
        return EPOCH + (at - EPOCH) // self.distance * self.distance

    def following(self, slot: datetime) -> datetime:
        return self.latest(slot) + self.distance

    def __str__(self) -> str:
        return f"every {self.distance}"


@dataclass(frozen=True)
class Cron:
    """Slots of a crontab line, read as the office's wall clock."""

    line: str

    def latest(self, at: datetime) -> datetime:
        for window in WINDOWS:
            found = None
            for slot in self._from(at - window):
                if slot > at:
                    break
                found = slot
            if found is not None:
                return found
        raise ValueError(f"{self.line!r} gives no slot in a year")

    def following(self, slot: datetime) -> datetime:
        return next(self._from(slot + timedelta(microseconds=1)))

    def _from(self, moment: datetime) -> Iterator[datetime]:
        trigger = CronTrigger.from_crontab(self.line, timezone=OFFICE_ZONE)
        previous, earliest = None, moment.astimezone(OFFICE_ZONE)
        while (slot := trigger.get_next_fire_time(previous, earliest)) is not None:
            yield slot.astimezone(UTC)
            previous = earliest = slot

    def __str__(self) -> str:
        return self.line


@dataclass(frozen=True)
class Job:
    """One piece of work. `lease`: a run silent for longer than this has died.

    `does` says in a sentence what for; `tells` are the words of its result with %(a)s, %(b)s … for
    the numbers in it, so that a result kept in English can be read in another language.
    """

    name: str
    work: Work
    schedule: Schedule
    catch_up: bool
    lease: timedelta
    does: Words = ""
    tells: Words = ""


#: All jobs, by name, in the order of declaration.
declared: dict[str, Job] = {}


def job(
    name: str,
    *,
    every: timedelta | None = None,
    cron: str | None = None,
    catch_up: bool = False,
    lease: timedelta = timedelta(minutes=15),
    does: Words = "",
    tells: Words = "",
) -> Callable[[Work], Work]:
    """Declare the function below as a job, by a distance in time or by a crontab line.

    With `catch_up` every slot missed since the last run is run; without, only the latest one.
    """
    if (every is None) == (cron is None):
        raise ValueError(f"{name}: either every or cron")
    schedule: Schedule = Every(every) if every is not None else Cron(cron or "")

    def declare(work: Work) -> Work:
        if name in declared and declared[name].work.__module__ != work.__module__:
            raise ValueError(f"two jobs are called {name}")
        declared[name] = Job(name, work, schedule, catch_up, lease, does, tells)
        return work

    return declare
