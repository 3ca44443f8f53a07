"""What tests of core may ask for beside what all tests may."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import force_locale


@pytest.fixture
def english(app: Flask) -> Iterator[None]:
    """Words in English, so that a test may look for them."""
    with force_locale("en"):
        yield
