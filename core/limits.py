"""How often one address may ask: counted in memory over a moving window, each process for itself.

Behind n worker processes an address gets at most n times the limit: enough against a crawler,
while a guessed password is counted in the database (core.accounts).
"""

import ipaddress
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import wraps
from math import ceil
from typing import Literal, ParamSpec, TypeVar

from flask import Flask, current_app, request
from werkzeug.exceptions import TooManyRequests

from core import clock
from core.config import Settings
from core.i18n import _

Name = Literal["api", "search", "verify", "form"]
P = ParamSpec("P")
R = TypeVar("R")

SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}
#: Addresses remembered at once; the longest silent are forgotten first.
REMEMBERED = 20_000


@dataclass(frozen=True)
class Limit:
    """So many times in a period; written "120 per minute"."""

    times: int
    period: timedelta

    @classmethod
    def parse(cls, text: str) -> "Limit":
        times, unit = text.split(" per ")
        return cls(int(times), timedelta(seconds=SECONDS[unit]))

    def __str__(self) -> str:
        """In words, in the reader's language."""
        words = {
            SECONDS["second"]: _("%(n)d times a second", n=self.times),
            SECONDS["minute"]: _("%(n)d times a minute", n=self.times),
            SECONDS["hour"]: _("%(n)d times an hour", n=self.times),
            SECONDS["day"]: _("%(n)d times a day", n=self.times),
        }
        return words[int(self.period.total_seconds())]


@dataclass
class Counter:
    """The moments at which each caller was let in, by the name of the limit."""

    limits: dict[str, Limit]
    seen: dict[tuple[str, str], deque[datetime]] = field(default_factory=dict)

    def wait(self, name: str, caller: str) -> timedelta | None:
        """Let `caller` in and return None, or return how long they have to wait."""
        limit, at = self.limits[name], clock.now()
        moments = self.seen.pop((name, caller), None)
        if moments is None:
            moments = deque(maxlen=limit.times)
        # Put back last: the dictionary stays ordered by who asked most recently.
        self.seen[name, caller] = moments
        if len(self.seen) > REMEMBERED:
            del self.seen[next(iter(self.seen))]
        if len(moments) == limit.times and moments[0] > at - limit.period:
            return moments[0] + limit.period - at
        moments.append(at)
        return None


def caller() -> str:
    """Return whom a request is counted for: its address; of IPv6 the /64 a household gets."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False))


def limited(name: Name) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Answer 429 with `Retry-After` where an address asks a page more often than `name` allows.

    The numbers are the settings API_LIMIT, SEARCH_LIMIT, VERIFY_LIMIT and FORM_LIMIT. "form" is
    for what anybody may send in without an account, and counts sending, not looking.
    Stands below `page_for`, next to the view.
    """

    def wrap(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def counted(*args: P.args, **kwargs: P.kwargs) -> R:
            counter: Counter | None = current_app.extensions["limits"]
            if counter is not None and not (name == "form" and request.method != "POST"):
                rest = counter.wait(name, caller())
                if rest is not None:
                    raise TooManyRequests(retry_after=ceil(rest.total_seconds()))
            return view(*args, **kwargs)

        return counted

    return wrap


def init_app(app: Flask, settings: Settings) -> None:
    """Count for this application, unless RATE_LIMITS says no or, unsaid, in tests."""
    counting = settings.RATE_LIMITS
    if counting is None:
        counting = settings.APP_ENV != "testing"
    app.extensions["limits"] = (
        Counter(
            {
                "api": Limit.parse(settings.API_LIMIT),
                "search": Limit.parse(settings.SEARCH_LIMIT),
                "verify": Limit.parse(settings.VERIFY_LIMIT),
                "form": Limit.parse(settings.FORM_LIMIT),
            }
        )
        if counting
        else None
    )
