"""The foot of every page says who runs the site, at the cost of no statement more."""

import pytest

from core import clock, office
from core.db import atomic
from core.policy.actions import confirm_value, propose_value
from tests.pages import go
from tests.statements import statements

pytestmark = pytest.mark.engines("sqlite")


def set_to(town, policy, text):
    with atomic():
        asked = propose_value(
            policy, value=text, effective_from=clock.today(), source="x", reason="x", by=town.head
        )
    with atomic():
        confirm_value(asked, by=town.admin)


def foot(page):
    return page.text[page.text.rindex("北京时间") - 300 :]


def test_what_is_set_stands_at_the_foot_and_what_is_not_is_left_out(town, client):
    assert "主办单位" not in foot(go(client, "/register"))
    set_to(town, office.ORGANIZER, "成都市锦江区社会组织管理局")
    set_to(town, office.TELEPHONE, "028-86665555")
    set_to(town, office.ICP, "蜀ICP备00000000号")
    page = go(client, "/register")
    assert "主办单位：成都市锦江区社会组织管理局" in foot(page)
    assert 'href="tel:02886665555"' in page.answer.text
    assert 'href="https://beian.miit.gov.cn/"' in page.answer.text
    assert "地址：" not in foot(page)
    set_to(town, office.ADDRESS, "")
    assert "地址：" not in foot(go(client, "/register"))


def test_a_page_reads_its_foot_with_the_name_of_the_district(town, client):
    set_to(town, office.ORGANIZER, "成都市锦江区社会组织管理局")
    for address, most in (("/verify", 2), ("/sign-in", 2), ("/guides/", 3), ("/sign-up", 3)):
        client.get(address)
        with statements() as asked:
            assert "社会组织管理局" in client.get(address).text
        assert len(asked) <= most, address
