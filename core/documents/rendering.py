"""From a template and facts to a PDF: fonts embedded, no network, never a box for a sign."""

import io
import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import SimpleNamespace
from typing import Any

import weasyprint
from flask import current_app
from weasyprint.css import ColorProfile
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from core.config import ROOT
from core.documents import fonts
from core.documents.filling import fill
from core.errors import RuleBroken
from core.i18n import _

STYLES = ROOT / "templates" / "pdf" / "paper.css"
#: Archival, with embedded fonts and a Unicode value for every glyph (ISO 19005-3, level U).
#: Tagged, so that it can be read aloud. `output_intent` names our own copy of the sRGB profile:
#: of the built-in one WeasyPrint leaves a file open in every paper.
OPTIONS = {"pdf_variant": "pdf/a-3u", "pdf_tags": True, "output_intent": "paper"}
#: The sizes of type in paper.css, from the largest: how small a certificate and a letter may be.
CERTIFICATE_SIZES = range(5)
LETTER_SIZES = range(3)

# Pango and Fontconfig keep state of the process; two papers are printed one after the other.
_press = threading.Lock()


class MissingGlyph(RuleBroken):
    """No font of this machine has a character that the paper must show."""


class DoesNotFit(RuleBroken):
    """The words do not fit on the page even in the smallest size."""


class _OwnFiles(URLFetcher):
    """A paper consists of what is here: any other address stops the printing."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        if url not in fonts.addresses().values():
            raise FatalURLFetchingError(f"a paper may not load {url}")
        return super().fetch(url, headers)


class _Complaints(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.missing: list[str] = []
        self.others: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if "notdef" in str(record.msg) and isinstance(record.args, tuple):
            self.missing.append(str(record.args[0]))
        else:
            self.others.append(record.getMessage())


@dataclass(frozen=True)
class Paper:
    """A printed paper: the PDF and how many pages it has."""

    pdf: bytes
    pages: int


def print_paper(
    template: str, context: Mapping[str, Any], facts: Mapping[str, Any], *, one_page: bool = False
) -> Paper:
    """Return `templates/pdf/<template>.html` filled with `facts` as a PDF.

    Type is set smaller where that saves a page; with `one_page` it must. Raises IncompleteFacts,
    MissingGlyph, DoesNotFit.
    """
    with _press, _listening() as complaints:
        laid_out = _lay_out(template, {**context, "facts": SimpleNamespace(**facts)}, one_page)
        pdf = laid_out.write_pdf(**OPTIONS)
    if complaints.missing:
        signs = "".join(sorted(set(complaints.missing)))
        raise MissingGlyph(
            _(
                "The character %(signs)s cannot be printed: no font here has it. Please tell the "
                "system administrator.",
                signs=signs,
            )
        )
    for words in complaints.others:
        current_app.logger.warning("paper %s: %s", template, words)
    return Paper(pdf, len(laid_out.pages))


def _lay_out(template: str, context: Mapping[str, Any], one_page: bool) -> weasyprint.Document:
    """Return the paper in the largest size that fits on one page; a longer letter in full size."""
    styles, faces = _type_case()
    full_size = None
    for size in CERTIFICATE_SIZES if one_page else LETTER_SIZES:
        words = fill(template, {**context, "size": size})
        paper = weasyprint.HTML(string=words, url_fetcher=_OwnFiles()).render(
            stylesheets=styles, font_config=faces, color_profiles={"paper": _colours()}, **OPTIONS
        )
        if len(paper.pages) == 1:
            return paper
        full_size = full_size or paper
        if not one_page and len(paper.pages) > 2:
            break  # smaller type saves the last lines of a letter, not a page of a report
    if one_page:
        raise DoesNotFit(_("The text is too long for the certificate. Please shorten it."))
    return full_size


def _colours() -> ColorProfile:
    """Return the colours that the numbers in paper.css mean: sRGB."""
    profile = resources.files("weasyprint.pdf") / "sRGB2014.icc"
    parts = (["r"], ["g"], ["b"])
    return ColorProfile(
        io.BytesIO(profile.read_bytes()), profile.name, "relative-colorimetric", parts
    )


@lru_cache(maxsize=1)
def _type_case() -> tuple[list[weasyprint.CSS], FontConfiguration]:
    """Return the style sheet and fonts, made once: each new set costs memory for good."""
    configuration = FontConfiguration()
    fetcher = _OwnFiles()
    sheets = [
        weasyprint.CSS(string=fonts.rules(), font_config=configuration, url_fetcher=fetcher),
        weasyprint.CSS(filename=str(STYLES), font_config=configuration, url_fetcher=fetcher),
    ]
    return sheets, configuration


@contextmanager
def _listening() -> Iterator[_Complaints]:
    """Collect what WeasyPrint warns of while the block prints."""
    logger = logging.getLogger("weasyprint")
    complaints = _Complaints()
    before, logger.handlers[:] = list(logger.handlers), [complaints]
    level, propagates = logger.level, logger.propagate
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    try:
        yield complaints
    finally:
        logger.handlers[:] = before
        logger.setLevel(level)
        logger.propagate = propagates
