"""Who sits at a case: the office that decides for its place, and whoever else of the place."""

from core import divisions
from core.divisions import Division
from core.errors import RuleBroken
from core.workflow.declaration import Workflow
from core.workflow.models import Case, CaseSeat
from core.workflow.parties import Party, Seat, seat_of


def take_seat(case: Case, seat: Seat, body_id: int) -> None:
    """Put a body at a seat of the case, in the place of whoever sat there."""
    taken = next((s for s in case.seats if s.seat is seat), None)
    if taken is None:
        case.seats.append(CaseSeat(seat=seat, body_id=body_id))
    else:
        taken.body_id = body_id
    if seat is Seat.OFFICE:
        case.office_id = body_id


def leave_seat(case: Case, seat: Seat) -> None:
    """Empty a seat of the case."""
    case.seats[:] = [s for s in case.seats if s.seat is not seat]


def settle(case: Case, division: Division | None) -> None:
    """Say where an application belongs: the bodies of the place take their seats.

    None leaves the place open and the seats as they are. Raises RuleBroken where no office is set
    that decides there.
    """
    case.division_id = division.id if division else None
    if division is None:
        return
    for seat in local_seats(case.workflow):
        body_id = _body_at(case.workflow, seat, division)
        if body_id is None:
            leave_seat(case, seat)
        else:
            take_seat(case, seat, body_id)


def resettle(case: Case, division: Division) -> dict[str, list[int | None]]:
    """Move an open case into another division; return which seats changed hands: [old, new] ids.

    A seat for which the new place has nobody stays with whom it was. Whose turn it was, it still
    is: in the new body, on nobody's desk yet. Time limits do not change.
    """
    case.division_id = division.id
    changed: dict[str, list[int | None]] = {}
    for seat in local_seats(case.workflow):
        before = case.body_at(seat)
        try:
            after = _body_at(case.workflow, seat, division)
        except RuleBroken:
            after = None
        if before is not None and after not in (None, before):
            assert after is not None
            take_seat(case, seat, after)
            changed[seat.value] = [before, after]
    if case.waiting_party is not None:
        turn = seat_of(Party(case.waiting_party))
        if turn is not None and turn.value in changed:
            case.waiting_body_id, case.assignee_id = case.body_at(turn), None
    return changed


def local_seats(workflow: Workflow) -> list[Seat]:
    """Return the seats that go by the place: the office's, and those the declaration names."""
    return [seat for seat in workflow.seats if seat is Seat.OFFICE or seat in workflow.locals]


def _body_at(workflow: Workflow, seat: Seat, division: Division) -> int | None:
    find = workflow.locals.get(seat)
    body = find(division) if find else divisions.office_for(workflow.kind, division)
    return body.id if body else None
