"""The public register at the size of a country: search, counts, paging, growth (G1, G2, G8)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import Context
from functools import partial
from random import Random
from typing import Any

from flask import Flask, render_template
from jinja2 import DictLoader
from sqlalchemy import func, select

from bench.clocks import Spread, in_turns, spread, timed
from core.db import db, dialect
from core.search import fold
from registry.organizations import search, syllables
from registry.organizations.listing import TABLE, Sort
from registry.organizations.models import Organization

LENGTHS = (1, 2, 3, 5)
#: Queries a length of which nothing is found, and of which all hits are compared with a scan.
MISSES, COMPARED = 10, 12
#: How often the pages are asked of which the growth is measured.
GROWING = 60
LIST = "/api/v1/organizations"
BARE = """<!doctype html><html><head><title>Bare</title></head><body>
<nav>{% for n in range(8) %}<a href="/{{ n }}">{{ n }}</a>{% endfor %}</nav>
<table>{% for it in rows %}<tr><td>{{ it.name }}</td><td>{{ it.unified_code or it.filing_number }}
</td><td>{{ it.status.value }}</td><td>{{ it.founded_on }}</td></tr>{% endfor %}</table></body></html>"""


@contextmanager
def bare_application(url: str) -> Iterator[Flask]:
    """Make Flask, Jinja and one indexed ORM query of 20 rows: what every page costs at least."""
    app = Flask("bare")
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    db.init_app(app)
    app.jinja_loader = DictLoader({"bare.html": BARE})

    @app.get("/<int:first>")
    def bare(first: int) -> str:
        query = select(Organization).where(Organization.id > first).order_by(Organization.id)
        return render_template("bare.html", rows=db.session.scalars(query.limit(20)).all())

    try:
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()


def getter(app: Flask) -> Callable[[str, dict[str, Any]], None]:
    """Return `get(path, arguments)`: one page as a visitor gets it, without the network."""
    return asking(app.test_client())


def asking(client: Any) -> Callable[[str, dict[str, Any]], None]:
    """Return `get` for a client of its own, such as one who is signed in."""

    def get(path: str, arguments: dict[str, Any]) -> None:
        # In an empty context: inside an open one a page would find what the last page has read.
        response = Context().run(client.get, path, query_string=arguments)
        assert response.status_code == 200, (path, arguments, response.status_code)
        response.close()

    return get


def measure(
    app: Flask,
    bare_app: Flask,
    queries: int,
    seed: int,
    kept: dict[str, Any],
    keep: Callable[[], None],
) -> None:
    """Put the figures of the public register on the database of `app` into `kept`, one by one.

    `bare_app` is the bare application on the same database. A context of `app` is open. What is in `kept` already is not measured again; `keep` saves it.
    """
    dice = Random(seed)
    db.session.remove()
    last = db.session.scalar(select(func.max(TABLE.c.id))) or 1
    asked = {length: _queries(length, queries, last, dice) for length in LENGTHS}
    number = db.session.scalar(
        select(TABLE.c.unified_code).where(TABLE.c.unified_code.is_not(None)).limit(1)
    )
    db.session.remove()
    bare_get, get = getter(bare_app), getter(app)
    bare = [partial(bare_get, f"/{dice.randrange(last)}", {}) for _n in range(queries)]
    kept["rows"] = _rows()
    found = kept.setdefault("search", {})
    for length, words in asked.items():
        if str(length) in found:
            continue
        figures = in_turns(
            {
                "bare": bare,
                "page": [partial(get, "/register", {"q": q}) for q in words],
                "find": [partial(_find, q) for q in words],
                "api": [partial(get, LIST, {"q": q, "limit": 20}) for q in words],
            }
        )
        sounds = _sounds(length, COMPARED, last, dice)
        figures["recall"] = min(_recall(words[:COMPARED] + words[-2:]), _recall_of_sounds(sounds))
        found[str(length)] = figures
        keep()
        print(f"  {length} characters: {figures}", flush=True)
    if "register" not in kept:
        pages = {
            "bare": bare[:GROWING],
            "register": [partial(get, "/register", {})] * min(GROWING, queries),
            "organization": [partial(get, f"/register/{number}", {})] * min(GROWING, queries),
        }
        kept.update(in_turns(pages))
        keep()
    if "paging" not in kept:
        kept["paging"] = _paging(dice)
        keep()


def _rows() -> int:
    return db.session.scalar(select(func.count()).select_from(TABLE)) or 0


def _find(q: str) -> None:
    search.find(search.Filters(q=q))
    db.session.remove()


def _queries(length: int, number: int, last: int, dice: Random) -> list[str]:
    """Return random parts of random names, and some that are in none."""
    words: list[str] = []
    while len(words) < number - MISSES:
        name = db.session.scalar(
            select(TABLE.c.folded_name)
            .where(TABLE.c.id >= dice.randrange(last))
            .order_by(TABLE.c.id)
            .limit(1)
        )
        if name and len(name) >= length:
            start = dice.randrange(len(name) - length + 1)
            words.append(name[start : start + length])
    rare = [chr(0x4E00 + dice.randrange(20_000)) for _n in range(MISSES * length)]
    return words + ["".join(rare[n::MISSES]) for n in range(MISSES)]


def _recall(words: list[str]) -> float:
    """Return the share of hits that a full scan finds and the index gives, in the same order."""
    contains = "instr" if dialect() == "sqlite" else "strpos"
    found = expected = 0
    for q in words:
        query = select(TABLE.c.id).where(getattr(func, contains)(TABLE.c.folded_name, fold(q)) > 0)
        scanned = db.session.scalars(query).all()
        hits = db.session.scalars(search.INDEX.hits(q, TABLE.c.id, limit=10_000_000)).all()
        assert list(hits) == sorted(hits, reverse=True)
        found += len(set(hits) & set(scanned))
        expected += len(scanned)
        assert set(hits) <= set(scanned), q
    db.session.remove()
    return found / expected if expected else 1.0


def _sounds(length: int, number: int, last: int, dice: Random) -> list[str]:
    """Return runs of whole syllables of random names, as pinyin of capitals parted by spaces."""
    runs: list[str] = []
    for _try in range(number):
        pinyin = db.session.scalar(
            select(TABLE.c.name_pinyin)
            .where(TABLE.c.id >= dice.randrange(last))
            .order_by(TABLE.c.id)
            .limit(1)
        )
        read = (pinyin or "").split()
        start = dice.randrange(max(1, len(read) - length + 1))
        run = read[start : start + length]
        if run and all(it in syllables.known() for it in run):
            runs.append(" ".join(run))
    return runs


def _recall_of_sounds(runs: list[str]) -> float:
    """Return the share of names read so, by a full scan, that the joined letters lead to."""
    found = expected = 0
    for run in runs:
        spoken = (" " + TABLE.c.name_pinyin + " ").contains(f" {run} ")
        scanned = set(db.session.scalars(select(TABLE.c.id).where(spoken)))
        hits: set[int] = set()
        for way in syllables.asked(run.replace(" ", "").lower()):
            hits |= set(db.session.scalars(search.SYLLABLES.hits(way, TABLE.c.id, limit=10**7)))
        found += len(hits & scanned)
        expected += len(scanned)
    db.session.remove()
    return found / expected if expected else 1.0


def _paging(dice: Random) -> dict[str, Any]:
    """Return the times of the first page, of pages from all over the list, and of the last."""
    figures = {}
    for sort in (Sort.NEWEST, Sort.NAME, Sort.FOUNDED_DOWN):
        for q in ("", "志愿服务"):
            figures[f"{sort.value}{' ' + q if q else ''}"] = {
                name: it.as_dict() for name, it in _pages_of(sort, q, dice).items()
            }
    return figures


def _pages_of(sort: Sort, q: str, dice: Random) -> dict[str, Spread]:
    def page(cursor: str | None) -> str | None:
        db.session.remove()
        return search.find(search.Filters(q=q, sort=sort), cursor).page.next

    from core.search.paging import Cursor

    last = db.session.scalar(select(func.max(TABLE.c.id))) or 1
    cursors = []
    for _n in range(40):
        query = select(TABLE.c.id, TABLE.c.name_pinyin, TABLE.c.founded_on)
        row = db.session.execute(
            query.where(TABLE.c.id >= dice.randrange(last)).order_by(TABLE.c.id).limit(1)
        ).one()
        key = {
            Sort.NEWEST: (row.id,),
            Sort.NAME: (row.name_pinyin, row.id),
            Sort.FOUNDED_DOWN: (row.founded_on, row.id),
        }[sort]
        cursors.append(Cursor(key).written())
    end = {
        Sort.NEWEST: Cursor((0,), False),
        Sort.NAME: Cursor(("龥", 2**31 - 1), False),
        Sort.FOUNDED_DOWN: Cursor((None, 0), False),
    }[sort].written()
    first, deep, latest = [], [], []
    page(None), page(end)
    for cursor in cursors:  # in turns, so that the machine's mood is the same for all
        first.append(timed(partial(page, None)))
        deep.append(timed(partial(page, cursor)))
        latest.append(timed(partial(page, end)))
    return {"first": spread(first), "anywhere": spread(deep), "last": spread(latest)}
