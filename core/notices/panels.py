"""Notices where people look for what they are about."""

from typing import Any

from flask import render_template

from core.notices import queries


def of_organization(organization: Any) -> str | None:
    """Show the latest notices about an organization."""
    found = queries.notices_of_body(organization.id)
    return render_template("notices/notice_panel.html", notices=found) if found else None


def of_case(case: Any) -> str | None:
    """Show what was published about a case."""
    found = queries.notices_of_case(case.id)
    return render_template("notices/notice_panel.html", notices=found) if found else None
