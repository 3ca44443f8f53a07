"""The steps of a filing."""

from core.i18n import _l
from core.workflow import Party, Transition
from core.workflow.usual import guards, steps
from core.workflow.usual.asks import OPINION
from registry.filings import ends, rules
from registry.filings.states import FilingState

S, P, step = FilingState, Party, Transition

SENT = _l("An application to be filed has come in.")

TRANSITIONS = (
    steps.submission(
        "submit",
        _l("Submit the application"),
        {S.DRAFT},
        S.COMMUNITY_REVIEW,
        applies=rules.has_committee,
        consequence=_l("The residents' committee gives its opinion, then the street decides."),
        message=SENT,
        tells={P.COMMUNITY_OFFICER, P.APPLICANT},
    ),
    steps.submission(
        "submit_to_street",
        _l("Submit the application"),
        {S.DRAFT},
        S.STREET_REVIEW,
        applies=rules.has_no_committee,
        consequence=_l("The street's guidance center decides."),
        message=SENT,
        tells={P.STREET_OFFICER, P.APPLICANT},
    ),
    step(
        "support",
        _l("Give a favourable opinion"),
        {S.COMMUNITY_REVIEW},
        S.STREET_REVIEW,
        by={P.COMMUNITY_OFFICER},
        asks=(OPINION,),
        consequence=_l("Your opinion goes to the street, which decides."),
        message=_l("The residents' committee has given its opinion."),
        tells={P.STREET_OFFICER, P.APPLICANT},
        tone="primary",
    ),
    step(
        "object",
        _l("Raise doubts"),
        {S.COMMUNITY_REVIEW},
        S.STREET_REVIEW,
        by={P.COMMUNITY_OFFICER},
        asks=(OPINION,),
        consequence=_l("Your doubts go to the street, which decides."),
        message=_l("The residents' committee has raised doubts."),
        tells={P.STREET_OFFICER},
    ),
    step(
        "pass_on",
        _l("Pass on without an opinion"),
        {S.COMMUNITY_REVIEW},
        S.STREET_REVIEW,
        by={P.SYSTEM},
        message=_l(
            "The residents' committee gave no opinion in time; the street goes on without it."
        ),
        tells={P.STREET_OFFICER, P.COMMUNITY_OFFICER},
    ),
    steps.correction_request({S.STREET_REVIEW}, S.CORRECTION, by={P.STREET_OFFICER}),
    steps.resubmission(
        {S.CORRECTION},
        S.STREET_REVIEW,
        consequence=_l("The street decides on the corrected application."),
        tells={P.STREET_OFFICER, P.APPLICANT},
    ),
    step(
        "approve",
        _l("File the group"),
        {S.STREET_REVIEW},
        S.FILED,
        by={P.STREET_OFFICER},
        guard=guards.conditions_met,
        effect="Give the filing number, enter the group into the register, issue the receipt",
        consequence=_l(
            "The group enters the public register and its filing receipt is printed. The bureau sees "
            "it at once; only the bureau can return it."
        ),
        message=_l(
            "The street has filed a group. Please look at the filing and record it, or return it."
        ),
        told=_l("The group is filed; the filing receipt is with the case."),
        tells={P.APPLICANT, P.SUPERVISOR},
        tone="primary",
        final=True,
    ),
    steps.refusal(
        _l("Do not file"),
        {S.STREET_REVIEW},
        S.REFUSED,
        by={P.STREET_OFFICER},
        guard=ends.may_end,
        effect="Issue the notice that the group is not filed; end the entry of a returned filing",
        consequence=_l(
            "The case ends. The notice names the reasons. A group whose filing the bureau has "
            "returned is cancelled on the register."
        ),
        message=_l("The group is not filed; the notice names the reasons."),
    ),
    step(
        "return_filing",
        _l("Return to the street"),
        {S.FILED},
        S.STREET_REVIEW,
        by={P.SUPERVISOR},
        reason=True,
        effect="Void the receipt; the register says that the filing is under review",
        consequence=_l("The filing receipt becomes void and the street decides again."),
        message=_l("The bureau has returned the filing; the street decides again."),
        tells={P.STREET_OFFICER, P.APPLICANT},
        tone="red",
    ),
    step(
        "record",
        _l("Record"),
        {S.FILED},
        S.RECORDED,
        by={P.SUPERVISOR, P.SYSTEM},
        consequence=_l(
            "The filing stays as the street decided; it can no longer be returned to the street."
        ),
        tone="primary",
        final=True,
    ),
    steps.withdrawal(
        {S.DRAFT, S.COMMUNITY_REVIEW, S.STREET_REVIEW, S.CORRECTION},
        S.WITHDRAWN,
        applies=lambda case: case.subject_body_id is None,
        tells={P.STREET_OFFICER},
    ),
    steps.expiry(S.DRAFT, S.LAPSED),
    steps.lapse(
        {S.CORRECTION},
        S.LAPSED,
        guard=ends.may_end,
        effect="End the entry of a returned filing; for another one nothing",
    ),
)
