"""What a backup asks of the database, whichever engine it is."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, cast

from sqlalchemy.orm import Session

from core.backups import postgresql, sqlite
from core.db import dialect


class Engine(Protocol):
    """An engine's own way into one file and back."""

    def begin(self) -> None: ...
    def version(self) -> str: ...
    def snapshot(self, path: Path) -> None: ...
    def opened(self, path: Path, folder: Path) -> Session: ...
    def replace(self, path: Path, step: Callable[[str], None]) -> None: ...


ENGINES = cast(dict[str, Engine], {"sqlite": sqlite, "postgresql": postgresql})


def running() -> Engine:
    """Return the engine of the running application."""
    return ENGINES[dialect()]
