"""From the applicant to the office: sponsor unit, acceptance, corrections."""

from core.i18n import _l
from core.policy import said
from core.workflow import Party, Transition
from core.workflow.usual import licences, steps
from core.workflow.usual.asks import DECLARATION_WITH_PAPERS
from registry.registrations import policy, rules
from registry.registrations.states import RegistrationState

S, P, step = RegistrationState, Party, Transition
#: The sponsor unit's consent is among the papers of every type.
SPONSOR_BASIS = (
    "社会团体登记管理条例第九条；民办非企业单位登记管理暂行条例第八条；基金会管理条例第九条"
)

INTAKE = (
    licences.to_sponsor(
        {S.DRAFT, S.SPONSOR_RETURNED},
        S.SPONSOR_REVIEW,
        applies=rules.is_dual,
        message=_l("An application for registration asks for the sponsor unit's opinion."),
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
    licences.sponsor_agreement(
        {S.SPONSOR_REVIEW},
        S.SUBMITTED,
        basis=SPONSOR_BASIS,
    ),
    licences.sponsor_return(
        {S.SPONSOR_REVIEW},
        S.SPONSOR_RETURNED,
    ),
    licences.acceptance(
        {S.SUBMITTED},
        S.EXAMINING,
        tells={P.APPLICANT, P.EXAMINER},
    ),
    licences.correction_once(
        {S.SUBMITTED},
        S.CORRECTION,
        consequence=_l("One notice with every item is issued. It can be sent only once."),
    ),
    licences.non_acceptance(
        {S.SUBMITTED},
        S.NOT_ACCEPTED,
    ),
    steps.deemed_acceptance(
        {S.SUBMITTED},
        S.EXAMINING,
        tells={P.APPLICANT, P.INTAKE, P.EXAMINER, P.BUREAU_HEAD},
    ),
    licences.back_to_sponsor(
        {S.CORRECTION},
        S.SPONSOR_REVIEW,
        applies=rules.lacks_consent,
        message=_l("An application for registration asks for the sponsor unit's opinion."),
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
