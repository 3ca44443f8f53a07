"""Numbers and sums of money as people write them, and the fields that take them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from unicodedata import normalize

from wtforms import DecimalField, IntegerField

from core.errors import Words
from core.i18n import _, _l

#: The largest number and the largest sum that anybody means.
MOST = 1_000_000
MOST_YUAN = 10**11
#: What people write behind a number: 人, 名, 个, 家, 元.
UNITS = "人名个家元"


def read_figure(written: str) -> Decimal:
    """Return the number that was written: 30,000, 3万, 18人, １８. Raises ValueError."""
    text = normalize("NFKC", written).replace(",", "").replace(" ", "").strip(UNITS)
    times = 10_000 if text.endswith("万") else 1
    try:
        number = Decimal(text.removesuffix("万")) * times
    except ArithmeticError:
        raise ValueError(written) from None
    if not number.is_finite():
        raise ValueError(written)
    return number


def whole_number_words(least: int, most: int) -> str:
    """Return what is said where something else than a whole number of this range was written."""
    least_words, most_words = f"{least:,}", f"{most:,}"
    return _(
        "Please write a whole number from %(least)s to %(most)s in digits.",
        least=least_words,
        most=most_words,
    )


def money_words() -> str:
    """Return what is said where something else than a sum of money was written."""
    return _("Please write a sum in yuan, such as 30000 or 3万.")


class Written:
    """Reads what was written once; whatever cannot be taken is refused in one sentence."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        written = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not written:
            return
        try:
            self.data = self.taken(written)
        except ValueError:
            raise ValueError(self.refusal()) from None

    def taken(self, written: str) -> Any:
        """Return what is kept of `written`. Raises ValueError where it cannot be meant."""
        raise NotImplementedError

    def refusal(self) -> str:
        raise NotImplementedError


class NumberField(Written, IntegerField):
    """A whole number from `least` to `most`."""

    def __init__(
        self,
        label: Words = "",
        validators: Sequence[Any] = (),
        *,
        least: int = 0,
        most: int = MOST,
        **shape: Any,
    ) -> None:
        self.least, self.most = least, most
        super().__init__(label, list(validators), **shape)

    def taken(self, written: str) -> int:
        number = read_figure(written)
        if number != number.to_integral_value() or not self.least <= number <= self.most:
            raise ValueError(number)
        return int(number)

    def refusal(self) -> str:
        return whole_number_words(self.least, self.most)


class MoneyField(Written, DecimalField):
    """A sum in yuan with two decimals, from 0 to `most`."""

    is_money = True
    unit = _l("yuan")

    def __init__(
        self,
        label: Words = "",
        validators: Sequence[Any] = (),
        *,
        most: int = MOST_YUAN,
        **shape: Any,
    ) -> None:
        self.most = most
        super().__init__(label, list(validators), **shape)

    def taken(self, written: str) -> Decimal:
        number = read_figure(written)
        if not 0 <= number <= self.most:
            raise ValueError(number)
        return number.quantize(Decimal("0.01"))

    def refusal(self) -> str:
        return money_words()
