"""The grounds on which a registration may be refused (社会团体登记管理条例 art. 13)."""

from core.i18n import _l
from core.workflow import Ask

#: Where each ground stands in 社会团体登记管理条例.
ARTICLES = {
    "13.1": "第十三条第一项",
    "13.2": "第十三条第二项",
    "13.3": "第十三条第三项",
    "13.4": "第十三条第四项",
    "13.5": "第十三条第五项",
    "10": "第十条",
}

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
