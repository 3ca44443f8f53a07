"""What happens when an application for another certificate moves: papers, the line, the notice."""

from datetime import date
from typing import Any

from core import clock, divisions, documents, notices
from core.accounts import Actor, Body
from core.db import db
from core.divisions import Division
from core.documents import EndGround
from core.documents.facts import on_day
from core.errors import RuleBroken, WrongState
from core.i18n import _
from core.workflow import Seat, engine, seating
from core.workflow.usual import notices as answers
from core.workflow.usual import papers
from registry.certificates import policy, queries, rules
from registry.certificates.models import CertificateReplacement
from registry.certificates.papers import DOCUMENTS
from registry.certificates.rules import Copies, ReplacementGround
from registry.certificates.workflow import REPLACEMENT
from registry.organizations import actions as register
from registry.organizations.kinds import LIVING, OrganizationType, Track
from registry.organizations.models import Organization
from registry.organizations.terms import next_end
from registry.registrations.certified import stated
from registry.registrations.types import typed

ENDS = {
    ReplacementGround.LOST: EndGround.LOST,
    ReplacementGround.DAMAGED: EndGround.DAMAGED,
    ReplacementGround.EXPIRING: EndGround.RENEWED,
}


@REPLACEMENT.seats_locally(Seat.OFFICE)
def office_of(division: Division) -> Body:
    """Return the office that registers there: it issues the certificates too."""
    return divisions.office_for("registration", division)


@REPLACEMENT.starts
def open_replacement(answers: dict[str, str], *, by: Actor) -> CertificateReplacement:
    """Open a draft for the organization that `by` acts for. Raises RuleBroken for anybody else."""
    organization = db.session.get(Organization, by.body_id) if by.body_id else None
    if organization is None or organization.track is not Track.REGISTERED:
        raise RuleBroken(_("Please choose first for which registered organization you are acting."))
    if organization.status not in LIVING:
        raise RuleBroken(_("The organization is no longer on the register as living."))
    case = CertificateReplacement(
        title=organization.name,
        applicant_body_id=organization.id,
        subject_body_id=organization.id,
        copies=Copies.BOTH,
    )
    if answers.get("ground") in set(ReplacementGround):
        case.ground = ReplacementGround(answers["ground"])
    engine.open_case(case, by=by)
    place = db.session.get(Division, organization.division_id or 0)
    seating.settle(case, place or divisions.require_district())
    return case


def _paper(
    case: CertificateReplacement, kind: str, by: Actor, **facts: Any
) -> documents.Instrument:
    verb = "补领" if rules.is_lost(case) else "换发"
    subject = f"{case.title}登记证书{verb}"
    if "{verb}" in facts.get("title", ""):
        facts["title"] = facts["title"].format(verb=verb)
    return papers.issue(case, kind, by=by, recipient=case.title, subject=subject, **facts)


@REPLACEMENT.on("submit")
@REPLACEMENT.on("resubmit")
def give_receipt(case: CertificateReplacement, by: Actor, entered: dict[str, Any]) -> None:
    """Note which certificates are concerned; confirm which papers came in, and when."""
    assert case.copies
    if case.ground is ReplacementGround.EXPIRING:
        case.copies = Copies.BOTH
    case.original, case.duplicate = (
        queries.unended_paper(case.organization.id, kind) if kind in case.copies.kinds else None
        for kind in Copies.BOTH.kinds
    )
    items = [str(each.label) for each in DOCUMENTS if each.needed(case)]
    _paper(case, "submission_receipt", by, received_on=clock.today(), items=items)


answers.answer_with(REPLACEMENT, _paper, corrections=policy.CORRECTION_DAYS)


@REPLACEMENT.on("approve")
def decide_approval(case: CertificateReplacement, by: Actor, entered: dict[str, Any]) -> None:
    """Issue the decision; the certificate follows."""
    case.decided_on = clock.today()
    basis = ["《中华人民共和国行政许可法》第三十八条第一款"]
    title = "准予{verb}登记证书决定书"
    _paper(case, "approval_decision", by, name=case.title, basis=basis, title=title)


@REPLACEMENT.on("refuse")
def decide_refusal(case: CertificateReplacement, by: Actor, entered: dict[str, Any]) -> None:
    """Issue the decision with its ground and the remedies."""
    case.decided_on = clock.today()
    basis = ["《中华人民共和国行政许可法》第三十八条第二款"]
    _paper(
        case,
        "refusal_decision",
        by,
        name=case.title,
        basis=basis,
        reasons=entered["note"],
        title="不予{verb}登记证书决定书",
    )


@REPLACEMENT.on("issue_certificate")
@REPLACEMENT.on("exchange_certificate")
def issue_anew(case: CertificateReplacement, by: Actor, entered: dict[str, Any]) -> None:
    """Issue the new certificate, end the old one in the same moment, announce a loss.

    A certificate from before the platform has no predecessor here: the new one begins the line.
    Raises RuleBroken where the register knows too little to print it.
    """
    organization = case.organization
    assert case.ground and case.office
    known = rules.facts_known(case)
    if known.outcome != "pass":
        raise RuleBroken(known.reason)
    # Two cases of one organization wait for each other here; the second finds what the first did.
    db.session.refresh(organization, with_for_update={"of": Organization})
    if case.ground is ReplacementGround.EXPIRING:
        _prolong(case, organization, by)
    issued = []
    for kind, old in case.concerned.items():
        if old is None and (other := queries.unended_paper(organization.id, kind)) is not None:
            raise WrongState(
                _("%(number)s was issued by another case meanwhile.", number=other.number)
            )
        facts = stated(organization, authority=case.office.name, valid_from=_begins(case, old))
        new = _paper(case, kind, by, **facts)
        issued.append((old, new))
        if old is None:
            continue
        if rules.is_lost(case):
            documents.void(
                old,
                reason=f"遗失，已于{on_day(case.published_on)}在《{case.published_in}》声明作废",
                ground=EndGround.LOST,
                successor=new,
                by=by,
                case_id=case.id,
            )
        else:
            documents.replace(old, new, ground=ENDS[case.ground], by=by, case_id=case.id)
    if rules.is_lost(case):
        _announce(case, organization, issued, by)


def _prolong(case: CertificateReplacement, organization: Organization, by: Actor) -> None:
    """Let the registration run on for another period; what was left of the old one is not lost."""
    years = typed(organization.type or OrganizationType.ASSOCIATION).years
    organization.valid_until = next_end(organization, int(case.frozen(years.key)))
    register.keep_version(
        organization, source="case", by=by, case_id=case.id, valid_from=clock.today()
    )


def _begins(case: CertificateReplacement, old: documents.Instrument | None) -> date:
    """Return the first day that a certificate names: in the place of a lost or damaged one it goes
    on with the term of that, prolonged it begins a new one.
    """
    if old is None or case.ground is ReplacementGround.EXPIRING:
        return clock.today()
    return old.valid_from


def _announce(
    case: CertificateReplacement,
    organization: Organization,
    issued: list[tuple[documents.Instrument | None, documents.Instrument]],
    by: Actor,
) -> None:
    """Publish which certificate is void and which came in its place."""
    gone = [old.number for old, _new in issued if old is not None]
    notices.publish(
        kind="registration",
        title=f"{organization.name}登记证书遗失作废及补领公告",
        facts={
            "名称": organization.name,
            "统一社会信用代码": organization.number,
            "作废证书编号": "、".join(gone) or "平台启用前颁发的证书",
            "补领证书编号": "、".join(new.number for _old, new in issued),
            "遗失声明": f"《{case.published_in}》{on_day(case.published_on)}",
            "登记管理机关": case.office.name if case.office else "",
        },
        body_id=organization.id,
        case_id=case.id,
        office_id=case.office_id,
        series="登公告〔{year}〕{place}号",
        by=by,
    )
