"""Versions of edited texts, and names of bodies through time

Revision ID: 0006
Revises: 0005
Create Date: 2026-11-22

"""
from alembic import op
import sqlalchemy as sa
import core.db


# revision identifiers, used by Alembic.
revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('edition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('key', sa.String(length=100), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('effective_from', sa.Date(), nullable=False),
    sa.Column('source', sa.String(length=300), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('proposed_by_id', sa.Integer(), nullable=False),
    sa.Column('confirmed_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', core.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', core.db.UtcDateTime(timezone=True), nullable=True),
    sa.CheckConstraint('(confirmed_by_id IS NULL) = (confirmed_at IS NULL)', name=op.f('ck_edition_confirmed_by_someone')),
    sa.CheckConstraint('confirmed_by_id <> proposed_by_id', name=op.f('ck_edition_second_person')),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['user_account.id'], name=op.f('fk_edition_confirmed_by_id')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['user_account.id'], name=op.f('fk_edition_proposed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_edition')),
    sa.UniqueConstraint('kind', 'key', 'effective_from', name=op.f('uq_edition_kind_key_effective_from'))
    )
    op.create_table('body_name',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.Column('former', sa.String(length=300), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('source', sa.String(length=300), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', core.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('applied_at', core.db.UtcDateTime(timezone=True), nullable=True),
    sa.CheckConstraint('name <> former', name=op.f('ck_body_name_another_name')),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_body_name_body_id')),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_body_name_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_body_name')),
    sa.UniqueConstraint('body_id', 'from_on', name=op.f('uq_body_name_body_id_from_on'))
    )


def downgrade():
    op.drop_table('body_name')
    op.drop_table('edition')
