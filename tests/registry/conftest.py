"""The register's tests stand in the demo district, with the streets of 2004 and of 2019."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale

from core.accounts import SYSTEM
from core.db import atomic
from core.divisions import Division, require_district
from core.divisions.district_file import read_district
from core.divisions.loading import load_district

DATA = Path(__file__).resolve().parent.parent / "data"


@pytest.fixture(autouse=True)
def _press(request: pytest.FixtureRequest) -> None:
    """Papers are proofs here, unless a test is marked as one that looks at what is printed."""
    if request.node.get_closest_marker("printed") is None:
        request.getfixturevalue("proofs")


@pytest.fixture
def jinjiang(app: Flask) -> Division:
    """The district, its streets loaded."""
    with atomic():
        load_district(
            read_district((DATA / "district.toml").read_text(encoding="utf-8")), by=SYSTEM
        )
    return require_district()


@pytest.fixture
def english(app: Flask) -> Iterator[None]:
    """Words in English, so that a test may look for them."""
    with force_locale("en"):
        yield


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """Return `file(*lines, encoding=, name=)`: a file of these lines."""

    def write(*lines: str, encoding: str = "utf-8", name: str = "register.csv") -> Path:
        path = tmp_path / name
        path.write_bytes("\r\n".join(lines).encode(encoding))
        return path

    return write
