"""Names are found by their syllables: the column and its index, filled by the job of the names.

`refresh_name_index` reads every name anew within minutes, as always when spelling changed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "organization", sa.Column("name_syllables", sa.Text(), server_default="", nullable=False)
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute("""CREATE VIRTUAL TABLE organization_syllables USING fts5(grams, content='', detail=none, columnsize=0, tokenize='ascii')""")
    else:
        op.execute("""CREATE TABLE organization_syllables ( gram text COLLATE "C" NOT NULL, block integer NOT NULL, places smallint[] NOT NULL, hits integer GENERATED ALWAYS AS (cardinality(places)) STORED )""")
        op.execute("""CREATE INDEX ix_organization_syllables_gram_block ON organization_syllables (gram, block) INCLUDE (hits)""")


def downgrade() -> None:
    op.execute("""DROP TABLE IF EXISTS organization_syllables""")
    op.drop_column("organization", "name_syllables")
