"""From the applicant to the office: sponsor unit, acceptance, corrections."""

from core.i18n import _l
from core.policy import said
from core.workflow import Party, Phase, Transition
from core.workflow.usual import guards, steps
from core.workflow.usual.asks import DECLARATION_WITH_PAPERS, ITEMS_ONCE, OPINION
from registry.registrations import policy, rules
from registry.registrations.states import RegistrationState

S, P, step = RegistrationState, Party, Transition
#: The sponsor unit's consent is among the papers of every type.
SPONSOR_BASIS = (
    "社会团体登记管理条例第九条；民办非企业单位登记管理暂行条例第八条；基金会管理条例第九条"
)

INTAKE = (
    steps.submission(
        "submit_to_sponsor",
        _l("Send to the sponsor unit"),
        {S.DRAFT, S.SPONSOR_RETURNED},
        S.SPONSOR_REVIEW,
        applies=rules.is_dual,
        asks=(DECLARATION_WITH_PAPERS,),
        consequence=_l(
            "The sponsor unit reads the application first. You can take it back until the decision."
        ),
        message=_l("An application for registration asks for the sponsor unit's opinion."),
        tells={P.SPONSOR_OFFICER, P.APPLICANT},
        basis=SPONSOR_BASIS,
    ),
    steps.submission(
        "submit",
        _l("Submit the application"),
        {S.DRAFT, S.SPONSOR_RETURNED},
        S.SUBMITTED,
        applies=rules.is_direct,
        asks=(DECLARATION_WITH_PAPERS,),
        effect="Give the receipt for the papers",
        consequence=said(
            _l("The registration authority answers within %(days)s."), days=policy.INTAKE_DAYS
        ),
        message=_l("An application for registration has come in."),
        tells={P.INTAKE, P.APPLICANT},
        basis="行政许可法第二十九条",
    ),
    step(
        "sponsor_agree",
        _l("Agree"),
        {S.SPONSOR_REVIEW},
        S.SUBMITTED,
        by={P.SPONSOR_OFFICER},
        phase=Phase.SPONSOR,
        asks=(OPINION,),
        effect="Note the sponsor unit's consent and give the receipt for the papers",
        consequence=_l("Your opinion goes to the registration authority with the application."),
        message=_l(
            "The sponsor unit has agreed; the application is with the registration authority."
        ),
        tells={P.INTAKE, P.APPLICANT},
        basis=SPONSOR_BASIS,
        tone="primary",
    ),
    step(
        "sponsor_return",
        _l("Return with an opinion"),
        {S.SPONSOR_REVIEW},
        S.SPONSOR_RETURNED,
        by={P.SPONSOR_OFFICER},
        phase=Phase.SPONSOR,
        reason=True,
        reason_label=_l("What speaks against it, or must be changed"),
        consequence=_l("The applicant reads your opinion and may change the application."),
        message=_l("The sponsor unit has returned the application with its opinion."),
        tells={P.APPLICANT},
    ),
    step(
        "accept",
        _l("Accept the application"),
        {S.SUBMITTED},
        S.EXAMINING,
        by={P.INTAKE},
        phase=Phase.INTAKE,
        effect="Issue the acceptance notice",
        consequence=_l("The acceptance notice is issued and the time for the decision begins."),
        message=_l("The application is accepted; the acceptance notice is with the case."),
        tells={P.APPLICANT, P.EXAMINER},
        basis="行政许可法第三十二条第一款第五项",
        tone="primary",
        final=True,
    ),
    steps.correction_request(
        {S.SUBMITTED},
        S.CORRECTION,
        by={P.INTAKE},
        phase=Phase.INTAKE,
        guard=guards.asked_once,
        asks=(ITEMS_ONCE,),
        consequence=_l("One notice with every item is issued. It can be sent only once."),
        basis="行政许可法第三十二条第一款第四项",
    ),
    step(
        "decline",
        _l("Decline to accept"),
        {S.SUBMITTED},
        S.NOT_ACCEPTED,
        by={P.INTAKE},
        phase=Phase.INTAKE,
        reason=True,
        effect="Issue the notice of non-acceptance",
        consequence=_l("The case ends. The notice of non-acceptance names reasons and remedies."),
        message=_l("The application is not accepted; the notice names the reasons."),
        tells={P.APPLICANT},
        basis="行政许可法第三十二条第一款第一项、第二项",
        tone="red",
    ),
    steps.deemed_acceptance(
        {S.SUBMITTED},
        S.EXAMINING,
        tells={P.APPLICANT, P.INTAKE, P.EXAMINER, P.BUREAU_HEAD},
    ),
    steps.submission(
        "resubmit_to_sponsor",
        _l("Send the corrected application to the sponsor unit"),
        {S.CORRECTION},
        S.SPONSOR_REVIEW,
        applies=rules.lacks_consent,
        asks=(DECLARATION_WITH_PAPERS,),
        consequence=_l(
            "The sponsor unit has not agreed to the application as it is now: it reads it first. "
            "Then it goes on to the registration authority."
        ),
        message=_l("An application for registration asks for the sponsor unit's opinion."),
        tells={P.SPONSOR_OFFICER, P.APPLICANT},
        basis=SPONSOR_BASIS,
    ),
    steps.resubmission(
        {S.CORRECTION},
        S.SUBMITTED,
        applies=rules.has_no_sponsor_ahead,
        asks=(DECLARATION_WITH_PAPERS,),
        effect="Give the receipt for the corrected papers",
        consequence=said(_l("The office answers within %(days)s."), days=policy.INTAKE_DAYS),
        tells={P.INTAKE, P.APPLICANT},
        basis="行政许可法第三十二条",
    ),
)
