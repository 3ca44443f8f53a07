"""The administrative tree: city, district, street, community and below, each with its dates."""

from flask import Flask

from core.divisions.actions import when_succeeded
from core.divisions.finding import find_community, find_street
from core.divisions.models import Division, Level
from core.divisions.offices import office_for
from core.divisions.queries import (
    ancestors,
    communities,
    district_name,
    figure,
    figures,
    official_name,
    on_map,
    path,
    require_district,
    streets,
    subtree_ids,
    successors,
    the_district,
    within,
)

__all__ = [
    "Division",
    "Level",
    "ancestors",
    "communities",
    "district_name",
    "figure",
    "figures",
    "find_community",
    "find_street",
    "office_for",
    "official_name",
    "on_map",
    "path",
    "require_district",
    "streets",
    "subtree_ids",
    "successors",
    "the_district",
    "when_succeeded",
    "within",
]


def init_app(app: Flask) -> None:
    from core.divisions.cli import group

    app.cli.add_command(group)
