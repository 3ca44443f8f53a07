"""What the verification page of a receipt says of a dormant group."""

from typing import Any

from flask import render_template

from registry.dormancy import queries
from registry.filings.receipts import KIND


def of_verification(asked: dict[str, Any]) -> str | None:
    """Say that the holder of a receipt was dormant on the day that is looked at."""
    paper = asked["instrument"]
    if paper.kind != KIND or paper.body_id is None or asked["standing"] in ("void", "replaced"):
        return None
    since = queries.dormant_since(paper.body_id, asked["day"])
    return render_template("registry/dormancy/verification.html", since=since) if since else None
