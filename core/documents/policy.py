"""What the district may set about its papers."""

from core.i18n import _l
from core.policy import Policy, Unit, chapter, register

OFFICE_MARK = Policy(
    "documents.office_mark",
    default="锦民",
    source=_l("Set by the office"),
    label=_l("Sign of the office at the beginning of document numbers"),
    help=_l("Every paper issued from its day on is numbered so; those issued before keep theirs."),
)
REVIEW_BODY = Policy(
    "documents.review_body",
    default="成都市锦江区人民政府",
    source=_l("Administrative Reconsideration Law, art. 24"),
    label=_l("Where decisions of the office are reconsidered"),
    help=_l("Printed in every refusal and decision, as the way to challenge it."),
)
COURT = Policy(
    "documents.court",
    default="有管辖权的人民法院",
    source=_l("Administrative Litigation Law, art. 14, 18"),
    label=_l("Court that decisions of the office are challenged at"),
    help=_l("Printed in every refusal and decision, as the way to challenge it."),
)

VERIFICATION_DAYS = Policy(
    "documents.verification_days",
    default=183,
    unit=Unit.CALENDAR_DAYS,
    source=_l("Cybersecurity Law, art. 21: logs are kept for six months at least"),
    label=_l("How long it is kept that somebody verified a document (not who)"),
    minimum=183,
    maximum=3650,
)

chapter("documents", _l("Documents"))
register(OFFICE_MARK, REVIEW_BODY, COURT, VERIFICATION_DAYS)
