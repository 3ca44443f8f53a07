"""What a person has in hand: for the page of the person, before and after they go."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import render_template, url_for

from core.accounts import Body, User, current_actor
from core.db import db
from core.i18n import _
from core.workflow.declaration import declared, of_office_kinds
from core.workflow.models import Case
from core.workflow.piles import Pile

#: How many open cases are named before a sentence says that there are more.
MOST_NAMED = 5


@dataclass(frozen=True)
class Held:
    """Open cases of one kind in one person's hand, at one office; `url` for who works there."""

    office: str
    kind: str
    cases: int
    url: str


def held_by(user: User) -> list[Held]:
    """Return how many open cases `user` has taken, by the office that has them and by kind."""
    actor = current_actor()
    titles = {workflow.kind: workflow.title for workflow in declared()}
    rows = db.session.execute(
        db.select(Case.waiting_body_id, Body.name, Case.kind, db.func.count())
        .outerjoin(Body, Body.id == Case.waiting_body_id)
        .where(Case.assignee_id == user.id, Case.closed_at.is_(None))
        .group_by(Case.waiting_body_id, Body.name, Case.kind)
        .order_by(Body.name, Case.kind)
    )
    there = url_for("worklist.worklist", pile=Pile.OPEN, assignee=user.id)
    return [
        Held(name or "", str(titles[kind]), cases, there if actor.body_id == body_id else "")
        for body_id, name, kind, cases in rows
    ]


def open_matters(user: User) -> Iterable[str]:
    """Yield what of cases forbids to close the account of `user`: asked for by them, or in hand."""
    asked = (Case.applicant_id == user.id) & Case.kind.not_in(of_office_kinds())
    found = db.session.scalars(
        db.select(Case)
        .where(asked | (Case.assignee_id == user.id), Case.closed_at.is_(None))
        .order_by(Case.id)
        .limit(MOST_NAMED + 1)
    ).all()
    for case in found[:MOST_NAMED]:
        if case.number is None:
            yield _("a draft is still there: %(title)s", title=case.called)
        else:
            yield _(
                "case %(number)s is still open: %(title)s", number=case.number, title=case.called
            )
    if len(found) > MOST_NAMED:
        yield _("more cases are open")


def panel(user: User) -> str:
    """Return what the person's page shows of it."""
    return render_template("cases/held_panel.html", held=held_by(user), person=user)
