"""Which types of organizations one can ask for here today, as the matters say themselves."""

from core.workflow import declared
from registry.organizations.kinds import OrganizationType


def offered_types() -> list[OrganizationType]:
    """Return the types without those whose matter is switched off in this district."""
    guides = [guide for workflow in declared() for guide in workflow.guides]
    closed = {guide.given.get("type") for guide in guides if not guide.is_open}
    return [it for it in OrganizationType if it.value not in closed]
