"""When an organization may be registered: the tests that types share or choose from."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from core.eligibility.rules import Answer, failed, passed, unknown
from core.i18n import _, money, ngettext
from registry.names import checking
from registry.organizations.kinds import ManagementMode
from registry.people.models import Position

if TYPE_CHECKING:
    from registry.registrations.models import Registration

#: A condition's test of a case.
Test = Callable[["Registration"], Answer]
NAMING = "社会组织名称管理办法（民政部令第69号）第八条"


def funds_of(least: Callable[["Registration"], Decimal | int | None]) -> Test:
    """Return the test of the funds; `least` is what the case needs, None while that is open."""

    def funds(case: "Registration") -> Answer:
        needed = least(case)
        if case.registered_funds is None:
            return unknown(_("The amount of funds is missing."))
        if needed is None:
            return unknown(_("What the funds are measured by is still open."))
        fact = money(case.registered_funds)
        if case.registered_funds >= Decimal(needed):
            return passed(fact)
        return failed(_("At least %(sum)s are needed.", sum=money(Decimal(needed))), fact)

    return funds


def name(case: "Registration") -> Answer:
    asked = checking.name_in(case)
    if not asked:
        return unknown(_("The name is missing."))
    findings = checking.findings_in(case)
    if problems := [it for it in findings if it.blocking]:
        return failed("\n".join(str(it.text) for it in problems), asked)
    if not findings:
        return passed(asked)
    remarks = ngettext(
        "%(name)s (%(num)s remark for the examiner)",
        "%(name)s (%(num)s remarks for the examiner)",
        len(findings),
        name=asked,
    )
    return passed(remarks)


def domicile(case: "Registration") -> Answer:
    if not case.domicile or case.division_id is None:
        return unknown(_("The domicile or its community is missing."))
    return passed(case.domicile)


def staff(case: "Registration") -> Answer:
    if case.staff_count is None:
        return unknown(_("The number of full-time staff is missing."))
    fact = _("%(n)d full-time staff", n=case.staff_count)
    if case.staff_count >= 1:
        return passed(fact)
    return failed(_("At least one full-time member of staff is needed."), fact)


def liability(case: "Registration") -> Answer:
    leading = [p for p in case.people if p.position is Position.LEGAL_REPRESENTATIVE]
    if not leading:
        return unknown(_("The proposed legal representative is missing."))
    if len(leading) > 1:
        return failed(
            _("There can be only one legal representative."), "、".join(p.name for p in leading)
        )
    return passed(leading[0].name)


def management(case: "Registration") -> Answer:
    if case.management_mode is None:
        return unknown(_("It is not said yet how the organization is managed."))
    if case.management_mode is ManagementMode.DIRECT:
        return passed(_("Direct registration: %(kind)s", kind=case.direct_class_label))
    if case.sponsor_agreed_on is None:
        return unknown(_("The sponsor unit has not agreed yet."))
    return passed(_("Agreed by the sponsor unit: %(name)s", name=case.sponsor_name or ""))


#: Who looks whether a person may hold an office: yields words for officers.
Screen = Callable[["Registration"], Iterable[str]]

_screens: list[Screen] = []


def screened_by(look: Screen) -> Screen:
    """Have `look` asked about the people of every application; it yields what officers read."""
    if look not in _screens:
        _screens.append(look)
    return look


def representative(case: "Registration") -> Answer:
    """Ask everyone who keeps a list: the register, later that of restricted persons."""
    if not case.legal_representative:
        return unknown(_("The proposed legal representative is missing."))
    found = [words for look in _screens for words in look(case)]
    if found:
        return failed("\n".join(found), case.legal_representative)
    return passed(_("%(name)s: nothing found", name=case.legal_representative))


def is_dual(case: "Registration") -> bool:
    return case.management_mode is not ManagementMode.DIRECT


def lacks_consent(case: "Registration") -> bool:
    """Return whether a sponsor unit has to agree first: the chosen one has not, as it stands."""
    return is_dual(case) and case.sponsor_agreed_on is None


def has_no_sponsor_ahead(case: "Registration") -> bool:
    """Return whether the application goes to the registrar: agreed to, or registered directly."""
    return not lacks_consent(case)


def is_direct(case: "Registration") -> bool:
    return case.management_mode is ManagementMode.DIRECT
