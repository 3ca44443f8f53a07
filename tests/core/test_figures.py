"""Numbers and money as people write them: understood, or refused in one clear sentence."""

from decimal import Decimal

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.validators import InputRequired, Optional

from core.figures import MoneyField, NumberField

NUMBER = "请填写0至1,000,000之间的整数，用阿拉伯数字。"
MONEY = "请填写金额（元），例如30000或3万。"


class Asked(Form):
    people = NumberField("人数", [Optional()])
    funds = MoneyField("资金", [Optional()])
    days = NumberField("天数", [InputRequired("请填写。")], least=1, most=60)


def asked(**sent):
    form = Asked(MultiDict({"days": "5", **sent}))
    form.validate()
    return form


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("name", "written", "data", "errors"),
    [
        ("people", "18", 18, []),
        ("people", " １８人", 18, []),
        ("people", "1,200", 1200, []),
        ("people", "3万", 30000, []),
        ("people", "", None, []),
        ("people", "三十人", None, [NUMBER]),
        ("people", "2.5", None, [NUMBER]),
        ("people", "-2", None, [NUMBER]),
        ("people", "1000001", None, [NUMBER]),
        ("people", "NaN", None, [NUMBER]),
        ("funds", "3万", Decimal("30000.00"), []),
        ("funds", "2.5万元", Decimal("25000.00"), []),
        ("funds", "30，000.5", Decimal("30000.50"), []),
        ("funds", "六十", None, [MONEY]),
        ("funds", "-2", None, [MONEY]),
        ("funds", "1e999", None, [MONEY]),
        ("funds", "9e999999万", None, [MONEY]),
        ("days", "", None, ["请填写。"]),
        ("days", "0", None, ["请填写1至60之间的整数，用阿拉伯数字。"]),
    ],
)
def test_a_field_understands_or_says_one_thing(app, name, written, data, errors):
    with app.test_request_context():
        field = asked(**{name: written})[name]
        assert (field.data, list(field.errors)) == (data, errors)
        assert field._value() in (written, str(data)), "what was typed is kept"
