"""Kinds of instruments: declared once each, by the room that issues them."""

from dataclasses import dataclass, field

from core.documents.facts import LABELS
from core.errors import Words
from core.i18n import _l, is_chinese

#: What a registration certificate certifies, and anyone may read on its verification page.
REGISTERED = (
    "unified_code",
    "name",
    "organization_type",
    "legal_representative",
    "domicile",
    "registered_funds",
    "scope",
    "activity_area",
    "sponsor_unit",
    "issuing_authority",
)
#: The person in charge of a group of neighbours is no public fact: it stands on the paper only.
FILED = (
    "filing_number",
    "name",
    "category",
    "street",
    "community",
    "scope",
    "issuing_authority",
)


@dataclass(frozen=True)
class InstrumentKind:
    """A sort of numbered paper.

    `title` is its official Chinese title; a fact called `title` replaces it on one paper. `label` says
    what it is to readers of other languages.
    `pattern` spells its numbers from {office}, {year}, {place} and what `issue` is given as
    `parts`; places are counted per `series` (the key, unless several kinds share one) and year.
    `public` names the facts that its verification page shows; a paper with none of them is
    verified by number, title and day alone. A certificate fits on one page, or is refused. `copy`
    tells papers of one title apart: 正本, 副本. An `internal` paper is the office's own: to the public
    it does not exist.
    """

    key: str
    title: str
    pattern: str
    label: Words = field(default="", compare=False)
    template: str = ""
    series: str = ""
    certificate: bool = False
    copy: str = ""
    public: tuple[str, ...] = ()
    internal: bool = False

    def __post_init__(self) -> None:
        unknown = set(self.public) - LABELS.keys()
        if unknown:
            raise ValueError(f"{self.key}: no label for the public facts {sorted(unknown)}")

    @property
    def template_name(self) -> str:
        """The template in templates/pdf/, without its ending."""
        return self.template or self.key

    @property
    def counted_in(self) -> str:
        """The series in which its numbers are counted."""
        return self.series or self.key


#: Papers of every case and of the register. {office} is a policy value.
STANDARD = (
    InstrumentKind(
        "submission_receipt",
        "收件回执",
        "{office}收〔{year}〕{place:05d}号",
        label=_l("Receipt for the papers"),
    ),
    InstrumentKind(
        "acceptance_notice",
        "受理通知书",
        "{office}受〔{year}〕{place:04d}号",
        label=_l("Acceptance notice"),
    ),
    InstrumentKind(
        "deemed_acceptance",
        "视为受理告知书",
        "{office}视受〔{year}〕{place:04d}号",
        label=_l("Notice that the application counts as accepted"),
    ),
    InstrumentKind(
        "correction_notice",
        "补正通知书",
        "{office}补〔{year}〕{place:04d}号",
        label=_l("Correction notice"),
    ),
    InstrumentKind(
        "non_acceptance_notice",
        "不予受理通知书",
        "{office}不受〔{year}〕{place:04d}号",
        label=_l("Notice of non-acceptance"),
    ),
    InstrumentKind(
        "site_visit_record",
        "实地核查记录",
        "{office}核〔{year}〕{place:04d}号",
        label=_l("Record of the site visit"),
        internal=True,
    ),
    InstrumentKind(
        "approval_decision",
        "准予登记决定书",
        "{office}准〔{year}〕{place:04d}号",
        label=_l("Decision of approval"),
    ),
    InstrumentKind(
        "refusal_decision",
        "不予登记决定书",
        "{office}不准〔{year}〕{place:04d}号",
        label=_l("Decision of refusal"),
    ),
    InstrumentKind(
        "filing_refusal",
        "不予备案通知书",
        "{office}不备〔{year}〕{place:04d}号",
        label=_l("Notice of refusal"),
    ),
    InstrumentKind(
        "certificate_original",
        "社会团体法人登记证书",
        "{office}社证〔{year}〕{place:05d}号",
        label=_l("Registration certificate, original"),
        certificate=True,
        copy="正本",
        public=REGISTERED,
    ),
    InstrumentKind(
        "certificate_duplicate",
        "社会团体法人登记证书",
        "{office}社证副〔{year}〕{place:05d}号",
        label=_l("Registration certificate, duplicate"),
        certificate=True,
        copy="副本",
        public=REGISTERED,
    ),
    InstrumentKind(
        "filing_receipt",
        "社区社会组织备案证",
        "{office}备证〔{year}〕{place:05d}号",
        label=_l("Filing receipt"),
        certificate=True,
        public=FILED,
    ),
)

_kinds: dict[str, InstrumentKind] = {}


def declare(*kinds: InstrumentKind) -> None:
    """Make kinds known. Raises ValueError where another kind has the key already."""
    for kind in kinds:
        if _kinds.setdefault(kind.key, kind) != kind:
            raise ValueError(f"two different kinds of instrument are called {kind.key}")


def kind_named(key: str) -> InstrumentKind:
    """Return the declared kind. Raises KeyError for one that nobody declared."""
    return _kinds[key]


def title_with_copy(key: str, title: str) -> str:
    """Return the title of a paper of kind `key`, with the copy it is where there are two."""
    kind = _kinds.get(key)
    return f"{title}（{kind.copy}）" if kind and kind.copy else title


def title_read(key: str, title: str) -> str:
    """Return the title of a paper as its reader calls it, with what is printed behind it where that
    is another language: Correction notice (补正通知书).
    """
    printed, kind = title_with_copy(key, title), _kinds.get(key)
    if is_chinese() or kind is None or not kind.label:
        return printed
    return f"{kind.label} ({printed})"


def is_internal(key: str) -> bool:
    """Return whether papers of a kind are the office's own; of an unknown kind they are not."""
    kind = _kinds.get(key)
    return kind is not None and kind.internal


def declared() -> list[InstrumentKind]:
    """Return every kind, in the order of declaration."""
    return list(_kinds.values())


declare(*STANDARD)
