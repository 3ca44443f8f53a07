"""How a filed group reports on a year: one page, handed in, put on record."""

from core.i18n import _l
from core.workflow import Ask, Party, Seat, Section, Workflow, declare
from registry.activity_reports import rules
from registry.activity_reports.guide import GUIDE
from registry.activity_reports.states import STATES
from registry.activity_reports.steps import TRANSITIONS

REPORT = declare(
    Workflow(
        kind="activity_report",
        title=_l("Yearly activity report"),
        states=STATES,
        transitions=TRANSITIONS,
        series="HB",
        sections=(
            Section(
                "report",
                _l("The year in one page"),
                _l("Round numbers are good enough."),
                missing=rules.missing_report,
                asks=(
                    Ask("activity_count", _l("Activities in the year"), "number"),
                    Ask(
                        "participants",
                        _l("People who took part, all activities together"),
                        "number",
                    ),
                    Ask(
                        "summary",
                        _l("What did the group do?"),
                        "long",
                        hint=_l(
                            "For example: sang every Tuesday, four performances for the elderly."
                        ),
                        most=1000,
                    ),
                    Ask("individual_members", _l("Members at the end of the year"), "number"),
                    Ask("income", _l("Income of the year"), "money"),
                    Ask("spending", _l("Spending of the year"), "money"),
                    Ask(
                        "wishes",
                        _l("What would help the group?"),
                        "long",
                        required=False,
                        hint=_l("A room, a teacher, insurance … The street reads it."),
                        most=500,
                    ),
                ),
            ),
        ),
        guides=(GUIDE,),
        checked_by=Party.STREET_OFFICER,
        seats=(Seat.OFFICE, Seat.OVERSIGHT),
    )
)
