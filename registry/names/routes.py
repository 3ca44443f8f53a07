"""The check of a name: a page for everybody, and the answer below a field while one types."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from core.access import anyone, page_for
from core.accounts import current_actor
from core.db import db
from core.divisions import Division
from core.errors import NotFound
from core.i18n import _
from core.limits import limited
from core.ui import page
from core.workflow import queries as cases
from registry.names import checking
from registry.names.forms import CheckForm, ReserveForm, fragment
from registry.organizations.kinds import OrganizationType

bp = Blueprint("names", __name__, url_prefix="/names")

#: The longest name that is looked at.
LONGEST = 100


@bp.get("/check")
@page_for(anyone)
@limited("search")
def check() -> ResponseReturnValue:
    form = CheckForm(request.args)
    form.validate()
    name = (form.name.data or "").strip()[:LONGEST]
    report = _asked(name, form.type.data) if name else None
    reserve = ReserveForm(formdata=None, name=name, type=form.type.data) if report else None
    return page("names/check.html", form=form, report=report, reserve=reserve)


@bp.get("/findings")
@page_for(anyone)
@limited("search")
def findings() -> ResponseReturnValue:
    """Answer an HTML fragment about the name in `title` or `name`; `case` is one's own draft."""
    name = (request.args.get("title") or request.args.get("name") or "").strip()[:LONGEST]
    if not name:
        return ""
    case_id = request.args.get("case", type=int)
    if case_id is None:
        written = request.args.get("type", "")
        known = written in {it.value for it in OrganizationType}
        kind = OrganizationType(written) if known else OrganizationType.ASSOCIATION
        return fragment(_asked(name, kind))
    case = cases.access_case(case_id, current_actor())
    if not checking.has_name(case):
        raise NotFound(_("This case is not about a name."))
    proposed = checking.proposed_in(case, name)
    division = db.session.get(Division, request.args.get("division_id", 0, type=int))
    if division is not None:
        proposed = checking.in_division(proposed, division)
    return fragment(checking.report(proposed))


def _asked(name: str, type: OrganizationType) -> checking.Report:
    """Return what is to be said to whoever is asking, signed in or not."""
    return checking.report(checking.Proposed(name, type, holder_id=current_actor().user_id))
