"""What the case of a dormant group says of it, and the verification page of its receipt."""

from typing import Any

from flask import render_template

from registry.dormancy import queries
from registry.dormancy.workflow import DORMANT_CANCELLATION
from registry.filings.receipts import KIND


def of_case(case: Any) -> str | None:
    """Say since when the group of a proceeding is silent and dormant."""
    if case.kind != DORMANT_CANCELLATION.kind:
        return None
    return render_template("registry/dormancy/case.html", case=case)


def of_verification(asked: dict[str, Any]) -> str | None:
    """Say that the holder of a receipt was dormant on the day that is looked at."""
    paper = asked["instrument"]
    if paper.kind != KIND or paper.body_id is None or asked["standing"] in ("void", "replaced"):
        return None
    since = queries.dormant_since(paper.body_id, asked["day"])
    return render_template("registry/dormancy/verification.html", since=since) if since else None
