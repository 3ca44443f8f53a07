"""Numbers without gaps: taken inside the transaction that uses them, given back with it."""

from sqlalchemy import update

from core.db import db, insert_once
from core.documents.models import NumberSeries


def next_number(series: str, year: int) -> int:
    """Return the next place in `series` of `year`, from 1.

    Whoever takes the next one waits until this transaction has ended; where it is undone, the
    place is taken again. So places are unique and leave no gap.
    """
    insert_once(NumberSeries, series=series, year=year, last=0)
    taken = db.session.scalar(
        update(NumberSeries)
        .where(NumberSeries.series == series, NumberSeries.year == year)
        .values(last=NumberSeries.last + 1)
        .returning(NumberSeries.last)
        .execution_options(synchronize_session=False)
    )
    assert taken is not None, "the series was just made"
    return taken
