"""The steps of a change: sponsor unit, acceptance, decision by another person, new certificate."""

from core.i18n import _, _l
from core.policy import said
from core.workflow import Ask, Party, Phase, Transition
from core.workflow.usual import guards, licences, steps
from core.workflow.usual.asks import DECLARATION_WITH_PAPERS
from registry.changes import policy, rules
from registry.changes.states import OPEN_TO_WITHDRAW, ChangeState

S, P, step = ChangeState, Party, Transition

LICENSING = "行政许可法"
CHANGES = (
    "社会团体登记管理条例第十八条；民办非企业单位登记管理暂行条例第十五条；基金会管理条例第十五条"
)
WITHIN = said(_l("The registration authority answers within %(days)s."), days=policy.INTAKE_DAYS)
GROUND = Ask(
    "ground",
    _l("Legal ground"),
    kind="choice",
    choices=lambda case: tuple(
        (it.key, _("%(ground)s (%(article)s)", ground=it.words, article=LICENSING + it.article))
        for it in rules.GROUNDS
    ),
)

TRANSITIONS = (
    licences.to_sponsor(
        {S.DRAFT, S.SPONSOR_RETURNED},
        S.SPONSOR_REVIEW,
        applies=rules.is_reviewed_here,
        effect="Note what the register says of what changes",
        message=_l("An application for a change of registration asks for your opinion."),
        basis=CHANGES,
    ),
    steps.submission(
        "submit",
        _l("Submit the application"),
        {S.DRAFT, S.SPONSOR_RETURNED},
        S.SUBMITTED,
        applies=rules.goes_to_the_office,
        asks=(DECLARATION_WITH_PAPERS,),
        effect="Note what the register says of what changes, and give the receipt for the papers",
        consequence=WITHIN,
        message=_l("An application for a change of registration has come in."),
        tells={P.INTAKE, P.APPLICANT},
        basis=f"{LICENSING}第二十九条",
    ),
    licences.sponsor_agreement(
        {S.SPONSOR_REVIEW},
        S.SUBMITTED,
        basis=CHANGES,
    ),
    licences.sponsor_return(
        {S.SPONSOR_REVIEW},
        S.SPONSOR_RETURNED,
    ),
    licences.acceptance(
        {S.SUBMITTED},
        S.DECIDING,
        guard=guards.conditions_met,
        tells={P.APPLICANT, P.APPROVER},
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
        {S.SUBMITTED}, S.DECIDING, tells={P.APPLICANT, P.INTAKE, P.APPROVER, P.BUREAU_HEAD}
    ),
    licences.back_to_sponsor(
        {S.CORRECTION},
        S.SPONSOR_REVIEW,
        applies=rules.lacks_consent,
        effect="Note what the register says of what changes",
        message=_l("An application for a change of registration asks for your opinion."),
        basis=CHANGES,
    ),
    steps.resubmission(
        {S.CORRECTION},
        S.SUBMITTED,
        applies=rules.has_no_sponsor_ahead,
        asks=(DECLARATION_WITH_PAPERS,),
        effect="Give the receipt for the corrected papers",
        consequence=WITHIN,
        tells={P.INTAKE, P.APPLICANT},
        basis=f"{LICENSING}第三十二条",
    ),
    step(
        "approve",
        _l("Approve the change"),
        {S.DECIDING},
        S.APPROVED,
        by={P.APPROVER},
        phase=Phase.DECISION,
        guard=guards.conditions_met,
        effect="Enter the change into the register, issue the decision, announce it",
        consequence=_l(
            "The register says the new entry at once, the decision is printed, and a change of name, "
            "domicile or legal representative is announced. This cannot be taken back."
        ),
        message=_l("The change is registered; the decision is with the case."),
        tells={P.APPLICANT, P.SPONSOR_OFFICER, P.SUPERVISOR, P.CERTIFICATE_OFFICER},
        basis=f"{CHANGES}；{LICENSING}第三十八条第一款",
        tone="primary",
        final=True,
    ),
    step(
        "refuse",
        _l("Refuse the change"),
        {S.DECIDING},
        S.REFUSED,
        by={P.APPROVER},
        phase=Phase.DECISION,
        reason=True,
        asks=(GROUND,),
        effect="Issue the decision of refusal",
        consequence=_l("The case ends. The decision names the legal ground and the remedies."),
        message=_l("The change is refused; the decision names the ground and the remedies."),
        tells={P.APPLICANT},
        basis=f"{LICENSING}第三十八条第二款",
        tone="red",
    ),
    step(
        "exchange_certificate",
        _l("Exchange the certificate"),
        {S.APPROVED},
        S.CHANGED,
        by={P.CERTIFICATE_OFFICER},
        phase=Phase.ISSUE,
        asks=(
            Ask(
                "surrendered",
                _l("The old certificate was handed in and made unusable."),
                kind="yes",
                shown_to_applicant=False,
            ),
        ),
        effect="Issue original and duplicate in the place of those handed in",
        consequence=_l(
            "The new certificate is printed and replaces the old one from this moment. This cannot "
            "be taken back."
        ),
        message=_l("The new certificate is issued; the old one no longer holds."),
        tells={P.APPLICANT},
        basis=f"{LICENSING}第四十四条",
        tone="primary",
        final=True,
    ),
    step(
        "end",
        _l("End the case without a certificate"),
        {S.APPROVED},
        S.ENDED,
        by={P.CERTIFICATE_OFFICER},
        phase=Phase.ISSUE,
        reason=True,
        consequence=_l(
            "For an organization that left the register meanwhile. The change stays registered; the "
            "case closes, and the applicant reads the reason."
        ),
        message=_l("The case was ended without a certificate."),
        tells={P.APPLICANT, P.APPROVER},
        basis=f"{LICENSING}第七十条",
        tone="red",
    ),
    steps.withdrawal(OPEN_TO_WITHDRAW, S.WITHDRAWN, tells={P.INTAKE}),
    steps.lapse({S.CORRECTION}, S.LAPSED),
    steps.expiry(S.DRAFT, S.LAPSED),
)
