"""The grounds on which a registration may be refused (社会团体登记管理条例 art. 13)."""

from core.i18n import _l
from core.workflow import Ask

GROUND = Ask(
    "ground",
    _l("Legal ground"),
    kind="choice",
    choices=(
        ("13.1", _l("Purpose or scope breaks article 4 (art. 13, item 1)")),
        (
            "13.2",
            _l("A body of the same or similar scope exists and another is not needed (item 2)"),
        ),
        (
            "13.3",
            _l("A promoter or officer is deprived of political rights or lacks capacity (item 3)"),
        ),
        ("13.4", _l("False papers (item 4)")),
        ("13.5", _l("Another ban of law (item 5)")),
        ("10", _l("A condition of article 10 is not met")),
    ),
)
