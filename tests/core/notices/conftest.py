"""An officer on Monday morning, and a notice open until Friday."""

from datetime import date

import pytest

from core.accounts.roles import Role
from core.db import atomic
from tests.core.notices.office import announce, seat


@pytest.fixture
def officer(app, frozen):
    frozen("2026-03-02 09:00")
    with atomic():
        return seat("officer", Role.EXAMINER)


@pytest.fixture
def notice(officer):
    """Open from Monday 2 March to the end of Friday 6 March."""
    return announce(officer, objections_until=date(2026, 3, 6))
