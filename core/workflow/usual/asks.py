"""What steps of many kinds ask the person who takes them."""

from core.i18n import _l
from core.workflow.steps import Ask

#: Under an application without papers; with papers use DECLARATION_WITH_PAPERS.
DECLARATION = Ask(
    "declared",
    _l("I declare that everything stated here is true."),
    kind="yes",
    shown_to_applicant=False,
)
DECLARATION_WITH_PAPERS = Ask(
    "declared",
    _l("I declare that everything stated here is true and the papers are genuine."),
    kind="yes",
    shown_to_applicant=False,
)
OPINION = Ask("opinion", _l("Opinion"), kind="long")
#: A list of what is missing; 行政许可法 art. 32(4) wants all of it at once.
ITEMS = Ask(
    "items",
    _l("Everything that is missing, one item a line"),
    kind="lines",
    hint=_l("Name all items at once, so that one more visit is enough."),
)
ITEMS_ONCE = Ask(
    "items",
    _l("Everything that is missing, one item a line"),
    kind="lines",
    hint=_l("All items in one notice; a second notice is not allowed."),
)
