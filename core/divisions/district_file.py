"""A district's facts as a TOML file: its names, its streets through the years, its figures.

`code` and `name` are of today. `[streets_2004_2019]` and `[streets_2019]` list `names`; each list
begins where the one before it ends. A list may say its first day (`from = 2019-12-26`). Without
it, the first list begins on 1 January of its year, and a later one on 31 December: the year of
the change still belongs to the streets of old, its yearbook to the new ones.
`[communities]` lists a street's communities, `[successors]` what an abolished street went into.
`[street_figures."2020-11-01"]` gives a figure of each street on a day: `population = { "春熙路" = 60000 }`.
`[sources]` says who published which figure: `population = "第七次全国人口普查"`.
Everything else is a figure: `area_km2 = 61.12` lasting, `population = { "2020-11-01" = 902933 }`
by day, `[june_2010]` and `[y2014]` as at the end of the month or year they name.
"""

import calendar
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from core.divisions import names
from core.divisions.street_lists import StreetList, StreetNode, first_days, nodes
from core.errors import RuleBroken
from core.i18n import _

_STREETS = re.compile(r"streets_(\d{4})(?:_(\d{4}))?")
_MONTH = re.compile(rf"({'|'.join(m.lower() for m in calendar.month_name if m)})_(\d{{4}})")
_YEAR = re.compile(r"y(\d{4})")
_MONTHS = [name.lower() for name in calendar.month_name]


@dataclass(frozen=True)
class Figure:
    """A figure of the district, or of the street that is named, and who published it."""

    key: str
    on: date | None
    value: Decimal
    street: str = ""
    source: str = ""


@dataclass
class DistrictFile:
    """What a file says. Streets and communities carry their full names."""

    code: str = ""
    city: str | None = None
    name: str = ""
    streets: list[StreetNode] = field(default_factory=list)
    communities: dict[str, list[str]] = field(default_factory=dict)
    successors: dict[str, list[str]] = field(default_factory=dict)
    figures: list[Figure] = field(default_factory=list)


class _Reader:
    """Reads the parts of a file and gathers what is wrong with them."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.content = content
        self.problems: list[str] = []
        self.district = DistrictFile()

    def blame(self, key: str, why: str) -> None:
        self.problems.append(_("%(key)s: %(why)s", key=key, why=why))

    def read(self) -> DistrictFile:
        rest = dict(self.content)
        self._read_names(rest.pop("code", None), rest.pop("name", None))
        lists = [key for key in rest if _STREETS.fullmatch(key)]
        self._read_streets({key: rest.pop(key) for key in lists})
        self.district.communities = self._read_map("communities", rest.pop("communities", {}))
        self.district.successors = self._read_map("successors", rest.pop("successors", {}))
        sources, of_streets = rest.pop("sources", {}), rest.pop("street_figures", {})
        found = [it for key, value in rest.items() for it in self._figures(key, value)]
        found += self._street_figures(of_streets)
        self.district.figures = [replace(it, source=self._source(sources, it.key)) for it in found]
        if self.problems:
            raise RuleBroken("\n".join(self.problems), field="file")
        return self.district

    def _read_names(self, code: Any, name: Any) -> None:
        if not isinstance(code, str) or not re.fullmatch(r"\d{6}", code):
            self.blame("code", _('six digits by GB/T 2260 are needed, e.g. "510104".'))
        else:
            self.district.code = code
        if not isinstance(name, str) or not 0 < len(names.plain(name)) <= 100:
            self.blame("name", _('the district\'s name is needed, e.g. "成都市锦江区".'))
        else:
            self.district.city, self.district.name = names.split_district(name)

    # --- streets

    def _read_streets(self, tables: dict[str, Any]) -> None:
        lists = sorted(
            (it for key, table in tables.items() if (it := self._street_list(key, table))),
            key=lambda it: it.year,
        )
        if not tables:
            self.blame("streets_2019", _("at least one list of streets is needed."))
        if not lists or self.problems:
            return
        for one, after in zip(lists, [*lists[1:], None], strict=True):
            if after is None and one.until is not None:
                self.blame(one.key, _("the last list must be open; which streets came after it?"))
            if after is not None and one.until != after.year:
                words = _("it must end in the year in which %(next)s begins.", next=after.key)
                self.blame(one.key, words)
        starts = first_days(lists)
        if starts != sorted(set(starts)):
            self.blame(lists[-1].key, _("the lists' first days are not in order."))
        elif not self.problems:
            self.district.streets = list(nodes(lists, starts))

    def _street_list(self, key: str, table: Any) -> StreetList | None:
        said = _STREETS.fullmatch(key)
        assert said
        if not isinstance(table, dict) or not _are_names(table.get("names")):
            self.blame(key, _("names must be a list of street names."))
            return None
        if unknown := sorted(set(table) - {"names", "from"}):
            self.blame(f"{key}.{unknown[0]}", _("this key is not known."))
        first_day = table.get("from")
        if first_day is not None and (
            type(first_day) is not date or first_day.year != int(said[1])
        ):
            self.blame(f"{key}.from", _("a day of that year is needed, e.g. 2019-12-26."))
            return None
        streets = [names.street_name(name) for name in table["names"]]
        for name in sorted({name for name in streets if streets.count(name) > 1}):
            self.blame(key, _("%(name)s stands in the list twice.", name=name))
        until = int(said[2]) if said[2] else None
        return StreetList(key, int(said[1]), until, first_day, streets)

    # --- communities and successors

    def _read_map(self, key: str, table: Any) -> dict[str, list[str]]:
        """Return street → names. What is listed under `successors` are streets too."""
        if not isinstance(table, dict):
            self.blame(key, _('street = ["name", …] is expected.'))
            return {}
        full = names.street_name if key == "successors" else names.community_name
        known = {street.name for street in self.district.streets}
        result: dict[str, list[str]] = {}
        for street, listed in table.items():
            name = names.street_name(street)
            if self.district.streets and name not in known:
                self.blame(f"{key}.{street}", _("no list of streets has this street."))
            if not _are_names(listed):
                self.blame(f"{key}.{street}", _("a list of names is expected."))
                continue
            result[name] = [full(it) for it in listed]
            if len(set(result[name])) < len(result[name]):
                self.blame(f"{key}.{street}", _("a name stands in the list twice."))
            if key == "successors":
                self._check_successors(street, name, result[name])
        return result

    def _check_successors(self, written: str, old: str, new: list[str]) -> None:
        ends = {street.name: street for street in self.district.streets}
        if old in ends and ends[old].valid_to is None:
            self.blame(f"successors.{written}", _("this street still stands."))
        for name in new:
            if self.district.streets and name not in ends:
                words = _("%(name)s is in no list of streets.", name=name)
                self.blame(f"successors.{written}", words)

    # --- figures

    def _figures(self, key: str, value: Any) -> Iterator[Figure]:
        if not isinstance(value, dict):
            yield from self._figure(key, key, None, value)
            return
        day = _day_named(key)
        for name, figure in value.items():
            if day is not None:
                yield from self._figure(f"{key}.{name}", name, day, figure)
                continue
            try:
                on = date.fromisoformat(name)
            except ValueError:
                self.blame(f"{key}.{name}", _('a figure\'s day is expected, e.g. "2020-11-01".'))
                continue
            yield from self._figure(f"{key}.{name}", key, on, figure)

    def _street_figures(self, tables: Any) -> Iterator[Figure]:
        known = {street.name for street in self.district.streets}
        for day, table in tables.items() if isinstance(tables, dict) else ():
            where = f"street_figures.{day}"
            try:
                on = date.fromisoformat(day)
            except ValueError:
                self.blame(where, _('a figure\'s day is expected, e.g. "2020-11-01".'))
                continue
            for key, of_streets in table.items() if isinstance(table, dict) else ():
                if not isinstance(of_streets, dict):
                    self.blame(f"{where}.{key}", _("street = number is expected."))
                    continue
                for written, value in of_streets.items():
                    street = names.street_name(written)
                    if street not in known:
                        words = _("no list of streets has this street.")
                        self.blame(f"{where}.{key}.{written}", words)
                    for it in self._figure(f"{where}.{key}.{written}", key, on, value):
                        yield replace(it, street=street)

    def _source(self, sources: Any, key: str) -> str:
        said = sources.get(key, "") if isinstance(sources, dict) else None
        if not isinstance(said, str) or len(said) > 200:
            self.blame(f"sources.{key}", _("a text of at most 200 signs is expected."))
            return ""
        return said

    def _figure(self, where: str, key: str, on: date | None, value: Any) -> Iterator[Figure]:
        if isinstance(value, bool) or not isinstance(value, int | float) or len(key) > 60:
            self.blame(where, _("a number is expected."))
            return
        figure = Decimal(str(value))
        fits = figure.is_finite() and abs(figure) < 10**12
        if not fits or figure != round(figure, 2):
            self.blame(where, _("the number is too large or has more than two decimals."))
            return
        yield Figure(key, on, figure)


def _are_names(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(it, str) and 0 < len(names.plain(it)) <= 90 for it in value)
    )


def _day_named(key: str) -> date | None:
    """Return the last day of the month or year a table is named after, or None."""
    if said := _MONTH.fullmatch(key):
        month, year = _MONTHS.index(said[1]), int(said[2])
        return date(year, month, calendar.monthrange(year, month)[1])
    if said := _YEAR.fullmatch(key):
        return date(int(said[1]), 12, 31)
    return None


def read_district(text: str) -> DistrictFile:
    """Return what the file says. Raises RuleBroken with every mistake: its key and the reason."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as refused:
        words = _("The file is not TOML: %(why)s", why=str(refused))
        raise RuleBroken(words, field="file") from None
    return _Reader(content).read()
