"""What the report is narrowed to; it changes nothing and needs no token."""

from itertools import groupby
from typing import Any

from wtforms import Form, SelectField
from wtforms.validators import Optional

from core import calendar, clock, i18n
from core.forms import choices
from core.i18n import _, _l
from core.oversight import queries
from core.oversight.queries import Wanted
from core.workflow import declared
from core.workflow.sections import spoken

#: How many months back the report can be read.
MONTHS = 24


def _open(label: Any) -> SelectField:
    return SelectField(label, [Optional()], choices=[], validate_choice=False)


class ReportForm(Form):
    """Month, office and kind of case."""

    month = _open(_l("Month"))
    office = _open(_l("Office"))
    kind = _open(_l("Matter"))

    def wanted(self) -> Wanted:
        """Return what was chosen; what makes no sense narrows nothing."""
        this = clock.today().replace(day=1)
        months = [calendar.add_months(this, -back) for back in range(MONTHS)]
        month = {f"{it:%Y-%m}": it for it in months}.get(self.month.data or "", this)
        offices, kinds = queries.offices(), declared()
        every = ("", _("All"))
        self.month.choices = choices((f"{it:%Y-%m}", i18n.month(it)) for it in months)
        self.office.choices = choices([every])
        for kind_of, group in groupby(offices, key=lambda it: it[0]):
            named = [(str(id), name) for _kind, id, name in group]
            self.office.choices += choices(named, group=kind_of.label)
        self.kind.choices = choices([every, *((w.kind, w.title) for w in kinds)])
        office = {str(id): id for _kind, id, _name in offices}.get(self.office.data or "")
        kind = self.kind.data if self.kind.data in {w.kind for w in kinds} else None
        self.month.data = f"{month:%Y-%m}"
        self.office.data, self.kind.data = str(office or ""), kind or ""
        return Wanted(month, office, kind)

    def described(self) -> str:
        """Return the choice in words, for the name of a file."""
        return "_".join(spoken(it) for it in (self.month, self.office, self.kind) if it.data)
