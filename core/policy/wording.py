"""Sentences that name a policy value: they say the one in force when they are read."""

from decimal import Decimal
from typing import Any

from core.errors import Words
from core.i18n import LazyWords, is_chinese
from core.policy import queries
from core.policy.declaration import Policy, declaration
from core.policy.units import Unit

#: Units that the sentence itself names: 50个个人会员, 50 individual members.
NAMED_BY_THE_SENTENCE = (Unit.PEOPLE, Unit.COUNT, Unit.NONE)
WAN = 10_000


def said(words: Words, **policies: Policy[Any] | str) -> LazyWords:
    """Return `words` with the value of each policy in its place: %(days)s becomes 5个工作日.

    People and counts are given as bare numbers, sums as a law writes them: 3万元, 30,000 yuan.
    """
    return LazyWords(_said, words, policies)


def _said(words: Words, policies: dict[str, Policy[Any] | str]) -> str:
    return str(words) % {name: _value(policy) for name, policy in policies.items()}


def _value(policy: Policy[Any] | str) -> str:
    policy = declaration(policy) if isinstance(policy, str) else policy
    value = queries.value(policy)
    if policy.unit is Unit.CNY:
        return sum_in_words(Decimal(value))
    if policy.unit in NAMED_BY_THE_SENTENCE and isinstance(value, int | Decimal):
        return f"{value:,}"
    return policy.spoken(value)


def sum_in_words(value: Decimal) -> str:
    """Return a sum as running text has it: 3万元, 2.5万元, 800元; 30,000 yuan."""
    if is_chinese():
        if value >= WAN and value % 100 == 0:
            return f"{(value / WAN).normalize():f}万元"
        return f"{value.normalize():,f}元"
    return f"{value.normalize():,f} yuan"
