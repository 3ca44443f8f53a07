"""The officer's list of certificates, and the certificates of one's own organizations."""

from datetime import timedelta

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField, StringField
from wtforms.validators import Length, Optional

from core import clock
from core.access import holding, page_for, signed_in
from core.accounts import Role, current_actor
from core.documents import Instrument, Standing
from core.documents.queries import asked_since
from core.exports import FORMATS, Column, Kind, rows_of, stream
from core.forms import choices
from core.i18n import _, _l, ngettext
from core.paging import page_of
from core.ui import page
from registry.certificates import queries
from registry.certificates.queries import Narrowing, Sort

bp = Blueprint("certificates", __name__, url_prefix="/certificates")

READERS = (Role.CERTIFICATE_OFFICER, Role.SUPERVISOR, Role.BUREAU_HEAD, Role.AUDITOR)
#: How many lines a page has, and for how many days look-ups are counted on it.
LINES, LOOKED_UP_DAYS = 50, 30
DISTANCES = (30, 90, 180, 365)


class CertificateSearch(Form):
    """What the list is narrowed to; it changes nothing and needs no token."""

    text = StringField(_l("Number or organization"), [Optional(), Length(max=100)])
    kind = SelectField(_l("Kind"), [Optional()], choices=[], validate_choice=False)
    standing = SelectField(_l("State"), [Optional()], choices=[], validate_choice=False)
    ends_within = SelectField(_l("Ends within"), [Optional()], choices=[], validate_choice=False)
    sort = SelectField(_l("Order"), [Optional()], choices=[], validate_choice=False)

    def offer(self) -> None:
        """Offer what can be chosen, in the reader's language."""
        everything = ("", _l("All"))
        self.kind.choices = choices([everything, *queries.KINDS.items()])
        self.standing.choices = choices([everything, *((s.value, s.label) for s in Standing)])
        days = [(str(n), ngettext("%(num)s day", "%(num)s days", n)) for n in DISTANCES]
        self.ends_within.choices = choices([everything, *days])
        self.sort.choices = choices((s.value, s.label) for s in Sort)

    def narrowing(self) -> Narrowing:
        """Return what was chosen; what makes no sense narrows nothing."""
        self.validate()
        kind, within = self.kind.data or "", self.ends_within.data or ""
        standing, sort = self.standing.data or "", self.sort.data or ""
        return Narrowing(
            text=(self.text.data or "").strip()[:100],
            kind=kind if kind in queries.KINDS else "",
            standing=Standing(standing) if standing in set(Standing) else None,
            ends_within=int(within) if within in map(str, DISTANCES) else None,
            sort=Sort(sort) if sort in set(Sort) else Sort.NEWEST,
        )

    def described(self) -> str:
        """Return the narrowing in words, for the name of a file."""
        wanted = self.narrowing()
        parts = [
            wanted.text,
            str(queries.KINDS.get(wanted.kind, "")),
            wanted.standing.label if wanted.standing else "",
            _("ends within %(n)d days", n=wanted.ends_within) if wanted.ends_within else "",
        ]
        return "，".join(part for part in parts if part)


COLUMNS = (
    Column(_l("Document number"), "number"),
    Column(_l("Document"), "full_title", width=34),
    Column(_l("Organization"), lambda p: p.facts.get("name"), width=40),
    Column(
        _l("Code or number"), lambda p: p.facts.get("unified_code") or p.facts.get("filing_number")
    ),
    Column(_l("State"), "standing", Kind.LABEL),
    Column(_l("Issued on"), "issued_on", Kind.DAY),
    Column(_l("Valid until"), "valid_until", Kind.DAY),
    Column(_l("Ended on"), "ended_on", Kind.DAY),
    Column(_l("Ground"), lambda p: p.end_ground, Kind.LABEL),
    Column(_l("Replaced by"), lambda p: p.replaced_by.number if p.replaced_by else None),
    Column(_l("Issued by"), "authority", width=30),
)


@bp.get("")
@page_for(holding(*READERS))
def certificate_list() -> ResponseReturnValue:
    search = CertificateSearch(request.args)
    search.offer()
    wanted = search.narrowing()
    found = page_of(
        queries.list_certificates(wanted),
        queries.order_of(wanted),
        size=LINES,
        after=request.args.get("after"),
    )
    names = queries.body_names(found.items)
    since = clock.now() - timedelta(days=LOOKED_UP_DAYS)
    asked = asked_since(since, [each.id for each in found.items])
    query = request.query_string.decode()
    return page(
        "registry/certificates/certificate_list.html",
        search=search,
        wanted=wanted,
        found=found,
        rows=[_row(each, names, asked) for each in found.items],
        ending=[(n, queries.count_ending(n)) for n in DISTANCES[:2]],
        days=LOOKED_UP_DAYS,
        exports=[
            (format.upper(), url_for(".certificate_export", format=format) + f"?{query}")
            for format in FORMATS
        ],
    )


def _row(paper: Instrument, names: dict[int, str], asked: dict[int, int]) -> dict[str, object]:
    return {
        "number": paper.number,
        "url": url_for("documents.verify_number", number=paper.number),
        "name": names.get(paper.body_id or 0) or paper.facts.get("name", ""),
        "title": str(queries.KINDS[paper.kind]),
        "standing": paper.standing,
        "issued_on": paper.issued_on,
        "valid_until": paper.valid_until,
        "ended_on": paper.ended_on,
        "asked": asked.get(paper.id, 0),
    }


@bp.get("/export.<format>")
@page_for(holding(*READERS))
def certificate_export(format: str) -> ResponseReturnValue:
    search = CertificateSearch(request.args)
    wanted = search.narrowing()
    rows = rows_of(queries.order_of(wanted).sorted(queries.list_certificates(wanted)))
    return stream(_("Certificates"), COLUMNS, rows, format, filters=search.described())


@bp.get("/own")
@page_for(signed_in)
def certificate_own() -> ResponseReturnValue:
    return page(
        "registry/certificates/certificate_own.html",
        groups=queries.list_own(current_actor()),
    )
