"""Recognising divisions as offices write them."""

from collections.abc import Callable, Sequence
from datetime import date

from core import clock
from core.divisions import names
from core.divisions.models import Division, Level
from core.divisions.queries import ancestors, the_district, upper_divisions

Keys = Callable[[str], Sequence[str]]


def find_street(written: str, on: date | None = None) -> Division | None:
    """Return the street that `written` means, or None.

    狮子山, 狮子山街道, 狮子山街道办事处, 书院街街街道, 成都市锦江区春熙路街道 and their like are
    recognised, with stray spaces and full-width letters. With `on`, only a street that stands on
    that day; without, one of any time, rather one of today, then the latest.
    """
    candidates = [it for it in upper_divisions() if it.level is Level.STREET]
    return _find(written, candidates, names.street_keys, on)


def find_community(
    written: str, street: Division | None = None, on: date | None = None
) -> Division | None:
    """Return the community that `written` means, in `street` or in the district, or None.

    With a street before it (春熙路街道净居寺社区) the community is looked for there.
    """
    name = _inside_district(written)
    if street is None and "街道" in name[:-2]:
        before, _sign, after = name.partition("街道")
        found = find_street(before, on)
        street, name = (found, after.removeprefix("办事处")) if found else (None, name)
    candidates = [
        it
        for it in upper_divisions()
        if it.level is Level.COMMUNITY and (street is None or it.parent_id == street.id)
    ]
    found = _find(name, candidates, lambda it: [names.community_key(it)], on)
    if found and street is None and _is_ambiguous(found, candidates, on):
        return None
    return found


def _is_ambiguous(found: Division, candidates: list[Division], on: date | None) -> bool:
    """Return whether another street has a community of the same name at the same time."""
    day = on or (clock.today() if found.stands_on(clock.today()) else found.valid_to)
    return any(
        it.name == found.name and it.parent_id != found.parent_id and it.stands_on(day)
        for it in candidates
        if day is not None
    )


def _inside_district(written: str) -> str:
    district = the_district()
    if district is None:
        return names.plain(written)
    uppers = [it.name for it in reversed([district, *ancestors(district)])]
    return names.without_prefix(written, uppers)


def _find(written: str, candidates: list[Division], keys: Keys, on: date | None) -> Division | None:
    """Return the candidate with the same key, the strictest kind of key first."""
    if on is not None:
        candidates = [it for it in candidates if it.stands_on(on)]
    for spelling in dict.fromkeys((names.plain(written), _inside_district(written))):
        for place, wanted in enumerate(keys(spelling)):
            same = [it for it in candidates if wanted and keys(it.name)[place] == wanted]
            if len({it.name for it in same}) == 1:
                return max(same, key=_preference)
    return None


def _preference(division: Division) -> tuple[bool, date, int]:
    today = clock.today()
    return division.stands_on(today), division.valid_to or date.max, division.id
