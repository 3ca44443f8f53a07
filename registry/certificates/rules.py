"""When a certificate may be issued anew: lost and declared void, damaged, or near its end."""

from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from core import clock, policy
from core.eligibility import Condition
from core.eligibility.rules import Answer, failed, passed, unknown
from core.i18n import _, _l, day
from core.workflow import Finding
from registry.certificates.policy import FIRST_REMINDER_DAYS
from registry.organizations.kinds import FUNDS, LIVING

if TYPE_CHECKING:
    from registry.certificates.models import CertificateReplacement

LICENSING_50 = "行政许可法第五十条"
ISSUING = "本区登记证书补领、换发办事指南"
#: Where what the register says is changed: the address of that matter.
CHANGE = "registration_change"


class ReplacementGround(StrEnum):
    """Why another certificate is asked for."""

    LOST = "lost"
    DAMAGED = "damaged"
    EXPIRING = "expiring"

    @property
    def label(self) -> str:
        return str(GROUNDS[self])


GROUNDS = {
    ReplacementGround.LOST: _l("It was lost or stolen"),
    ReplacementGround.DAMAGED: _l("It is damaged"),
    ReplacementGround.EXPIRING: _l("Its validity ends or has ended"),
}


class Copies(StrEnum):
    """Which papers are asked for."""

    ORIGINAL = "original"
    DUPLICATE = "duplicate"
    BOTH = "both"

    @property
    def label(self) -> str:
        return str(COPIES[self])

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of instrument that are issued."""
        return {
            Copies.ORIGINAL: ("certificate_original",),
            Copies.DUPLICATE: ("certificate_duplicate",),
            Copies.BOTH: ("certificate_original", "certificate_duplicate"),
        }[self]


COPIES = {
    Copies.ORIGINAL: _l("The original"),
    Copies.DUPLICATE: _l("The duplicate"),
    Copies.BOTH: _l("Original and duplicate"),
}

#: What the register must know before a certificate can be printed.
STATED = {
    "name": _l("Name"),
    "domicile": _l("Domicile"),
    "legal_representative": _l("Legal representative"),
    "registered_funds": _l("Registered funds"),
    "scope": _l("Scope of activities"),
}


def is_lost(case: "CertificateReplacement") -> bool:
    return case.ground is ReplacementGround.LOST


def is_surrendered(case: "CertificateReplacement") -> bool:
    """Return whether the old certificate is handed in: there is one to hand in."""
    return case.ground is not ReplacementGround.LOST


def living(case: "CertificateReplacement") -> Answer:
    status = case.organization.status
    if status in LIVING:
        return passed(status.label)
    return failed(_("The organization is no longer on the register as living."), status.label)


def facts_known(case: "CertificateReplacement") -> Answer:
    organization = case.organization
    labels = dict(STATED)
    if organization.type in FUNDS:
        labels["registered_funds"] = FUNDS[organization.type]
    missing = [str(label) for name, label in labels.items() if not getattr(organization, name)]
    if missing:
        return failed(
            _("The register does not know what the certificate states: %(what)s. "
              "Please have the entry corrected first.", what=_(", ").join(missing)),
            matter=CHANGE,
        )  # fmt: skip
    return passed(_("The register knows everything that the certificate states."))


def declared_void(case: "CertificateReplacement") -> Answer:
    if not is_lost(case):
        return passed(_("Not needed: the old certificate is handed in."))
    if not case.published_in or case.published_on is None:
        return unknown(_("Please say where and when the loss was made public."))
    fact = f"{case.published_in} · {day(case.published_on)}"
    if case.published_on > clock.today():
        return failed(_("The day of publication cannot be in the future."), fact)
    if case.lost_on is not None and case.published_on < case.lost_on:
        return failed(_("The loss cannot have been made public before it happened."), fact)
    return passed(fact)


def unended(case: "CertificateReplacement") -> Answer:
    for paper in case.concerned.values():
        if paper is not None and paper.ended_on is not None:
            return failed(
                _("%(number)s was ended by another case already.", number=paper.number),
                paper.standing.label,
            )
    return passed("、".join(paper.number for paper in case.concerned.values() if paper))


def asked_for_once(case: "CertificateReplacement") -> Answer:
    rival = case.rival
    if rival is None:
        return passed(_("No other application asks for the same paper."))
    return failed(
        _("%(number)s asks for the same paper and is not closed yet.", number=rival.number)
    )


def ends_soon(case: "CertificateReplacement") -> Answer:
    if case.ground is not ReplacementGround.EXPIRING:
        return passed(_("Not needed: the certificate is asked for on other grounds."))
    ahead = timedelta(days=policy.value(FIRST_REMINDER_DAYS.key))
    for paper in case.concerned.values():
        if paper is not None and paper.valid_until and paper.valid_until - ahead > clock.today():
            return failed(
                _(
                    "%(number)s is valid until %(last)s; it can be exchanged from %(first)s on.",
                    number=paper.number,
                    last=day(paper.valid_until),
                    first=day(paper.valid_until - ahead),
                )
            )
    return passed(_("Its validity ends or has ended."))


def still_held(case: "CertificateReplacement") -> Iterator[Finding]:
    """Yield why no other certificate can take the place of the old one any more."""
    answer = unended(case)
    if answer.outcome == "fail":
        yield Finding(answer.reason, source=ISSUING)


CONDITIONS = (
    Condition("living", _l("The organization is on the register"), ISSUING, living),
    Condition("facts", _l("The entry is complete"), ISSUING, facts_known),
    Condition("unended", _l("The certificate was not ended meanwhile"), ISSUING, unended),
    Condition("once", _l("Asked for once"), ISSUING, asked_for_once),
    Condition("ends_soon", _l("The validity ends soon"), ISSUING, ends_soon),
    Condition("declared_void", _l("Loss declared in public"), ISSUING, declared_void, "request"),
)


def missing_request(case: "CertificateReplacement") -> Iterator[Finding]:
    if case.ground is None:
        yield Finding(_("Please say why another certificate is needed."), "request", field="ground")
    if case.copies is None:
        yield Finding(_("Please say which certificate is asked for."), "request", field="copies")
    if not is_lost(case):
        return
    if not case.circumstances:
        yield Finding(
            _("Please say how the certificate was lost."), "request", ISSUING, field="circumstances"
        )
    if case.lost_on is None:
        yield Finding(
            _("Please say on which day the loss was noticed."), "request", ISSUING, field="lost_on"
        )
    elif case.lost_on > clock.today():
        yield Finding(
            _("The day of the loss cannot be in the future."), "request", ISSUING, field="lost_on"
        )
    answer = declared_void(case)
    if answer.outcome != "pass":
        yield Finding(answer.reason, "request", ISSUING)
