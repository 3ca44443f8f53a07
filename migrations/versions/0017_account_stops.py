"""Accounts are stopped by one person at once, and let in again by two."""

import sqlalchemy as sa
from alembic import op
from core.db import UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    person = "user_account.id"
    op.create_table(
        "account_stop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("stopped_by_id", sa.Integer(), nullable=False),
        sa.Column("stopped_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("asked_reason", sa.Text(), nullable=False),
        sa.Column("let_in_by_id", sa.Integer(), nullable=True),
        sa.Column("let_in_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("stopped_by_id <> user_id", name=op.f("ck_account_stop_not_stopped_by_oneself")),
        sa.CheckConstraint("asked_by_id IS NULL OR asked_by_id <> user_id", name=op.f("ck_account_stop_not_asked_by_oneself")),
        sa.CheckConstraint("(asked_by_id IS NULL) = (asked_at IS NULL)", name=op.f("ck_account_stop_asked_by_someone")),
        sa.CheckConstraint(
            "let_in_by_id IS NULL OR (asked_by_id IS NOT NULL AND let_in_by_id <> asked_by_id "
            "AND let_in_by_id <> user_id)",
            name=op.f("ck_account_stop_let_in_by_two"),
        ),
        sa.CheckConstraint("(let_in_by_id IS NULL) = (let_in_at IS NULL)", name=op.f("ck_account_stop_let_in_by_someone")),
        sa.ForeignKeyConstraint(["user_id"], [person], name=op.f("fk_account_stop_user_id")),
        sa.ForeignKeyConstraint(["stopped_by_id"], [person], name=op.f("fk_account_stop_stopped_by_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], [person], name=op.f("fk_account_stop_asked_by_id")),
        sa.ForeignKeyConstraint(["let_in_by_id"], [person], name=op.f("fk_account_stop_let_in_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_stop")),
    )
    op.create_index(op.f("ix_account_stop_user_id"), "account_stop", ["user_id"])
    still = sa.text("let_in_at IS NULL")
    op.create_index(
        "uq_account_stop_open",
        "account_stop",
        ["user_id"],
        unique=True,
        sqlite_where=still,
        postgresql_where=still,
    )


def downgrade() -> None:
    op.drop_table("account_stop")
