"""People who get messages, and what became of the messages."""

from datetime import date
from decimal import Decimal

from core import messages
from core.accounts.actor import Actor
from core.accounts.models import Body, BodyKind, Membership, User
from core.db import atomic, db
from core.messages.models import Delivery

PARAMS = {"title": "评估", "day": date(2026, 3, 1), "sum": Decimal(30000)}


def person(login, **values):
    user = User(
        login=login,
        display_name=values.pop("display_name", login),
        email=values.pop("email", f"{login}@example.org"),
        password_hash="x",
        session_stamp="s",
        **values,
    )
    db.session.add(user)
    db.session.flush()
    return user


def invite(*people, **extra):
    with atomic():
        return messages.send(people, "test.invited", PARAMS, **extra)


def deliveries():
    db.session.rollback()
    return db.session.scalars(db.select(Delivery).order_by(Delivery.id)).all()


def statuses():
    return [delivery.status for delivery in deliveries()]


def seat(user, role, name=None):
    body = Body(kind=BodyKind.BUREAU, name=name or f"局 {user.login}")
    membership = Membership(user=user, body=body, role=role)
    db.session.add(membership)
    db.session.flush()
    return Actor(user, body, frozenset({role}), frozenset({body.id}))
