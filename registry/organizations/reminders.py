"""Telling the people of an organization something, once an occasion."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core import clock, messages
from core.accounts import Membership, Role, User
from core.db import db, insert_once
from registry.organizations.models import Organization, OrganizationReminder


def holders(body_id: int, *roles: Role) -> list[User]:
    """Return the people who act for a body today, or hold one of `roles` there, each once."""
    today, wanted = clock.today(), roles or (Role.OWNER, Role.HANDLER)
    held = db.session.scalars(
        db.select(Membership).where(Membership.body_id == body_id, Membership.role.in_(wanted))
    )
    found = {it.user_id: it.user for it in held if it.holds_on(today)}
    return [user for user in found.values() if not user.closed]


def remind(
    organization: Organization,
    occasion: str,
    template: messages.MessageTemplate,
    facts: Mapping[str, Any],
    *,
    link: str = "",
) -> bool:
    """Tell the organization's people on `occasion`, unless that was done; return whether it was now.

    `facts` fill the message's words beside `name`; it leads to the organization's page. Where nobody
    acts for it the occasion is noted all the same.
    """
    people = holders(organization.id)
    first = insert_once(
        OrganizationReminder,
        organization_id=organization.id,
        occasion=occasion,
        at=clock.now(),
        told=len(people),
    )
    if first:
        link = link or f"/register/{organization.number}"
        said = {"name": organization.name, **facts}
        messages.send(people, template.key, said, link=link, body_id=organization.id)
    return first


def reminded_at(organization_id: int, occasion: str) -> datetime | None:
    """Return when the organization was reminded on `occasion`, or None."""
    row = db.session.get(OrganizationReminder, (organization_id, occasion))
    return row.at if row else None
