"""In the demo the applicant follows an organization and a search."""

from sqlalchemy import select

from core.accounts import User
from core.accounts.actor import acting_for
from core.db import atomic, db
from registry.following import actions
from registry.following.models import Follow
from registry.organizations.models import Organization


def has_follows() -> bool:
    """Return whether anybody follows anything."""
    return db.session.scalar(select(Follow.id).limit(1)) is not None


def make_follows() -> None:
    """Let the applicant follow the oldest entry of the register, and what serves the aged."""
    with atomic():
        applicant = db.session.scalars(select(User).where(User.login == "applicant")).first()
        oldest = db.session.scalars(select(Organization).order_by(Organization.id)).first()
        if applicant is None or oldest is None:
            return
        by = acting_for(applicant, 0)
        actions.follow_organization(oldest, by=by)
        actions.follow_search({"q": "养老", "track": "registered"}, by=by)
