"""What the pages of a case show, gathered once for every kind."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from flask import url_for

from core import calendar, clock, documents, policy
from core.accounts import Actor, Body, User
from core.db import db
from core.eligibility import Outcome, evaluate
from core.errors import Words
from core.i18n import _, _l, day, money
from core.workflow import endings, happenings
from core.workflow.engine import offers
from core.workflow.forms import CheckForm, SeenForm, step_form
from core.workflow.models import Case, CaseCheck, CaseEvent
from core.workflow.parties import Party
from core.workflow.policy import SOON_DAYS
from core.workflow.standing import parties
from core.workflow.steps import Ask, Finding, Transition


@dataclass(frozen=True)
class OfferView:
    """A step with its form, what blocks it, and what else ends with it, as the page shows it."""

    step: Transition
    form: SeenForm
    findings: list[dict[str, Any]]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class ClockView:
    """The case clock in the words of the clock component."""

    started_on: date | None
    promised_due_on: date | None
    legal_due_on: date | None
    working_days_left: int | None
    stopped_because: str | None
    source: str
    stopped_on: date | None
    finished_on: date | None
    finished: str
    tone: str


@dataclass(frozen=True)
class CheckView:
    """A condition: what the rule computed, what the examiner found, and the form to say so."""

    key: str
    label: Words
    source: Words
    outcome: Outcome
    reason: Words
    fact: Words
    url: str | None
    check: CaseCheck | None
    checked_by: str
    form: CheckForm | None
    matter: str = ""


#: What an office reads of a condition whose facts are in the applicant's hands.
UNSENT = _l("The applicant may be changing this; it is judged again when it has been handed in.")


def clock_view(case: Case) -> ClockView | None:
    """Return the case clock as of today, or None before it runs.

    Where the promise is all there is, no limit of law is named.
    """
    if case.clock_from is None:
        return None
    left = None
    finished = None
    declared = case.workflow.clock
    ends = declared.ends if declared else ()
    for event in case.events:
        if event.step in ends:
            finished = clock.local(event.at).date()
    if case.promised_on and not finished:
        left = working_days_left(case.promised_on)
    tone = "grey"
    if left is not None:
        tone = nearness(left)
    still = case.workflow.state[case.stopped_because] if case.stopped_because else None
    return ClockView(
        case.clock_from,
        case.promised_on,
        case.statutory_on if declared and declared.statutory != declared.promised else None,
        left,
        str(still.pauses) if still and still.pauses else None,
        str(still.pauses_basis) if still else "",
        case.stopped_on,
        finished,
        _("Finished") if case.closed_at else _("Decided"),
        tone,
    )


def last_day(case: Case, *, public: bool = False) -> date | None:
    """Return the last day for what is to be done now, or None where there is no limit.

    `public` is what the applicant reads: nothing of what only concerns the offices.
    """
    if public and case.standing.settled:
        return None
    return clock.last_day_before(case.due_at) if case.due_at else None


def holder(case: Case, *, public: bool = False) -> Body | None:
    """Return the body whose turn it is, or None where it is nobody's or a private person's.

    `public` is what the applicant reads: nobody has it once they have what they asked for.
    """
    if public and case.standing.settled:
        return None
    return db.session.get(Body, case.waiting_body_id) if case.waiting_body_id else None


def working_days_left(last: date) -> int:
    """Return the working days from today to `last`, negative when it is past: on the weekend after
    it too, when no working day has gone by.
    """
    today = clock.today()
    if last >= today:
        return calendar.working_days_between(today, last)
    return -max(calendar.working_days_between(last, today), 1)


def nearness(left: int) -> str:
    """Return the colour of a deadline that is `left` working days away: red when it is past."""
    return "red" if left < 0 else "amber" if left <= policy.value(SOON_DAYS) else "green"


def offer_views(case: Case, actor: Actor, tried: tuple[str, SeenForm] | None) -> list[OfferView]:
    """Return the steps for the side panel; `tried` is a form that was refused, by step name."""
    views = []
    found, decides = offers(case, actor), case.workflow.decides
    proposed = _proposed(case)
    ends = endings.foreseen(case, actor) if any(decides(it.step) for it in found) else ()
    for offer in found:
        name = offer.step.name
        if tried and tried[0] == name:
            findings = [] if tried[1].errors else offer.findings
            form = tried[1]
        else:
            findings = offer.findings
            form = step_form(offer.step, case, blank=True, filled=proposed.get(name))
        blocked = [finding_view(case, f) for f in findings]
        views.append(OfferView(offer.step, form, blocked, ends if decides(offer.step) else ()))
    return views


def proposal(case: Case) -> CaseEvent | None:
    """Return the step that brought the case here, where it proposes what to do with it."""
    for event in reversed(case.events):
        step = case.workflow.step.get(event.step)
        if step is not None and step.target is not None:
            return event if step.proposes else None
    return None


def _proposed(case: Case) -> dict[str, dict[str, Any]]:
    """Return what a proposal fills in, by the step that it proposes: its words are the reason."""
    event = proposal(case)
    if event is None:
        return {}
    told = event.entered
    return {case.workflow.step[event.step].proposes: {**told, "note": told.get("opinion", "")}}


def proposal_view(case: Case) -> dict[str, Any] | None:
    """Return who proposes what and why, as the timeline tells it, or None."""
    event = proposal(case)
    return _event_view(case, event, public=False) if event is not None else None


def finding_view(case: Case, finding: Finding) -> dict[str, Any]:
    """Return a finding with the address where it can be mended, if the case is still open there."""
    url = _section_url(case, finding.section)
    return {"text": str(finding.text), "source": str(finding.source), "url": url}


def _section_url(case: Case, key: str | None) -> str | None:
    if key is None or case.standing.waits_on is not Party.APPLICANT:
        return None
    if key not in {section.key for section in case.workflow.open_sections(case)}:
        return None
    return url_for("cases.section_edit", case_id=case.id, key=key)


def check_views(
    case: Case,
    *,
    public: bool = False,
    checking: bool = False,
    unsent: bool = False,
    tried: tuple[str, CheckForm] | None = None,
) -> list[CheckView]:
    """Return every condition with what the rule says today and what the examiner found.

    `public` is what the applicant reads: of a confidential condition nothing but its sentence.
    `checking` adds a form to each; `tried` is one that was refused, by the condition's key. Where the
    application is `unsent`, nothing is told of what the applicant may be changing.
    """
    changing = {s.key for s in case.workflow.open_sections(case)} if unsent else set()
    found = {check.key: check for check in case.checks}
    names = _names({check.by_id for check in case.checks})
    views = []
    for result in evaluate(case.workflow.conditions, case, public=public):
        check = None if public and result.confidential else found.get(result.key)
        if result.section in changing:
            result = replace(result, outcome=Outcome.UNKNOWN, fact="", reason=UNSENT)
        form = None
        if checking:
            form = tried[1] if tried and tried[0] == result.key else _check_form(check)
        views.append(
            CheckView(
                result.key,
                result.label,
                result.source,
                result.outcome,
                result.reason,
                result.fact,
                _section_url(case, result.section),
                check,
                names.get(check.by_id, "") if check else "",
                form,
                result.matter,
            )
        )
    return views


def _check_form(check: CaseCheck | None) -> CheckForm:
    if check is None:
        return CheckForm(formdata=None)
    return CheckForm(formdata=None, data={"outcome": check.outcome.value, "check_note": check.note})


def _names(user_ids: set[int]) -> dict[int, str]:
    """Return the names of these people, in one query, or none for nobody."""
    if not user_ids:
        return {}
    rows = db.session.execute(db.select(User.id, User.display_name).where(User.id.in_(user_ids)))
    return dict(rows.all())


def timeline(case: Case, actor: Actor) -> list[dict[str, Any]]:
    """Return what happened, newest first, as far as `actor` may read it."""
    public = Party.APPLICANT in parties(case, actor)
    shown = [e for e in case.events if not (public and e.staff_only)]
    return [_event_view(case, event, public) for event in reversed(shown)]


def _event_view(case: Case, event: CaseEvent, public: bool) -> dict[str, Any]:
    step = case.workflow.step.get(event.step)
    title = str(happenings.title_of(event))
    lines = [event.note] if event.note and not (public and event.staff_only) else []
    for ask in step.asks if step else ():
        value = event.entered.get(ask.name)
        if isinstance(value, list):
            lines += [f"{number}. {line}" for number, line in enumerate(value, 1)]
        elif value and not isinstance(value, bool):
            spoken = _told(ask, str(value), case)
            told = _("%(label)s: %(value)s", label=ask.label, value=spoken)
            lines.append(told)
    by = event.actor_name if not public or event.actor_id == case.applicant_id else ""
    if event.actor_id is None:
        by = _("Automatically")
    body = event.body_name
    return {
        "at": event.at,
        "title": title,
        "by": " · ".join(part for part in (body, by) if part),
        "note": "\n".join(lines),
        "tone": "red" if event.late else "",
        "documents": [],
    }


def _told(ask: Ask, kept: str, case: Case) -> str:
    """Return what was entered at a step, as people read it; kept are plain JSON values."""
    if kept == "None":
        return ""
    if ask.kind == "date":
        return day(date.fromisoformat(kept))
    if ask.kind == "money":
        return money(Decimal(kept))
    return next((str(words) for key, words in ask.options(case) if key == kept), kept)


def paper_rows(case: Case) -> list[dict[str, Any]]:
    """Return the instruments of the case, for everyone who has a part in it."""
    return [
        {
            "label": f"{paper.called} {paper.number}",
            "url": url_for("documents.instrument_download", instrument_id=paper.id),
            "at": paper.issued_at,
            "kind": "PDF",
        }
        for paper in documents.of_case(case.id)
    ]
