"""What an action is called on a page: `account:sign_in` → 登录."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from core.errors import Words
from core.i18n import _, _l

_actions: dict[str, Words] = {
    "account:change_contact": _l("Changed the contact details of an account"),
    "account:change_password": _l("Changed a password"),
    "account:close": _l("Closed an account"),
    "account:create": _l("Opened an account"),
    "account:sign_in": _l("Signed in"),
    "account:sign_in_failed": _l("Failed to sign in"),
    "account:sign_in_locked": _l("Was locked out after failed sign-ins"),
    "account:sign_out_everywhere": _l("Signed out everywhere"),
    "audit:export": _l("Exported the record of actions"),
    "body:create": _l("Added a body"),
    "case:resettle": _l("Moved a case to the office of its new division"),
    "calendar:import": _l("Imported working days"),
    "district:load": _l("Loaded the district"),
    "division:succeed": _l("Replaced a division by its successor"),
    "instrument:issue": _l("Issued an instrument"),
    "jurisdiction:assign": _l("Gave an office a division"),
    "jurisdiction:relieve": _l("Took a division from an office"),
    "membership:end": _l("Ended a membership"),
    "membership:grant": _l("Granted a membership"),
    "message:send_again": _l("Sent a mail again"),
    "notice:answer": _l("Answered an objection"),
    "notice:object": _l("Raised an objection"),
    "notice:publish": _l("Published a notice"),
    "notice:reveal": _l("Looked at who raised an objection"),
    "notice:withdraw": _l("Withdrew a notice"),
    "policy:confirm": _l("Confirmed a policy value"),
    "policy:propose": _l("Proposed a policy value"),
    "policy:withdraw": _l("Withdrew a proposed policy value"),
}
#: What the engine itself does to a case of any kind.
_of_every_case: dict[str, Words] = {
    "open": _l("Opened a case"),
    "assign": _l("Handed a case over"),
    "check": _l("Checked a condition of a case"),
    "recuse": _l("Stood back from a case"),
}
_nobody: dict[str, Words] = {"system": _l("The system"), "public": _l("The public")}
_subjects: dict[str, Words] = {
    "Attachment": _l("File"),
    "AuditEntry": _l("Entry of the record"),
    "Body": _l("Body"),
    "Delivery": _l("Mail"),
    "Instrument": _l("Instrument"),
    "Membership": _l("Membership"),
    "Objection": _l("Objection"),
    "Organization": _l("Social organization"),
    "PublicNotice": _l("Public notice"),
    "User": _l("User account"),
}


@dataclass(frozen=True)
class NamedCase:
    """A kind of case with what it and its steps are called."""

    kind: str
    title: Words
    steps: Mapping[str, Words]


_cases: list[Callable[[], Iterable[NamedCase]]] = []


def name_cases(read: Callable[[], Iterable[NamedCase]]) -> None:
    """Have the kinds of case that `read` returns called by their names."""
    _cases[:] = [read]


def _named_cases() -> list[NamedCase]:
    return [case for read in _cases for case in read()]


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
    for case in _named_cases():
        if case.kind == kind:
            words = case.steps.get(verb, _of_every_case.get(verb, verb))
            return _("%(kind)s: %(step)s", kind=str(case.title), step=str(words))
    return action


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


def said_subject(kind: str, number: int | None) -> str:
    """Return a record in words with its number; the kind's code where nobody has named it."""
    if not kind:
        return ""
    words = _subjects.get(kind)
    if words is None:
        titles = {w.kind.replace("_", ""): w.title for w in _named_cases()}
        words = titles.get(kind.removesuffix("Case").lower(), kind)
    return f"{words} {number}" if number is not None else str(words)
