"""The words of the register: tracks, types, statuses, categories and ways of management."""

from enum import StrEnum

from core.i18n import _l


class Track(StrEnum):
    """Registered is a legal person with a code; filed is a community group with a number."""

    REGISTERED = "registered"
    FILED = "filed"

    @property
    def label(self) -> str:
        return str(LABELS[self])


class OrganizationType(StrEnum):
    """What an organization is."""

    ASSOCIATION = "association"
    SERVICE_INSTITUTION = "service_institution"
    FOUNDATION = "foundation"
    COMMUNITY_ORGANIZATION = "community_organization"

    @property
    def label(self) -> str:
        return str(LABELS[self])


class OrganizationStatus(StrEnum):
    """Where an organization stands in its life."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    LIQUIDATING = "liquidating"
    DEREGISTERED = "deregistered"
    REVOKED = "revoked"
    DORMANT = "dormant"
    UNDER_REVIEW = "under_review"
    CANCELLED = "cancelled"
    UPGRADED = "upgraded"

    @property
    def label(self) -> str:
        return str(LABELS[self])

    @property
    def tone(self) -> str:
        """The colour of the status tag, the same everywhere."""
        if self is OrganizationStatus.ACTIVE:
            return "green"
        return "amber" if self in LIVING else "grey"


class FilingCategory(StrEnum):
    """What a filed group does (川民规 2023)."""

    DAILY_SERVICES = "daily_services"
    COMMUNITY_AFFAIRS = "community_affairs"
    CULTURE_AND_SPORT = "culture_and_sport"
    CHARITY = "charity"
    OTHER = "other"

    @property
    def label(self) -> str:
        return str(LABELS[self])


class ManagementMode(StrEnum):
    """Who answers for a registered organization beside the registration authority."""

    DUAL_MANAGED = "dual_managed"
    DIRECT = "direct"

    @property
    def label(self) -> str:
        return str(LABELS[self])


LIVING = frozenset(
    {
        OrganizationStatus.ACTIVE,
        OrganizationStatus.SUSPENDED,
        OrganizationStatus.LIQUIDATING,
        OrganizationStatus.DORMANT,
        OrganizationStatus.UNDER_REVIEW,
    }
)

#: The first two characters of the unified code (GB 32100-2015) by type.
CODE_PREFIXES = {
    OrganizationType.ASSOCIATION: "51",
    OrganizationType.SERVICE_INSTITUTION: "52",
    OrganizationType.FOUNDATION: "53",
}

#: What the law calls the means that each type must have.
FUNDS = {
    OrganizationType.ASSOCIATION: _l("Funds"),
    OrganizationType.SERVICE_INSTITUTION: _l("Opening funds"),
    OrganizationType.FOUNDATION: _l("Original funds"),
}

LABELS = {
    Track.REGISTERED: _l("Registered"),
    Track.FILED: _l("Filed"),
    OrganizationType.ASSOCIATION: _l("Association"),
    OrganizationType.SERVICE_INSTITUTION: _l("Service institution"),
    OrganizationType.FOUNDATION: _l("Foundation"),
    OrganizationType.COMMUNITY_ORGANIZATION: _l("Community organization"),
    OrganizationStatus.ACTIVE: _l("Active"),
    OrganizationStatus.SUSPENDED: _l("Suspended"),
    OrganizationStatus.LIQUIDATING: _l("In liquidation"),
    OrganizationStatus.DEREGISTERED: _l("Deregistered"),
    OrganizationStatus.REVOKED: _l("Revoked"),
    OrganizationStatus.DORMANT: _l("Dormant"),
    OrganizationStatus.UNDER_REVIEW: _l("Filing under review"),
    OrganizationStatus.CANCELLED: _l("Cancelled"),
    OrganizationStatus.UPGRADED: _l("Upgraded to registered"),
    FilingCategory.DAILY_SERVICES: _l("Daily services"),
    FilingCategory.COMMUNITY_AFFAIRS: _l("Community affairs"),
    FilingCategory.CULTURE_AND_SPORT: _l("Culture and sport"),
    FilingCategory.CHARITY: _l("Charity"),
    FilingCategory.OTHER: _l("Other activities"),
    ManagementMode.DUAL_MANAGED: _l("Dual management"),
    ManagementMode.DIRECT: _l("Direct registration"),
}
