"""People ask to have their account closed."""

import sqlalchemy as sa
from alembic import op
from core.db import UtcDateTime

revision = "0022"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "user_account", sa.Column("closing_asked_at", UtcDateTime(timezone=True), nullable=True)
    )


def downgrade() -> None:
    op.drop_column("user_account", "closing_asked_at")
