"""Renewals, yearly reports and cancellations of filings; reminders; one open case of a kind a body."""

import sqlalchemy as sa
from alembic import op
import core.db

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('activity_report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organization_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('activity_count', sa.Integer(), nullable=True),
    sa.Column('participants', sa.Integer(), nullable=True),
    sa.Column('summary', sa.Text(), nullable=True),
    sa.Column('individual_members', sa.Integer(), nullable=True),
    sa.Column('income', core.db.MoneyType(), nullable=True),
    sa.Column('spending', core.db.MoneyType(), nullable=True),
    sa.Column('wishes', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['id'], ['case_record.id'], name=op.f('fk_activity_report_id')),
    sa.ForeignKeyConstraint(['organization_id'], ['organization.id'], name=op.f('fk_activity_report_organization_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activity_report')),
    sa.UniqueConstraint('organization_id', 'year', name=op.f('uq_activity_report_organization_id_year'))
    )
    op.create_table('dormant_cancellation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('silent_since', sa.Date(), nullable=False),
    sa.Column('dormant_since', sa.Date(), nullable=False),
    sa.Column('objections_until', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['id'], ['case_record.id'], name=op.f('fk_dormant_cancellation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dormant_cancellation'))
    )
    op.create_table('filing_cancellation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ground', sa.String(length=40), nullable=True),
    sa.Column('resolved_on', sa.Date(), nullable=True),
    sa.Column('settlement', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['id'], ['case_record.id'], name=op.f('fk_filing_cancellation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_filing_cancellation'))
    )
    op.create_table('filing_renewal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('domicile', sa.String(length=300), nullable=True),
    sa.Column('scope', sa.Text(), nullable=True),
    sa.Column('individual_members', sa.Integer(), nullable=True),
    sa.Column('person_in_charge', sa.String(length=100), nullable=True),
    sa.Column('person_phone', core.db.Encrypted(), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['id'], ['case_record.id'], name=op.f('fk_filing_renewal_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_filing_renewal'))
    )
    op.create_table('organization_reminder',
    sa.Column('organization_id', sa.Integer(), nullable=False),
    sa.Column('occasion', sa.String(length=60), nullable=False),
    sa.Column('at', core.db.UtcDateTime(), nullable=False),
    sa.Column('told', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organization_id'], ['organization.id'], name=op.f('fk_organization_reminder_organization_id')),
    sa.PrimaryKeyConstraint('organization_id', 'occasion', name=op.f('pk_organization_reminder'))
    )
    with op.batch_alter_table('case_record', schema=None) as batch_op:
        batch_op.add_column(sa.Column('sole_key', sa.String(length=80), nullable=True))
        batch_op.create_index(batch_op.f('ix_case_record_sole_key'), ['sole_key'], unique=True)



def downgrade() -> None:
    op.drop_index('ix_case_record_sole_key', 'case_record')
    op.drop_column('case_record', 'sole_key')
    op.drop_table('organization_reminder')
    op.drop_table('filing_renewal')
    op.drop_table('filing_cancellation')
    op.drop_table('dormant_cancellation')
    op.drop_table('activity_report')
