"""Who may open a page. Every view says so, or the application refuses to start."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from core.accounts.actor import Actor, current_actor
from core.accounts.roles import Role
from core.errors import NotAllowed
from core.i18n import _

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Audience:
    """A named test of who may open a page; the name stands in the table of pages."""

    name: str
    admits: Callable[[Actor], bool]


anyone = Audience("anyone", lambda actor: True)
signed_in = Audience("signed in", lambda actor: actor.is_signed_in)
staff = Audience("staff", lambda actor: actor.is_staff)


def holding(*roles: Role) -> Audience:
    """Return the audience of those who act in one of `roles` now."""
    return Audience("/".join(sorted(roles)), lambda actor: actor.holds(*roles))


def page_for(audience: Audience) -> Callable[[View], View]:
    """Declare who may open the view below. Whether a person may see *this record* is decided
    where it is loaded, by the feature's `access_x`.
    """

    def mark(view: View) -> View:
        view.page_for = audience  # type: ignore[attr-defined]
        return view

    return mark


#: Endpoints of packages, which hold files for everybody.
OPEN_ENDPOINTS = frozenset({"static", "bootstrap.static"})


def audience_of(app: Flask, endpoint: str) -> Audience:
    """Return who may open `endpoint`."""
    if endpoint in OPEN_ENDPOINTS:
        return anyone
    view: Any = app.view_functions[endpoint]
    audience: Audience = view.page_for
    return audience


def install(app: Flask) -> None:
    """Refuse to start with an undeclared page, then check every request."""
    for endpoint, view in app.view_functions.items():
        if endpoint not in OPEN_ENDPOINTS and not hasattr(view, "page_for"):
            raise RuntimeError(f"{endpoint} does not say who may open it")

    @app.before_request
    def check() -> ResponseReturnValue | None:
        if request.endpoint is None:
            return None
        audience = audience_of(app, request.endpoint)
        if audience is anyone:
            return None
        actor = current_actor()
        if audience.admits(actor):
            return None
        if not actor.is_signed_in:
            # A person whose session ended comes back to the page, not to where it posted.
            back = request.full_path.rstrip("?") if request.method == "GET" else _page_before()
            session["next"] = back
            return redirect(url_for("accounts.sign_in"))
        raise NotAllowed(_("This page belongs to another role. Check for whom you are acting."))


def _page_before() -> str:
    """Return the path of the page a form was on, if it was one of ours."""
    origin = request.host_url
    if request.referrer and request.referrer.startswith(origin):
        return "/" + request.referrer.removeprefix(origin)
    return "/"
