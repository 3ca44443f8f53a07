"""The administrative tree: city, district, street, community and below, each with its dates."""

from flask import Flask

from core.divisions.actions import when_succeeded
from core.divisions.figures import figure, figures, known
from core.divisions.finding import find_community, find_street
from core.divisions.models import Division, Level
from core.divisions.offices import offer_kinds, office_for
from core.divisions.present import shown_as, stands_for
from core.divisions.queries import (
    ancestors,
    below,
    communities,
    district_name,
    official_name,
    on_map,
    path,
    require_district,
    shown_on,
    standing,
    streets,
    subtree_ids,
    successors,
    the_district,
    within,
)
from core.divisions.reforms import when_foreseen
from core.i18n import _l

__all__ = [
    "Division",
    "Level",
    "ancestors",
    "below",
    "communities",
    "district_name",
    "figure",
    "figures",
    "find_community",
    "find_street",
    "known",
    "offer_kinds",
    "office_for",
    "official_name",
    "on_map",
    "path",
    "require_district",
    "shown_as",
    "shown_on",
    "standing",
    "stands_for",
    "streets",
    "subtree_ids",
    "successors",
    "the_district",
    "when_foreseen",
    "when_succeeded",
    "within",
]


def init_app(app: Flask) -> None:
    from core import audit
    from core.divisions import offices, reform_pages, reforms
    from core.divisions.cli import group
    from core.divisions.models import Jurisdiction
    from core.divisions.routes import bp
    from core.offered_settings import SettingGroup, offer
    from core.ui import NavEntry, nav_entry

    app.cli.add_command(group)
    app.register_blueprint(bp, url_prefix="/divisions")
    app.register_blueprint(reform_pages.bp, url_prefix="/divisions")
    reforms.when_foreseen(app, reforms.bodies_in)
    audit.name_actions({"division:add": _l("Added a division")})
    audit.name_subjects({"Division": _l("Division"), "Jurisdiction": _l("Who decides")})
    audit.name_fields(
        "division",
        {
            "name": audit.Field(_l("Name")),
            "parent": audit.Field(_l("Part of")),
            "valid_to": audit.Field(_l("Last day"), audit.day),
            "successors": audit.Field(_l("Succeeded by")),
        },
    )
    audit.name_fields("jurisdiction", offices.field_on_record)
    audit.name_fields(
        "district",
        {"added": audit.Field(_l("Added")), "changed": audit.Field(_l("Changed"))},
    )
    audit.name_records("Division", audit.rows(Division, lambda it: it.name))
    audit.name_records(
        "Jurisdiction",
        audit.rows(Jurisdiction, lambda it: it.division.name, load=[Jurisdiction.division]),
    )
    offer(
        app,
        SettingGroup(
            25,
            _l("Divisions and offices"),
            offices.setting_rows,
            "divisions.division_list",
            does=_l("Where new cases of a kind from a division go to be decided."),
        ),
    )
    nav_entry(
        app,
        NavEntry(
            "officer",
            _l("Divisions and offices"),
            "divisions.division_list",
            order=820,
            visible=lambda actor: actor.is_staff,
        ),
    )
