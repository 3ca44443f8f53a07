"""What an application said when an office sent it back; messages are listed by when they were sent."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "earlier_answers",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["case_event.id"], name=op.f("fk_earlier_answers_event_id")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_earlier_answers")),
    )
    op.drop_index(op.f("ix_message_recipient_id_id"), table_name="message")
    op.create_index(
        op.f("ix_message_recipient_id_created_at_id"), "message", ["recipient_id", "created_at", "id"]
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_message_recipient_id_created_at_id"), table_name="message")
    op.create_index(op.f("ix_message_recipient_id_id"), "message", ["recipient_id", "id"])
    op.drop_table("earlier_answers")
