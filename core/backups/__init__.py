"""Backups: database and files together in one file, made while running, checked, put back."""

from flask import Flask

from core.i18n import _l


def init_app(app: Flask) -> None:
    from core import audit
    from core.backups import cli

    app.cli.add_command(cli.group)
    audit.name_actions(
        {"backup:create": _l("Made a backup"), "backup:restore": _l("Put a backup back")}
    )
    audit.name_fields(
        "backup",
        {
            "made_at": audit.Field(_l("Made at")),
            "files": audit.Field(_l("Files")),
            "migration": audit.Field(_l("Migration")),
        },
    )
