"""Days are read in all the ways people write them, and shown again as they were written."""

from datetime import UTC, date, datetime

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.validators import InputRequired

from core import i18n
from core.days import DayField, control_for, read_day
from registry.portal.filters import day_of

FIRST_OF_MARCH = date(2026, 3, 1)


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-01", "2026-3-1", "2026/3/1", "2026.3.1", "2026年3月1日", "2026年3月1", "20260301",
        "２０２６年３月１日", "２０２６－０３－０１", " 2026 年 3 月 1 日 ",
    ],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(written):
    assert read_day(written) == FIRST_OF_MARCH


@pytest.mark.parametrize("written", ["", "2026", "2026-02-30", "26-3-1", "01.03.2026", "明天"])
def test_what_is_no_day_is_refused(written):
    with pytest.raises(ValueError):
        read_day(written)


def test_the_register_reads_full_width_days_too():
    assert day_of("２０２６年３月１日", last=False) == FIRST_OF_MARCH
    assert day_of("２０２６年", last=False) == date(2026, 1, 1)


class AsksForADay(Form):
    on = DayField("On", [InputRequired()])


@pytest.mark.parametrize(
    ("sent", "control", "shown"),
    [
        ("", "date", ""),
        ("2026年3月1日", "date", "2026-03-01"),
        ("三月一日", "text", "三月一日"),
        ("2026-02-30", "text", "2026-02-30"),
    ],
)
def test_a_calendar_is_offered_but_never_hides_what_was_written(app, sent, control, shown):
    form = AsksForADay(MultiDict({"on": sent}))
    drawn = str(form.on())
    assert f'type="{control}"' in drawn and f'value="{shown}"' in drawn
    assert form.validate() == (control == "date" and bool(shown))


def test_a_year_stays_a_year():
    assert [control_for(it) for it in ("", "2010", "2010-06-30", "20100630")] == [
        "date", "text", "date", "text",
    ]  # fmt: skip


@pytest.mark.engines("sqlite")
def test_the_day_of_a_moment_is_the_day_at_the_office(app):
    """Between midnight and eight the day of Greenwich is still the one before."""
    early = datetime(2026, 11, 22, 21, 14, tzinfo=UTC)
    with app.test_request_context("/"):
        assert i18n.day(early) == "2026年11月23日"
        assert i18n.day(date(2026, 11, 22)) == "2026年11月22日"
