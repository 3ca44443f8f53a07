"""Pages for everybody: home, the register, one organization."""

from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from core import clock
from core.access import anyone, page_for
from core.accounts import current_actor
from core.errors import NotFound
from core.i18n import _
from core.limits import limited
from core.notices.queries import list_notices
from core.ui import page
from registry.organizations import codes
from registry.organizations.kinds import CODE_PREFIXES
from registry.organizations.models import Organization
from registry.organizations.offered import offered_types
from registry.portal import as_of, comparing, download, facts, filters, history, pages, queries

bp = Blueprint("portal", __name__)

#: How many notices the front page shows.
LATEST_NOTICES = 5


@page_for(anyone)
def home() -> ResponseReturnValue:
    return page(
        "registry/portal/home.html",
        figures=queries.district_figures(),
        types=[it.label for it in offered_types() if it in CODE_PREFIXES],
        notices=list_notices(size=LATEST_NOTICES).items,
    )


@bp.get("/register")
@page_for(anyone)
@limited("search")
def register() -> ResponseReturnValue:
    if "as_of" in request.args:
        return page("registry/portal/register_on.html", **as_of.register_page())
    return page("registry/portal/register.html", **pages.context(filters.read(request.args)))


@bp.get("/register.<any(csv, xlsx):format>", endpoint="download")
@page_for(anyone)
@limited("search")
def register_download(format: str) -> ResponseReturnValue:
    return download.download(filters.read(request.args), format)


@bp.get("/register/as-of.<any(csv, xlsx):format>", endpoint="download_as_of")
@page_for(anyone)
@limited("search")
def register_as_of_download(format: str) -> ResponseReturnValue:
    return as_of.download(format)


@bp.get("/register/changes")
@page_for(anyone)
@limited("search")
def changes() -> ResponseReturnValue:
    return page("registry/portal/changes.html", **as_of.changes_page())


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
        return redirect(url_for(".organization", number=found.number, **dates()), 301)
    if "as_of" in request.args or "since" in request.args:
        return organization_on(found)
    return page(
        "registry/portal/organization.html",
        organization=found,
        certificate=queries.certificate_of(found),
        facts=[*facts.facts_of(found), *facts.in_charge(found)],
        entries=history.entries(queries.list_versions(found)),
        origins=queries.origins(found) if current_actor().is_staff else {},
    )


def dates() -> dict[str, Any]:
    """Return the days that the address asks for."""
    return {it: request.args[it] for it in ("as_of", "since") if it in request.args}


def organization_on(found: Organization) -> ResponseReturnValue:
    """Return the page of an organization as of a day, compared with another where one is named."""
    day, fault = as_of.day_asked(request.args.get("as_of") or clock.today().isoformat())
    since = request.args.get("since", "").strip()
    first, since_fault = as_of.day_asked(since) if since else (None, "")
    if first is not None and first > day:
        first, since_fault = None, _("This lies behind the other day; nothing was compared.")
    versions = queries.list_versions(found)
    return page(
        "registry/portal/organization_on.html",
        organization=found,
        shown=as_of.organization_page(found, day),
        difference=comparing.between(versions, first, day) if first else None,
        faults={"as_of": fault, "since": since_fault},
        entered=versions[0].valid_from if versions else None,
        founded=found.founded_on,
    )


def looks_like_code(number: str) -> bool:
    """Return whether `number` was meant as a unified code, so that its mistake can be told."""
    return number.isascii() and number.isalnum() and 15 <= len(number) <= 20
