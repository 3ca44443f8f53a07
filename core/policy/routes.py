"""Pages of the policies: what holds, what held, who proposed what; propose, confirm, withdraw."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.access import holding, page_for, staff
from core.accounts import current_actor
from core.exports import Column, Kind, stream
from core.i18n import _, _l
from core.policy import actions, overview, queries
from core.policy.declaration import Policy, chapter_of
from core.policy.effects import effects
from core.policy.forms import PolicySearch, ProposalForm, StepForm, proposal_form
from core.ui import page

bp = Blueprint("policy", __name__)

setters = holding(*actions.SETTERS)

COLUMNS = (
    Column(_l("Chapter"), lambda row: str(row[0].label)),
    Column(_l("What is set"), lambda row: row[1].label, width=40),
    Column(_l("Key"), lambda row: row[1].key, width=30),
    Column(_l("In force"), lambda row: row[1].value),
    Column(_l("Since"), lambda row: row[1].since, Kind.DAY),
    Column(_l("Basis"), lambda row: str(row[1].source), width=40),
    Column(_l("Limits"), lambda row: row[1].policy.limits, width=30),
)


@bp.get("/")
@page_for(staff)
def policy_list() -> ResponseReturnValue:
    search = PolicySearch(request.args)
    words = search.q.data or ""
    return page(
        "policy/policy_list.html",
        search=search,
        chapters=overview.chapters(words, **search.narrowings()),
        proposals=[(queries.access_policy(it.key), it) for it in queries.proposals()],
        narrowed=bool(words or search.only.data),
    )


@bp.get("/export.<format>")
@page_for(staff)
def policy_export(format: str) -> ResponseReturnValue:
    search = PolicySearch(request.args)
    found = overview.chapters(search.q.data or "", **search.narrowings())
    rows = [(chapter, row) for chapter in found for row in chapter.rows]
    name = _("Settings of the office")
    return stream(name, COLUMNS, rows, format, filters=search.described())


@bp.get("/<key>")
@page_for(staff)
def policy_detail(key: str) -> ResponseReturnValue:
    return _show(queries.access_policy(key))


@bp.post("/<key>")
@page_for(setters)
def policy_propose(key: str) -> ResponseReturnValue:
    policy = queries.access_policy(key)
    form = proposal_form(policy, queries.value(policy))
    if form.perform(actions.propose_value, policy, by=current_actor()):
        flash(_("Your proposal is kept. It holds once a second person has confirmed it."))
        return redirect(url_for(".policy_detail", key=key))
    return _show(policy, form)


@bp.post("/proposals/<int:proposal_id>/confirm")
@page_for(setters)
def proposal_confirm(proposal_id: int) -> ResponseReturnValue:
    proposal, form = queries.access_proposal(proposal_id), StepForm()
    key = proposal.key
    if form.perform(actions.confirm_value, proposal, by=current_actor()):
        flash(_("The value is confirmed and holds from its day on."), "success")
        return redirect(url_for(".policy_detail", key=key))
    return _show(queries.access_policy(key), step_form=form)


@bp.post("/proposals/<int:proposal_id>/withdraw")
@page_for(setters)
def proposal_withdraw(proposal_id: int) -> ResponseReturnValue:
    proposal, form = queries.access_proposal(proposal_id), StepForm()
    key = proposal.key
    if form.perform(actions.withdraw_value, proposal, by=current_actor()):
        flash(_("The proposal is withdrawn. The present value stays."))
        return redirect(url_for(".policy_detail", key=key))
    return _show(queries.access_policy(key), step_form=form)


def _show(
    policy: Policy[Any], form: ProposalForm | None = None, step_form: StepForm | None = None
) -> ResponseReturnValue:
    actor = current_actor()
    may_set = actor.holds(*actions.SETTERS)
    status = (form or step_form or StepForm()).status if form or step_form else 200
    if form is None and may_set:
        form = proposal_form(policy, queries.value(policy))
        if step_form is not None:  # the other form of the page was sent, this one stays clean
            form.process(data={"value": form.value.data})
    return page(
        "policy/policy_detail.html",
        status,
        policy=policy,
        effects=effects(policy.key, policy.help),
        chapter=chapter_of(policy.key)[1],
        versions=overview.versions(policy),
        proposals=[it for it in queries.history(policy.key) if not it.is_confirmed],
        form=form if may_set else None,
        step_form=step_form or StepForm(),
        may_set=may_set,
    )
