"""Who may ask for an opinion, give it, take the question back, and read it."""

from core.accounts import Actor
from core.opinions.models import Opinion
from core.opinions.rules import ANSWERING
from core.workflow.models import Case
from core.workflow.parties import Party
from core.workflow.standing import keeps_off, parties


def gives_opinions(actor: Actor) -> bool:
    """Return whether the person works in a body that may be asked, and may speak for it."""
    return actor.body_id is not None and bool(actor.roles & ANSWERING)


def speaks_for(opinion: Opinion, actor: Actor) -> bool:
    """Return whether the person may read and answer the question put to their body."""
    asked = opinion.body_id == actor.body_id and gives_opinions(actor)
    return asked and not keeps_off(opinion.case, actor)


def may_ask(case: Case, actor: Actor) -> bool:
    """Return whether the person has the case in hand for an office: it is their turn."""
    turn = case.waiting_party
    if turn in (None, Party.APPLICANT.value) or actor.body_id is None:
        return False
    return turn in {party.value for party in parties(case, actor)}


def may_withdraw(opinion: Opinion, actor: Actor) -> bool:
    """Return whether the person may take the question back: of the office that asked, or has it."""
    mine = parties(opinion.case, actor) - {Party.APPLICANT, Party.AUDITOR, Party.SYSTEM}
    return may_ask(opinion.case, actor) or (bool(mine) and actor.body_id == opinion.asking_body_id)


def reads_of_case(case: Case, actor: Actor) -> bool:
    """Return whether the person reads the opinions on a case: the offices do, its applicant not."""
    mine = parties(case, actor)
    return bool(mine) and Party.APPLICANT not in mine
