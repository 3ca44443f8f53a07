"""Which of the two tracks is right for newcomers, of which type, and why."""

from flask import Flask, render_template

from core import ui


def init_app(app: Flask) -> None:
    from registry.tracks import routes

    app.register_blueprint(routes.bp)
    ui.fill_panel(
        app, "apply_choice", lambda _subject: render_template("registry/tracks/entrance.html")
    )
