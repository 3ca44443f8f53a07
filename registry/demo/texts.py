"""Guides, duty lists, a switch and own words of a message: by the head, confirmed by another."""

import tomllib
from pathlib import Path
from typing import Any

from core import clock
from core.accounts import Actor
from core.accounts.actor import acting_for
from core.db import JsonDict, atomic, db
from core.editions import Edition, EditionKind, confirm, propose
from core.guides import GUIDE
from core.office import ADDRESS, HOURS, ORGANIZER, TELEPHONE
from core.policy import Policy
from core.policy.actions import confirm_value, propose_value
from core.policy.models import PolicyValue
from core.wordings.texts import WORDS
from registry.demo.cast import person_called
from registry.demo.driver import office_hours
from registry.duties.texts import DUTY_LIST, LISTS
from registry.registrations.types.foundation import OPEN

#: How many working days ago the texts were put in force.
AGO = 45
OWN_WORDS = {
    "zh_Hans": {
        "subject": "【锦江区】“{{title}}”有异议需要答复",
        "body": "{{at}}有人对公示提出异议。请在{{due}}前核实并答复，答复会原样发给提出异议的人。",
    },
    "en": {
        "subject": "An objection to “{{title}}” waits for an answer",
        "body": "An objection was raised on {{at}}. Please look into it and answer by {{due}}.",
    },
}
OFFICE = {
    ORGANIZER: "成都市锦江区社会组织管理局",
    ADDRESS: "成都市锦江区示范路1号（演示地址）",
    TELEPHONE: "028-0000 0000（演示号码）",
    HOURS: "周一至周五9:00至12:00、13:00至17:00，法定节假日除外",
}


def has_texts() -> bool:
    """Return whether any text has been edited."""
    return db.session.scalar(db.select(Edition.id).limit(1)) is not None


def make_texts() -> None:
    """Put guides, duty lists and one message's own words in force, each by two people."""
    here = Path(__file__)
    _register_foundations()
    _say_who_runs_the_site()
    guides = tomllib.loads(here.with_name("guides.toml").read_text("utf-8"))
    with office_hours(AGO):
        for key, content in guides.items():
            _settle(GUIDE, key, {**content, "offered": True}, "锦江区政务服务事项目录（2026年版）")
        for key in LISTS:
            table = here.with_name(f"duties_{key}.csv").read_text("utf-8")
            note = "经区委、区政府同意公布，实行动态调整。"
            _settle(DUTY_LIST, key, {"note": note, "table": table}, "锦委办发〔2026〕8号")
        _settle(WORDS, "notices.objection_raised", OWN_WORDS, "本局办公会纪要〔2026〕第3期")


def _register_foundations() -> None:
    """Turn the registration of foundations on: the register of the demo has some of its own."""
    # The decision is made up, as is the district's page of guides: it stands for the real one.
    source = "省民政厅关于委托登记管理部分基金会的通知（演示数据）"
    _set(OPEN, True, source, "本区承接基金会登记")


def _say_who_runs_the_site() -> None:
    """Fill the foot of every page; address and number are made up, and look it."""
    for policy, text in OFFICE.items():
        _set(policy, text, "本局办公会纪要〔2026〕第2期（演示数据）", "网站底部应当载明")


def _set(policy: Policy[Any], value: Any, source: str, reason: str) -> None:
    with office_hours(AGO):
        with atomic():
            asked = propose_value(
                policy,
                value=value,
                effective_from=clock.today(),
                source=source,
                reason=reason,
                by=_acting("head"),
            )
            asked_id = asked.id
        with atomic():
            confirm_value(db.session.get_one(PolicyValue, asked_id), by=_acting("admin"))


def _settle(kind: EditionKind, key: str, content: JsonDict, source: str) -> None:
    with atomic():
        edition = propose(
            kind,
            key,
            content=content,
            effective_from=clock.today(),
            source=source,
            reason="首次公布",
            by=_acting("head"),
        )
        edition_id = edition.id
    with atomic():
        confirm(db.session.get_one(Edition, edition_id), by=_acting("admin"))


def _acting(login: str) -> Actor:
    return acting_for(person_called(login), None)
