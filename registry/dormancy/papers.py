"""The paper that a dormant group gets before its filing is cancelled."""

from core.documents import InstrumentKind, declare
from core.i18n import _l

CANCELLATION_WARNING = InstrumentKind(
    "cancellation_warning",
    "拟注销备案告知书",
    "{office}拟注〔{year}〕{place:04d}号",
    label=_l("Notice that the filing will be cancelled"),
)
declare(CANCELLATION_WARNING)
