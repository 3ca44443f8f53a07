"""What the types have in common: papers, questions, conditions and grounds, each by its article."""

from core import attachments
from core.attachments import PAPERS, TEXTS, Slot
from core.eligibility import Condition
from core.errors import Words
from core.i18n import _l
from core.workflow import DocumentSlot, Question
from registry.registrations import policy, rules
from registry.registrations.types.declaration import Ground

NAMES = "社会组织名称管理办法（民政部令第69号，2024年5月1日起施行）"
LICENSING = "中华人民共和国行政许可法（2019年修正）"

APPLICATION = attachments.declare_slot(
    Slot("registration.application", _l("Application signed by the promoters"), PAPERS)
)
CHARTER = attachments.declare_slot(Slot("registration.charter", _l("Draft charter"), TEXTS))
CAPITAL = attachments.declare_slot(
    Slot("registration.capital", _l("Proof of funds (capital verification)"), PAPERS)
)
PREMISES = attachments.declare_slot(
    Slot("registration.premises", _l("Proof of the right to use the premises"), PAPERS)
)
IDENTITIES = attachments.declare_slot(
    Slot(
        "registration.identities",
        _l("Identity papers of promoters and proposed officers"),
        PAPERS,
        personal=True,
    )
)


def papers(source: str, *further: DocumentSlot) -> tuple[DocumentSlot, ...]:
    """Return the papers that every type hands in, with those of one type before the identities."""
    return (
        DocumentSlot(APPLICATION, source=source),
        DocumentSlot(CHARTER, source=source, proves={"name", "purpose", "liability"}),
        DocumentSlot(CAPITAL, source=source, proves={"funds", "cash", "nonstate"}),
        DocumentSlot(PREMISES, source=source, proves={"domicile", "premises"}),
        *further,
        DocumentSlot(
            IDENTITIES,
            hint=_l("One file with copies of both sides; only the office can open it."),
            source=source,
            proves={"liability", "promoters", "representative", "officials"},
        ),
    )


STEPS = (
    _l("Fill in the application; drafts are kept and you can return any time."),
    _l("The sponsor unit gives its opinion here, without paper."),
    _l("The office accepts, or asks once for everything that is missing."),
    _l("An examiner checks every condition; another person decides."),
    _l("You download the certificate; anyone can verify it by its code."),
)
NEEDS = (APPLICATION.label, CHARTER.label, CAPITAL.label, PREMISES.label)
COST = _l("Free of charge.")
DAYS = (
    (_l("Acceptance or one correction notice"), policy.INTAKE_DAYS.key),
    (_l("Decision, as promised"), policy.PROMISED_DAYS.key),
    (_l("Decision, by law at the latest"), policy.STATUTORY_DAYS.key),
    (_l("Certificate after the decision"), policy.CERTIFICATE_DAYS.key),
)
SPONSORED = _l("A sponsor unit that agrees, unless one of four classes registers directly.")
YES_NO = (("yes", _l("Yes")), ("no", _l("No")))


def capacity_question(source: str) -> Question:
    """Ask whether the promoters may found anything at all."""
    return Question(
        "full_capacity",
        _l(
            "Do all promoters have full civil capacity, and has none of them been deprived of "
            "political rights?"
        ),
        YES_NO,
        stops={"no"},
        because=_l("Such a person cannot be a promoter or officer of a social organization."),
        source=source,
    )


def management_question(source: str, because: Words) -> Question:
    """Ask how the organization would be managed; the answer begins the application."""
    return Question(
        "management",
        _l("Is there a sponsor unit that supports it?"),
        (
            ("dual_managed", _l("Yes, a department or authorised body")),
            ("direct", _l("No, it belongs to a class that registers directly")),
            ("neither", _l("Neither")),
        ),
        stops={"neither"},
        because=because,
        source=source,
    )


FIND_A_SPONSOR = _l(
    "Please first find the department of your field, or the class that may register "
    "directly: trade, science, public charity or community services."
)


#: The name is judged by the rules and word lists of its type.
NAME = Condition("name", _l("Standard name"), rules.NAMING, rules.name, "identity")


def management_condition(source: str) -> Condition:
    """A sponsor unit agrees, or the class registers directly."""
    label = _l("Sponsor unit's consent, or grounds for direct registration")
    return Condition("management", label, source, rules.management, "management")


def sole_condition(source: str) -> Condition:
    """The representative may hold the office beside those they hold already."""
    return Condition(
        "representative",
        _l("The legal representative may hold this office"),
        source,
        rules.representative,
        "people",
        confidential=_l(
            "The office compares this with the register. You hear from it if something stands in "
            "the way."
        ),
    )


NOT_MET = _l("A condition of registration is not met")


def grounds(article: str, conditions: str, *places: str) -> tuple[Ground, ...]:
    """Return the five grounds that an article lists, and the conditions of another one.

    `places` are the items of the article in the order purpose, not needed, persons, fraud, other.
    """
    words = (
        _l("Purpose or scope breaks article 4"),
        _l("A body of the same or similar scope exists and another is not needed"),
        _l("A promoter or officer is deprived of political rights or lacks capacity"),
        _l("False papers"),
        _l("Another ban of law"),
    )
    listed = zip(words, places, strict=True)
    return (
        *(Ground(f"item_{n}", w, f"{article}{at}") for n, (w, at) in enumerate(listed, 1)),
        Ground("conditions", NOT_MET, conditions, of_conditions=True),
    )


ITEMS = ("第一项", "第二项", "第三项", "第四项", "第五项")
