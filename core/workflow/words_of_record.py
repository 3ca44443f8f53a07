"""What the record of actions calls cases, their steps, states and conditions, and views of lists."""

from collections import Counter
from collections.abc import Collection, Mapping

from flask import url_for

from core import audit
from core.accounts import Actor
from core.db import db
from core.eligibility import Outcome
from core.errors import Words
from core.i18n import _, _l
from core.workflow.declaration import Workflow, declared
from core.workflow.models import Case
from core.workflow.parties import Seat
from core.workflow.piles import has_part
from core.workflow.views import WorklistView

SEATS: dict[Seat, Words] = {
    Seat.APPLICANT: _l("Applicant"),
    Seat.OFFICE: _l("Office"),
    Seat.SPONSOR: _l("Sponsor unit"),
    Seat.COMMUNITY: _l("Residents' committee"),
    Seat.OVERSIGHT: _l("Supervised by"),
}


def declare() -> None:
    """Say it; called once, when the application is put together."""
    audit.name_actions(
        {
            "worklist_view:save": _l("Kept a view of the worklist"),
            "worklist_view:share": _l("Shared a view of the worklist, or kept it to oneself"),
            "worklist_view:delete": _l("Deleted a view of the worklist"),
        }
    )
    audit.name_subjects({"WorklistView": _l("View of the worklist")})
    audit.name_fields("worklist_view", {"shared": audit.Field(_l("Shared in the office"))})
    audit.name_records("WorklistView", audit.rows(WorklistView, lambda it: it.name))
    moved = {seat.value: audit.Field(words, audit.body) for seat, words in SEATS.items()}
    audit.name_fields("case", {"division": audit.Field(_l("Division")), **moved})
    audit.name_cases(lambda: [_named(workflow) for workflow in declared()])
    audit.name_records(audit.CASE, _cases)


def _named(workflow: Workflow) -> audit.NamedCase:
    return audit.NamedCase(
        workflow.kind,
        workflow.title,
        _steps(workflow),
        states={key: state.label for key, state in workflow.state.items()},
        checks={condition.key: condition.label for condition in workflow.conditions},
        outcome=audit.one_of(Outcome),
    )


def _steps(workflow: Workflow) -> dict[str, Words]:
    """Return what steps are called; where two have one name, with the states they lead between."""
    alike = Counter(str(step.label) for step in workflow.step.values())
    words: dict[str, Words] = {}
    for name, step in workflow.step.items():
        words[name] = step.label
        if alike[str(step.label)] > 1 and step.target is not None:
            before = _(", ").join(str(workflow.state[key].label) for key in step.source)
            after = workflow.state[step.target].label
            words[name] = _(
                "%(step)s (%(before)s → %(after)s)", step=step.label, before=before, after=after
            )
    return words


def _cases(ids: Collection[int], actor: Actor) -> Mapping[int, audit.Named]:
    """Return the number and title of cases; only who has a part in one may open it."""
    mine = set(db.session.scalars(db.select(Case.id).where(Case.id.in_(ids), has_part(actor))))
    rows = db.session.execute(db.select(Case.id, Case.number, Case.title).where(Case.id.in_(ids)))
    return {
        row.id: audit.Named(
            " ".join(filter(None, (row.number or _("Draft"), row.title))),
            url_for("cases.case_detail", case_id=row.id) if row.id in mine else "",
        )
        for row in rows
    }
