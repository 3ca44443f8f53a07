"""Files that people hand in, stored by content and given out only to those who may see them."""

from flask import Flask

from core.attachments.actions import attach, carry_over, keep_file, remove
from core.attachments.models import Attachment
from core.attachments.queries import (
    access_attachment,
    count_by_slot,
    list_attachments,
    list_removed,
)
from core.attachments.rights import authorise
from core.attachments.rules import (
    PAPERS,
    TABLES,
    TEXTS,
    FileType,
    Slot,
    Upload,
    declare_slot,
    slot_named,
)
from core.attachments.scanning import is_infected
from core.errors import NotFound
from core.i18n import _l

__all__ = [
    "PAPERS",
    "TABLES",
    "TEXTS",
    "FileType",
    "Slot",
    "Upload",
    "access_attachment",
    "attach",
    "authorise",
    "carry_over",
    "count_by_slot",
    "declare_slot",
    "is_infected",
    "keep_file",
    "list_attachments",
    "list_removed",
    "remove",
]


def init_app(app: Flask) -> None:
    from core import audit
    from core.attachments import jobs  # noqa: F401 - declares its job
    from core.attachments.routes import bp
    from core.attachments.scanning import bar_of, words_of
    from core.attachments.storage import Storage

    app.extensions["storage"] = Storage(app.extensions["settings"].STORAGE_URL)
    app.extensions["attachments"] = {}
    app.register_blueprint(bp)
    app.jinja_env.globals["words_beside"] = words_of
    app.jinja_env.globals["bar_of"] = bar_of
    app.jinja_env.filters["sound"] = lambda files: [it for it in files if not is_infected(it)]
    audit.name_actions(
        {
            "attachment:add": _l("Handed in a file"),
            "attachment:infected": _l("Found a virus in a file"),
            "attachment:read": _l("Read a personal paper"),
            "attachment:refused": _l("Was refused a file with a virus"),
            "attachment:remove": _l("Removed a file"),
        }
    )
    audit.name_fields(
        "attachment",
        {
            "slot": audit.Field(_l("Paper"), lambda key: str(slot_named(key).label)),
            "found": audit.Field(_l("Virus")),
            "sha256": audit.Field(_l("SHA-256")),
        },
    )
    audit.name_records("Attachment", audit.rows(Attachment, _paper))


def _paper(attachment: Attachment) -> str:
    """Return what a file is; not its name, into which people put names of persons."""
    try:
        return str(slot_named(attachment.slot).label)
    except NotFound:
        return attachment.slot
