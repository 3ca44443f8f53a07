"""The frame of every page: navigation, slots that upper rooms fill, filters and shared context."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, current_app, render_template, request, session, url_for
from markupsafe import Markup, escape
from sqlalchemy import Select, select

from core import assets, clock, i18n
from core.accounts.actor import PUBLIC, Actor, choices_for, current_actor
from core.days import control_for
from core.db import db
from core.differences import differences
from core.errors import Words
from core.i18n import _

#: The cookie that keeps the choice of large text beyond the session.
LARGE_TEXT = "large_text"
#: A place that a text of the office leaves to be filled in.
BLANK = re.compile(r"(\{\{[\w.:]+\}\})")


@dataclass(frozen=True)
class NavEntry:
    """A link in a navigation: "public", "applicant", "officer", "account" or "footer".

    Officers see their links under the heading `group`; entries of a group stand together by `order`.
    `count` returns the number beside the link, or a SELECT of it: those of all links are asked in
    one statement a page.
    """

    area: str
    label: Words
    endpoint: str
    order: int = 100
    group: Words = ""
    visible: Callable[[Actor], bool] = lambda actor: True
    count: Callable[[Actor], int | Select[int] | None] | None = None


@dataclass
class Slots:
    """What rooms have offered to show: navigation entries and panels, by place."""

    entries: list[NavEntry] = field(default_factory=list)
    panels: dict[str, list[Callable[..., str | None]]] = field(default_factory=dict)


def _slots() -> Slots:
    slots: Slots = current_app.extensions["ui"]
    return slots


def nav_entry(app: Flask, entry: NavEntry) -> None:
    """Add a link to a navigation."""
    app.extensions["ui"].entries.append(entry)


def fill_panel(app: Flask, place: str, render: Callable[..., str | None]) -> None:
    """Show what `render(subject)` returns at `place` ("organization", "case", "home" …)."""
    app.extensions["ui"].panels.setdefault(place, []).append(render)


def panels(place: str, subject: Any = None) -> Markup:
    """Return everything offered for `place` about `subject`, in the order of the rooms."""
    parts = (render(subject) for render in _slots().panels.get(place, []))
    return Markup("").join(Markup(part) for part in parts if part)  # noqa: S704 - own templates


def _counts(areas: Iterable[str]) -> dict[int, int | None]:
    """Return the numbers beside the links that the present actor may see, by id of the entry."""
    actor = current_actor()
    entries = [e for e in _slots().entries if e.area in areas and e.count and e.visible(actor)]
    found = {id(entry): entry.count(actor) for entry in entries if entry.count}
    told = {key: it for key, it in found.items() if not isinstance(it, Select)}
    asked = {key: it.scalar_subquery() for key, it in found.items() if isinstance(it, Select)}
    if asked:
        told |= dict(zip(asked, db.session.execute(select(*asked.values())).one(), strict=True))
    return told


def navigation(
    area: str, counts: Callable[[], dict[int, int | None]] = dict
) -> list[dict[str, Any]]:
    """Return the links of `area` that the present actor may see, with what `counts` tells."""
    actor = current_actor()
    shown = [e for e in _slots().entries if e.area == area and e.visible(actor)]
    shown.sort(key=lambda entry: entry.order)
    urls = [url_for(entry.endpoint) for entry in shown]
    here = max(filter(_leads_here, urls), key=len, default=None)
    return [
        {
            "label": entry.label,
            "url": url,
            "active": url == here,
            "group": entry.group,
            "count": counts().get(id(entry)) if entry.count else None,
        }
        for entry, url in zip(shown, urls, strict=True)
    ]


def _leads_here(url: str) -> bool:
    """Return whether the present page is at `url` or below it."""
    here = request.script_root + request.path
    return here == url or (len(url) > 1 and here.startswith(url.rstrip("/") + "/"))


def due(value: date | None) -> str:
    """Return a last day with what is left of it: 3月12日前，还有4个工作日."""
    from core import calendar

    if value is None:
        return "—"
    today = clock.today()
    if value < today:
        late = calendar.working_days_between(value, today)
        return _("was due on %(day)s, %(n)d working days ago", day=i18n.day(value), n=late)
    left = calendar.working_days_between(today, value)
    if value == today:
        return _("due today, %(day)s", day=i18n.day(value))
    return _("by %(day)s, %(n)d working days left", day=i18n.day(value), n=left)


def label(value: Any) -> str:
    """Return the words for an enum member, a state or a yes/no."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if value is None or value == "":
        return "—"
    return str(getattr(value, "label", value))


def page(template: str, status: int = 200, **context: Any) -> tuple[str, int]:
    """Return a rendered page with its status."""
    return render_template(template, **context), status


def bare_page(template: str, status: int, **context: Any) -> tuple[str, int]:
    """Return a rendered page that asks the database nothing: nobody is known, no link is counted."""
    nobody = {
        "current_actor": PUBLIC,
        "actors": [],
        "navigation": lambda area: [],
        "panels": lambda place, subject=None: "",
        "district_name": "",
        "office_lines": list,
    }
    frame = current_app.jinja_env.get_template(template)
    return frame.render(**_of_this_moment(), **nobody, **context), status


def _shared() -> dict[str, Any]:
    from core import divisions

    actor = current_actor()
    areas = ("account", "officer") if actor.is_staff else ("account", "applicant", "public")
    counts = cache(partial(_counts, areas))
    return {
        **_of_this_moment(),
        "current_actor": actor,
        "actors": choices_for(actor.user) if actor.user else [],
        # Menus are drawn at the top and at the side: what they count is counted once.
        "navigation": cache(partial(navigation, counts=counts)),
        "panels": panels,
        "district_name": divisions.district_name(),
    }


def _of_this_moment() -> dict[str, Any]:
    """Return what every page knows without asking anybody."""
    return {
        "product_name": _("Social organization services"),
        "locale": str(i18n.get_locale()),
        "is_chinese": i18n.is_chinese(),
        "language": i18n.language_tag(),
        "large_text": _large_text(),
        "now": clock.now(),
        "today": clock.today(),
    }


def _large_text() -> bool:
    """Return whether letters are to be large: as chosen in this session, else in this browser."""
    chosen = session.get("large_text")
    return request.cookies.get(LARGE_TEXT) == "1" if chosen is None else bool(chosen)


def plain_url(**changes: Iterable[str] | str | int | None) -> str:
    """Return this page's address with query arguments changed; None takes one away."""
    arguments = request.args.to_dict(flat=False)
    for name, value in changes.items():
        if value is None:
            arguments.pop(name, None)
        else:
            arguments[name] = [str(value)] if isinstance(value, str | int) else list(value)
    pairs = [(name, value) for name, values in arguments.items() for value in values]
    # Not by url_for: arguments of strangers such as ?_scheme=javascript are options there.
    return f"{quote(request.script_root + request.path)}?{urlencode(pairs)}"


def blanks(words: Words) -> Markup:
    """Return a text with every {{name}} set off as what is filled in later."""
    return Markup(BLANK.sub(r"<code>\1</code>", str(escape(words))))  # noqa: S704 - escaped


def init_app(app: Flask) -> None:
    app.extensions["ui"] = Slots()
    assets.init_app(app)
    app.context_processor(_shared)
    app.add_template_global(plain_url)
    app.add_template_filter(i18n.language_tag, "language_tag")
    app.add_template_filter(i18n.day, "day")
    app.add_template_filter(control_for, "day_control")
    app.add_template_filter(i18n.moment, "moment")
    app.add_template_filter(i18n.month, "month")
    app.add_template_filter(i18n.money, "money")
    app.add_template_filter(blanks, "blanks")
    app.add_template_filter(due, "due")
    app.add_template_filter(label, "label")
    app.add_template_filter(differences, "differences")
    app.add_template_filter(lambda n: f"{n:,}", "number")
