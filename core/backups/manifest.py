"""What a backup says of itself, first thing in the file, and the two ways it can fail."""

import re
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from core.config import ROOT


class Refused(Exception):
    """A backup is not made or not put back; the text is the one sentence a person needs."""


class Faulty(Exception):
    """A backup is damaged; the text says where."""


class Root(BaseModel):
    """What the record of actions came to on a day: its number of entries and last digest."""

    day: str
    entries: int
    digest: str


class Manifest(BaseModel):
    """What was backed up, when, and from what.

    `contents` is the SHA-256 of the list of contents, which holds one for every other part.
    `rows` counts every table of the application. `data_keys` names the keys that personal data
    are encrypted with by their ids; the keys themselves are never in a backup.
    """

    model_config = ConfigDict(extra="forbid")

    form: Literal[1] = 1
    application: str
    migration: str
    engine: Literal["sqlite", "postgresql"]
    engine_version: str
    made_at: datetime
    data_keys: list[str]
    rows: dict[str, int]
    files: int
    bytes: int
    audit_root: Root | None
    audit_end: Root | None
    contents: str

    @property
    def database(self) -> str:
        """The name of the part that holds the database."""
        return "database.sqlite" if self.engine == "sqlite" else "database.dump"


class Ending(BaseModel):
    """The last part of a backup: it is whole, and `missing` files were gone when it was made."""

    model_config = ConfigDict(extra="forbid")

    manifest: str
    missing: list[str]


def application_version() -> str:
    """Return the version that runs, as the changelog calls it."""
    log = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(r"^## \[([^\]]+)\]", log, re.MULTILINE)
    return found[1] if found else "unknown"
