"""A filed group whose filing the bureau returned is under review: nobody ordered it to stop."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

BEFORE = ("active", "suspended", "liquidating", "deregistered", "revoked", "dormant", "cancelled", "upgraded")
AFTER = (*BEFORE[:6], "under_review", *BEFORE[6:])
CHECK = "ck_organization_organization_status"


def upgrade() -> None:
    _allow(AFTER)
    op.execute("UPDATE organization SET status = 'under_review' WHERE status = 'suspended' AND track = 'filed'")


def downgrade() -> None:
    op.execute("UPDATE organization SET status = 'suspended' WHERE status = 'under_review'")
    _allow(BEFORE)


def _allow(statuses: tuple[str, ...]) -> None:
    words = ", ".join(f"'{it}'" for it in statuses)
    with op.batch_alter_table("organization", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(CHECK), type_="check")
        batch_op.create_check_constraint(op.f(CHECK), f"status IN ({words})")
