"""The examiner's steps: visit, further papers, hearing, recommendation."""

from core.i18n import _l
from core.workflow import Ask, Party, Phase, Transition
from core.workflow.usual import guards, steps
from core.workflow.usual.asks import DECLARATION_WITH_PAPERS, OPINION, PAPERS_ONCE
from registry.registrations import policy, visits
from registry.registrations.grounds import GROUND
from registry.registrations.states import RegistrationState

S, P, step = RegistrationState, Party, Transition

EXAMINATION = (
    step(
        "record_site_visit",
        _l("Record a site visit"),
        {S.EXAMINING},
        None,
        by={P.EXAMINER},
        phase=Phase.EXAMINATION,
        asks=(
            Ask("visited_on", _l("Day of the visit"), kind="date", refuses=visits.refused_day),
            Ask(
                "visitors",
                _l("Visited by"),
                kind="lines",
                least=2,
                hint=_l("At least two officers, one name a line"),
                too_few=_l("Please name at least two people, one a line."),
            ),
            Ask("findings", _l("What was found"), kind="long"),
        ),
        effect="Issue the record of the site visit",
        consequence=_l("The record of the visit joins the papers of the case."),
        basis="行政许可法第三十四条第三款",
    ),
    step(
        "request_supplement",
        _l("Ask for further papers"),
        {S.EXAMINING},
        S.SUPPLEMENT,
        by={P.EXAMINER},
        phase=Phase.EXAMINATION,
        guard=guards.supplement_asked_once,
        asks=(PAPERS_ONCE,),
        consequence=_l(
            "The time limit stands still until the applicant answers. Only the papers are open to "
            "change; what they prove is examined again."
        ),
        message=_l("The examiner asks for further papers; the time limit stands still meanwhile."),
        tells={P.APPLICANT},
        basis=policy.COMPLETE_PAPERS,
    ),
    steps.submission(
        "supplement",
        _l("Send the further papers"),
        {S.SUPPLEMENT},
        S.EXAMINING,
        asks=(DECLARATION_WITH_PAPERS,),
        consequence=_l("The examination goes on and the time limit runs again."),
        message=_l("The further papers have come in."),
        told=_l("Your further papers have been handed in."),
        tells={P.EXAMINER, P.APPLICANT},
    ),
    step(
        "start_expert_review",
        _l("Start a hearing or expert review"),
        {S.EXAMINING},
        S.EXPERT_REVIEW,
        by={P.EXAMINER},
        phase=Phase.EXAMINATION,
        reason=True,
        reason_label=_l("What is to be heard or reviewed, and how long it takes"),
        consequence=_l("The applicant is told in writing; the time limit stands still meanwhile."),
        message=_l("A hearing or an expert review is held; the time limit stands still meanwhile."),
        tells={P.APPLICANT},
        basis="行政许可法第四十五条",
    ),
    step(
        "end_expert_review",
        _l("Enter the result of the hearing or review"),
        {S.EXPERT_REVIEW},
        S.EXAMINING,
        by={P.EXAMINER},
        phase=Phase.EXAMINATION,
        asks=(Ask("result", _l("Result"), kind="long"),),
        message=_l("The hearing or review is over; the time limit runs again."),
        tells={P.APPLICANT},
        tone="primary",
    ),
    step(
        "recommend_approval",
        _l("Recommend approval"),
        {S.EXAMINING},
        S.DECIDING,
        by={P.EXAMINER},
        phase=Phase.EXAMINATION,
        proposes="approve",
        guard=guards.every_condition_checked,
        asks=(OPINION,),
        private_note=True,
        consequence=_l("The case goes to another person, who decides."),
        tells={P.APPROVER},
        message=_l("A case waits for the decision."),
        tone="primary",
    ),
    step(
        "recommend_refusal",
        _l("Recommend refusal"),
        {S.EXAMINING},
        S.DECIDING,
        by={P.EXAMINER},
        phase=Phase.EXAMINATION,
        proposes="refuse",
        asks=(GROUND, OPINION),
        private_note=True,
        consequence=_l("The case goes to another person, who decides."),
        tells={P.APPROVER},
        message=_l("A case waits for the decision."),
    ),
)
