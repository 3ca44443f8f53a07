"""The monthly report as a paper: numbered, printed once, kept as issued."""

from core.documents import InstrumentKind, declare

REPORT = InstrumentKind(
    "statistics_report",
    "社会组织统计月报",
    "{office}统〔{year}〕{place:02d}号",
)

declare(REPORT)
