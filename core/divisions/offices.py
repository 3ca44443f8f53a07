"""Which body decides: the nearest entry up the tree says it, no code does."""

from collections.abc import Callable, Mapping
from datetime import date

from flask import Flask, current_app, url_for
from sqlalchemy import or_
from sqlalchemy.orm import joinedload

from core import audit, clock
from core.accounts.models import Body, BodyKind
from core.db import db
from core.divisions.models import Division, Jurisdiction
from core.divisions.queries import ancestors, streets, the_district
from core.errors import NotFound, RuleBroken, Words
from core.i18n import _, _l
from core.offered_settings import SettingRow

#: What can be decided: kind → its words.
Kinds = Mapping[str, Words]

_KINDS = "decided_kinds"


def offer_kinds(app: Flask, kinds: Callable[[], Kinds]) -> None:
    """Have what `kinds` returns offered where it is set which office decides what."""
    app.extensions.setdefault(_KINDS, []).append(kinds)


def decided_kinds() -> dict[str, Words]:
    """Return every kind of decision that was offered, and those that are set without a name."""
    named = {
        kind: words
        for offered in current_app.extensions.get(_KINDS, [])
        for kind, words in offered().items()
    }
    used = db.session.scalars(db.select(Jurisdiction.case_kind).distinct())
    return {**{kind: kind for kind in sorted(used)}, **named}


def field_on_record(kind: str) -> audit.Field | None:
    """Return what the record of actions calls a kind of decision that an office was given."""
    if kind == "to_on":
        return audit.Field(_l("Last day"), audit.day)
    words = decided_kinds().get(kind)
    return None if words is None else audit.Field(words)


def deciding_bodies() -> list[Body]:
    """Return the bodies that can decide: every one but organizations, by kind and name."""
    return list(
        db.session.scalars(
            db.select(Body)
            .where(Body.kind.not_in([BodyKind.ORGANIZATION]))
            .order_by(Body.kind, Body.name)
        )
    )


def office_for(kind: str, division: Division, on: date | None = None) -> Body:
    """Return the body that decides cases of `kind` in `division` on a day (today by default).

    The division's own entry goes before its street's, that before the district's: where there
    are no streets, the district decides. Raises RuleBroken where no entry is found.
    """
    entry = entry_for(kind, division, on)
    if entry is None:
        raise RuleBroken(
            _(
                "No office is set that decides this in %(division)s. The administrator sets it.",
                division=division.name,
            )
        )
    return entry.body


def entry_for(kind: str, division: Division, on: date | None = None) -> Jurisdiction | None:
    """Return the entry that `office_for` goes by, or None."""
    day = on or clock.today()
    nearness = {it.id: n for n, it in enumerate([division, *ancestors(division)])}
    entries = db.session.scalars(
        db.select(Jurisdiction)
        .where(
            Jurisdiction.case_kind == kind,
            Jurisdiction.division_id.in_(nearness),
            Jurisdiction.from_on <= day,
            or_(Jurisdiction.to_on.is_(None), Jurisdiction.to_on >= day),
        )
        .options(joinedload(Jurisdiction.body))
    )
    return min(entries, key=lambda it: nearness[it.division_id], default=None)


def divisions_of(kind: str, body_id: int, on: date | None = None) -> list[Division]:
    """Return the streets in which a body decides cases of `kind` on a day; without streets, the
    district where it decides there.
    """
    day = on or clock.today()
    deciding = {
        it.division_id: it.body_id
        for it in list_entries(kind)
        if it.from_on <= day and (it.to_on is None or it.to_on >= day)
    }

    def decides(division: Division) -> bool:
        line = (deciding.get(it.id) for it in (division, *ancestors(division)))
        return next((it for it in line if it is not None), None) == body_id

    district = the_district()
    places = streets(day) or ([district] if district else [])
    return [it for it in places if decides(it)]


def list_entries(kind: str | None = None) -> list[Jurisdiction]:
    """Return every entry, or those of one kind, with body and division, the latest first."""
    query = (
        db.select(Jurisdiction)
        .options(joinedload(Jurisdiction.body), joinedload(Jurisdiction.division))
        .order_by(Jurisdiction.case_kind, Jurisdiction.division_id, Jurisdiction.from_on.desc())
    )
    if kind is not None:
        query = query.where(Jurisdiction.case_kind == kind)
    return list(db.session.scalars(query))


def setting_rows() -> list[SettingRow]:
    """Return who decides what today, for the page of all settings: one row a kind and body."""
    kinds, today = decided_kinds(), clock.today()
    setters = {deed.subject_id: deed.by for deed in audit.deeds("jurisdiction:assign")}
    rows = []
    for it in list_entries():
        if it.from_on > today or (it.to_on is not None and it.to_on < today):
            continue
        rows.append(
            SettingRow(
                label=_("%(kind)s, %(place)s", kind=kinds[it.case_kind], place=it.division.name),
                value=it.body.name,
                source=_("Decision on the office's organization"),
                url=url_for("divisions.division_list"),
                since=it.from_on,
                set_by=setters.get(it.id, ""),
            )
        )
    return rows


def access_entry(entry_id: int) -> Jurisdiction:
    """Return an entry; NotFound where there is none of this number."""
    entry = db.session.get(Jurisdiction, entry_id)
    if entry is None:
        raise NotFound(_("There is no such entry."))
    return entry
