"""Opinions: an office that has a case asks other bodies what they think of it, until a day."""

from flask import Flask

from core.i18n import _l


def init_app(app: Flask) -> None:
    from core import attachments, audit, workflow
    from core.opinions import actions, jobs, listing, models, panels, queries, rights
    from core.opinions.routes import bp
    from core.ui import NavEntry, fill_panel, nav_entry

    app.register_blueprint(bp)
    workflow.when_moved(actions.end_with_decision)
    workflow.when_decided(panels.still_open)
    attachments.authorise(app, "opinion", see=queries.may_see_files, change=queries.may_add_files)
    fill_panel(app, "case", panels.of_case)
    fill_panel(app, "case_aside", panels.beside_case)
    fill_panel(app, "oversight", panels.of_offices)
    nav_entry(
        app,
        NavEntry(
            "officer",
            _l("Opinions asked of us"),
            "opinions.opinion_list",
            order=12,
            visible=rights.gives_opinions,
            count=listing.count_waiting,
        ),
    )
    audit.name_subjects({"Opinion": _l("Opinion of another body")})
    audit.name_actions(
        {
            "opinion:ask": _l("Asked another body for its opinion"),
            "opinion:ask_refused": _l("Was refused a question to another body"),
            "opinion:answer": _l("Gave an opinion"),
            "opinion:answer_refused": _l("Was refused the answer for a body"),
            "opinion:lapse": _l("Gave no opinion in time"),
            "opinion:withdraw": _l("Took back a question to another body"),
        }
    )
    audit.name_fields(
        "opinion",
        {
            "body": audit.Field(_l("Body")),
            "due": audit.Field(_l("Until"), audit.day),
            "stance": audit.Field(_l("Opinion"), audit.one_of(models.Stance)),
        },
    )
    audit.name_records(
        "Opinion", audit.rows(models.Opinion, lambda it: it.body.name, load=[models.Opinion.body])
    )
    assert jobs  # what it declares is known by being imported
