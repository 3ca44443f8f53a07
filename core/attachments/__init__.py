"""Files that people hand in, stored by content and given out only to those who may see them."""

from flask import Flask

from core.attachments.actions import attach, carry_over, keep_file, remove
from core.attachments.queries import access_attachment, count_by_slot, list_attachments
from core.attachments.rights import authorise
from core.attachments.rules import PAPERS, TABLES, TEXTS, FileType, Slot, Upload, declare_slot

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
    "keep_file",
    "list_attachments",
    "remove",
]


def init_app(app: Flask) -> None:
    from core.attachments import jobs  # noqa: F401 - declares its job
    from core.attachments.routes import bp
    from core.attachments.storage import Storage

    app.extensions["storage"] = Storage(app.extensions["settings"].STORAGE_URL)
    app.extensions["attachments"] = {}
    app.register_blueprint(bp)
