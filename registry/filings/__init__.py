"""Filing of a community group at its street: from a short form to the receipt."""

from flask import Flask

from core import divisions
from core.i18n import _l


def init_app(app: Flask) -> None:
    """Complete the declaration: forms and effects. The pages are the engine's own."""
    from registry.filings import actions, forms, keeping
    from registry.filings.workflow import FILING

    assert actions and forms
    FILING.assert_complete()
    keeping.declare()
    divisions.offer_kinds(app, lambda: {"oversight": _l("Oversight of filed groups")})
