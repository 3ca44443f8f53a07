"""Worklists: the order and the pile of each case stored, what cases are searched by, saved views."""

import sqlalchemy as sa
from alembic import op

from core.db import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

#: What stands for "no time limit" where cases are sorted by their deadline.
NO_LIMIT = {"sqlite": "'9999-01-01 00:00:00.000000'", "postgresql": "'9999-01-01 00:00:00+00'"}
OPEN = {"sqlite_where": sa.text("closed_at IS NULL"), "postgresql_where": sa.text("closed_at IS NULL")}
TAKEN_BY = ["assignee_id", "due_key", "id"]
TAKEN = {
    "sqlite_where": sa.text("assignee_id IS NOT NULL"),
    "postgresql_where": sa.text("assignee_id IS NOT NULL"),
}
SORTED = (
    ["waiting_body_id", "due_key", "id"],
    ["kind", "state", "due_key", "id"],
    ["closed_at", "id"],
)
#: Every case is on the pile of whose turn it is, elsewhere, closed, or seen by nobody.
PILE = """
    CASE
      WHEN c.closed_at IS NOT NULL AND c.number IS NULL THEN 'unseen'
      WHEN c.closed_at IS NOT NULL THEN 'closed'
      WHEN c.state = 'draft' THEN 'unseen'
      WHEN c.waiting_body_id = case_seat.body_id AND c.waiting_party IS NOT NULL
        THEN c.waiting_party
      ELSE 'elsewhere'
    END
"""


def upgrade() -> None:
    engine = op.get_bind().dialect.name
    never = sa.text(NO_LIMIT[engine])
    op.create_table(
        "worklist_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("question", sa.String(length=1000), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["user_account.id"], name=op.f("fk_worklist_view_owner_id")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_worklist_view_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worklist_view")),
        sa.UniqueConstraint(
            "owner_id", "body_id", "name", name=op.f("uq_worklist_view_owner_id_body_id_name")
        ),
    )
    op.create_index(op.f("ix_worklist_view_body_id"), "worklist_view", ["body_id"])
    op.create_table(
        "worklist_default",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("view_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_worklist_default_user_id")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_worklist_default_body_id")),
        sa.ForeignKeyConstraint(
            ["view_id"],
            ["worklist_view.id"],
            name=op.f("fk_worklist_default_view_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "body_id", name=op.f("pk_worklist_default")),
    )
    op.create_index(op.f("ix_worklist_default_view_id"), "worklist_default", ["view_id"])

    op.add_column(
        "case_record",
        sa.Column("due_key", UtcDateTime(timezone=True), nullable=False, server_default=never),
    )
    op.add_column(
        "case_record", sa.Column("sought", sa.Text(), nullable=False, server_default="")
    )
    op.execute("UPDATE case_record SET due_key = due_at WHERE due_at IS NOT NULL")
    op.add_column(
        "case_seat",
        sa.Column("pile", sa.String(length=40), nullable=False, server_default="unseen"),
    )
    op.add_column(
        "case_seat",
        sa.Column("sort_at", UtcDateTime(timezone=True), nullable=False, server_default=never),
    )
    op.execute(
        f"""
        UPDATE case_seat SET
          pile = (SELECT {PILE} FROM case_record c WHERE c.id = case_seat.case_id),
          sort_at = (
            SELECT coalesce(c.closed_at, c.due_key) FROM case_record c
            WHERE c.id = case_seat.case_id
          )
        """
    )
    op.drop_index(op.f("ix_case_record_waiting_body_id_waiting_party_due_at_id"), "case_record")
    op.drop_index(op.f("ix_case_record_kind_state_id"), "case_record")
    for columns in SORTED:
        op.create_index(op.f(f"ix_case_record_{'_'.join(columns)}"), "case_record", columns)
    op.create_index("ix_case_record_open", "case_record", ["due_key", "id"], **OPEN)
    op.create_index("ix_case_record_taken", "case_record", TAKEN_BY, **TAKEN)
    op.create_index(
        op.f("ix_case_seat_body_id_seat_pile_sort_at_case_id"),
        "case_seat",
        ["body_id", "seat", "pile", "sort_at", "case_id"],
    )
    op.create_index(op.f("ix_case_recusal_user_id"), "case_recusal", ["user_id"])
    if engine == "sqlite":
        op.execute(
            """CREATE VIRTUAL TABLE case_sought USING fts5(grams, content='', detail=none, columnsize=0, tokenize='ascii')"""
        )
    else:
        op.execute(
            """CREATE TABLE case_sought ( gram text COLLATE "C" NOT NULL, block integer NOT NULL, places smallint[] NOT NULL, hits integer GENERATED ALWAYS AS (cardinality(places)) STORED )"""
        )
        op.execute(
            """CREATE INDEX ix_case_sought_gram_block ON case_sought (gram, block) INCLUDE (hits)"""
        )


def downgrade() -> None:
    op.execute("DROP TABLE IF EXISTS case_sought")
    op.drop_index(op.f("ix_case_recusal_user_id"), "case_recusal")
    op.drop_index(op.f("ix_case_seat_body_id_seat_pile_sort_at_case_id"), "case_seat")
    op.drop_column("case_seat", "sort_at")
    op.drop_column("case_seat", "pile")
    op.drop_index("ix_case_record_taken", "case_record", **TAKEN)
    op.drop_index("ix_case_record_open", "case_record", **OPEN)
    for columns in reversed(SORTED):
        op.drop_index(op.f(f"ix_case_record_{'_'.join(columns)}"), "case_record")
    op.create_index(
        op.f("ix_case_record_waiting_body_id_waiting_party_due_at_id"),
        "case_record",
        ["waiting_body_id", "waiting_party", "due_at", "id"],
    )
    op.create_index(op.f("ix_case_record_kind_state_id"), "case_record", ["kind", "state", "id"])
    op.drop_column("case_record", "sought")
    op.drop_column("case_record", "due_key")
    op.drop_table("worklist_default")
    op.drop_table("worklist_view")
