"""Whose cases are whose is read off indexes of those that are somebody's."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

COLUMNS = ("applicant_body_id", "subject_body_id")


def upgrade() -> None:
    for column in COLUMNS:
        given = sa.text(f"{column} IS NOT NULL")
        op.drop_index(op.f(f"ix_case_record_{column}"), table_name="case_record")
        op.create_index(
            op.f(f"ix_case_record_{column}"),
            "case_record",
            [column],
            sqlite_where=given,
            postgresql_where=given,
        )


def downgrade() -> None:
    for column in COLUMNS:
        op.drop_index(op.f(f"ix_case_record_{column}"), table_name="case_record")
        op.create_index(op.f(f"ix_case_record_{column}"), "case_record", [column])
