"""What the public sees: front page, list, one organization."""

import csv
import io
from datetime import date
from urllib.parse import quote

import pytest
from openpyxl import load_workbook

from core import divisions, documents, ui
from core.accounts import SYSTEM, Actor, BodyKind, Role
from core.accounts import actions as accounts
from core.db import atomic, db
from core.documents.models import Instrument
from core.notices.actions import publish
from registry.organizations import actions
from registry.organizations.codes import make_code
from registry.organizations.kinds import OrganizationStatus, OrganizationType, Track
from registry.organizations.models import OrganizationPerson
from tests.core.papers import FACTS
from tests.pages import Page, go
from tests.registry.test_portal_listing import add
from tests.statements import statements

CODE = make_code("51", "510104", 1)


@pytest.fixture
def association(jinjiang):
    with atomic():
        return add(
            1,
            "锦江区养老协会",
            founded_on=date(2009, 5, 4),
            street_id=divisions.streets()[0].id,
            division_id=divisions.streets()[0].id,
            domicile="春熙路1号",
            legal_representative="王芳",
            sponsor_name="锦江区民政局",
        )


@pytest.fixture
def choir(jinjiang):
    with atomic():
        it = add(
            7,
            "春熙路街道莲花合唱队",
            filed=True,
            founded_on=date(2010, 3, 9),
            person_in_charge="李强",
            domicile="社区活动室",
        )
        it.people.append(OrganizationPerson(position="负责人", name="李强", phone="13800000000"))
        return it


def english(client, path):
    joined = "&" if "?" in path else "?"
    return go(client, f"{path}{joined}lang=en")


class TestNumberTypedWhereDocumentsAreVerified:
    @pytest.mark.parametrize(
        "typed", ["锦社备〔2010〕0007号", "锦社备（2010）7", "锦社备2010年7号"]
    )
    def test_filing_number_is_not_called_forged(self, client, choir, typed):
        page = english(client, f"/verify/{quote(typed)}")
        assert "This is a filing number, not the number of a document" in page.text
        assert "春熙路街道莲花合唱队" in page.text
        assert "No certificate was issued to it through this platform" in page.text
        hrefs = {a.get("href") for a in page.root.iter("a")}
        assert f"/register/{quote('锦社备〔2010〕0007号')}" in hrefs

    def test_unified_code_leads_to_the_certificate(self, client, association):
        with atomic():
            documents.issue(
                "certificate_original",
                facts=FACTS["certificate_original"],
                body_id=association.id,
                by=SYSTEM,
            )
        page = english(client, f"/verify/{CODE.lower()}")
        assert "This is a unified social credit code, not the number of a document" in page.text
        assert "锦民社证〔" in page.text and "Valid" in page.text


class TestFrontPage:
    def test_one_search_field_and_six_ways_in(self, client, association, choir):
        page = english(client, "/")
        assert page.status == 200
        links = {a.get("href") for a in page.root.iter("a")}
        assert {"/register", "/verify", "/apply/track", "/apply/registration"} <= links
        assert "/apply/filing" in links
        searches = [f for f in page.forms() if f.get("role") == "search"]
        assert [f.get("action") for f in searches] == ["/register"]

    def test_tells_how_many_there_are(self, client, association, choir):
        with atomic():
            actions.change_status(choir, OrganizationStatus.CANCELLED, by=SYSTEM)
        text = english(client, "/").text
        assert "registered organizations 1" in text
        assert "filed community groups 0" in text

    def test_shows_the_latest_notices(self, client, association):
        with atomic():
            for n in range(7):
                publish(kind="other", title=f"Notice {n} of the bureau", facts={}, by=SYSTEM)
        page = english(client, "/")
        assert "Notice 6" in page.text
        assert "Notice 1 " not in page.text
        assert page.link("Notice 6").title.startswith("Notice 6")

    def test_works_before_a_district_is_loaded(self, client):
        assert go(client, "/").status == 200

    @pytest.mark.parametrize("words", ["Register an organization", "File a community", "Verify"])
    def test_every_way_in_opens(self, client, association, words):
        assert english(client, "/").link(words).status == 200


class TestList:
    def test_shows_name_number_and_state(self, client, association, choir):
        text = english(client, "/register").text
        assert "2 entries" in text
        assert "锦江区养老协会" in text
        assert CODE in text
        assert choir.filing_number in text

    def test_words_narrow_it(self, client, association, choir):
        text = english(client, "/register?q=养老").text
        assert "锦江区养老协会" in text
        assert "合唱队" not in text

    def test_a_bad_value_is_told_and_the_list_is_still_useful(self, client, association):
        page = english(client, "/register?founded_from=abc&track=zzz&street=x")
        assert page.status == 200
        assert "Please write a year or a day" in page.text
        assert "There is no such choice" in page.text
        assert "锦江区养老协会" in page.text
        assert 'id="founded_from-error"' in page.answer.text

    @pytest.mark.parametrize(
        "query",
        ["page=3", "_external=1&_scheme=x", "after=%00", "before=zzz", "after=" + "A" * 999],
    )
    def test_strange_arguments_are_ignored(self, client, association, query):
        page = english(client, f"/register?{query}")
        assert page.status == 200
        assert "锦江区养老协会" in page.text

    def test_what_is_asked_is_shown_harmless(self, client, jinjiang):
        answer = client.get("/register", query_string={"q": '"><script>alert(1)</script>'})
        assert "<script>alert" not in answer.text

    def test_counts_link_to_the_list_they_count(self, client, association, choir):
        page = english(client, "/register").link("Filed")
        assert "1 entry" in page.text
        assert "合唱队" in page.text
        assert "锦江区养老协会" not in page.text
        # Following it again takes the filter away.
        assert "2 entries" in page.link("Filed").text

    @pytest.mark.parametrize(
        ("typed", "advice"),
        [
            ("歌", "Try another word of the name"),
            ("合唱团联盟", "Two characters of the name are enough"),
            ("gechang", "Pinyin is found by whole syllables"),
        ],
    )
    def test_advice_depends_on_what_was_typed(self, client, association, typed, advice):
        assert advice in english(client, f"/register?q={quote(typed)}").text

    def test_nothing_found_says_what_to_do(self, client, association):
        page = english(client, "/register?q=无此组织&track=filed")
        assert "Nothing on the register fits" in page.text
        assert page.link("Look again without the filters").status == 200

    def test_pages_forward_and_back(self, client, jinjiang):
        with atomic():
            for n in range(45):
                add(n, f"锦江区第{n}协会")
        first = english(client, "/register")
        second = first.link("Next page")
        third = second.link("Next page")
        assert "锦江区第44协会" in first.text
        assert "锦江区第24协会" in second.text
        assert "锦江区第0协会" in third.text
        assert "Next page" not in third.text
        assert "锦江区第44协会" in third.link("Previous page").link("Previous page").text

    @pytest.mark.parametrize("query", ["", "?q=锦江", "?q=jjq&sort=name", "?track=registered"])
    def test_costs_the_same_queries_for_one_row_and_for_forty(self, client, jinjiang, query):
        def queries():
            with statements() as asked:
                assert client.get(f"/register{query}").status_code == 200
            return len(asked)

        with atomic():
            add(0, "锦江区第0协会")
        one = queries()
        with atomic():
            for n in range(1, 40):
                add(n, f"锦江区第{n}协会")
        assert queries() == one
        assert one <= 12


class TestExport:
    def test_says_what_the_list_says(self, client, association, choir):
        answer = client.get("/register.csv?q=养老&lang=en")
        rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
        assert [row["Name"] for row in rows] == ["锦江区养老协会"]
        assert rows[0]["Unified social credit code"] == CODE
        assert rows[0]["Legal representative"] == "王芳"
        assert quote("养老") in answer.headers["Content-Disposition"]

    def test_opens_as_a_workbook(self, client, association, choir):
        answer = client.get("/register.xlsx?sort=name")
        sheet = load_workbook(io.BytesIO(answer.data)).worksheets[-1]
        assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
            "春熙路街道莲花合唱队",
            "锦江区养老协会",
        ]

    def test_holds_no_private_person(self, client, choir):
        assert "李强" not in client.get("/register.csv").data.decode()

    def test_in_another_format_is_not_found(self, client, association):
        assert client.get("/register.pdf").status_code == 404


class TestOrganization:
    def test_shows_what_the_register_says(self, client, association):
        page = english(client, f"/register/{CODE}")
        assert page.title.startswith("锦江区养老协会")
        for words in (
            "Registered",
            "Active",
            CODE,
            "春熙路1号",
            "王芳",
            "锦江区民政局",
            "4 May 2009",
        ):
            assert words in page.text
        assert "issued on paper before" in page.text

    def test_a_number_with_brackets_and_chinese_survives_the_address(self, client, choir):
        page = english(client, f"/register/{quote(choir.filing_number, safe='')}")
        assert page.status == 200
        assert page.title.startswith("春熙路街道莲花合唱队")

    def test_a_number_with_a_slash_survives_too(self, client, jinjiang):
        with atomic():
            add(3, "牛市口街道太极队", filed=True).filing_number = "锦社备/2010/003"
        page = english(client, "/register").link("太极队")
        assert page.title.startswith("牛市口街道太极队")

    @pytest.mark.parametrize("spelled", [CODE.lower(), f"{CODE[:9]}{CODE[9:].lower()}"])
    def test_small_letters_lead_to_the_one_address(self, client, association, spelled):
        answer = client.get(f"/register/{spelled}")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/register/{CODE}")

    def test_full_width_brackets_lead_to_the_one_address(self, client, jinjiang):
        with atomic():
            add(4, "沙河街道读书会", filed=True).filing_number = "锦社备(2010)4号"
        answer = client.get("/register/" + quote("锦社备（2010）4号"))
        assert answer.status_code == 301
        assert english(client, answer.headers["Location"]).status == 200

    def test_the_number_of_former_times_leads_to_the_present_one(self, client, choir):
        number = choir.filing_number
        with atomic():
            choir.track, choir.unified_code = Track.REGISTERED, make_code("52", "510104", 9)
            choir.type = OrganizationType.SERVICE_INSTITUTION
            actions.keep_version(choir, source="case", by=SYSTEM, valid_from=date(2012, 1, 5))
        answer = client.get(f"/register/{quote(number)}")
        assert answer.headers["Location"] == f"/register/{choir.unified_code}"
        page = english(client, answer.headers["Location"])
        assert "Upgraded from filed to registered" in page.text
        assert number in page.text

    def test_never_shows_a_private_person(self, client, choir):
        with atomic():
            choir.person_in_charge = "赵敏"
            actions.keep_version(choir, source="case", by=SYSTEM, valid_from=date(2012, 1, 5))
        text = client.get(f"/register/{quote(choir.number)}").text
        for words in ("李强", "赵敏", "13800000000"):
            assert words not in text

    def test_the_history_compares_field_by_field(self, client, association):
        with atomic():
            association.domicile = "春熙路22号"
            actions.keep_version(association, source="case", by=SYSTEM, valid_from=date(2012, 1, 5))
            actions.keep_version(association, source="case", by=SYSTEM, valid_from=date(2012, 2, 5))
            actions.change_status(association, OrganizationStatus.SUSPENDED, by=SYSTEM)
        page = english(client, f"/register/{CODE}")
        assert "Changed: Domicile" in page.text
        assert "Status: Suspended" in page.text
        assert "5 February 2012" not in page.text, "a version that changed nothing is no event"
        marked = ["".join(it.itertext()) for it in page.root.iter("ins")]
        assert "22" in "".join(marked)

    def test_who_decided_is_told_to_staff_only(self, as_, client, association):
        with atomic():
            officer = accounts.create_user(
                login="chen", display_name="陈静", password="kettle under 7 bridges", by=SYSTEM
            )
            bureau = accounts.create_body(kind=BodyKind.BUREAU, name="管理局", by=SYSTEM)
            accounts.grant_membership(officer, bureau, Role.APPROVER, by=SYSTEM)
            association.domicile = "春熙路22号"
            actions.keep_version(
                association, source="case", by=Actor(user=officer), valid_from=date(2012, 1, 5)
            )
        assert "Handler: 陈静" in english(as_(officer), f"/register/{CODE}").text
        assert "陈静" not in english(client, f"/register/{CODE}").text

    def test_the_certificate_line_leads_to_its_verification(self, client, association):
        with atomic():
            paper = issued(association, "锦社证〔2026〕00001号")
        page = english(client, f"/register/{CODE}")
        assert paper.number in page.text
        hrefs = {a.get("href") for a in page.root.iter("a")}
        assert f"/verify/{quote(paper.number)}" in hrefs

    def test_upper_rooms_add_their_part(self, app, client, association):
        slots = app.extensions["ui"].panels
        before = list(slots.get("organization", []))
        ui.fill_panel(app, "organization", lambda it: f"<section>3A {it.name}</section>")
        try:
            assert "3A 锦江区养老协会" in client.get(f"/register/{CODE}").text
        finally:
            slots["organization"] = before

    @pytest.mark.parametrize(
        ("number", "words"),
        [
            (f"{CODE[:-1]}{'0' if CODE[-1] != '0' else '1'}", "The last character does not fit"),
            (CODE[:-1], "has 18 characters"),
            ("没有这个号", "Search the register"),
            ("a" * 300, "Not on the register"),
            ("%00", "Not on the register"),
        ],
    )
    def test_an_unknown_number_is_not_found_with_a_next_step(
        self, client, association, number, words
    ):
        page = english(client, f"/register/{quote(number)}")
        assert page.status == 404
        assert words in page.text or words in page.answer.text
        assert any(form.get("action") == "/register" for form in page.forms())


def issued(organization, number):
    from core.attachments.models import StoredFile

    digest = "0" * 64
    db.session.add(StoredFile(sha256=digest, size=1, media_type="application/pdf"))
    db.session.flush()
    paper = Instrument(
        number=number,
        number_key=number,
        kind="certificate_original",
        series="certificate_original",
        year=2026,
        place=1,
        body_id=organization.id,
        title="社会团体法人登记证书",
        authority="成都市锦江区民政局",
        issued_on=date(2026, 1, 5),
        valid_from=date(2026, 1, 5),
        sha256=digest,
    )
    db.session.add(paper)
    db.session.flush()
    return paper


def test_pages_are_well_formed_in_both_languages(client, association, choir):
    for path in ("/", "/register", f"/register/{CODE}", "/register/none", "/register?q=x"):
        for locale in ("zh_Hans", "en"):
            joined = "&" if "?" in path else "?"
            Page(client, client.get(f"{path}{joined}lang={locale}"))
