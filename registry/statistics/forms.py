from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired

from core import clock
from core.forms import Form, choices
from core.i18n import _l
from registry.statistics.places import Map


class FrameForm(FlaskForm):
    """Which year is shown, on which map. Asked by GET; what is not offered is left out."""

    class Meta:
        csrf = False

    year = SelectField(_l("Year"))
    map = SelectField(_l("Streets"))

    def offer(self, first_year: int) -> "FrameForm":
        """Offer every year since the first, and both maps; choose this year and its streets."""
        this_year = clock.today().year
        years = [str(it) for it in range(this_year, min(first_year, this_year) - 1, -1)]
        self.year.choices = choices((it, it) for it in years)
        self.map.choices = choices((it.value, it.label) for it in Map)
        if self.year.data not in years:
            self.year.data = years[0]
        if self.map.data not in set(Map):
            self.map.data = Map.THEN.value
        return self

    def chosen(self) -> tuple[int, Map]:
        """Return the year and the map."""
        return int(self.year.data), Map(self.map.data)


class ReportForm(Form):
    """Which month's report is to be issued."""

    month = StringField(
        _l("Month"),
        [InputRequired()],
        description=_l("A month that has ended, such as 2026-10. Each is issued once."),
    )
