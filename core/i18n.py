"""Languages: English message ids, Chinese catalogue; how days, moments and money are written."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from babel import Locale
from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, Domain
from flask_babel import get_locale as find_locale
from flask_babel.speaklater import LazyString
from markupsafe import escape

from core import clock

LOCALES = ("zh_Hans", "en")

__all__ = [
    "LOCALES",
    "LazyWords",
    "_",
    "_l",
    "day",
    "get_locale",
    "init_app",
    "is_chinese",
    "language_tag",
    "moment",
    "money",
    "ngettext",
]


class LazyWords(LazyString):
    """Words that are found when they are read; a page escapes them as it does all words."""

    def __html__(self) -> str:
        return str(escape(self._func(*self._args, **self._kwargs)))


class Catalogue(Domain):
    """The words of each language, found by its locale: a page asks for some hundreds of them."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[tuple[str, str | None], Translations | NullTranslations] = {}

    def get_translations(self) -> Translations | NullTranslations:
        """Return the words of the language in force; outside of an application, none."""
        locale = get_locale()
        if locale is None:
            return NullTranslations()
        # Not by the locale itself: to compare two takes longer than to find a word.
        name = (locale.language, locale.script)
        if name not in self._known:
            self._known[name] = super().get_translations()
        return self._known[name]


_catalogue = Catalogue()
_: Callable[..., str] = _catalogue.gettext
ngettext: Callable[..., str] = _catalogue.ngettext


def _l(text: str, **variables: object) -> LazyWords:
    """Return words that are translated when they are read."""
    return LazyWords(_catalogue.gettext, text, **variables)


def get_locale() -> Locale | None:
    """Return the language in force; outside of an application, None."""
    # Flask-Babel keeps it here once it is found; to ask itself each time costs as much as the word.
    try:
        locale: Locale | None = g._flask_babel.babel_locale
    except (AttributeError, RuntimeError):
        locale = None
    if locale is None:
        locale = find_locale()
    return locale


def choose_locale() -> str:
    """Return the language of this request: the person's choice, else Simplified Chinese."""
    if not has_request_context():
        return LOCALES[0]
    asked = request.args.get("lang") or session.get("lang")
    if asked in LOCALES:
        return str(asked)
    return LOCALES[0]


def is_chinese() -> bool:
    """Return whether the present request is answered in Chinese."""
    locale = get_locale()
    return locale is None or locale.language == "zh"


def language_tag(locale: object = None) -> str:
    """Return what a page's `lang` says (BCP 47) for a locale of ours; without one for this page's."""
    name = str(locale or get_locale() or LOCALES[0])
    return "zh-Hans-CN" if name.startswith("zh") else name.replace("_", "-")


def day(value: date | None) -> str:
    """Return a day as people write it: 2026年3月1日, or 1 March 2026; of a moment, its day here."""
    if value is None:
        return "—"
    if isinstance(value, datetime):
        value = clock.local(value).date()
    if is_chinese():
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {value:%B} {value.year}"


def month(value: date) -> str:
    """Return the month of a day with its year."""
    return f"{value.year}年{value.month}月" if is_chinese() else f"{value:%B} {value.year}"


def moment(value: datetime | None) -> str:
    """Return a moment at the office: 2026年3月1日 09:30, or 1 March 2026, 09:30."""
    if value is None:
        return "—"
    there = clock.local(value)
    return f"{day(there.date())}{' ' if is_chinese() else ', '}{there:%H:%M}"


def money(value: Decimal | None) -> str:
    """Return a sum in yuan with its unit: 30,000.00 元, or CNY 30,000.00."""
    if value is None:
        return "—"
    return f"{value:,.2f} 元" if is_chinese() else f"CNY {value:,.2f}"


def init_app(app: Flask) -> None:
    app.config.update(
        BABEL_DEFAULT_LOCALE=LOCALES[0],
        BABEL_DEFAULT_TIMEZONE="Asia/Shanghai",
        BABEL_TRANSLATION_DIRECTORIES=str(app.config["ROOT"] / "translations"),
    )
    Babel(app, locale_selector=choose_locale)
    app.extensions["babel"].instance.domain_instance = _catalogue
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined] # by its extension
        lambda text: _catalogue.get_translations().ugettext(text),
        lambda one, many, n: _catalogue.get_translations().ungettext(one, many, n),
        newstyle=True,
    )
