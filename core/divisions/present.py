"""Divisions as the map of a day shows them: what was merged stands for what went into it."""

from datetime import date

from core import clock
from core.divisions.models import Division, Level
from core.divisions.queries import shown_on
from core.memory import remembered


def shown_as(on: date | None = None, level: Level = Level.STREET) -> dict[int, int]:
    """Return by id what stands for each division there ever was on the map of a day (today).

    What was divided, or of which nobody recorded what it went into, stands for itself.
    """
    day = on or clock.today()

    def load() -> dict[int, int]:
        return {key: place.id if place else key for key, place in shown_on(day, level).items()}

    return remembered(Division, ("shown", level, day), load)


def stands_for(division_id: int, on: date | None = None, level: Level = Level.STREET) -> list[int]:
    """Return the ids of the divisions of a level that one stands for on the map of a day, itself first.

    One that does not stand on that day stands for itself alone.
    """
    merged = [key for key, place in shown_as(on, level).items() if place == division_id]
    return [division_id, *(key for key in merged if key != division_id)]
