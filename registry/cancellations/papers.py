"""The paper that ends a filing."""

from core.documents import InstrumentKind, declare

CANCELLATION_NOTICE = InstrumentKind(
    "cancellation_notice", "注销备案通知书", "{office}注备〔{year}〕{place:04d}号"
)
declare(CANCELLATION_NOTICE)
