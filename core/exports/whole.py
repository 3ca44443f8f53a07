"""Files that stand under their name whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Give the place to write a file at; it takes the name `path` when the block ends well.

    What stood there before stays until then. Where the block fails, nothing is left behind; where
    the process is killed, only the unfinished file, named .part.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        yield part
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
