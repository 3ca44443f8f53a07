"""Who is asked and who answers: rules of opinions that need no database."""

from core.accounts import STAFF_ROLES, BodyKind, Role

#: Who speaks for a body that is asked: whoever works there, but for those who only read or set up.
ANSWERING = STAFF_ROLES - {Role.AUDITOR, Role.ADMINISTRATOR}

#: Bodies of the tree that may be asked, in the order they are offered. Organizations are no offices.
ASKED_KINDS = tuple(kind for kind in BodyKind if kind is not BodyKind.ORGANIZATION)
