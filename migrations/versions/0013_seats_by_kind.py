"""Seats know the kind of their case, and whether somebody has taken it."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

SOUGHT_BY = ("kind", "taken")


def _index(name: str) -> str:
    return op.f(f"ix_case_seat_body_id_seat_pile_{name}_sort_at_case_id")


def upgrade() -> None:
    op.add_column(
        "case_seat", sa.Column("kind", sa.String(length=40), nullable=False, server_default="")
    )
    op.add_column(
        "case_seat", sa.Column("taken", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute(
        """
        UPDATE case_seat SET
          kind = (SELECT c.kind FROM case_record c WHERE c.id = case_seat.case_id),
          taken = (SELECT c.assignee_id IS NOT NULL FROM case_record c
                   WHERE c.id = case_seat.case_id)
        """
    )
    for name in SOUGHT_BY:
        columns = ["body_id", "seat", "pile", name, "sort_at", "case_id"]
        op.create_index(_index(name), "case_seat", columns)


def downgrade() -> None:
    for name in reversed(SOUGHT_BY):
        op.drop_index(_index(name), "case_seat")
        op.drop_column("case_seat", name)
