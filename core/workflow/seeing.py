"""What `standing` says of one case and person, asked of the database for many cases at once."""

from sqlalchemy import ColumnElement, and_, or_, select, true

from core.accounts import Actor, Role
from core.workflow.declaration import declared, of_office_kinds
from core.workflow.models import Case, CaseSeat, Recusal
from core.workflow.parties import Seat, parties_at


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """Return the condition of a case that `actor` has a part in as staff (`standing.parties`)."""
    private = [
        and_(Case.kind == w.kind, Case.state == s.key.value)
        for w in declared()
        for s in w.state.values()
        if s.private
    ]
    shown = and_(
        ~or_(*private) if private else true(),
        or_(Case.number.is_not(None), Case.closed_at.is_(None)),
        kept_by(actor),
    )
    if Role.AUDITOR in actor.roles:
        return shown
    seats = [seat for seat in Seat if seat is not Seat.APPLICANT and parties_at(seat, actor.roles)]
    seat = select(CaseSeat.id).where(
        CaseSeat.case_id == Case.id, CaseSeat.body_id == actor.body_id, CaseSeat.seat.in_(seats)
    )
    return and_(shown, seat.exists())


def kept_by(actor: Actor) -> ColumnElement[bool]:
    """Return the condition of a case that `actor` need not keep off (`standing.keeps_off`)."""
    recused = select(Recusal.id).where(Recusal.case_id == Case.id, Recusal.user_id == actor.user_id)
    own = tuple(actor.member_of)
    return and_(
        ~recused.exists(),
        or_(Case.applicant_id != actor.user_id, Case.kind.in_(of_office_kinds())),
        or_(Case.applicant_body_id.is_(None), Case.applicant_body_id.not_in(own)),
        or_(Case.subject_body_id.is_(None), Case.subject_body_id.not_in(own)),
    )
