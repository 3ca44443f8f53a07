"""What a filing says of persons: how long it is kept where it was never handed in."""

from core.i18n import _l
from core.privacy.drafts import of_drafts
from registry.filings.models import Filing

DRAFTS = of_drafts(
    "filing_drafts",
    _l("Person in charge and founding members in filings that were never submitted"),
    Filing.person_in_charge,
    Filing.person_phone,
    Filing.person_identity,
    Filing.founders,
)
