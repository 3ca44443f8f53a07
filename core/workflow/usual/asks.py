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
#: What is asked for while the case is examined: further papers, no corrections (补充 is not 补正).
PAPERS_ONCE = Ask(
    "items",
    _l("Papers to be added, one a line"),
    kind="lines",
    hint=_l("Name all of them at once; in one examination they are asked for only once."),
)
#: What somebody is asked to explain, where nothing has to be corrected.
QUESTIONS = Ask(
    "items",
    _l("What is to be explained, one question a line"),
    kind="lines",
    hint=_l("Ask everything at once, so that one answer is enough."),
)
ITEMS_ONCE = Ask(
    "items",
    _l("Everything that is missing, one item a line"),
    kind="lines",
    hint=_l("All items in one notice; a second notice is not allowed."),
)
