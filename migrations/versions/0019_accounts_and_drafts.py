"""People ask to have their account closed; drafts end by themselves; addresses are erased."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op
from core.db import UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "user_account", sa.Column("closing_asked_at", UtcDateTime(timezone=True), nullable=True)
    )
    op.add_column(
        "assisted_filing",
        sa.Column("erased", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    # Drafts of before begin their time today, with the default of the policy value; a day of the
    # office ends at 16:00 UTC.
    today = (datetime.now(UTC) + timedelta(hours=8)).replace(hour=0, minute=0, second=0, microsecond=0)
    end = today + timedelta(days=181) - timedelta(hours=8)
    case = sa.table(
        "case_record",
        *(sa.column(name) for name in ("kind", "state", "number", "closed_at")),
        sa.column("due_at", UtcDateTime(timezone=True)),
        sa.column("due_key", UtcDateTime(timezone=True)),
    )
    op.execute(
        case.update()
        .where(
            case.c.state == "draft",
            case.c.number.is_(None),
            case.c.closed_at.is_(None),
            case.c.due_at.is_(None),
            case.c.kind != "activity_report",
        )
        .values(due_at=end, due_key=end)
    )


def downgrade() -> None:
    # What drafts were given stays: without the code that reads it, it means nothing.
    op.drop_column("assisted_filing", "erased")
    op.drop_column("user_account", "closing_asked_at")
