"""The index on PostgreSQL: for every gram its rows, in blocks that can be read newest first.

A GIN index must gather every hit before the newest can be told, which takes 20 ms for a common
word. Here a row of the index table holds the places of one gram in one block of ids, so that a
page is answered from the last blocks alone.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Integer,
    Select,
    SmallInteger,
    String,
    and_,
    bindparam,
    column,
    false,
    func,
    intersect,
    lateral,
    literal,
    select,
    table,
    text,
)
from typing_extensions import override

from core.bulk import copy
from core.db import db
from core.search.grams import grams_asked, grams_of
from core.search.index import Adapter, Entry

#: Ids in a block. A place in it fits two bytes; a page of a common word reads one block, a rare
#: word has at most one row a block.
BLOCK = 4096
#: So many rows are added one by one; more go by COPY.
FEW = 50
#: A gram with no more hits than this is read whole and compared with the text; above it, two
#: grams are brought to what they have in common first.
RARE = 2000


class PostingAdapter(Adapter):
    @override
    def create(self) -> Iterable[str]:
        return [
            f"""
            CREATE TABLE {self.name} (
                gram text COLLATE "C" NOT NULL,
                block integer NOT NULL,
                places smallint[] NOT NULL,
                hits integer GENERATED ALWAYS AS (cardinality(places)) STORED
            )
            """,
            f"CREATE INDEX ix_{self.name}_gram_block ON {self.name} (gram, block) INCLUDE (hits)",
        ]

    @override
    def drop(self) -> Iterable[str]:
        return [f"DROP TABLE IF EXISTS {self.name}"]

    @override
    def add(self, connection: Connection, entries: Sequence[Entry]) -> None:
        if len(entries) <= FEW:
            self._add_each(connection, entries)
            return
        places: dict[int, dict[str, list[int]]] = {}
        for key, words in entries:
            block, place = divmod(key, BLOCK)
            of_block = places.setdefault(block, {})
            for gram in grams_of(words):
                if gram in of_block:
                    of_block[gram].append(place)
                else:
                    of_block[gram] = [place]
        rows = (
            (gram, block, f"{{{','.join(map(str, found))}}}")
            for block, of_block in sorted(places.items())
            for gram, found in of_block.items()
        )
        copy(connection, self.name, ("gram", "block", "places"), rows)

    def _add_each(self, connection: Connection, entries: Sequence[Entry]) -> None:
        # One of the rows of a gram and block is enough to grow; which one does not matter.
        statement = text(
            f"""
            WITH asked(gram) AS (SELECT unnest(CAST(:grams AS text[]))),
            target AS (
                SELECT min(p.ctid) AS row FROM {self.name} p JOIN asked USING (gram)
                WHERE p.block = :block GROUP BY p.gram
            ),
            grown AS (
                UPDATE {self.name} p SET places = p.places || CAST(:place AS smallint)
                FROM target WHERE p.ctid = target.row RETURNING p.gram
            )
            INSERT INTO {self.name} (gram, block, places)
            SELECT gram, :block, ARRAY[CAST(:place AS smallint)] FROM asked
            WHERE gram NOT IN (SELECT gram FROM grown)
            """
        )
        for key, words in entries:
            block, place = divmod(key, BLOCK)
            grams = sorted(grams_of(words))
            connection.execute(statement, {"grams": grams, "block": block, "place": place})

    @override
    def remove(self, connection: Connection, entries: Sequence[Entry]) -> None:
        statement = text(
            f"""
            UPDATE {self.name} SET places = array_remove(places, CAST(:place AS smallint))
            WHERE gram = ANY(CAST(:grams AS text[])) AND block = :block
            """
        )
        for key, words in entries:
            block, place = divmod(key, BLOCK)
            grams = sorted(grams_of(words))
            connection.execute(statement, {"grams": grams, "block": block, "place": place})

    @override
    def contains(self, query: str) -> ColumnElement[bool]:
        return func.strpos(self.text, query) > 0

    @override
    def candidates(self, query: str, key: ColumnElement[int]) -> ColumnElement[bool]:
        grams = self._rarest_first(query)
        if not grams:
            return false()
        posting = self._postings("p")
        places = func.unnest(posting.c.places)
        return key.in_(
            select(posting.c.block * BLOCK + places).where(posting.c.gram == grams[0][0])
        )

    @override
    def hits(
        self,
        query: str,
        columns: Sequence[ColumnElement[Any]],
        where: Sequence[ColumnElement[bool]],
        limit: int,
        *,
        beyond: int | None,
        newest_first: bool,
    ) -> Select[Any]:
        grams = self._rarest_first(query)
        if not grams:
            return select(*columns).where(false())
        posting = self._postings("p")

        def ordered(it: Any) -> Any:
            return it.desc() if newest_first else it.asc()

        # In order before they meet the table: it is read only as far as the limit asks.
        unsorted = self._places(posting, grams)
        place = select(unsorted.c.place).order_by(ordered(unsorted.c.place)).subquery("u")
        key = posting.c.block * BLOCK + place.c.place
        conditions = [self.contains(query), *where]
        if beyond is not None:
            conditions.append(self.key < beyond if newest_first else self.key > beyond)
        # Inside a block, the hits of that block only, and no more than asked for.
        block_hits = lateral(
            select(place.c.place.label("place_"), *columns)
            .select_from(place.join(self.table, self.key == key))
            .where(*conditions)
            .order_by(ordered(place.c.place))
            .limit(limit)
            .correlate(posting),
            "h",
        )
        found = (
            select(*(block_hits.c[str(c.key)] for c in columns))
            .select_from(posting.join(block_hits, literal(True)))
            .where(posting.c.gram == grams[0][0])
            .order_by(ordered(posting.c.block), ordered(block_hits.c.place_))
            .limit(limit)
        )
        if beyond is not None:
            edge = posting.c.block
            found = found.where(
                edge <= beyond // BLOCK if newest_first else edge >= beyond // BLOCK
            )
        return found

    def _places(self, posting: Any, grams: list[tuple[str, int]]) -> Any:
        """Return the places in the block of `posting` that are worth trying."""
        own = select(func.unnest(posting.c.places).label("place")).correlate(posting)
        if len(grams) == 1 or grams[0][1] <= RARE:
            return own.subquery("v")
        other = self._postings("s")
        second = (
            select(func.unnest(other.c.places).label("place"))
            .where(and_(other.c.gram == grams[1][0], other.c.block == posting.c.block))
            .correlate(posting)
        )
        return intersect(own, second).subquery("v")

    def _rarest_first(self, query: str) -> list[tuple[str, int]]:
        """Return the grams asked for with their number of hits, the rarest first.

        Empty where one of them is nowhere: then nothing contains the query.
        """
        asked = grams_asked(query)
        posting = self._postings("p")
        if len(asked) == 1:
            return [(asked[0], 0)]
        counted = db.session.execute(
            select(posting.c.gram, func.sum(posting.c.hits))
            .where(posting.c.gram == func.any(bindparam("asked", asked, ARRAY(String))))
            .group_by(posting.c.gram)
        ).all()
        if len(counted) < len(asked):
            return []
        return sorted(((gram, hits) for gram, hits in counted), key=lambda it: it[1])

    def _postings(self, alias: str) -> Any:
        return table(
            self.name,
            column("gram", String),
            column("block", Integer),
            column("places", ARRAY(SmallInteger)),
            column("hits", Integer),
        ).alias(alias)
