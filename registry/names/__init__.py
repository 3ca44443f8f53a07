"""Names of organizations: how they are made up, which are free, near or reserved, and the word lists."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Mount the check for everybody, the reservations, the word lists, and the examiner's part."""
    from core import audit, divisions, workflow
    from core.i18n import _l
    from core.privacy import offer_own
    from core.ui import NavEntry, fill_panel, nav_entry
    from registry.names import (
        holding,
        jobs,
        keys,
        own,
        panels,
        rehoming,
        word_queries,
        words_of_record,
    )
    from registry.names.cli import group
    from registry.names.reservation_routes import bp as reservations
    from registry.names.routes import bp as check
    from registry.names.word_actions import SETTERS
    from registry.names.word_routes import bp as words

    assert jobs and keys  # known by being imported
    audit.name_actions(words_of_record.ACTIONS)
    audit.name_subjects(words_of_record.SUBJECTS)
    words_of_record.declare_fields()
    app.register_blueprint(check)
    app.register_blueprint(reservations)
    app.register_blueprint(words)
    app.cli.add_command(group)
    offer_own(own.OWN)
    workflow.when_moved(holding.follow)
    divisions.when_succeeded(app, rehoming.follow)
    fill_panel(app, "case", panels.case_panel)
    nav_entry(app, NavEntry("public", _l("Check a name"), "names.check", order=30))
    nav_entry(
        app,
        NavEntry(
            "applicant",
            _l("Reserved names"),
            "name_reservations.own",
            order=30,
            visible=lambda actor: actor.is_signed_in and not actor.is_staff,
        ),
    )
    nav_entry(
        app,
        NavEntry(
            "officer",
            _l("Reserved names"),
            "name_reservations.register",
            order=60,
            visible=lambda actor: actor.is_staff,
        ),
    )
    nav_entry(
        app,
        NavEntry(
            "officer",
            _l("Word lists for names"),
            "name_words.word_list",
            order=810,
            visible=lambda actor: actor.is_staff,
            count=lambda actor: word_queries.count_waiting() if actor.holds(*SETTERS) else None,
        ),
    )
