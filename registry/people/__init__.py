"""The people an application names: promoters, representative, officers, persons in charge."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Load the table; let officers look at numbers, and nobody for longer than needed."""
    from core import audit
    from core.privacy import Revealable, keep_for, offer_own, offer_reveal
    from core.ui import fill_panel
    from registry.people import keeping
    from registry.people.models import ApplicationPerson

    offer_reveal(
        Revealable(
            "person", ApplicationPerson, keeping.FIELDS, keeping.may_reveal,
            name=lambda person: person.name, case_id=lambda person: person.case_id,
        )
    )  # fmt: skip
    audit.name_records(
        "ApplicationPerson",
        audit.rows(ApplicationPerson, lambda it: f"{it.name}（{it.position.label}）"),
    )
    keep_for(keeping.NEVER_SUBMITTED, keeping.PAPERS)
    offer_own(keeping.OWN)
    fill_panel(app, "case", keeping.numbers_panel)
