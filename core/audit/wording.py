"""What an action is called on a page: `account:sign_in` → 登录."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.errors import Words
from core.i18n import _, _l

_actions: dict[str, Words] = {
    "account:ask_in": _l("Asked to let a stopped account in again"),
    "account:address_confirmed": _l("Confirmed an address"),
    "account:change_contact": _l("Changed the contact details of an account"),
    "account:change_password": _l("Changed a password"),
    "account:close": _l("Closed an account"),
    "account:close_refused": _l("Did not close an account"),
    "account:closing_asked": _l("Asked to have their account closed"),
    "account:closing_taken_back": _l("Wants to keep their account after all"),
    "account:code_locked": _l("Was locked out after wrong one-time codes"),
    "account:code_reused": _l("Tried a one-time code again"),
    "account:code_wrong": _l("Entered a wrong one-time code"),
    "account:password_wrong": _l("Entered a wrong password while signed in"),
    "account:codes_off": _l("Turned one-time codes off"),
    "account:codes_on": _l("Turned one-time codes on"),
    "account:confirmation_sent": _l("Was sent a link to confirm an address"),
    "account:create": _l("Opened an account"),
    "account:end_session": _l("Signed another device out"),
    "account:identity_linked": _l("Linked an identity of the city's platform"),
    "account:identity_refused": _l("Was refused by way of the identity platform"),
    "account:identity_unknown": _l("Came from the identity platform without an account"),
    "account:identity_unlinked": _l("Unlinked an identity of the city's platform"),
    "account:keep_out": _l("Kept a stopped account out"),
    "account:let_in": _l("Let a stopped account in again"),
    "account:link_expired": _l("Opened an expired link"),
    "account:link_reused": _l("Opened a used link"),
    "account:link_unknown": _l("Opened an unknown link"),
    "account:password_right": _l("Entered the right password; a code was asked for"),
    "account:recovery_code_reused": _l("Tried a recovery code again"),
    "account:recovery_code_used": _l("Used a recovery code"),
    "account:recovery_codes_renewed": _l("Made recovery codes anew"),
    "account:reset_sent": _l("Was sent a link for a new password"),
    "account:reset_unknown": _l("Asked for a new password of an unknown account"),
    "account:sign_in": _l("Signed in"),
    "account:sign_in_by_identity": _l("Signed in through the identity platform"),
    "account:sign_in_failed": _l("Failed to sign in"),
    "account:sign_in_locked": _l("Was locked out after failed sign-ins"),
    "account:sign_out_everywhere": _l("Signed out everywhere"),
    "account:stop": _l("Stopped an account"),
    "account:stop_refused": _l("Was refused to stop an account or to let it in"),
    "audit:export": _l("Exported the record of actions"),
    "body:create": _l("Added a body"),
    "case:resettle": _l("Moved a case to the office of its new division"),
    "calendar:import": _l("Imported working days"),
    "counter:code_refused": _l("Counter: a code was refused"),
    "counter:confirm": _l("Counter: confirmed by the applicant"),
    "counter:refused": _l("Counter: an application was refused"),
    "counter:send_code": _l("Counter: sent the applicant a code"),
    "counter:start": _l("Counter: started an application for somebody"),
    "counter:submit": _l("Counter: submitted with the applicant's code"),
    "district:load": _l("Loaded the district"),
    "division:succeed": _l("Replaced a division by its successor"),
    "instrument:issue": _l("Issued an instrument"),
    "invitation:accept": _l("Accepted an invitation"),
    "invitation:send": _l("Sent an invitation"),
    "invitation:withdraw": _l("Withdrew an invitation"),
    "jurisdiction:assign": _l("Gave an office a division"),
    "jurisdiction:relieve": _l("Took a division from an office"),
    "keys:rotate": _l("Encrypted personal data with a new key"),
    "membership:end": _l("Ended a membership"),
    "membership:grant": _l("Granted a membership"),
    "message:send_again": _l("Sent a mail again"),
    "notice:answer": _l("Answered an objection"),
    "notice:object": _l("Raised an objection"),
    "notice:publish": _l("Published a notice"),
    "notice:reveal": _l("Looked at who raised an objection"),
    "notice:withdraw": _l("Withdrew a notice"),
    "ownership:accept": _l("Took over an organization's account"),
    "ownership:decline": _l("Declined or took back the offer of an account"),
    "ownership:offer": _l("Offered an organization's account"),
    "ownership:refused": _l("Hand-over of an account was refused"),
    "policy:confirm": _l("Confirmed a policy value"),
    "policy:propose": _l("Proposed a policy value"),
    "policy:withdraw": _l("Withdrew a proposed policy value"),
    "privacy:export_own": _l("Took a copy of their own data"),
    "privacy:reveal": _l("Looked at a personal number"),
    "privacy:reveal_refused": _l("Was refused to look at more personal numbers"),
    "privacy:sweep": _l("Took away personal data whose time was over"),
    "role:confirm": _l("Confirmed a role"),
    "role:refuse": _l("Did not confirm a role"),
    "role:refused": _l("Giving a role was refused"),
    "role:request": _l("Asked for a role"),
}
#: What the engine itself does to a case of any kind.
_of_every_case: dict[str, Words] = {
    "open": _l("Opened a case"),
    "assign": _l("Handed a case over"),
    "check": _l("Checked a condition of a case"),
    "check_again": _l("Asked for conditions to be checked again"),
    "recuse": _l("Stood back from a case"),
}
_nobody: dict[str, Words] = {"system": _l("The system"), "public": _l("The public")}
_subjects: dict[str, Words] = {
    "ApplicationPerson": _l("Person of an application"),
    "Attachment": _l("File"),
    "AuditEntry": _l("Entry of the record"),
    "Body": _l("Body"),
    "Delivery": _l("Mail"),
    "IdentityLink": _l("Linked identity"),
    "Instrument": _l("Instrument"),
    "Invitation": _l("Invitation"),
    "Membership": _l("Membership"),
    "Objection": _l("Objection"),
    "Organization": _l("Social organization"),
    "OwnershipOffer": _l("Offer of an account"),
    "PublicNotice": _l("Public notice"),
    "RoleRequest": _l("Role asked for"),
    "User": _l("User account"),
    "UserSession": _l("Session"),
}


@dataclass(frozen=True)
class NamedCase:
    """A kind of case with what it is called, its steps, its states and the conditions it checks.

    `outcome` says in words what a condition came to.
    """

    kind: str
    title: Words
    steps: Mapping[str, Words]
    states: Mapping[str, Words] = field(default_factory=dict)
    checks: Mapping[str, Words] = field(default_factory=dict)
    outcome: Callable[[Any], str] = str


_cases: list[Callable[[], Iterable[NamedCase]]] = []


def name_cases(read: Callable[[], Iterable[NamedCase]]) -> None:
    """Have the kinds of case that `read` returns called by their names."""
    _cases[:] = [read]


def _named_cases() -> list[NamedCase]:
    return [case for read in _cases for case in read()]


def named_case(kind: str) -> NamedCase | None:
    """Return the kind of case called `kind` with its words, or None."""
    return next((case for case in _named_cases() if case.kind == kind), None)


def name_actions(words: Mapping[str, Words]) -> None:
    """Say what a feature's actions are called."""
    _actions.update(words)


def name_subjects(words: Mapping[str, Words]) -> None:
    """Say what a feature's records are called, by the name of their class."""
    _subjects.update(words)


def said_action(action: str) -> str:
    """Return an action in words; one that nobody has named as its code."""
    if action in _actions:
        return str(_actions[action])
    kind, _colon, verb = action.partition(":")
    case = named_case(kind)
    words = case and case.steps.get(verb, _of_every_case.get(verb))
    if case is None or words is None:
        return action
    return _("%(kind)s: %(step)s", kind=str(case.title), step=str(words))


def named_actions() -> list[tuple[str, str]]:
    """Return every action that has a name, with its words: the office's own, then each case's."""
    codes = [*_actions]
    for case in _named_cases():
        codes += [f"{case.kind}:{verb}" for verb in (*_of_every_case, *case.steps)]
    return [(code, said_action(code)) for code in codes]


def said_person(name: str, user_id: int | None) -> str:
    """Return who acted; the system and the public, which have no account, in words."""
    if user_id is None and name in _nobody:
        return str(_nobody[name])
    return name


def said_subject(kind: str) -> str:
    """Return a class of records in words; its code where nobody has named it."""
    words = _subjects.get(kind) or _case_titles().get(_bare(kind), kind)
    return str(words)


def is_case(kind: str) -> bool:
    """Return whether `kind` is the class of a kind of case."""
    return kind not in _subjects and _bare(kind) in _case_titles()


def _bare(kind: str) -> str:
    return kind.removesuffix("Case").lower()


def _case_titles() -> dict[str, Words]:
    return {case.kind.replace("_", ""): case.title for case in _named_cases()}
