"""Certificates of registered organizations: their line, their list, their replacement and renewal."""

from flask import Flask, render_template

from core.i18n import _l


def init_app(app: Flask) -> None:
    """Complete the declaration and mount the lists; the pages of a case are the engine's own."""
    from core import ui
    from registry.certificates import actions, forms, jobs, queries, routes, words
    from registry.certificates.workflow import REPLACEMENT
    from registry.organizations.models import Organization

    assert actions and forms and jobs and words
    REPLACEMENT.assert_complete()
    app.register_blueprint(routes.bp)

    def panel(organization: Organization) -> str | None:
        rows = queries.line_of(organization.id)
        if not rows:
            return None
        return render_template("registry/certificates/certificate_panel.html", rows=rows)

    ui.fill_panel(app, "organization", panel)
    ui.nav_entry(
        app,
        ui.NavEntry(
            "officer",
            _l("Certificates"),
            "certificates.certificate_list",
            order=30,
            visible=lambda actor: actor.holds(*routes.READERS),
        ),
    )
    ui.nav_entry(
        app,
        ui.NavEntry(
            "applicant",
            _l("My certificates"),
            "certificates.certificate_own",
            order=20,
            visible=lambda actor: bool(actor.member_of) and not actor.is_staff,
        ),
    )
