"""Pages for everybody: home, the register, one organization."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core.access import anyone, page_for
from core.accounts import current_actor
from core.errors import NotFound
from core.limits import limited
from core.notices.queries import list_notices
from core.ui import page
from registry.organizations import codes
from registry.portal import download, facts, filters, history, pages, queries

bp = Blueprint("portal", __name__)

#: How many notices the front page shows.
LATEST_NOTICES = 5


@page_for(anyone)
def home() -> ResponseReturnValue:
    return page(
        "registry/portal/home.html",
        figures=queries.district_figures(),
        notices=list_notices(size=LATEST_NOTICES).items,
    )


@bp.get("/register")
@page_for(anyone)
@limited("search")
def register() -> ResponseReturnValue:
    return page("registry/portal/register.html", **pages.context(filters.read(request.args)))


@bp.get("/register.<any(csv, xlsx):format>", endpoint="download")
@page_for(anyone)
@limited("search")
def register_download(format: str) -> ResponseReturnValue:
    return download.download(filters.read(request.args), format)


@bp.get("/register/<path:number>")
@page_for(anyone)
def organization(number: str) -> ResponseReturnValue:
    try:
        found = queries.access_organization(number)
    except NotFound:
        problem = codes.problem_with(number) if looks_like_code(number) else None
        return page(
            "registry/portal/organization_missing.html", 404, number=number[:60], problem=problem
        )
    if number != found.number:
        return redirect(url_for(".organization", number=found.number), 301)
    return page(
        "registry/portal/organization.html",
        organization=found,
        certificate=queries.certificate_of(found),
        facts=facts.facts_of(found),
        entries=history.entries(queries.list_versions(found)),
        origins=queries.origins(found) if current_actor().is_staff else {},
    )


def looks_like_code(number: str) -> bool:
    """Return whether `number` was meant as a unified code, so that its mistake can be told."""
    return number.isascii() and number.isalnum() and 15 <= len(number) <= 20
