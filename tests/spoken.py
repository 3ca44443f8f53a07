"""What tests and the demo put on record has words: every action, and every field it changes."""

from core.audit.fields import unnamed
from core.db import db

#: What tests of the chain itself put on record.
INVENTED = ("test:",)


def say_everything() -> None:
    """Fail before a commit that would record something nobody could read."""
    for _subject, row in db.session.info.get("audit", []):
        if not row["action"].startswith(INVENTED):
            missing = unnamed(row["action"], row["changes"])
            assert not missing, f"the record of actions has no words for {missing}: see core/audit"
