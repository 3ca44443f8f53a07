"""The monthly report as a paper: numbered, printed once, kept as issued."""

from core.documents import InstrumentKind, declare
from core.i18n import _l

REPORT = InstrumentKind(
    "statistics_report",
    "社会组织统计月报",
    "{office}统〔{year}〕{place:02d}号",
    label=_l("Monthly report"),
)

declare(REPORT)
