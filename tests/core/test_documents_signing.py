"""Keys that sign papers: made, rotated, withdrawn; what is checked against them."""

import base64
from dataclasses import replace as changed
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from core.accounts import SYSTEM
from core.audit.models import AuditEntry
from core.db import atomic, db
from core.documents import payload, signing
from core.documents.models import SigningKey
from core.documents.payload import DOMAIN, Flaw, Refused
from core.errors import NotFound, RuleBroken, WrongState

FACTS = {"name": "成都市锦江区社区公益服务促进会", "unified_code": "51510104MJQ0000155"}


@pytest.fixture(autouse=True)
def _day(app, frozen):
    frozen("2026-03-20 10:00")


def new_key():
    with atomic():
        return signing.new_key(by=SYSTEM).id


def sign(**more):
    given = {
        "number": "锦民社证〔2026〕00001号",
        "title": "社会团体法人登记证书（正本）",
        "facts": FACTS,
        "issued_on": date(2026, 3, 20),
        "valid_until": None,
        **more,
    }
    return signing.sign(**given)


def flaw_of(text):
    with pytest.raises(Refused) as refused:
        signing.check(text)
    return refused.value.flaw


@pytest.mark.engines("sqlite")
def test_what_is_signed_is_read_back(app):
    key = new_key()
    said = signing.check(sign())
    assert (said.name, said.code, said.key_id) == (FACTS["name"], FACTS["unified_code"], key)
    assert said.digest == payload.digest_of(FACTS)


@pytest.mark.engines("sqlite")
def test_without_a_key_nothing_is_signed(app):
    assert sign() is None


@pytest.mark.engines("sqlite")
def test_every_changed_byte_is_noticed(app):
    new_key()
    raw = bytearray(base64.b32decode((whole := sign()) + "=" * (-len(whole) % 8)))
    for place in range(len(raw)):
        forged = bytes([*raw[:place], raw[place] ^ 1, *raw[place + 1 :]])
        with pytest.raises(Refused):
            signing.check(base64.b32encode(forged).decode().rstrip("="))


@pytest.mark.engines("sqlite")
def test_another_key_of_the_same_name_proves_nothing(app):
    new_key()
    said, _spoken, _signature = payload.taken_apart(sign())
    forger = Ed25519PrivateKey.generate()
    forged = changed(said, name="成都市锦江区冒名协会").spoken()
    assert flaw_of(payload.written(forged, forger.sign(DOMAIN + forged))) is Flaw.TAMPERED
    stranger = changed(said, key_id="00000000").spoken()
    assert flaw_of(payload.written(stranger, forger.sign(DOMAIN + stranger))) is Flaw.UNKNOWN_KEY


def test_old_papers_are_checked_after_rotation(app, frozen):
    first = new_key()
    old = sign()
    frozen("2027-01-10 10:00")
    second = new_key()
    new = sign(issued_on=date(2027, 1, 10))
    assert [signing.check(each).key_id for each in (old, new)] == [first, second]
    assert [(k["id"], k["from"], k["until"]) for k in signing.published()] == [
        (second, "2027-01-10", None),
        (first, "2026-03-20", "2027-01-10"),
    ]
    assert db.session.get_one(SigningKey, first).private is None, "the old one can sign no more"
    late = sign(issued_on=date(2026, 12, 31))
    assert flaw_of(late) is Flaw.KEY_NOT_IN_USE


def test_a_withdrawn_key_proves_nothing(app):
    key = new_key()
    paper = sign()
    with pytest.raises(RuleBroken), atomic():
        signing.withdraw_key(key, reason=" ", by=SYSTEM)
    with atomic():
        signing.withdraw_key(key, reason="备份介质遗失", by=SYSTEM)
    assert flaw_of(paper) is Flaw.KEY_WITHDRAWN
    assert sign() is None
    with pytest.raises(WrongState), atomic():
        signing.withdraw_key(key, reason="再次", by=SYSTEM)
    with pytest.raises(NotFound), atomic():
        signing.withdraw_key("ffffffff", reason="无", by=SYSTEM)
    actions = db.session.scalars(db.select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions == ["signing_key:new", "signing_key:withdraw"]


def test_the_database_knows_one_signing_key_and_no_private_half_in_clear(app):
    key = db.session.get_one(SigningKey, new_key())
    stored = db.session.scalar(text("SELECT private FROM signing_key"))
    assert key.private not in stored
    with pytest.raises(DatabaseError), atomic():
        db.session.add(
            SigningKey(id="12345678", public="x", private="y", signs=True, active_from=date.min)
        )
    with pytest.raises(DatabaseError), atomic():
        db.session.execute(text("UPDATE signing_key SET active_until = '2026-03-21'"))


@pytest.mark.engines("sqlite")
def test_the_operator_makes_lists_and_withdraws_keys(app):
    run = app.test_cli_runner()
    assert "no key yet" in run.invoke(args=["keys", "sign", "list"]).output
    assert "signs from today" in run.invoke(args=["keys", "sign", "new"]).output
    key = signing.present_key().id
    assert f"{key}  2026-03-20 to now" in run.invoke(args=["keys", "sign", "list"]).output
    unknown = run.invoke(args=["keys", "sign", "withdraw", "ffffffff", "--reason", "x"])
    assert unknown.exit_code == 1
    done = run.invoke(args=["keys", "sign", "withdraw", key, "--reason", "遗失"])
    assert done.exit_code == 0, done.output
    assert "withdrawn 2026-03-20" in run.invoke(args=["keys", "sign", "list"]).output
