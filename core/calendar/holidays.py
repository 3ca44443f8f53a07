"""What is known of a year's days without an imported plan: announced plans and the law's own days.

Announced plans come from the package chinesecalendar. For other years the days off by
全国年节及纪念日放假办法 (2024) remain: 元旦 1, 春节 4, 清明 1, 劳动节 2, 端午 1, 中秋 1, 国庆 3.
"""

from datetime import date, timedelta

from chinese_calendar import constants

#: (month, day) of 春节 (正月初一), 端午 and 中秋. Computed with two lunar calendars that agree.
LUNAR_FESTIVALS: dict[int, tuple[tuple[int, int], tuple[int, int], tuple[int, int]]] = {
    2025: ((1, 29), (5, 31), (10, 6)),
    2026: ((2, 17), (6, 19), (9, 25)),
    2027: ((2, 6), (6, 9), (9, 15)),
    2028: ((1, 26), (5, 28), (10, 3)),
    2029: ((2, 13), (6, 16), (9, 22)),
    2030: ((2, 3), (6, 5), (9, 12)),
    2031: ((1, 23), (6, 24), (10, 1)),
    2032: ((2, 11), (6, 12), (9, 19)),
    2033: ((1, 31), (6, 1), (9, 8)),
    2034: ((2, 19), (6, 20), (9, 27)),
    2035: ((2, 8), (6, 10), (9, 16)),
    2036: ((1, 28), (5, 30), (10, 4)),
    2037: ((2, 15), (6, 18), (9, 24)),
    2038: ((2, 4), (6, 7), (9, 13)),
    2039: ((1, 24), (5, 27), (10, 2)),
    2040: ((2, 12), (6, 14), (9, 20)),
    2041: ((2, 1), (6, 3), (9, 10)),
    2042: ((1, 22), (6, 22), (9, 28)),
    2043: ((2, 10), (6, 11), (9, 17)),
    2044: ((1, 30), (5, 31), (10, 5)),
    2045: ((2, 17), (6, 19), (9, 25)),
    2046: ((2, 6), (6, 8), (9, 15)),
    2047: ((1, 26), (5, 29), (10, 4)),
    2048: ((2, 14), (6, 15), (9, 22)),
    2049: ((2, 2), (6, 4), (9, 11)),
    2050: ((1, 23), (6, 23), (9, 30)),
    2051: ((2, 11), (6, 13), (9, 19)),
    2052: ((2, 1), (6, 1), (9, 7)),
    2053: ((2, 19), (6, 20), (9, 26)),
    2054: ((2, 8), (6, 10), (9, 16)),
    2055: ((1, 28), (5, 30), (10, 5)),
    2056: ((2, 15), (6, 17), (9, 24)),
    2057: ((2, 4), (6, 6), (9, 13)),
    2058: ((1, 24), (6, 25), (10, 2)),
    2059: ((2, 12), (6, 14), (9, 21)),
    2060: ((2, 2), (6, 3), (9, 9)),
}

_HOLIDAYS: dict[date, str] = constants.holidays
_WORKDAYS: dict[date, str] = constants.workdays

#: The years whose announced plan the package holds.
ANNOUNCED = range(min(_HOLIDAYS).year, max(_HOLIDAYS).year + 1)

_CHINESE_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}


def announced_days(year: int) -> dict[date, tuple[bool, str]]:
    """Return the days of an announced plan: day → (is it a working day, the festival's name)."""
    days = {
        day: (working, _CHINESE_NAMES.get(name, name))
        for source, working in ((_HOLIDAYS, False), (_WORKDAYS, True))
        for day, name in source.items()
        if day.year == year
    }
    return dict(sorted(days.items()))


def qingming(year: int) -> date:
    """Return the day of 清明, by the common rule of the solar term; right for 2000 to 2099."""
    short = year % 100
    return date(year, 4, int(short * 0.2422 + 4.81) - short // 4)


def statutory_days(year: int) -> dict[date, str]:
    """Return the law's days off in `year`, sorted: thirteen, fewer where two fall together.

    Years outside `LUNAR_FESTIVALS` have the fixed days only: there, import the plan.
    """
    days = {date(year, 1, 1): "元旦"}
    days |= {date(year, 5, n): "劳动节" for n in (1, 2)}
    days |= {date(year, 10, n): "国庆节" for n in (1, 2, 3)}
    if year in LUNAR_FESTIVALS:
        spring, dragon, autumn = (date(year, *it) for it in LUNAR_FESTIVALS[year])
        days |= {spring + timedelta(days=n): "春节" for n in (-1, 0, 1, 2)}
        days |= {qingming(year): "清明节", dragon: "端午节", autumn: "中秋节"}
    return dict(sorted(days.items()))
