"""What the district may set about files that are handed in."""

from core.i18n import _l
from core.policy import Policy, register

SIZE_LIMIT_MB = Policy(
    key="attachments.size_limit_mb",
    default=15,
    unit="megabytes",
    source=_l("Set by the office"),
    label=_l("Largest file that can be uploaded"),
    minimum=1,
    maximum=100,
)
FILES_PER_SLOT = Policy(
    key="attachments.files_per_slot",
    default=20,
    unit="files",
    source=_l("Set by the office"),
    label=_l("Most files for one required document"),
    minimum=1,
    maximum=200,
)

register(SIZE_LIMIT_MB, FILES_PER_SLOT)
