"""Commands for the office's own accounts: before anybody can sign in, and when somebody cannot."""

import click
from flask.cli import AppGroup

from core.accounts import actions, codes, queries, sign_in
from core.accounts.actor import SYSTEM
from core.accounts.models import BodyKind
from core.accounts.roles import Role
from core.db import atomic
from core.errors import DomainError

accounts = AppGroup("accounts", help="People, bodies and roles.")

ask_password = click.password_option(help="Asked for if not given.")


class Refused(click.ClickException):
    """A rule said no; the words are the rule's."""

    def __init__(self, refused: DomainError) -> None:
        super().__init__(str(refused))


@accounts.command("create")
@click.argument("login")
@click.argument("name")
@click.option("--email", help="Where messages go.")
@ask_password
def create(login: str, name: str, email: str | None, password: str) -> None:
    """Open an account for LOGIN, whose NAME stands on what they decide."""
    try:
        with atomic():
            user = actions.create_user(
                login=login, display_name=name, password=password, email=email, by=SYSTEM
            )
            number = user.id
    except DomainError as refused:
        raise Refused(refused) from None
    click.echo(f"Account {number} is open: {login}")


@accounts.command("body")
@click.argument(
    "kind",
    type=click.Choice([kind.value for kind in BodyKind if kind is not BodyKind.ORGANIZATION]),
)
@click.argument("name")
def body(kind: str, name: str) -> None:
    """Enter the office NAME."""
    with atomic():
        number = actions.create_body(kind=BodyKind(kind), name=name, by=SYSTEM).id
    click.echo(f"Body {number} is entered: {name}")


@accounts.command("grant")
@click.argument("login")
@click.argument("body_name", metavar="BODY")
@click.argument("role", type=click.Choice([role.value for role in Role]))
def grant(login: str, body_name: str, role: str) -> None:
    """Give the person LOGIN the ROLE in the office BODY, from today."""
    try:
        with atomic():
            user, office = queries.get_user(login), queries.get_body(body_name)
            actions.grant_membership(user, office, Role(role), by=SYSTEM)
    except DomainError as refused:
        raise Refused(refused) from None
    click.echo(f"{login} is {role} in {body_name} from today")


@accounts.command("password")
@click.argument("login")
@ask_password
def password(login: str, password: str) -> None:
    """Set a new password for LOGIN and sign them out everywhere."""
    try:
        with atomic():
            actions.set_password(queries.get_user(login), password=password, by=SYSTEM)
    except DomainError as refused:
        raise Refused(refused) from None
    click.echo(f"{login} has a new password")


@accounts.command("codes-off")
@click.argument("login")
def codes_off(login: str) -> None:
    """Take the one-time codes of LOGIN away: for a lost telephone, once you know who asks."""
    try:
        with atomic():
            codes.forget(queries.get_user(login), by=SYSTEM)
    except DomainError as refused:
        raise Refused(refused) from None
    click.echo(f"{login} signs in with the password only, until codes are set up again")


@accounts.command("unlock")
@click.argument("login")
def unlock(login: str) -> None:
    """Let LOGIN try again at once after too many failed sign-ins."""
    with atomic():
        was_locked = sign_in.unlock(login)
    click.echo(f"{login} may try again" if was_locked else f"{login} was not locked")
