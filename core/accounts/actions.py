"""Writes of people, bodies and memberships. All are audited; personal data never is."""

import secrets
from datetime import date, timedelta

from core import audit, clock, constraints, i18n, messages
from core.accounts import codes, passwords, queries
from core.accounts.actor import Actor
from core.accounts.models import Body, BodyKind, Membership, User, UserSession
from core.accounts.notices import ADDRESS_CHANGED
from core.accounts.roles import STAFF_ROLES, Role
from core.accounts.rules import NO_CONTACT, email_of, mobile_of
from core.db import db
from core.errors import NotAllowed, NotFound, RuleBroken
from core.i18n import _, _l

LOGIN_TAKEN = _l("There is an account of this name already. Please sign in, or use another.")

constraints.explain("uq_user_account_login", LOGIN_TAKEN, field="contact")
for index in ("uq_body_office_name", "uq_body_name"):  # PostgreSQL names it, SQLite its columns
    constraints.explain(index, _l("There is a body of this name already."), "name")


def create_user(
    *,
    login: str,
    display_name: str,
    password: str,
    email: str | None = None,
    phone: str | None = None,
    locale: str = i18n.LOCALES[0],
    confirmed: bool = True,
    by: Actor,
) -> User:
    """Return a new person who can sign in with `login`, which may be a mobile number.

    `confirmed`: whether somebody knows already that the address is the person's. Raises RuleBroken for a taken name (field "contact") or a weak password (field "password").
    """
    kept = queries.login_for(login)
    taken = db.select(User.id).where(User.login.in_(queries.logins_for(login)))
    if db.session.scalar(taken) is not None:
        raise RuleBroken(LOGIN_TAKEN, "contact")
    if email and queries.is_email_taken(email):
        raise RuleBroken(LOGIN_TAKEN, "contact")
    passwords.check(password, login, display_name, email or "", phone or "")
    user = User(
        login=kept,
        display_name=display_name.strip(),
        email=email_of(email) if email else None,
        phone=phone,
        password_hash=passwords.hashed(password),
        session_stamp=secrets.token_hex(16),
        locale=locale,
        confirmed_at=clock.now() if confirmed else None,
    )
    db.session.add(user)
    db.session.flush()
    audit.record("account:create", user, by=by)
    return user


def sign_up(*, display_name: str, contact: str, password: str, by: Actor) -> User:
    """Return a new account of an applicant, whose e-mail or mobile number is the sign-in name."""
    email, mobile = email_of(contact), mobile_of(contact)
    if email is None and mobile is None:
        raise RuleBroken(NO_CONTACT, "contact")
    return create_user(
        login=contact,
        display_name=display_name,
        password=password,
        email=email,
        phone=mobile,
        locale=i18n.choose_locale(),
        confirmed=False,
        by=by,
    )


def create_body(*, kind: BodyKind, name: str, division_id: int | None = None, by: Actor) -> Body:
    """Return a new office. Organizations come from the register, never from here."""
    assert kind is not BodyKind.ORGANIZATION
    body = Body(kind=kind, name=name.strip(), division_id=division_id)
    db.session.add(body)
    db.session.flush()
    audit.record("body:create", body, by=by, changes={"name": [None, body.name]})
    return body


def grant_membership(
    user: User,
    body: Body,
    role: Role,
    *,
    from_on: date | None = None,
    to_on: date | None = None,
    by: Actor,
) -> Membership:
    """Put `user` into `body` as `role`, from today unless said.

    Nobody grants themselves a role, and no person alone makes another one staff: that is asked
    for in core.accounts.grants. The system itself may, for commands and the first administrators.
    """
    if by.user_id is not None and by.user_id == user.id:
        words = _("Nobody can give a role to themselves.")
        raise audit.refused(NotAllowed(words), "role:refused", user, by=by)
    if by.user_id is not None and role in STAFF_ROLES:
        words = _("A role of staff is confirmed by a second administrator.")
        raise audit.refused(NotAllowed(words), "role:refused", user, by=by)
    return enter_membership(user, body, role, from_on=from_on, to_on=to_on, by=by)


def enter_membership(
    user: User,
    body: Body,
    role: Role,
    *,
    from_on: date | None = None,
    to_on: date | None = None,
    by: Actor,
) -> Membership:
    """Enter a membership that has been agreed: by two administrators, an owner, or the register."""
    membership = Membership(
        user_id=user.id, body_id=body.id, role=role, from_on=from_on or clock.today(), to_on=to_on
    )
    db.session.add(membership)
    db.session.flush()
    audit.record(
        "membership:grant",
        membership,
        by=by,
        changes={"user_id": [None, user.id], "body_id": [None, body.id], "role": [None, role]},
    )
    return membership


def end_membership(membership: Membership, *, on: date | None = None, by: Actor) -> None:
    """Let `membership` end with the day `on`; unless said, it holds from this moment no more.

    One that would end before it began is taken away; the record keeps that it was there.
    """
    last = on or clock.today() - timedelta(days=1)
    changes = {"to_on": [membership.to_on, last]}
    audit.record("membership:end", membership, by=by, changes=changes)
    if last < membership.from_on:
        db.session.delete(membership)
    else:
        membership.to_on = last


def leave(membership: Membership, *, by: Actor) -> None:
    """End a membership of one's own, or of another member of the organization one owns.

    Raises RuleBroken for the last owner: an organization's account is handed over, not left.
    """
    owner = by.body_id == membership.body_id and by.holds(Role.OWNER)
    if membership.user_id != by.user_id and not owner:
        raise NotFound(_("There is no such membership."))
    if membership.role is Role.OWNER:
        queries.hold_members(membership.body)
        if not membership.holds_on(clock.today()):  # two removed each other at the same moment
            raise NotFound(_("There is no such membership."))
        if queries.is_last_owner(membership):
            raise RuleBroken(_("The last owner cannot leave. Hand the account over first."))
    end_membership(membership, by=by)


def change_contact(user: User, *, display_name: str, email: str, phone: str, by: Actor) -> User:
    """Change how `user` is called and reached. Who signs in by mobile number does so by the new one.

    Raises RuleBroken at the field that is malformed or belongs to someone else.
    """
    address, mobile = email_of(email) if email else None, mobile_of(phone) if phone else None
    if email and address is None:
        raise RuleBroken(_("Please enter a complete e-mail address."), "email")
    if phone and mobile is None:
        raise RuleBroken(_("Please enter a mobile number of 11 digits."), "phone")
    if address and queries.is_email_taken(address, besides=user):
        raise RuleBroken(_("This e-mail address is used by another account."), "email")
    if user.login.startswith("mobile:"):
        if mobile is None:
            raise RuleBroken(_("You sign in with this number, so it cannot be empty."), "phone")
        _move_login(user, mobile)
    new = {"display_name": display_name.strip(), "email": address, "phone": mobile}
    changed = [name for name, value in new.items() if getattr(user, name) != value]
    if "email" in changed:
        if user.email and user.confirmed_at:  # the old address hears of it, the new one is unproved
            facts = {"at": clock.now()}
            messages.write_to(user.email, ADDRESS_CHANGED.key, facts, locale=user.locale)
        user.confirmed_at = None
    if "phone" in changed and user.login.startswith("mobile:") and not address:
        user.confirmed_at = None
    for name in changed:
        setattr(user, name, new[name])
    if changed:
        audit.record("account:change_contact", user, by=by, note=", ".join(changed))
    return user


def _move_login(user: User, mobile: str) -> None:
    login = queries.login_for(mobile)
    if login == user.login:
        return
    if db.session.scalar(db.select(User.id).where(User.login == login)) is not None:
        raise RuleBroken(_("This mobile number is used by another account."), "phone")
    user.login = login


def change_password(user: User, *, current: str, password: str, by: Actor) -> User:
    """Give `user` a new password and end all their sessions. Raises RuleBroken at `current`."""
    passwords.accept(user, current, by=by)
    return set_password(user, password=password, by=by)


def set_password(user: User, *, password: str, by: Actor) -> User:
    """Set a password without asking for the old one: for the office's command and for resets."""
    passwords.check(password, user.login, user.display_name, user.email or "", user.phone or "")
    user.password_hash = passwords.hashed(password)
    end_all_sessions(user)
    audit.record("account:change_password", user, by=by)
    return user


def sign_out_everywhere(user: User, *, by: Actor) -> User:
    """End every session of `user`, this one included."""
    end_all_sessions(user)
    audit.record("account:sign_out_everywhere", user, by=by)
    return user


def end_all_sessions(user: User) -> None:
    """Let no browser be signed in as `user` any more."""
    user.session_stamp = secrets.token_hex(16)
    open_ones = db.update(UserSession).where(
        UserSession.user_id == user.id, UserSession.ended_at.is_(None)
    )
    db.session.execute(open_ones.values(ended_at=clock.now()))


def turn_codes_on(user: User, *, code: str, by: Actor) -> list[str]:
    """Turn one-time codes on and end every session; return the recovery codes."""
    made = codes.confirm(user, code=code, by=by)
    end_all_sessions(user)
    return made


def end_session(visit: UserSession, *, by: Actor) -> UserSession:
    """Sign one browser of one's own out. Raises NotFound for somebody else's."""
    if visit.user_id != by.user_id:
        raise NotFound(_("There is no such session."))
    if visit.ended_at is None:
        visit.ended_at = clock.now()
        audit.record("account:end_session", visit, by=by)
    return visit
