"""What the district may set about files that are handed in."""

from core.i18n import _l
from core.policy import Policy, Unit, register

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
STRAY_HOURS = Policy(
    key="attachments.stray_hours",
    default=48,
    unit=Unit.HOURS,
    source=_l("Set by the office"),
    label=_l("How long stored content is kept that no record names"),
    minimum=2,
    maximum=8760,
    help=_l("Such content is left behind where an upload was broken off."),
)

register(SIZE_LIMIT_MB, FILES_PER_SLOT, STRAY_HOURS)
