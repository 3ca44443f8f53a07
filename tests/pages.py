"""Pages as a person without JavaScript uses them: read, fill in the form that is there, send it."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.visitors import Visitor

Values = MultiDict[str, Any]


class Page:
    """An answer, parsed strictly: broken HTML fails the test that fetched it."""

    def __init__(self, visitor: Visitor, answer: TestResponse) -> None:
        self.visitor, self.answer = visitor, answer
        self.status = answer.status_code
        self.path = answer.request.path
        parser = html5lib.HTMLParser(namespaceHTMLElements=False, strict=False)
        self.root: Element = parser.parse(answer.text)
        broken = [e for e in parser.errors if e[1] not in ("expected-doctype-but-got-start-tag",)]
        assert not broken, f"{self.path}: {broken[:3]}"
        ids = [e.get("id") for e in self.root.iter() if e.get("id")]
        assert len(ids) == len(set(ids)), f"{self.path}: ids {[i for i in ids if ids.count(i) > 1]}"

    @property
    def text(self) -> str:
        """The words of the page."""
        return " ".join(" ".join(self.root.itertext()).split())

    @property
    def title(self) -> str:
        heading = next(self.root.iter("h1"), None)
        return "" if heading is None else " ".join("".join(heading.itertext()).split())

    def link(self, words: str) -> "Page":
        """Follow the first link with these words in it."""
        for anchor in self.root.iter("a"):
            if words in "".join(anchor.itertext()):
                return go(self.visitor, urljoin(self.path, anchor.get("href", "")))
        raise AssertionError(f"{self.path} has no link “{words}”: {self.text[:2000]}")

    def forms(self) -> list[Element]:
        return list(self.root.iter("form"))

    def form(self, action: str, names: Iterable[str] = ()) -> Element:
        """Return the form whose address ends with `action`; "" is the page's own.

        Of several with that address, the one that has all `names`.
        """
        found = []
        for form in self.forms():
            address = (form.get("action") or "").partition("#")[0]
            if form.get("method", "get").lower() == "post" and (
                address.endswith(action) if action else address in ("", self.path)
            ):
                found.append(form)
        for form in found:
            if all(_has(form, name) for name in names):
                return form
        if found:
            return found[0]
        actions = [f.get("action") for f in self.forms()]
        raise AssertionError(
            f"{self.path} has no form {action!r}, only {actions}: {self.text[:800]}"
        )

    def submit(self, action: str = "", /, **entered: Any) -> "Page":
        """Fill in and send the form that goes to `action`; names must be there."""
        form = self.form(action, entered)
        values = fields(form)
        for name, value in entered.items():
            assert name in values or _has(form, name), f"{self.path}: no field {name}"
            values.setlist(name, value if isinstance(value, list) else [value])
        target = urljoin(self.path, form.get("action") or self.path)
        answer = self.visitor.post(target, data=values, follow_redirects=True)
        return Page(self.visitor, answer)


def _has(form: Element, name: str) -> bool:
    return any(e.get("name") == name for e in form.iter())


def fields(form: Element) -> Values:
    """Return what the form would send as it stands."""
    values: Values = MultiDict()
    for control in form.iter():
        name = control.get("name")
        if not name or control.get("disabled") is not None:
            continue
        kind = control.get("type", "text")
        if control.tag == "input" and kind in ("checkbox", "radio"):
            if control.get("checked") is not None:
                values.add(name, control.get("value", "y"))
        elif control.tag == "input" and kind not in ("submit", "file", "button"):
            values.add(name, control.get("value", ""))
        elif control.tag == "textarea":
            values.add(name, "".join(control.itertext()).removeprefix("\n"))
        elif control.tag == "select":
            options = list(control.iter("option"))
            chosen = [o for o in options if o.get("selected") is not None] or options[:1]
            for option in chosen:
                values.add(name, option.get("value", "".join(option.itertext())))
    return values


def go(visitor: Visitor, address: str) -> Page:
    """Open an address of the site and return the page it ends on."""
    parts = urlsplit(address)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    return Page(visitor, visitor.get(target, follow_redirects=True))
