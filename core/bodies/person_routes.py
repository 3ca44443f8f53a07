"""Pages of people: who has an account, what they are where, and whether they may sign in."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.access import holding, page_for
from core.accounts import Membership, Role, User, closing, current_actor, stops
from core.accounts.codes import factor_of
from core.accounts.queries import list_memberships, list_sessions
from core.accounts.rules import masked_address
from core.accounts.sign_in import locked_until
from core.bodies import queries
from core.bodies.forms import PersonSearch, QuestionForm, ReasonForm
from core.bodies.routes import READERS, ROWS
from core.crypto import masked
from core.exports import Column, Kind, rows_of, stream
from core.i18n import _, _l
from core.paging import page_of
from core.ui import page

bp = Blueprint("people", __name__)

readers = holding(*READERS)
stoppers = holding(*stops.STOPPERS)


def _said(membership: Membership) -> str:
    return _("%(role)s at %(body)s", role=membership.role.label, body=membership.body.name)


#: Of a person and the state of their account.
COLUMNS = (
    Column(_l("Full name"), lambda row: row[0].display_name),
    Column(_l("Sign-in name"), lambda row: queries.sign_in_name(row[0])),
    Column(_l("Posts"), lambda row: "；".join(map(_said, queries.held_now(row[0]))), width=60),
    Column(_l("Account"), lambda row: row[1].label),
    Column(_l("Last signed in"), lambda row: row[0].signed_in_at, Kind.MOMENT),
)


@bp.get("/people")
@page_for(readers)
def person_list() -> ResponseReturnValue:
    search = PersonSearch(request.args)
    found = page_of(
        queries.list_people(search.wanted),
        queries.PERSON_ORDER,
        size=ROWS,
        after=request.args.get("after"),
    )
    states = queries.states_of(found.items)
    rows = [
        {
            "name": it.display_name,
            "url": url_for(".person_detail", person_id=it.id),
            "login": queries.sign_in_name(it),
            "held": queries.held_now(it),
            "state": states[it.id],
            "signed_in_at": it.signed_in_at,
        }
        for it in found.items
    ]
    return page(
        "bodies/person_list.html",
        search=search,
        narrowed=search.wanted.narrowed,
        rows=rows,
        may_invite=current_actor().holds(Role.ADMINISTRATOR),
        found=found,
    )


@bp.get("/people.<format>")
@page_for(readers)
def person_export(format: str) -> Response:
    wanted = PersonSearch(request.args).wanted
    rows = queries.with_states(rows_of(queries.PERSON_ORDER.sorted(queries.list_people(wanted))))
    told = [wanted.words, wanted.body] + [it.label for it in (wanted.role, wanted.state) if it]
    said = _(", ").join(filter(None, told))
    return stream(_("People with accounts"), COLUMNS, rows, format, filters=said)


@bp.get("/people/<int:person_id>")
@page_for(readers)
def person_detail(person_id: int) -> ResponseReturnValue:
    return _show(queries.access_person(person_id))


@bp.post("/people/<int:person_id>/end-sessions")
@page_for(stoppers)
def person_sign_out(person_id: int) -> ResponseReturnValue:
    user, form = queries.access_person(person_id), QuestionForm()
    if form.perform(stops.sign_out, user, by=current_actor()):
        words = _(
            "%(name)s is signed out everywhere, and may sign in again.", name=_name(person_id)
        )
        flash(words, "success")
        return redirect(url_for(".person_detail", person_id=person_id))
    return _show(user, form.status, question=form)


@bp.post("/people/<int:person_id>/stop")
@page_for(stoppers)
def person_stop(person_id: int) -> ResponseReturnValue:
    user, form = queries.access_person(person_id), ReasonForm()
    if form.perform(stops.stop, user, by=current_actor()):
        words = _("The account of %(name)s is stopped: nobody is signed in with it any more. Look below for the cases that are still in their hand.", name=_name(person_id))  # fmt: skip
        flash(words, "success")
        return redirect(url_for(".person_detail", person_id=person_id))
    return _show(queries.access_person(person_id), form.status, stop=form)


@bp.post("/people/<int:person_id>/close")
@page_for(stoppers)
def person_close(person_id: int) -> ResponseReturnValue:
    user, form = queries.access_person(person_id), QuestionForm()
    if form.perform(closing.close, user, by=current_actor()):
        flash(_("The account of %(name)s is closed.", name=_name(person_id)), "success")
        return redirect(url_for(".person_detail", person_id=person_id))
    return _show(queries.access_person(person_id), form.status, question=form)


@bp.post("/people/<int:person_id>/ask-in")
@page_for(stoppers)
def person_ask_in(person_id: int) -> ResponseReturnValue:
    form = ReasonForm()
    stopped = queries.access_stop(person_id)
    if form.perform(stops.ask_in, stopped, by=current_actor()):
        flash(
            _("It waits for a second person to confirm it; until then nobody signs in."), "success"
        )
        return redirect(url_for(".person_detail", person_id=person_id))
    return _show(queries.access_person(person_id), form.status, ask=form)


@bp.post("/people/<int:person_id>/let-in")
@page_for(stoppers)
def person_let_in(person_id: int) -> ResponseReturnValue:
    form = QuestionForm()
    stopped = queries.access_stop(person_id)
    if form.perform(stops.let_in, stopped, by=current_actor()):
        words = _("%(name)s may sign in again, with the same posts.", name=_name(person_id))
        flash(words, "success")
        return redirect(url_for(".person_detail", person_id=person_id))
    return _show(queries.access_person(person_id), form.status, let_in=form)


@bp.post("/people/<int:person_id>/keep-out")
@page_for(stoppers)
def person_keep_out(person_id: int) -> ResponseReturnValue:
    form = ReasonForm()
    stopped = queries.access_stop(person_id)
    if form.perform(stops.keep_out, stopped, by=current_actor()):
        flash(_("The account stays stopped."), "success")
        return redirect(url_for(".person_detail", person_id=person_id))
    return _show(queries.access_person(person_id), form.status, keep_out=form)


def _name(person_id: int) -> str:
    return queries.access_person(person_id).display_name


def _show(user: User, status: int = 200, **tried: Any) -> ResponseReturnValue:
    actor, posts = current_actor(), list_memberships(user)
    mine = user.id == actor.user_id
    factor = factor_of(user)
    return page(
        "bodies/person_detail.html",
        status,
        person=user,
        mine=mine,
        state=queries.states_of([user])[user.id],
        login=queries.sign_in_name(user),
        role_for=queries.sign_in_name(user) or user.email,
        contacts=[
            *([masked_address(user.email)] if user.email else []),
            *([masked(user.phone)] if user.phone else []),
        ],
        locked_until=locked_until(user),
        has_codes=factor is not None,
        held=[it for it in posts if not queries.is_over(it)],
        former=[it for it in posts if queries.is_over(it)],
        sessions=list_sessions(user),
        stopped=stops.open_stop(user),
        stops=stops.stops_of(user),
        closes_by=None if user.closed else closing.closes_by(user),
        in_the_way=closing.in_the_way(user) if user.closing_asked_at else [],
        may_change=actor.holds(*stops.STOPPERS) and not mine,
        may_invite=actor.holds(Role.ADMINISTRATOR) and not mine,
        **{
            name: tried.get(name) or kind(formdata=None)
            for name, kind in (
                ("question", QuestionForm),
                ("stop", ReasonForm),
                ("ask", ReasonForm),
                ("let_in", QuestionForm),
                ("keep_out", ReasonForm),
            )
        },
    )
