"""What types of organizations tell beside what all tell, and the matter a case was opened for."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

#: Tables that share the columns of an organization's facts.
TELLING = ("organization", "registration", "filing")


def upgrade() -> None:
    with op.batch_alter_table("case_record", schema=None) as batch_op:
        batch_op.add_column(sa.Column("matter", sa.String(length=40), nullable=True))
    for table in TELLING:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(
                sa.Column("industry_department", sa.String(length=200), nullable=True)
            )
            if table != "registration":
                batch_op.add_column(
                    sa.Column("party_lead_unit", sa.String(length=200), nullable=True)
                )
            batch_op.add_column(sa.Column("details", sa.JSON(), nullable=True))
    op.execute("UPDATE case_record SET matter = 'association' WHERE kind = 'registration'")


def downgrade() -> None:
    for table in TELLING:
        op.drop_column(table, "details")
        if table != "registration":
            op.drop_column(table, "party_lead_unit")
        op.drop_column(table, "industry_department")
    op.drop_column("case_record", "matter")
