"""How the address of the register's page is read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from registry.organizations.kinds import OrganizationStatus, OrganizationType, Track
from registry.organizations.listing import Sort
from registry.portal.filters import Filters, day_of, read


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2010", date(2010, 1, 1), date(2010, 12, 31)),
        ("2010年", date(2010, 1, 1), date(2010, 12, 31)),
        ("2010-02", date(2010, 2, 1), date(2010, 2, 28)),
        ("2010年12月", date(2010, 12, 1), date(2010, 12, 31)),
        ("2010-6-3", date(2010, 6, 3), date(2010, 6, 3)),
        ("2010年6月30日", date(2010, 6, 30), date(2010, 6, 30)),
        ("2010/06/30", date(2010, 6, 30), date(2010, 6, 30)),
        ("2010.06.30", date(2010, 6, 30), date(2010, 6, 30)),
        ("2010-02-30", None, None),
        ("2010-13", None, None),
        ("0000", None, None),
        ("June", None, None),
        ("20100", None, None),
        ("", None, None),
    ],
)
def test_days(written, first, last):
    assert day_of(written, last=False) == first
    assert day_of(written, last=True) == last


@given(st.text(max_size=12))
def test_no_writing_of_a_day_fails(written):
    for last in (False, True):
        assert day_of(written, last=last) is None or isinstance(day_of(written, last=last), date)


@given(st.dates(min_value=date(1, 1, 1)))
def test_a_day_is_read_back(day):
    assert day_of(day.isoformat(), last=False) == day_of(day.isoformat(), last=True) == day


def asked(app, **arguments):
    with app.test_request_context():
        return read(MultiDict(arguments))


def test_everything_asked_for(app, jinjiang):
    found = asked(
        app, q=" 养老 ", track="registered", type="association", status="active",
        founded_from="2008", founded_to="2010-06", sort="-founded", size="50",
    )  # fmt: skip
    assert found == Filters(
        q="养老",
        track=Track.REGISTERED,
        type=OrganizationType.ASSOCIATION,
        status=OrganizationStatus.ACTIVE,
        founded_from=date(2008, 1, 1),
        founded_to=date(2010, 6, 30),
        sort=Sort.FOUNDED_DOWN,
        size=50,
    )
    assert found.active == 5


def test_unknown_arguments_are_ignored(app):
    assert asked(app, utm_source="x", page="3", _scheme="javascript", size="7", sort="; drop") == (
        Filters()
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("track", "both"),
        ("type", "51"),
        ("status", "gone"),
        ("street", "999999"),
        ("street", "x' OR 1=1"),
        ("founded_from", "long ago"),
        ("founded_to", "2010-02-30"),
    ],
)
def test_a_bad_value_is_told_beside_its_filter_and_left_out(app, name, value):
    found = asked(app, **{name: value, "q": "养老"})
    assert found.faults.keys() == {name}
    assert getattr(found, name) is None
    assert found.q == "养老"


def test_days_the_wrong_way_round(app):
    found = asked(app, founded_from="2010", founded_to="2008")
    assert found.faults.keys() == {"founded_to"}
    assert found.founded_from == date(2010, 1, 1)


def test_a_very_long_query_is_cut(app):
    assert len(asked(app, q="养" * 5000).q) == 100
