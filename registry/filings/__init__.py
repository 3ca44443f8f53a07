"""Filing of a community group at its street: from a short form to the receipt."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Complete the declaration: forms and effects. The pages are the engine's own."""
    from registry.filings import actions, forms
    from registry.filings.workflow import FILING

    assert actions and forms
    FILING.assert_complete()
