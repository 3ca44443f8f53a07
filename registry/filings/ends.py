"""The end of a filing: what stands in its way, said by what builds on it, and what it leads to."""

from collections.abc import Callable, Iterator

from sqlalchemy import select

from core import documents, notices
from core.accounts import Actor, Body
from core.db import db
from core.documents import EndGround
from core.errors import RuleBroken
from core.workflow import Finding
from core.workflow.models import Case
from core.workflow.usual import papers
from registry.filings import receipts
from registry.filings.groups import BASIS, group_in
from registry.filings.papers import CANCELLATION_NOTICE
from registry.organizations import actions as register
from registry.organizations.kinds import LIVING, OrganizationStatus, Track

#: Asked with the id of a group; returns what stands in the way of ending its filing, or None.
Obstacle = Callable[[int], Finding | None]
_obstacles: list[Obstacle] = []


def before_it_ends(ask: Obstacle) -> Obstacle:
    """Have the function below asked before any filing is ended."""
    _obstacles.append(ask)
    return ask


def obstacles(organization_id: int) -> Iterator[Finding]:
    """Yield what stands in the way of ending the filing of a group."""
    for ask in _obstacles:
        found = ask(organization_id)
        if found is not None:
            yield found


def refuse_where_hindered(organization_id: int) -> None:
    """Raise RuleBroken with the first obstacle. Until the transaction ends no other one appears."""
    hold(organization_id)
    for found in obstacles(organization_id):
        raise RuleBroken(found.text)


def hold(organization_id: int) -> None:
    """Let nobody else begin or end what a group can only have once, until this is over."""
    db.session.flush()
    row = select(Body.id).where(Body.id == organization_id)
    db.session.execute(row.with_for_update(key_share=True))


def stands(case: Case) -> bool:
    """Return whether a case is about a group that is still filed: entered, and not ended since."""
    if case.subject_body_id is None:
        return False
    organization = group_in(case)
    return organization.track is Track.FILED and organization.status in LIVING


def may_end(case: Case) -> Iterator[Finding]:
    """Yield why the filing that a case has led to cannot be ended; nothing where there is none."""
    if case.subject_body_id is not None and stands(case):
        yield from obstacles(case.subject_body_id)


def end_filing(case: Case, *, reason: str, by: Actor, cause: str) -> None:
    """End the group's entry and receipt, issue 注销备案通知书, and announce it.

    Both are Chinese: `reason` in few words, as the announcement says it, `cause` as the paper goes
    on after 你组织, in whole sentences. Raises RuleBroken where the group needs its filing for
    something else.
    """
    organization = group_in(case)
    refuse_where_hindered(organization.id)
    register.change_status(organization, OrganizationStatus.CANCELLED, by=by, case_id=case.id)
    ended = "、".join(paper.number for paper in receipts.unended_receipts(organization.id))
    known = documents.of_body(organization.id, receipts.KIND)
    receipts.void_receipts(
        organization.id, reason=reason, ground=EndGround.DEREGISTERED, by=by, case_id=case.id
    )
    papers.issue(
        case,
        CANCELLATION_NOTICE.key,
        by=by,
        recipient=organization.name,
        subject=f"{organization.name}注销备案",
        basis=[BASIS],
        name=organization.name,
        filing_number=organization.filing_number,
        cause=cause,
        receipts=ended,
    )
    # What the bureau made void before is not made void here, and is no paper of older times either.
    voided = {} if known and not ended else {"作废备案证编号": ended or "平台启用前颁发的备案证"}
    notices.publish(
        kind="filing",
        title=f"{organization.name}注销备案公告",
        facts={
            "名称": organization.name,
            "备案号": organization.filing_number or "",
            "注销原因": reason,
            **voided,
            "备案机关": case.office.name if case.office else "",
        },
        basis=BASIS,
        body_id=organization.id,
        case_id=case.id,
        office_id=case.office_id,
        series="备公告〔{year}〕{place}号",
        by=by,
    )
