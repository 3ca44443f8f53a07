"""Changes of registration."""

import sqlalchemy as sa
from alembic import op
import core.db

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "registration_change",
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=300), nullable=True),
        sa.Column('chosen', sa.JSON(), nullable=False),
        sa.Column('before', sa.JSON(), nullable=False),
        sa.Column('resolved_on', sa.Date(), nullable=True),
        sa.Column('consented_on', sa.Date(), nullable=True),
        sa.Column('sponsor_agreed_on', sa.Date(), nullable=True),
        sa.Column('decided_on', sa.Date(), nullable=True),
        sa.Column('party_lead_unit', sa.String(length=200), nullable=True),
        sa.Column('type', sa.Enum('association', 'service_institution', 'foundation', 'community_organization', name='organization_type', native_enum=False, create_constraint=True, length=40), nullable=True),
        sa.Column('category', sa.Enum('daily_services', 'community_affairs', 'culture_and_sport', 'charity', 'other', name='filing_category', native_enum=False, create_constraint=True, length=40), nullable=True),
        sa.Column('management_mode', sa.Enum('dual_managed', 'direct', name='management_mode', native_enum=False, create_constraint=True, length=40), nullable=True),
        sa.Column('domicile', sa.String(length=300), nullable=True),
        sa.Column('purpose', sa.Text(), nullable=True),
        sa.Column('scope', sa.Text(), nullable=True),
        sa.Column('activity_area', sa.String(length=200), nullable=True),
        sa.Column('registered_funds', core.db.MoneyType(), nullable=True),
        sa.Column('legal_representative', sa.String(length=100), nullable=True),
        sa.Column('person_in_charge', sa.String(length=100), nullable=True),
        sa.Column('sponsor_name', sa.String(length=200), nullable=True),
        sa.Column('individual_members', sa.Integer(), nullable=True),
        sa.Column('unit_members', sa.Integer(), nullable=True),
        sa.Column('staff_count', sa.Integer(), nullable=True),
        sa.Column('sponsor_unit_id', sa.Integer(), nullable=True),
        sa.Column('industry_department', sa.String(length=200), nullable=True),
        sa.Column('details', sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(['id'], ['case_record.id'], name=op.f('fk_registration_change_id')),
        sa.ForeignKeyConstraint(['sponsor_unit_id'], ['body.id'], name=op.f('fk_registration_change_sponsor_unit_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_change')),
    )


def downgrade() -> None:
    op.drop_table("registration_change")
