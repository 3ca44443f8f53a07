"""Writes at the counter: start a draft for somebody, send them a code, submit with it."""

import secrets
from datetime import timedelta
from typing import Any

from core import audit, clock, crypto, messages, policy
from core.accounts import Actor, User, queries
from core.accounts import actions as accounts
from core.accounts.actor import choices_for
from core.accounts.roles import APPLICANT_ROLES
from core.accounts.rules import NO_TEXTS, email_of, folded, mobile_of
from core.config import settings
from core.counter.models import AssistedFiling
from core.counter.notices import COUNTER_CODE, COUNTER_STARTED
from core.counter.policy import ASSISTANTS, CODE_MINUTES
from core.db import db
from core.errors import NotAllowed, RuleBroken, WrongState
from core.i18n import _
from core.messages.models import Channel
from core.workflow import engine
from core.workflow.application import Guide
from core.workflow.declaration import Workflow
from core.workflow.models import Case
from core.workflow.steps import Transition


def start(
    workflow: Workflow,
    *,
    applicant_name: str,
    contact: str,
    by: Actor,
    guide: Guide | None = None,
    organization: str = "",
    **answers: str,
) -> Case:
    """Open a draft of somebody who is present; who has no account yet gets one.

    What organizations apply for is opened for the one called `organization`, for which the person
    acts here. Raises RuleBroken at "contact" for an address that cannot be reached, or is the
    officer's own, and at "organization" for one that the person does not act for.
    """
    if not by.holds(*ASSISTANTS) or by.user_id is None or by.body_id is None:
        raise NotAllowed(_("Only the intake desk and the street enter applications for others."))
    email, mobile = email_of(contact), mobile_of(contact)
    if email is None and mobile is None:
        words = _("Please enter an e-mail address, or a mobile number of 11 digits.")
        raise RuleBroken(words, "contact")
    if email is None and not settings().SMS_URL:
        raise RuleBroken(NO_TEXTS, "contact")
    known = queries.user_by_login(contact)
    if guide is not None and guide.for_organizations:
        acting = _representative(known, organization, by)
    else:
        acting = Actor(user=known or _new_applicant(applicant_name, contact, email, mobile, by))
    applicant = acting.user
    assert applicant is not None
    if applicant.id == by.user_id or applicant.closed:
        words = _("An officer cannot enter an application for themselves at the counter.")
        raise audit.refused(RuleBroken(words, "contact"), "counter:refused", applicant, by=by)
    assert workflow.starter is not None
    given = guide.given if guide else {}
    began = clock.now()
    case: Case = workflow.starter({**answers, **given}, by=acting)
    if case.opened_at < began:  # the organization's own, of which there can be one
        words = _("“%(title)s” has been begun already; it is continued there.", title=case.called)
        raise audit.refused(RuleBroken(words, "organization"), "counter:refused", applicant, by=by)
    case.matter = guide.key if guide else case.matter
    case.entered_by_id = by.user_id
    db.session.flush()
    filing = AssistedFiling(
        case_id=case.id,
        officer_id=by.user_id,
        applicant_id=applicant.id,
        office_id=by.body_id,
        contact=email or mobile or "",
        channel=Channel.MAIL if email else Channel.SMS,
    )
    db.session.add(filing)
    db.session.flush()
    audit.record("counter:start", case, by=by, case_id=case.id)
    facts = {
        "name": applicant.display_name,
        "office": by.body.name if by.body else "",
        "kind": case.matter_label,
    }
    messages.send(
        [applicant],
        COUNTER_STARTED.key,
        facts,
        link="/cases/",
        case_id=case.id,
        body_id=acting.body_id,
    )
    return case


def _representative(user: User | None, name: str, by: Actor) -> Actor:
    """Return the person acting for their organization of this name.

    Whether the person or the name is unknown looks the same: who acts for whom is no officer's to
    find out by trying. Raises RuleBroken at "organization".
    """
    ways = choices_for(user) if user is not None and not user.closed else []
    for way in ways:
        if way.body and way.holds(*APPLICANT_ROLES) and folded(way.body.name) == folded(name):
            if way.body.id not in by.member_of:
                return way
            words = _("An officer enters nothing for an organization of their own.")
            break
    else:
        words = _("Nobody with this address acts here for an organization of this name.")
    raise audit.refused(RuleBroken(words, "organization"), "counter:refused", user, by=by)


def _new_applicant(
    name: str, contact: str, email: str | None, mobile: str | None, by: Actor
) -> User:
    """Return an account nobody has a password of; its owner sets one by mail or telephone."""
    if not name.strip():
        raise RuleBroken(_("Please enter the applicant's name."), "applicant_name")
    return accounts.create_user(
        login=contact, display_name=name, password=secrets.token_urlsafe(32),
        email=email, phone=mobile, confirmed=False, by=by,
    )  # fmt: skip


def send_code(filing: AssistedFiling, *, by: Actor) -> AssistedFiling:
    """Send the applicant a code for the draft as it stands; a code before it is worth nothing."""
    _still_open(filing, by)
    case, minutes = filing.case, policy.value(CODE_MINUTES)
    code = f"{secrets.randbelow(10**6):06d}"
    filing.code_digest = _digest(filing, code)
    filing.code_version = case.version
    filing.code_expires_at = clock.now() + timedelta(minutes=minutes)
    facts = {
        "name": filing.applicant.display_name,
        "office": filing.office.name,
        "kind": case.matter_label,
        "title": case.called,
        "code": code,
        "minutes": minutes,
    }
    messages.write_to(
        filing.contact, COUNTER_CODE.key, facts,
        locale=filing.applicant.locale, channel=filing.channel,
    )  # fmt: skip
    audit.record("counter:send_code", case, by=by, case_id=case.id)
    return filing


def submit(filing: AssistedFiling, *, code: str, by: Actor) -> Case:
    """Submit the draft in the applicant's name with the code they were sent.

    Raises RuleBroken at "code" for a wrong, old or used one, on record.
    """
    _still_open(filing, by)
    case = filing.case
    refused = _fault(filing, code)
    if refused is not None:
        raise audit.refused(RuleBroken(refused, "code"), "counter:code_refused", case, by=by)
    applicant, step = filing.applicant, submission(case)
    if step is None:
        raise WrongState(_("This application cannot be submitted now."))
    acting = _acting(filing)
    if acting is None:
        words = _("The applicant does not act for this organization any more.")
        raise audit.refused(RuleBroken(words, "code"), "counter:code_refused", case, by=by)
    filing.confirmed_at = clock.now()
    if filing.contact in (applicant.email, applicant.phone) and applicant.confirmed_at is None:
        applicant.confirmed_at = clock.now()
    audit.record("counter:confirm", case, by=acting, case_id=case.id)
    audit.record("counter:submit", case, by=by, case_id=case.id)
    declared: dict[str, Any] = {ask.name: True for ask in step.asks if ask.kind == "yes"}
    engine.move(case, step.name, by=acting, seen=case.version, **declared)
    filing.code_digest = filing.code_version = filing.code_expires_at = None
    return case


def _acting(filing: AssistedFiling) -> Actor | None:
    """Return the applicant as they act in this application, or None where they no longer may."""
    body_id = filing.case.applicant_body_id
    if body_id is None:
        return Actor(user=filing.applicant)
    ways = choices_for(filing.applicant)
    return next((it for it in ways if it.body_id == body_id and it.holds(*APPLICANT_ROLES)), None)


def submission(case: Case) -> Transition | None:
    """Return the step that submits this draft, or None."""
    steps = case.workflow.step.values()
    return next(
        (s for s in steps if s.submits and case.state in s.source and s.applies(case)), None
    )


def _fault(filing: AssistedFiling, code: str) -> str | None:
    """Return what is wrong with a code, or None."""
    if filing.code_digest is None or filing.code_expires_at is None:
        return _("No code has been sent yet, or it has been used.")
    if filing.code_expires_at <= clock.now():
        return _("The code has expired. Please send a new one.")
    if filing.code_version != filing.case.version:
        return _("The application was changed after the code was sent. Please send a new one.")
    text = "".join(character for character in code if character.isdigit())
    if not secrets.compare_digest(filing.code_digest, _digest(filing, text)):
        return _("This is not the code that was sent.")
    return None


def _still_open(filing: AssistedFiling, by: Actor) -> None:
    db.session.refresh(filing, with_for_update=True)
    if filing.officer_id != by.user_id or filing.office_id != by.body_id:
        raise NotAllowed(_("Another officer fills in this application."))
    if filing.confirmed_at is not None or not filing.case.standing.private:
        raise WrongState(_("This application has been submitted already."))


def _digest(filing: AssistedFiling, code: str) -> str:
    """Return what is kept of a code: keyed, since six digits are soon tried."""
    return crypto.blind_index(f"counter:{filing.case_id}:{code}")
