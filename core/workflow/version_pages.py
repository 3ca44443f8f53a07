"""The list of open cases that use one version of a policy."""

from datetime import date
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from core import policy as policies
from core.access import page_for, staff
from core.accounts import current_actor
from core.errors import NotFound
from core.i18n import _
from core.paging import Order, page_of
from core.policy import Policy
from core.ui import page
from core.workflow import kept_versions, versions
from core.workflow.models import Case

bp = Blueprint("versions", __name__)

ROWS = 50


@bp.get("/policies/<key>/cases/<since>")
@page_for(staff)
def case_versions(key: str, since: str) -> ResponseReturnValue:
    policy, day = _policy(key), _day(since)
    found = page_of(
        versions.list_cases(key, since, current_actor()),
        Order((Case.id,)),
        size=ROWS,
        after=request.args.get("after"),
    )
    rows = [
        {
            "number": case.number,
            "kind": case.workflow.title,
            "state": case.standing,
            "accepted": case.clock_from,
            "url": url_for("cases.case_detail", case_id=case.id),
        }
        for case in found.items
    ]
    return page(
        "policy/case_versions.html",
        policy=policy,
        since=since,
        day=day,
        value=policy.spoken(policies.value(key, day) if day else policy.default),
        rows=rows,
        found=found,
        others=versions.count_others(key, since, current_actor()),
    )


def _policy(key: str) -> Policy[Any]:
    try:
        return policies.declaration(key)
    except KeyError:
        raise NotFound(_("There is no such setting.")) from None


def _day(since: str) -> date | None:
    if since == kept_versions.DEFAULT:
        return None
    try:
        return date.fromisoformat(since)
    except ValueError:
        raise NotFound(_("There is no such version.")) from None
