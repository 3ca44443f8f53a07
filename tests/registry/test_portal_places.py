"""The register by street and community, as the map of today has them."""

from datetime import date
from urllib.parse import quote

import pytest

from core import divisions
from core.db import atomic, db
from core.divisions.models import Division, DivisionSuccession
from tests.registry.test_portal_listing import add
from tests.registry.test_portal_pages import english


class TestCommunities:
    @pytest.fixture
    def places(self, jinjiang):
        """Two communities of a street, with a group each, and a group of the street itself."""
        street, other = divisions.find_street("春熙路"), divisions.find_street("三圣")
        with atomic():
            both = [
                Division(name=f"{name}社区", level=divisions.Level.COMMUNITY, parent_id=street.id)
                for name in ("净居寺", "大慈寺")
            ]
            db.session.add_all(both)
            db.session.flush()
            for number, place in enumerate((*both, street), 1):
                add(
                    number,
                    f"{place.short_name}合唱队",
                    filed=True,
                    street_id=street.id,
                    division_id=place.id,
                )
        return street, other, both

    def test_a_street_is_narrowed_to_one(self, client, places):
        street, _other, (one, _two) = places
        page = english(client, f"/register?street={street.id}")
        assert "3 entries" in page.text and "净居寺 1" in page.text and "大慈寺 1" in page.text
        page = english(client, f"/register?street={street.id}&community={one.id}")
        assert "1 entry" in page.text and "大慈寺 1" in page.text
        assert "净居寺合唱队" in client.get(f"/register.csv?community={one.id}").text
        assert "大慈寺合唱队" not in client.get(f"/register.csv?community={one.id}").text
        page = english(client, f"/register?as_of=2024-01-01&community={one.id}")
        assert "净居寺合唱队" in page.text and "大慈寺合唱队" not in page.text

    @pytest.mark.parametrize("community", ["999999", "x", ""])
    def test_what_is_none_of_the_street_is_left_out(self, client, places, community):
        _street, other, (one, _two) = places
        asked = (
            f"street={other.id}&community={one.id}" if not community else f"community={community}"
        )
        page = english(client, f"/register?{asked}&q=合唱")
        assert ("0 entries" if not community else "3 entries") in page.text


class TestStreetsOfToday:
    @pytest.fixture
    def old(self, jinjiang):
        """A group of a street that was merged into 春熙路 in 2019."""
        old = divisions.find_street("督院街")
        with atomic():
            new = divisions.find_street("春熙路")
            merged = DivisionSuccession(from_id=old.id, to_id=new.id, on=date(2020, 1, 1))
            db.session.add(merged)
            add(8, "督院街合唱队", filed=True, street_id=old.id, division_id=old.id)
            add(9, "春熙路合唱队", filed=True, street_id=new.id, division_id=new.id)
        return old

    def test_register_is_filtered_and_counted_by_them(self, client, old):
        page = english(client, "/register")
        offered = {a.get("href") for a in page.root.iter("a") if "street=" in a.get("href", "")}
        assert len(offered) == 1, "the street that was merged away is not offered beside it"
        chosen = english(client, offered.pop())
        assert "2 entries" in chosen.text and "督院街合唱队" in chosen.text
        assert "督院街 " not in chosen.text.replace("督院街合唱队", "")

    def test_address_with_a_former_street_leads_to_the_one_of_today(self, client, old):
        page = english(client, f"/register?street={old.id}")
        assert "2 entries" in page.text

    def test_register_of_a_former_day_has_the_streets_of_that_day(self, client, old):
        page = english(client, f"/register?as_of=2012-01-01&street={old.id}")
        assert "督院街合唱队" in page.text and "春熙路合唱队" not in page.text
        page = english(client, "/register?as_of=2024-01-01")
        assert "2" in page.link("春熙路").text

    def test_page_names_the_street_of_before(self, client, old):
        page = english(client, f"/register/{quote('锦社备〔2010〕0008号')}")
        assert "春熙路街道 (in 督院街街道 until 2019)" in page.text
