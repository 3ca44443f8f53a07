"""An office that publishes, and what people do about it."""

from datetime import date

from core import notices
from core.accounts.actor import PUBLIC, Actor
from core.accounts.models import Body, BodyKind, Membership, User
from core.db import atomic, db
from core.notices import actions
from core.notices.models import Objection, PublicNotice

FACTS = {"名称": "锦江区<b>养老</b>服务中心", "登记日期": date(2026, 3, 1)}


def seat(login, role, kind=BodyKind.BUREAU):
    user = User(
        login=login,
        display_name=f"人 {login}",
        email=f"{login}@example.org",
        password_hash="x",
        session_stamp="s",
    )
    body = Body(kind=kind, name=f"局 {login}")
    db.session.add(Membership(user=user, body=body, role=role))
    db.session.flush()
    return Actor(user, body, frozenset({role}), frozenset({body.id}))


def announce(by, **changes):
    with atomic():
        values = {"kind": "grading", "title": "评估结果公示", "facts": FACTS, "by": by} | changes
        return notices.publish(**values)


def object_to(notice, contact="wei@example.org", text="等级有误"):
    with atomic():
        again = db.session.get_one(PublicNotice, notice.id)
        return actions.raise_objection(again, name="王伟", contact=contact, text=text, by=PUBLIC)


def answer(objection, by, upheld="no", words="经核实，等级无误。"):
    with atomic():
        again = db.session.get_one(Objection, objection.id)
        return actions.answer_objection(again, answer=words, upheld=upheld, by=by)
