"""The steps by which another certificate is asked for, decided by two people, and issued by a third."""

from core.i18n import _l
from core.policy import said
from core.workflow import Ask, Party, Phase, Transition
from core.workflow.usual import asks, guards, licences, steps
from registry.certificates import policy, rules
from registry.certificates.states import ReplacementState

S, P, step = ReplacementState, Party, Transition

LICENSING = "行政许可法"
ISSUED = _l("The new certificate is issued; the old one no longer holds.")

TRANSITIONS = (
    steps.submission(
        "submit",
        _l("Submit the application"),
        {S.DRAFT},
        S.SUBMITTED,
        asks=(asks.DECLARATION_WITH_PAPERS,),
        effect="Note which papers are concerned and give the receipt",
        consequence=said(
            _l("The registration authority answers within %(days)s."), days=policy.INTAKE_DAYS
        ),
        message=_l("An application for another certificate has come in."),
        tells={P.INTAKE, P.APPLICANT},
        basis=f"{LICENSING}第二十九条",
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
    ),
    licences.non_acceptance(
        {S.SUBMITTED},
        S.NOT_ACCEPTED,
    ),
    steps.deemed_acceptance(
        {S.SUBMITTED}, S.DECIDING, tells={P.APPLICANT, P.INTAKE, P.APPROVER, P.BUREAU_HEAD}
    ),
    steps.resubmission(
        {S.CORRECTION},
        S.SUBMITTED,
        asks=(asks.DECLARATION_WITH_PAPERS,),
        effect="Give the receipt for the corrected papers",
        consequence=said(_l("The office answers within %(days)s."), days=policy.INTAKE_DAYS),
        tells={P.INTAKE, P.APPLICANT},
        basis=f"{LICENSING}第三十二条",
    ),
    step(
        "approve",
        _l("Approve another certificate"),
        {S.DECIDING},
        S.APPROVED,
        by={P.APPROVER},
        phase=Phase.DECISION,
        guard=guards.conditions_met,
        effect="Issue the decision of approval",
        consequence=said(
            _l(
                "The decision on another certificate is printed and sent to the applicant; it "
                "cannot be taken back. The certificate follows within %(days)s."
            ),
            days=policy.ISSUE_DAYS,
        ),
        message=_l("Another certificate is approved; the decision is with the case."),
        tells={P.APPLICANT, P.CERTIFICATE_OFFICER},
        basis=f"{LICENSING}第三十八条第一款",
        tone="primary",
        final=True,
    ),
    step(
        "refuse",
        _l("Refuse another certificate"),
        {S.DECIDING},
        S.REFUSED,
        by={P.APPROVER},
        phase=Phase.DECISION,
        reason=True,
        effect="Issue the decision of refusal",
        consequence=_l("The case ends. The decision names the legal ground and the remedies."),
        message=_l("Another certificate is refused; the decision names ground and remedies."),
        tells={P.APPLICANT},
        basis=f"{LICENSING}第三十八条第二款",
        tone="red",
    ),
    step(
        "issue_certificate",
        _l("Issue the certificate"),
        {S.APPROVED},
        S.ISSUED,
        by={P.CERTIFICATE_OFFICER},
        phase=Phase.ISSUE,
        applies=rules.is_lost,
        guard=rules.still_held,
        effect="Declare the lost certificate void, issue another one, announce both",
        consequence=_l(
            "The lost certificate becomes void, another is printed, both are announced. This cannot "
            "be taken back."
        ),
        message=ISSUED,
        tells={P.APPLICANT},
        basis=f"{LICENSING}第四十四条",
        tone="primary",
        final=True,
    ),
    step(
        "exchange_certificate",
        _l("Exchange the certificate"),
        {S.APPROVED},
        S.ISSUED,
        by={P.CERTIFICATE_OFFICER},
        phase=Phase.ISSUE,
        applies=rules.is_surrendered,
        guard=rules.still_held,
        asks=(
            Ask(
                "surrendered",
                _l("The old certificate was handed in and made unusable."),
                kind="yes",
                shown_to_applicant=False,
            ),
        ),
        effect="Issue another certificate in the place of the one handed in",
        consequence=_l(
            "The new certificate is printed and replaces the old one from this moment. This cannot "
            "be taken back."
        ),
        message=ISSUED,
        tells={P.APPLICANT},
        basis=f"{LICENSING}第四十四条、第五十条",
        tone="primary",
        final=True,
    ),
    step(
        "end",
        _l("End the case without a certificate"),
        {S.APPROVED},
        S.ENDED,
        by={P.CERTIFICATE_OFFICER},
        reason=True,
        consequence=_l(
            "For a certificate that another case has ended meanwhile, or an organization that left "
            "the register. The case closes; the applicant reads the reason."
        ),
        message=_l("The case was ended without a certificate."),
        tells={P.APPLICANT, P.APPROVER},
        basis=f"{LICENSING}第七十条",
        tone="red",
    ),
    steps.withdrawal(
        {S.DRAFT, S.SUBMITTED, S.CORRECTION, S.DECIDING, S.APPROVED},
        S.WITHDRAWN,
        tells={P.INTAKE},
    ),
    steps.expiry(S.DRAFT, S.LAPSED),
    steps.lapse({S.CORRECTION}, S.LAPSED),
)
