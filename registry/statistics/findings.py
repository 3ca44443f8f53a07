"""The titles of the pictures: what the figures say, in words computed from the figures."""

from collections.abc import Sequence

from core.i18n import _, ngettext


def grew(what: str, values: Sequence[int], first: str, last: str) -> str:
    """Return how a stock went from the end of the month `first` to the end of `last`."""
    low, high = values[0], values[-1]
    words = {"what": what, "low": f"{low:,}", "high": f"{high:,}", "first": first, "last": last}
    if low == high:
        return _("%(first)s to %(last)s: %(what)s unchanged at %(high)s", **words)
    if high > low:
        return _("%(first)s to %(last)s: %(what)s up from %(low)s to %(high)s", **words)
    return _("%(first)s to %(last)s: %(what)s down from %(low)s to %(high)s", **words)


def tracks(registered: int, filed: int) -> str:
    """Return how many there are of the two tracks."""
    if not registered + filed:
        return _("Nothing stands on the register yet")
    return _(
        "%(total)s organizations stand on the register, %(share)s of them filed groups",
        total=f"{registered + filed:,}",
        share=share(filed, registered + filed),
    )


def flow(year: int, founded: int, ended: int) -> str:
    """Return what came and went in a year."""
    if not founded + ended:
        return _("In %(year)d no organization was founded and none ended", year=year)
    words = {"year": year, "founded": f"{founded:,}", "ended": f"{ended:,}"}
    return _("In %(year)d %(founded)s organizations were founded and %(ended)s ended", **words)


def most(counted: Sequence[tuple[str, int]], nothing: str) -> str:
    """Return which of some named counts is the largest; equal ones are named together."""
    total = sum(n for _name, n in counted)
    if not total:
        return nothing
    high = max(n for _name, n in counted)
    names = [name for name, n in counted if n == high]
    return _(
        "%(names)s: the most, %(n)s of %(total)s (%(share)s)",
        names=_(", ").join(names[:3]),
        n=f"{high:,}",
        total=f"{total:,}",
        share=share(high, total),
    )


def peak(years: Sequence[tuple[str, int]], known: int) -> str:
    """Return in which year most came, the latest of equal ones, and what share of all.

    Only years from `known` on are compared: of those before, what ended is not on record.
    """
    compared = [(year, n) for year, n in years if int(year) >= known]
    total = sum(n for _year, n in compared)
    if not sum(n for _year, n in years):
        return _("No organization was founded in these years")
    some = [it for it in compared if it[1]]
    if len(some) < 2:  # of a single year nothing can be the most
        year, n = (some or years)[-1]
        return ngettext(
            "In %(year)s %(num)d organization was founded",
            "In %(year)s %(num)d organizations were founded",
            n,
            year=year,
        )
    high = max(n for _year, n in compared)
    year = [it for it, n in compared if n == high][-1]
    return _(
        "Most were founded in %(year)s: %(n)s, %(share)s of those since %(first)s",
        year=year,
        n=f"{high:,}",
        share=share(high, total),
        first=compared[0][0],
    )


def density(years: Sequence[tuple[int, int | None]]) -> str:
    """Return how many people there are for an organization, and how many there once were."""
    known = [(year, people) for year, people in years if people is not None]
    if not known:
        return _("How many people there are for an organization is not known")
    (first, once), (last, now) = known[0], known[-1]
    if first == last or once == now:
        return _("One organization for %(n)s people in %(year)d", n=f"{now:,}", year=last)
    return _(
        "One organization for %(n)s people in %(year)d; in %(first)d for %(once)s",
        n=f"{now:,}",
        year=last,
        first=first,
        once=f"{once:,}",
    )


def density_of_streets(people: Sequence[tuple[str, int]]) -> str:
    """Return where organizations are densest and where they are thinnest."""
    if not people:
        return _("The population of the streets is not known")
    dense, thin = min(people, key=lambda it: it[1]), max(people, key=lambda it: it[1])
    return _(
        "One organization for %(low)s people in %(dense)s, for %(high)s in %(thin)s",
        low=f"{dense[1]:,}",
        dense=dense[0],
        high=f"{thin[1]:,}",
        thin=thin[0],
    )


def times(decided: int, in_promise: int) -> str:
    """Return how many of the decisions came within the promise."""
    if not decided:
        return _("Nothing was decided in this time")
    if decided == in_promise:
        return ngettext(
            "The one decision came within the time promised",
            "All %(num)d decisions came within the time promised",
            decided,
        )
    return _(
        "%(share)s of %(n)s decisions came within the time promised",
        share=share(in_promise, decided),
        n=f"{decided:,}",
    )


def share(part: int, whole: int) -> str:
    """Return a part as 42.5 %, never rounded up to all or down to nothing."""
    tenths = part * 1000 / whole
    rounded = min(max(round(tenths), 1 if part else 0), 1000 if part == whole else 999)
    return f"{rounded / 10:g}%"
