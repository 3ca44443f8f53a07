"""The numbers of cases: given once each, and told apart from those of papers."""

import re
from collections.abc import Sequence

from core import clock, documents
from core.documents import Known
from core.i18n import _
from core.workflow.declaration import declared

_SHAPE = re.compile(r"([A-Z]+)-\d{4}-\d{1,6}")


def next_number(series: str) -> str:
    """Return the next number of `series` in this year, as in DJ-2026-000012; without gaps."""
    year = clock.today().year
    return f"{series}-{year}-{documents.next_number(f'case:{series}', year):06d}"


@documents.recognizes
def _number_of_a_case(spellings: Sequence[str]) -> Known | None:
    """By its shape alone: whether there is such a case is nobody's business."""
    shape = _SHAPE.fullmatch(spellings[0])
    if shape is None or shape[1] not in {it.series for it in declared()}:
        return None
    return Known(
        _("This is a case number, not the number of a document"),
        _(
            "Whoever applied follows the case after signing in. The number of a document stands on the document itself."
        ),
    )
