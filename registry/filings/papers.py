"""The paper that ends a filing."""

from core.documents import InstrumentKind, declare
from core.i18n import _l

CANCELLATION_NOTICE = InstrumentKind(
    "cancellation_notice",
    "注销备案通知书",
    "{office}注备〔{year}〕{place:04d}号",
    label=_l("Notice that the filing is cancelled"),
)
declare(CANCELLATION_NOTICE)
