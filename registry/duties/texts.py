"""What a duty list consists of, and how it is read from a table of comma-separated values."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask import render_template, url_for
from markupsafe import Markup

from core.db import JsonDict
from core.divisions import Level
from core.editions import EditionKind, in_force
from core.errors import RuleBroken, Words
from core.guides.queries import short_names
from core.i18n import _, _l

#: The lists there are: 街道职责清单, 权责清单.
LISTS: dict[str, Words] = {
    "streets": _l("Duties of the streets"),
    "powers": _l("Powers and responsibilities of the bureau"),
}
#: Columns of the table as the offices write it, and what each is called here.
COLUMNS = {
    "序号": "number",
    "领域": "field",
    "职责": "duty",
    "层级": "level",
    "责任单位": "division",
    "依据": "basis",
    "下放时间": "passed_down_on",
    "办事指南": "guide",
}
LABELS: dict[str, Words] = {
    "number": _l("No."),
    "field": _l("Field of duties"),
    "duty": _l("Duty"),
    "level": _l("Level"),
    "division": _l("Responsible"),
    "basis": _l("Legal basis"),
    "passed_down_on": _l("Passed down since"),
    "guide": _l("Service guide"),
}
NEEDED = ("number", "field", "duty", "level", "division", "basis")
LEVELS = {"市": Level.CITY, "区": Level.DISTRICT, "街道": Level.STREET, "社区": Level.COMMUNITY}
WRITTEN = {level.value: word for word, level in LEVELS.items()}
MOST, LONGEST = 500, 500

Duty = Mapping[str, str]


def read_table(text: str) -> list[dict[str, str]]:
    """Return the duties of a table whose first line names the columns.

    Raises RuleBroken("table") with every mistake, one a line, each with its line number.
    """
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff").strip())))
    head = [cell.strip() for cell in rows[0]] if rows else []
    if head != list(COLUMNS):
        words = _("Line 1 must read: %(columns)s", columns=",".join(COLUMNS))
        raise RuleBroken(words, field="table")
    duties: list[dict[str, str]] = []
    problems: list[str] = []
    for number, cells in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in cells):
            duty, mistakes = _read_line([cell.strip() for cell in cells])
            problems += [_("Line %(n)d: %(why)s", n=number, why=it) for it in mistakes]
            duties.append(duty)
    numbers = [it.get("number", "") for it in duties]
    problems += [
        _("The number %(number)s is given to two duties.", number=it)
        for it in sorted({n for n in numbers if n and numbers.count(n) > 1})
    ]
    if not duties:
        problems.append(_("The table holds no duty."))
    if len(duties) > MOST:
        problems.append(_("A list has at most %(n)d duties.", n=MOST))
    if problems:
        raise RuleBroken("\n".join(problems[:30]), field="table")
    return duties


def _read_line(cells: list[str]) -> tuple[dict[str, str], list[str]]:
    if len(cells) != len(COLUMNS):
        why = _("a line has %(m)d fields, this one has %(n)d.", m=len(COLUMNS), n=len(cells))
        return {}, [why]
    duty = dict(zip(COLUMNS.values(), cells, strict=True))
    mistakes = [
        _("“%(column)s” is empty.", column=str(LABELS[name])) for name in NEEDED if not duty[name]
    ]
    if any(len(cell) > LONGEST for cell in cells):
        mistakes.append(_("a field is longer than %(n)d characters.", n=LONGEST))
    if duty["level"] and duty["level"] not in LEVELS:
        known = _(", ").join(LEVELS)
        mistakes.append(
            _("“%(level)s” is no level; write one of: %(known)s", level=duty["level"], known=known)
        )
    else:
        duty["level"] = LEVELS[duty["level"]].value if duty["level"] else ""
    if duty["passed_down_on"]:
        try:
            date.fromisoformat(duty["passed_down_on"])
        except ValueError:
            words = _("“%(day)s” is not a day; write it as 2027-02-06.", day=duty["passed_down_on"])
            mistakes.append(words)
    return duty, mistakes


def written_table(duties: Iterable[Duty]) -> str:
    """Return duties as the table `read_table` reads."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for duty in duties:
        words = {**duty, "level": WRITTEN.get(duty["level"], duty["level"])}
        writer.writerow(words[name] for name in COLUMNS.values())
    return out.getvalue()


def check(key: str, content: JsonDict) -> JsonDict:
    """Return a list as it is kept: {"note", "duties"}; it is given as {"note", "table"}."""
    if key not in LISTS:
        raise RuleBroken(_("There is no such duty list."))
    duties = content["duties"] if "duties" in content else read_table(content["table"])
    known = short_names()
    missing = [it["guide"] for it in duties if it["guide"] and it["guide"] not in known]
    if missing:
        words = _("There is no service guide called %(keys)s.", keys=_(", ").join(missing))
        raise RuleBroken(words, field="table")
    return {"note": " ".join((content.get("note") or "").split())[:500], "duties": duties}


def title(key: str) -> str:
    return str(LISTS.get(key, key))


def rows(key: str, content: JsonDict) -> list[tuple[Words, str]]:
    """Return one row a duty, so that a difference names the duty that changed."""
    said: list[tuple[Words, str]] = [(_("Note"), content["note"])]
    for it in content["duties"]:
        words = " · ".join(
            part
            for part in (
                it["field"],
                it["duty"],
                level_label(it["level"]),
                it["division"],
                it["basis"],
                it["passed_down_on"],
                it["guide"],
            )
            if part
        )
        said.append((_("No. %(number)s", number=it["number"]), words))
    return said


def level_label(value: str) -> str:
    """Return a level in words; as it is written where the tree knows no such level."""
    return Level(value).label if value in set(Level) else value


def shown(key: str, content: JsonDict) -> Markup:
    """Return the list as the public reads it."""
    drawn = render_template("duties/duty_table.html", fields=by_field(content["duties"]))
    return Markup(drawn)  # noqa: S704 - own template


def by_field(duties: Iterable[Duty]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return duties under their fields, both in the order of the list; days as days."""
    fields: dict[str, list[dict[str, Any]]] = {}
    for duty in duties:
        written = duty["passed_down_on"]
        since = date.fromisoformat(written) if written else None
        fields.setdefault(duty["field"], []).append({**duty, "passed_down_on": since})
    return list(fields.items())


def present(key: str) -> JsonDict:
    """Return the list in force; an empty one before the first version."""
    edition = in_force(DUTY_LIST, key)
    return edition.content if edition else {"note": "", "duties": []}


DUTY_LIST = EditionKind(
    name="duty_list",
    label=_l("Duty list"),
    check=check,
    title=title,
    address=lambda key: url_for("duties.duty_edit", key=key),
    rows=rows,
    shown=shown,
)
