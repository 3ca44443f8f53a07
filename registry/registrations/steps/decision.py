"""The decision by another person, the certificate, and how a case ends without either."""

from core.i18n import _l
from core.workflow import Ask, Party, Phase, Transition
from core.workflow.usual import guards, steps
from registry.registrations.grounds import GROUND
from registry.registrations.states import OPEN_TO_WITHDRAW, RegistrationState

S, P, step = RegistrationState, Party, Transition

DECISION = (
    step(
        "approve",
        _l("Approve the registration"),
        {S.DECIDING},
        S.APPROVED,
        by={P.APPROVER},
        phase=Phase.DECISION,
        guard=guards.every_condition_checked,
        effect="Issue the decision of approval",
        consequence=_l(
            "The decision of approval is printed and sent to the applicant; it cannot be taken back. "
            "The certificate officer then issues the certificate."
        ),
        message=_l("The registration is approved; the decision is with the case."),
        tells={P.APPLICANT, P.CERTIFICATE_OFFICER},
        basis="行政许可法第三十八条第一款",
        tone="primary",
        final=True,
    ),
    step(
        "refuse",
        _l("Refuse the registration"),
        {S.DECIDING},
        S.REFUSED,
        by={P.APPROVER},
        phase=Phase.DECISION,
        reason=True,
        asks=(GROUND,),
        effect="Issue the decision of refusal",
        consequence=_l("The case ends. The decision names the legal ground and the remedies."),
        message=_l("The registration is refused; the decision names the ground and the remedies."),
        tells={P.APPLICANT},
        basis=(
            "社会团体登记管理条例第十三条；民办非企业单位登记管理暂行条例第十一条；"
            "基金会管理条例第十一条；行政许可法第三十八条第二款"
        ),
        tone="red",
    ),
    step(
        "send_back",
        _l("Send back to the examiner"),
        {S.DECIDING},
        S.EXAMINING,
        by={P.APPROVER},
        phase=Phase.DECISION,
        reason=True,
        private_note=True,
        consequence=_l("The examiner reads your reason and examines again."),
        message=_l("A case was sent back for another examination."),
        tells={P.EXAMINER},
    ),
    step(
        "issue_certificate",
        _l("Issue the certificate"),
        {S.APPROVED},
        S.CERTIFIED,
        by={P.CERTIFICATE_OFFICER},
        asks=(
            Ask(
                "unified_code",
                _l("Unified social credit code"),
                hint=_l(
                    "As assigned by the national coding service: 18 characters, the first two by type."
                ),
            ),
        ),
        effect="Enter it into the register, issue original and duplicate, announce it",
        consequence=_l(
            "The organization enters the public register, its certificate is printed and the "
            "registration is announced. This cannot be taken back."
        ),
        message=_l("The organization is registered; the certificate is with the case."),
        tells={P.APPLICANT, P.SPONSOR_OFFICER, P.SUPERVISOR},
        basis="行政许可法第四十四条",
        tone="primary",
        final=True,
    ),
)

#: Until the decision the applicant may take the application back; what nobody corrects lapses.
ENDINGS = (
    steps.withdrawal(OPEN_TO_WITHDRAW, S.WITHDRAWN, tells={P.INTAKE}),
    steps.expiry(S.DRAFT, S.LAPSED),
    steps.lapse({S.CORRECTION, S.SUPPLEMENT}, S.LAPSED),
)
