"""The steps of a yearly report."""

from core.i18n import _l
from core.workflow import Party, Transition
from core.workflow.usual import asks, steps
from registry.activity_reports.states import ReportState

S, P, step = ReportState, Party, Transition

RECEIVED = _l("Your activity report has been handed in.")

TRANSITIONS = (
    steps.submission(
        "submit",
        _l("Hand in the report"),
        {S.DRAFT},
        S.HANDED_IN,
        consequence=_l("The report goes to the street's guidance center."),
        message=_l("A yearly activity report has come in."),
        told=RECEIVED,
        tells={P.STREET_OFFICER, P.APPLICANT},
    ),
    steps.correction_request(
        {S.HANDED_IN},
        S.CORRECTION,
        by={P.STREET_OFFICER},
        label=_l("Ask about the report"),
        asks=(asks.QUESTIONS,),
        effect="",
        consequence=_l("The group reads your questions and hands the report in again."),
        message=_l("The street asks about the yearly report."),
    ),
    steps.resubmission(
        {S.CORRECTION},
        S.HANDED_IN,
        label=_l("Hand in the report"),
        consequence=_l("The report goes to the street's guidance center."),
        message=_l("The completed activity report has come in."),
        told=RECEIVED,
        tells={P.STREET_OFFICER, P.APPLICANT},
    ),
    step(
        "record",
        _l("Put on record"),
        {S.HANDED_IN, S.CORRECTION},
        S.RECORDED,
        by={P.STREET_OFFICER, P.SYSTEM},
        effect="Bring the number of members on the register up to date",
        consequence=_l("The report is put on record; it can no longer be asked about."),
        tone="primary",
        final=True,
    ),
)
