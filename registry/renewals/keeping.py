"""What a renewal says of the person in charge: how long it is kept where it was never handed in."""

from core.i18n import _l
from core.privacy.drafts import of_drafts
from registry.renewals.models import FilingRenewal

DRAFTS = of_drafts(
    "renewal_drafts",
    _l("Person in charge in renewals that were never submitted"),
    FilingRenewal.person_in_charge,
    FilingRenewal.person_phone,
)
