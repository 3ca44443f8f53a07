"""What the virus scanner said of uploaded files."""

import sqlalchemy as sa
from alembic import op
import core.db

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

VERDICTS = ("waiting", "clean", "infected")


def upgrade() -> None:
    op.create_table('file_scan',
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('verdict', sa.Enum(*VERDICTS, name='scan_verdict', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('found', sa.String(length=200), nullable=False),
    sa.Column('words', sa.String(length=300), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('next_at', core.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('looked_at', core.db.UtcDateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(verdict = 'infected') = (found <> '')", name=op.f('ck_file_scan_infected_with_something')),
    sa.CheckConstraint("(verdict = 'waiting') = (looked_at IS NULL)", name=op.f('ck_file_scan_looked_into_or_waiting')),
    sa.ForeignKeyConstraint(['sha256'], ['stored_file.sha256'], name=op.f('fk_file_scan_sha256')),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_file_scan'))
    )
    with op.batch_alter_table('file_scan', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_file_scan_verdict_next_at'), ['verdict', 'next_at'], unique=False)


def downgrade() -> None:
    op.drop_table('file_scan')
