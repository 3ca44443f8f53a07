"""Filed groups that are registered: the one application of each, what they tell, how far they are."""

import sqlalchemy as sa
from alembic import op
import core.db

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('upgrade',
    sa.Column('organization_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('filing_number', sa.String(length=60), nullable=False),
    sa.Column('claimed_at', core.db.UtcDateTime(), nullable=False),
    sa.Column('unified_code', sa.String(length=18), nullable=True),
    sa.Column('upgraded_on', sa.Date(), nullable=True),
    sa.CheckConstraint('(upgraded_on IS NULL) = (unified_code IS NULL)', name=op.f('ck_upgrade_done_with_a_code')),
    sa.ForeignKeyConstraint(['case_id'], ['case_record.id'], name=op.f('fk_upgrade_case_id')),
    sa.ForeignKeyConstraint(['organization_id'], ['organization.id'], name=op.f('fk_upgrade_organization_id')),
    sa.PrimaryKeyConstraint('organization_id', name=op.f('pk_upgrade')),
    sa.UniqueConstraint('case_id', name=op.f('uq_upgrade_case_id')),
    sa.UniqueConstraint('filing_number', name=op.f('uq_upgrade_filing_number')),
    sa.UniqueConstraint('unified_code', name=op.f('uq_upgrade_unified_code'))
    )
    op.create_table('upgrade_facts',
    sa.Column('organization_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('told_at', core.db.UtcDateTime(), nullable=False),
    sa.Column('told_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['organization_id'], ['organization.id'], name=op.f('fk_upgrade_facts_organization_id')),
    sa.ForeignKeyConstraint(['told_by_id'], ['user_account.id'], name=op.f('fk_upgrade_facts_told_by_id')),
    sa.PrimaryKeyConstraint('organization_id', name=op.f('pk_upgrade_facts'))
    )
    op.create_table('upgrade_outlook',
    sa.Column('organization_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('type', sa.Enum('association', 'service_institution', 'foundation', 'community_organization', name='outlook_type', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('missing', sa.Integer(), nullable=False),
    sa.Column('lacking', sa.JSON(), nullable=False),
    sa.Column('ready_on', sa.Date(), nullable=True),
    sa.Column('told_on', sa.Date(), nullable=True),
    sa.CheckConstraint('(missing = 0) = (ready_on IS NOT NULL)', name=op.f('ck_upgrade_outlook_ready_on_a_day')),
    sa.ForeignKeyConstraint(['organization_id'], ['organization.id'], name=op.f('fk_upgrade_outlook_organization_id')),
    sa.PrimaryKeyConstraint('organization_id', name=op.f('pk_upgrade_outlook'))
    )
    with op.batch_alter_table('upgrade_outlook', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_upgrade_outlook_missing_organization_id'), ['missing', 'organization_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('upgrade_outlook', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_upgrade_outlook_missing_organization_id'))
    op.drop_table('upgrade_outlook')
    op.drop_table('upgrade_facts')
    op.drop_table('upgrade')
