"""Applying: what one must know first, the eligibility check, and the sections of a draft."""

from collections.abc import Collection, Iterable

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from core import attachments, policy
from core.access import anyone, page_for, signed_in
from core.accounts import Actor, current_actor
from core.attachments.forms import RemoveForm, UploadForm
from core.db import atomic
from core.errors import NotFound, RuleBroken
from core.forms import Form
from core.i18n import _
from core.ui import page
from core.workflow import actions, corrections, queries, sections
from core.workflow.application import Guide, Section
from core.workflow.declaration import Workflow, declared
from core.workflow.forms import SeenForm, asked_form, eligibility_form
from core.workflow.lines import case_line
from core.workflow.models import Case
from core.workflow.parties import Party
from core.workflow.routes import answers_context, bp
from core.workflow.standing import parties
from core.workflow.steps import Finding

apply_bp = Blueprint("apply", __name__, url_prefix="/apply")


def home_of(case: Case) -> tuple[str, str]:
    """Return words and address of the list that a draft stands in, for who fills it in."""
    if case.entered_by_id is not None and case.entered_by_id == current_actor().user_id:
        return _("Counter"), url_for("counter.counter_list")
    return _("My cases"), url_for("cases.case_list")


def _guided(matter: str) -> tuple[Workflow, Guide]:
    for workflow in declared():
        guide = workflow.guide_at(matter)
        if guide is not None:
            return workflow, guide
    raise NotFound(_("There is no such matter to apply for."))


def _choice(workflows: Iterable[Workflow]) -> ResponseReturnValue:
    guides = [guide for workflow in workflows for guide in workflow.guides]
    return page(
        "cases/apply_choice.html",
        guides=[guide for guide in guides if guide.is_open],
        closed=[guide for guide in guides if not guide.is_open],
    )


@apply_bp.get("/")
@page_for(anyone)
def apply_choice() -> ResponseReturnValue:
    return _choice(declared())


@apply_bp.get("/<matter>")
@page_for(anyone)
def apply_start(matter: str) -> ResponseReturnValue:
    """Show the guide of a matter, or what there is to choose from under a kind of case."""
    several = [w for w in declared() if w.kind == matter and w.guides and not w.guide_at(matter)]
    if several:
        return _choice(several)
    workflow, guide = _guided(matter)
    days = [(words, policy.spoken(key)) for words, key in guide.days]
    drafts = [case_line(c, public=True) for c in _drafts(current_actor()) if _is_of(c, guide)]
    known, actor = carried(workflow, guide), current_actor()
    begins = actor.is_signed_in and not (guide.for_organizations and actor.body is None)
    return page(
        "cases/apply_start.html",
        workflow=workflow,
        guide=guide,
        days=days,
        drafts=drafts,
        carried=known,
        start_form=None if guide.questions or not begins else eligibility_form(guide, known),
    )


def _is_of(case: Case, guide: Guide) -> bool:
    return (case.matter or case.kind) == guide.key


def _drafts(actor: Actor) -> list[Case]:
    if not actor.is_signed_in:
        return []
    return queries.list_own_drafts(actor)


@apply_bp.route("/<matter>/eligibility", methods=["GET", "POST"])
@page_for(signed_in)
def apply_eligibility(matter: str) -> ResponseReturnValue:
    workflow, guide = _guided(matter)
    if not guide.is_open:
        return redirect(url_for("apply.apply_start", matter=matter))
    form = eligibility_form(guide, carried(workflow, guide))
    stopped = [
        question
        for question in guide.questions
        if form.is_submitted() and form[question.key].data in question.stops
    ]
    if not stopped and form.perform(_start, workflow, guide, by=current_actor()):
        return redirect(url_for("cases.case_detail", case_id=form.result.id))
    return page(
        "cases/apply_eligibility.html",
        form.status,
        workflow=workflow,
        guide=guide,
        form=form,
        stopped=stopped,
        refused=[str(words) for words in form.form_errors],
        choose=guide.for_organizations and current_actor().body is None,
        carried=carried(workflow, guide),
    )


def _start(workflow: Workflow, guide: Guide, *, by: Actor, **answers: str) -> Case:
    case = actions.start(workflow, guide, by=by, **answers)
    _keep_carried(case, carried(workflow, guide))
    return case


def carried(workflow: Workflow, guide: Guide) -> dict[str, str]:
    """Return what the address tells already: answers of the check, and of sections made of asks."""
    names = {it.key for it in guide.questions}
    names |= {ask.name for section in workflow.sections for ask in section.asks}
    return {name: request.args[name] for name in sorted(names) if name in request.args}


def _keep_carried(case: Case, told: dict[str, str]) -> None:
    """Keep what the address tells of the application, as far as its sections understand it."""
    for section in case.workflow.sections_of(case):
        sent = MultiDict({a.name: told[a.name] for a in section.asks if a.name in told})
        if not sent:
            continue
        form = asked_form(section.asks, case, formdata=sent, meta={"csrf": False})
        form.validate()
        for name in sent:
            if form[name].data is not None and not form[name].errors:
                case.keep(name, form[name].data)


def _editable(case_id: int, key: str) -> tuple[Case, Section]:
    """Return the case and section, if the person may change it; else NotFound or WrongState."""
    return _section_of(queries.access_case(case_id, current_actor()), key)


def _section_of(case: Case, key: str) -> tuple[Case, Section]:
    return case, actions.open_section(case, key, current_actor())


def _is_with_the_office(case: Case) -> bool:
    """Return whether the reader's own application cannot be changed now: they come from a bookmark."""
    actor = current_actor()
    return Party.APPLICANT in parties(case, actor) and not actions.may_edit(case, actor)


@bp.route("/<int:case_id>/sections/<key>", methods=["GET", "POST"])
@page_for(signed_in)
def section_edit(case_id: int, key: str) -> ResponseReturnValue:
    case = queries.access_case(case_id, current_actor())
    if request.method == "GET" and _is_with_the_office(case):
        flash(str(actions.WITH_THE_OFFICE), "warning")
        return redirect(url_for(".case_detail", case_id=case_id))
    case, section = _section_of(case, key)
    if section.documents:
        return _documents(case, section, UploadForm(), None)
    form = sections.section_form(case, key)
    if form.perform(actions.save_section, case, key, by=current_actor()):
        if request.headers.get("X-Autosave"):
            return {"seen": str(case.version)}
        if request.form.get("check"):
            return redirect(url_for(".section_edit", case_id=case_id, key=key, check=1))
        if request.form.get("stay"):
            return redirect(url_for(".section_edit", case_id=case_id, key=key))
        if request.form.get("leave"):
            return redirect(url_for(".case_detail", case_id=case_id))
        return redirect(_next(case, section))
    if request.headers.get("X-Autosave") and form.is_submitted():
        return _not_saved(form)
    kept = form.is_submitted() and _keep_the_rest(case, key, form)
    form.seen.data = str(case.version)
    if request.method == "GET" and request.args.get("check"):
        _say_what_is_missing(form, sections.section_findings(case, section))
    return page(
        "cases/section_edit.html",
        200 if request.method == "GET" else form.status,
        case=case,
        section=section,
        form=form,
        kept=kept,
    )


def _say_what_is_missing(form: SeenForm, findings: Collection[Finding]) -> None:
    """Put what is missing in a section beside its fields, as if they had been refused."""
    if not findings:
        flash(_("Nothing is missing in this section."), "success")
    for finding in findings:
        form.blame(RuleBroken(finding.text, field=finding.field))


def _keep_the_rest(case: Case, key: str, form: SeenForm) -> bool:
    """Keep what is right of a section with mistakes in it; return whether it was kept.

    What is wrong stays in the page alone, and stored is what was stored before.
    """
    if form.form_errors or "csrf_token" in form.errors:
        return False
    values = sections.values_without_mistakes(
        form, sections.section_form(case, key, blank=True).values()
    )
    try:
        with atomic():
            actions.save_section(case, key, by=current_actor(), **values)
    except RuleBroken:
        return False
    return True


def _not_saved(form: Form) -> ResponseReturnValue:
    """Answer a draft that saved itself in vain: 409 where the section was changed elsewhere, 422
    where something typed cannot be kept yet. The page says the words and waits for the person.
    """
    if form.form_errors:
        return {"refused": " ".join(map(str, form.form_errors))}, 409
    first = next(str(words) for errors in form.errors.values() for words in errors)
    return {"refused": first}, 422


def _next(case: Case, section: Section) -> str:
    """Return the address of the section after this one, or of the check-your-answers page."""
    sections = case.workflow.open_sections(case)
    place = sections.index(section) + 1
    if place < len(sections):
        return url_for("cases.section_edit", case_id=case.id, key=sections[place].key)
    return url_for("cases.case_answers", case_id=case.id)


@bp.post("/<int:case_id>/sections/<key>/<slot>")
@page_for(signed_in)
def section_upload(case_id: int, key: str, slot: str) -> ResponseReturnValue:
    case, section = _editable(case_id, key)
    if slot not in {d.key for d in section.documents if d.needed(case)}:
        raise NotFound(_("There is no place for such a document."))
    form = UploadForm()
    if form.perform(attachments.attach, slot=slot, case_id=case_id, by=current_actor()):
        flash(_("%(name)s is kept.", name=form.result.name), "success")
        return redirect(url_for(".section_edit", case_id=case_id, key=key, _anchor=slot))
    return _documents(case, section, form, slot)


@bp.post("/<int:case_id>/sections/<key>/removal/<int:attachment_id>")
@page_for(signed_in)
def section_remove(case_id: int, key: str, attachment_id: int) -> ResponseReturnValue:
    _editable(case_id, key)
    found = attachments.access_attachment(attachment_id, current_actor())
    if found.case_id != case_id:
        raise NotFound(_("There is no such file."))
    if not RemoveForm().perform(attachments.remove, found, by=current_actor()):
        abort(400)
    flash(_("%(name)s is taken out of your application.", name=found.name), "success")
    return redirect(url_for(".section_edit", case_id=case_id, key=key, _anchor=found.slot))


def _documents(
    case: Case, section: Section, form: UploadForm, tried: str | None
) -> ResponseReturnValue:
    handed_in = corrections.handed_in(case)
    rows = []
    for view in sections.slot_views(case, section):
        shown = form if view.slot.key == tried else UploadForm(formdata=None)
        shown.upload.take(view.slot.slot)
        shown.upload.label.text = _("File for “%(paper)s”", paper=view.slot.label)
        rows.append((view.slot, view.files, shown))
    return page(
        "cases/section_documents.html",
        form.status if tried else 200,
        case=case,
        section=section,
        rows=rows,
        office_has={f.id for row in rows for f in row[1] if handed_in and f.at <= handed_in[-1]},
        remove_form=RemoveForm(formdata=None),
        following=_next(case, section),
    )


@bp.get("/<int:case_id>/answers")
@page_for(signed_in)
def case_answers(case_id: int) -> ResponseReturnValue:
    case = queries.access_case(case_id, current_actor())
    if not actions.may_edit(case, current_actor()):
        return redirect(url_for(".case_detail", case_id=case_id))
    return page("cases/answers.html", **answers_context(case))
