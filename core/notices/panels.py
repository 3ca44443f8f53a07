"""Notices where people look for what they are about."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, url_for

from core import documents
from core.documents import Known
from core.i18n import _
from core.notices import queries


def of_organization(organization: Any) -> str | None:
    """Show the latest notices about an organization."""
    found = queries.notices_of_body(organization.id)
    return render_template("notices/notice_panel.html", notices=found) if found else None


def of_case(case: Any) -> str | None:
    """Show what was published about a case."""
    found = queries.notices_of_case(case.id)
    return render_template("notices/notice_panel.html", notices=found) if found else None


@documents.recognizes
def number_of_a_notice(spellings: Sequence[str]) -> Known | None:
    """Lead from the number of a notice to the notice, where somebody looks for a document."""
    found = queries.find_numbered(spellings)
    if found is None:
        return None
    return Known(
        _("This is the number of a notice published here"),
        found.title,
        url_for("notices.notice_detail", notice_id=found.id),
        _("Read the notice"),
    )
