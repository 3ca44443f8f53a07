"""Word lists: in and out by two people, never deleted; as files out and in; at once in the checks."""

import io

import pytest
from sqlalchemy.exc import IntegrityError

from core import clock
from core.audit.models import AuditEntry
from core.db import atomic, db
from core.errors import NotAllowed, RuleBroken, WrongState
from registry.names import checking, queries, word_actions, word_files
from registry.names.kinds import Effect, WordKind
from registry.names.lexicon import defaults
from registry.names.models import NameWord
from registry.organizations.kinds import OrganizationType
from tests.pages import go

pytestmark = pytest.mark.engines("sqlite")
A = OrganizationType.ASSOCIATION
NAME = "成都市锦江区天下书画协会"


@pytest.fixture
def lists(town):
    with atomic():
        word_actions.load_defaults()
    return town


def proposed(town, by="admin", **changed):
    entered = {
        "kind": WordKind.SUPERLATIVE,
        "word": "天下",
        "effect": Effect.ADVISE,
        "source": "会议纪要〔2026〕1号",
        "from_on": clock.today(),
        **changed,
    }
    with atomic():
        return word_actions.propose_word(**entered, by=getattr(town, by))


def hit():
    return "superlative" in {it.rule for it in checking.findings_of(checking.Proposed(NAME, A))}


def test_the_lists_that_come_along_are_taken_over_once(town):
    entries = list(defaults())
    before = queries.lexicon()
    with atomic():
        assert word_actions.load_defaults() == len(entries)
        assert word_actions.load_defaults() == 0
    assert queries.lexicon().mark == before.mark
    assert set(queries.lexicon().entries) == set(entries)


def test_a_word_counts_once_a_second_person_confirmed_it(lists):
    word = proposed(lists)
    assert not hit()
    with pytest.raises(RuleBroken), atomic():
        word_actions.confirm_word(word, by=lists.admin)
    with atomic():
        word_actions.confirm_word(word, by=lists.head)
    assert hit()
    with pytest.raises(WrongState), atomic():
        word_actions.confirm_word(word, by=lists.head)


def test_the_first_word_of_ones_own_does_not_stand_alone(town):
    word = proposed(town)
    with atomic():
        word_actions.confirm_word(word, by=town.head)
    assert len(queries.lexicon().entries) == len(list(defaults())) + 1


def test_a_word_ends_by_two_people_and_stays_on_record(lists):
    word = proposed(lists)
    with atomic():
        word_actions.confirm_word(word, by=lists.head)
    with pytest.raises(RuleBroken), atomic():
        word_actions.propose_end(word, end_source=" ", by=lists.admin)
    with atomic():
        word_actions.propose_end(word, end_source="会议纪要〔2026〕2号", by=lists.admin)
    assert hit()
    with pytest.raises(RuleBroken), atomic():
        word_actions.confirm_word(word, by=lists.admin)
    with atomic():
        word_actions.confirm_word(word, by=lists.head)
    assert not hit()
    assert db.session.get_one(NameWord, word.id).to_on == clock.today()
    again = proposed(lists)
    with atomic():
        word_actions.withdraw_word(again, by=lists.head)
    assert db.session.get(NameWord, again.id) is not None


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"word": "  "}, "word"),
        ({"source": ""}, "source"),
        ({"effect": None}, "effect"),
        ({"kind": WordKind.FORM, "word": "堂"}, "type"),
    ],
)
def test_a_word_is_refused_beside_what_is_wrong(lists, changed, field):
    with pytest.raises(RuleBroken) as refused:
        proposed(lists, **changed)
    assert refused.value.field == field


def test_no_list_has_a_word_twice(lists):
    proposed(lists)
    with pytest.raises(IntegrityError):
        proposed(lists, word="天 下")


def test_nobody_else_changes_the_lists(lists):
    with pytest.raises(NotAllowed):
        proposed(lists, by="examiner")


@pytest.mark.engines("sqlite", "postgresql")
def test_the_database_refuses_one_person_in_two_parts(lists):
    word = proposed(lists)
    with pytest.raises(IntegrityError), atomic():
        word.confirmed_by_id, word.confirmed_at = word.proposed_by_id, clock.now()


def test_a_word_on_its_way_through_the_pages(lists, as_):
    admin, head = as_(lists.admin), as_(lists.head)
    page = go(admin, "/names/words/new").submit(
        kind="superlative", word="天下", effect="advise", source="会议纪要〔2026〕1号"
    )
    assert "待确认" in page.text
    own = page.path
    refused = admin.post(f"{own}/confirm")
    assert refused.status_code == 422
    entry = db.session.scalars(
        db.select(AuditEntry).where(AuditEntry.action == "name_word:confirm_refused")
    ).one()
    assert entry.note
    page = go(head, "/names/words?show=waiting")
    assert "天下" in page.text
    page.submit("/names/words/confirm")
    assert hit()
    page = go(admin, own).submit("/end", end_source="不再需要")
    page = go(head, own).submit("/confirm")
    assert not hit()
    assert "天下" in go(head, "/names/words?show=ended").text
    assert go(as_(lists.examiner), own).status == 200
    assert as_(lists.examiner).get("/names/words/new").status_code == 403


def test_the_list_is_filtered_paged_and_exported(lists, as_):
    staff = as_(lists.examiner)
    page = go(staff, "/names/words?kind=form")
    assert "基金会" in page.text
    assert "书画院" not in page.text
    assert go(staff, "/names/words").link("下一页").status == 200
    assert "没有" in go(staff, "/names/words?q=没有的词").text
    sheet = staff.get("/names/words.csv?kind=form")
    assert sheet.data.decode("utf-8-sig").startswith("kind,word,type,effect,source,from_on,to_on")
    assert staff.get("/names/words.xlsx").data.startswith(b"PK")


def test_what_is_exported_can_be_imported(lists, as_):
    raw = as_(lists.admin).get("/names/words.csv").data
    read = word_files.read_words(raw)
    assert set(read) == set(defaults())
    with atomic():
        assert word_actions.propose_words(read, by=lists.admin) == 0


def upload(visitor, text, encoding="utf-8"):
    return visitor.post(
        "/names/words/import",
        data={"file": (io.BytesIO(text.encode(encoding)), "words.csv")},
        follow_redirects=True,
    )


def test_an_import_proposes_what_is_new(lists, as_):
    rows = "kind,word,type,effect,source,from_on\nplace,眉州,,,地名录,2026-01-01\nplace,北京,,,x,\n"
    answer = upload(as_(lists.admin), rows, "gb18030")
    assert answer.status_code == 200
    word = db.session.scalars(db.select(NameWord).where(NameWord.word == "眉州")).one()
    assert not word.is_confirmed
    assert db.session.scalar(db.select(db.func.count()).where(NameWord.word == "北京")) == 1


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("plaze,眉州,,,地名录,", "plaze"),
        ("place,,,,地名录,", "2"),
        ("place,眉州,,,,", "2"),
        ("organ,眉州,,perhaps,地名录,", "block"),
        ("form,堂,,,地名录,", "2"),
        ("form,堂,club,,地名录,", "club"),
        ("place,眉州,,,地名录,2026-13-01", "2026-13-01"),
    ],
)
def test_a_mistake_in_the_file_imports_nothing_and_is_named(lists, as_, row, told):
    rows = f"kind,word,type,effect,source,from_on\n{row}\nplace,好词,,,地名录,\n"
    answer = upload(as_(lists.admin), rows)
    assert answer.status_code == 422
    assert told in answer.text
    assert not db.session.scalars(db.select(NameWord).where(NameWord.word == "好词")).all()
    assert db.session.scalars(
        db.select(AuditEntry).where(AuditEntry.action == "name_word:import_refused")
    ).one()


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "kind,word,type,effect,source,from_on\n"])
def test_a_file_of_something_else_is_refused(lists, as_, text):
    assert upload(as_(lists.admin), text).status_code == 422
