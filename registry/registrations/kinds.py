"""The classes of organizations that register directly."""

from enum import StrEnum

from core.i18n import _l


class DirectClass(StrEnum):
    """The four classes that may register without a sponsor unit (国务院机构改革方案 2013)."""

    TRADE = "trade"
    SCIENCE = "science"
    CHARITY = "charity"
    COMMUNITY_SERVICE = "community_service"

    @property
    def label(self) -> str:
        return str(DIRECT_CLASS_LABELS[self])


DIRECT_CLASS_LABELS = {
    DirectClass.TRADE: _l("Trade associations and chambers of commerce"),
    DirectClass.SCIENCE: _l("Science and technology"),
    DirectClass.CHARITY: _l("Public charity"),
    DirectClass.COMMUNITY_SERVICE: _l("Urban and rural community services"),
}
