"""What a type of organization consists of for its registration: data, read by one workflow."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from core.eligibility import Condition
from core.errors import Words
from core.policy import Policy
from core.workflow import DocumentSlot, Guide, Section
from registry.organizations.details import Details
from registry.organizations.kinds import OrganizationType
from registry.registrations.kinds import DirectClass

if TYPE_CHECKING:
    from registry.organizations.models import OrganizationFacts
    from registry.registrations.models import Registration


Shape = type[Details]


@dataclass(frozen=True)
class Ground:
    """A ground on which the registration of a type may be refused, and where it stands.

    `of_conditions` holds only where the examiner has found a condition not to be met.
    """

    key: str
    words: Words
    article: str
    of_conditions: bool = False


@dataclass(frozen=True)
class RegisteredType:
    """One type: what is asked, which conditions hold by which article, what is printed.

    `regulation` is the law of the type, `decided_by` its article on the decision. `section` asks
    what only this type tells (members, premises, council); a name among its asks is a column of
    the application or a field of `details`. `required` are columns that must be filled in, by
    section, each with its words. `sole_among` are the types of organizations of which somebody
    who represents this one may not also be the legal representative. `registered` returns what is
    registered, as pairs of label and value in Chinese; `certified` what the certificate of an
    organization says beside the usual, `title` and `funds_label` among it.
    """

    type: OrganizationType
    regulation: str
    decided_by: str
    guide: Guide
    name_label: Words
    name_hint: Words
    section: Section
    conditions: tuple[Condition, ...]
    papers: tuple[DocumentSlot, ...]
    grounds: tuple[Ground, ...]
    years: Policy[int]
    registered: Callable[["Registration"], list[tuple[str, str | None]]]
    certified: Callable[["OrganizationFacts"], Mapping[str, Any]]
    policies: tuple[Policy[Any], ...]
    sole_among: Collection[OrganizationType] = ()
    direct_classes: Collection[DirectClass] = tuple(DirectClass)
    details: Shape = Details
    required: Mapping[str, tuple[tuple[str, Words], ...]] = field(default_factory=dict)

    def asks_for(self, section: str, name: str) -> bool:
        """Return whether a column that not all types have is asked for in a section."""
        return name in dict(self.required.get(section, ()))

    def ground(self, key: str) -> Ground:
        """Return the ground of refusal with this key. Raises StopIteration for an unknown one."""
        return next(ground for ground in self.grounds if ground.key == key)
