"""Names in the demo: the word lists, the index of near names, a name on hold, a proposed word."""

from core import clock
from core.accounts.actor import acting_for, choices_for
from core.db import atomic, db
from registry.demo.cast import person_called
from registry.names import actions, keys, word_actions
from registry.names.kinds import Effect, WordKind
from registry.names.models import NameReservation
from registry.organizations.kinds import OrganizationType


def has_names() -> bool:
    """Return whether any name has been reserved."""
    return db.session.scalar(db.select(NameReservation.id).limit(1)) is not None


def make_names() -> None:
    """Take over the lists, key the register, reserve a name and propose a word."""
    with atomic():
        word_actions.load_defaults()
    keys.refresh()
    with atomic():
        actions.reserve(
            name="成都市锦江区锦里家风文化协会",
            type=OrganizationType.ASSOCIATION,
            by=acting_for(person_called("applicant"), 0),
        )
    with atomic():
        word_actions.propose_word(
            kind=WordKind.SUPERLATIVE,
            word="天下",
            effect=Effect.ADVISE,
            source="成都市锦江区行政审批局业务会议纪要（示例）",
            from_on=clock.today(),
            by=choices_for(person_called("admin"))[1],
        )
