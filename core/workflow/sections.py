"""The sections of an application: their forms, what is missing in them, and how they read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flask import url_for
from wtforms import BooleanField, SelectFieldBase, SelectMultipleField

from core import attachments
from core.i18n import _, day, money
from core.workflow.application import DocumentSlot, Section
from core.workflow.forms import asked_form
from core.workflow.models import Case
from core.workflow.steps import Finding

if TYPE_CHECKING:
    from core.workflow.corrections import Earlier


@dataclass(frozen=True)
class TaskView:
    """A section in the task list."""

    title: str
    state: str
    url: str
    hint: str


@dataclass(frozen=True)
class SlotView:
    """A paper that is asked for, with the files that were handed in for it.

    Of an application that came back from an office: the ids of those that are `new` since then, and
    those that the office had and that are `gone`.
    """

    slot: DocumentSlot
    files: Sequence[Any]
    new: Collection[int] = ()
    gone: Sequence[Any] = ()


def task_views(case: Case) -> list[TaskView]:
    """Return the sections of the application that are open, with what is done in each."""
    views = []
    for section in case.workflow.open_sections(case):
        findings = section_findings(case, section)
        touched = section_touched(case, section)
        state = "started" if findings and touched else "todo" if findings else "done"
        hint = str(findings[0].text) if findings and touched else ""
        url = url_for("cases.section_edit", case_id=case.id, key=section.key)
        views.append(TaskView(str(section.title), state, url, hint))
    return views


def section_findings(case: Case, section: Section) -> list[Finding]:
    """Return what is still missing in a section, its papers included."""
    files = attachments.list_attachments(case_id=case.id) if section.documents else ()
    given, asked = {file.slot for file in files}, papers_of(case, section)
    papers = [
        Finding(_("“%(paper)s” is missing.", paper=slot.label), section.key, slot.source)
        for slot in asked
        if slot.required and slot.key not in given
    ]
    places = {slot.key for slot in asked}
    infected = [
        Finding(
            _("A virus was found in %(name)s: remove it and hand in a clean file.", name=file.name),
            section.key,
        )
        for file in files
        if file.slot in places and attachments.is_infected(file)
    ]
    return [*section.missing(case), *papers, *infected]


def papers_of(case: Case, section: Section) -> list[DocumentSlot]:
    """Return the papers of a section that are asked for in this case."""
    return [slot for slot in section.documents if slot.needed(case)]


def section_touched(case: Case, section: Section) -> bool:
    """Return whether anything has been entered in a section."""
    if section.documents:
        given = attachments.count_by_slot(case_id=case.id)
        return bool(given.keys() & {slot.key for slot in section.documents})
    touched = getattr(case.workflow.forms.get(section.key), "touched", None)
    if touched is not None:
        return bool(touched(case))
    form = section_form(case, section.key, blank=True)
    return any(_holds_something(f.data) for f in _entries(form))


def _holds_something(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_holds_something(v) for v in value.values())
    if isinstance(value, list | tuple):
        return any(_holds_something(v) for v in value)
    return value not in (None, "", False)


def missing(case: Case) -> list[Finding]:
    """Return everything that keeps the application from being submitted, section by section.

    What the state keeps shut was judged when it was handed in: nobody could mend it here.
    """
    return [
        f for section in case.workflow.open_sections(case) for f in section_findings(case, section)
    ]


def section_form(case: Case, key: str, *, blank: bool = False) -> Any:
    """Return the form of a section filled with what the case holds.

    `blank` leaves aside what the present request sends: for a page that only shows the answers.
    """
    sent: dict[str, Any] = {"formdata": None, "meta": {"csrf": False}} if blank else {}
    section = case.workflow.section_of(case, key)
    if section is not None and section.asks:
        form = asked_form(section.asks, case, **sent)
    else:
        kind = case.workflow.forms[key]
        loader = getattr(kind, "load", None)
        form = kind(data=loader(case), **sent) if loader else kind(obj=case, **sent)
    prepare = getattr(form, "prepare", None)
    if prepare is not None:
        prepare(case)
    if section is not None and section.stands is not None:
        for entry in _entries(form):
            now = section.stands(case, entry.name)
            if now is not None:
                told = _("On record now: %(value)s", value=now or _("nothing"))
                entry.description = f"{told} {entry.description}".strip()
    if blank or not form.is_submitted():
        form.seen.data = str(case.version)
    return form


def values_without_mistakes(form: Any, stored: dict[str, Any]) -> dict[str, Any]:
    """Return what was sent, with `stored` values in the place of what was refused.

    Of rows, each cell goes by itself: the row is found again by its `id`.
    """
    values: dict[str, Any] = form.values()
    for name in form.errors.keys() & values.keys():
        entries: list[Any] = getattr(form[name], "entries", [])
        rows = [entry.form for entry in entries if hasattr(entry, "form")]
        if not rows:
            values[name] = stored.get(name)
            continue
        before = {row["id"]: row for row in stored.get(name) or () if row.get("id")}
        for row, sent in zip(values[name], rows, strict=True):
            known = before.get(row.get("id"), {})
            row.update({cell: known.get(cell) for cell in sent.errors})
    return values


def answer_rows(case: Case, section: Section, *, change: bool) -> list[dict[str, Any]]:
    """Return a section as label and value, with the address to change it where it may be."""
    if section.documents:
        return []
    form = section_form(case, section.key, blank=True)
    rows_of = getattr(form, "answer_rows", None)
    url = url_for("cases.section_edit", case_id=case.id, key=section.key) if change else None
    if rows_of is not None:
        return [{**row, "change_url": url} for row in rows_of(case)]
    quiet = getattr(form, "only_if_given", ())
    stands = section.stands or (lambda _case, _name: None)
    return [
        {
            "label": str(f.label.text),
            "value": spoken(f),
            "change_url": url,
            "stands": stands(case, f.name),
        }
        for f in _entries(form)
        if f.data or f.name not in quiet
    ]


def slot_views(case: Case, section: Section, before: "Earlier | None" = None) -> list[SlotView]:
    """Return the papers of a section that this case needs, with what was handed in for each.

    With what the office had `before`, they say what is new and what is gone since.
    """
    if not section.documents:
        return []
    given = attachments.list_attachments(case_id=case.id)
    new = {f.id for f in given if before is not None and f.at > before.at}
    return [
        SlotView(
            slot,
            [f for f in given if f.slot == slot.key],
            new,
            before.of_slot(slot.key) if before is not None else (),
        )
        for slot in papers_of(case, section)
    ]


def _entries(form: Any) -> list[Any]:
    return [f for f in form if f.name not in ("csrf_token", "once", "seen")]


def spoken(field: Any) -> str:
    """Return a field's value as people read it."""
    value = field.data
    if value is None or value in ("", []):
        return ""
    if isinstance(field, BooleanField):
        return _("Yes") if value else _("No")
    if isinstance(field, SelectFieldBase):
        chosen = {str(c[0]): str(c[1]) for c in field.iter_choices()}
        several = value if isinstance(field, SelectMultipleField) else [value]
        return "\n".join(chosen.get(str(v), str(v)) for v in several)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal) and getattr(field, "is_money", False):
        return money(value)
    if isinstance(value, list | tuple):
        return "\n".join(str(v) for v in value)
    return str(value)
