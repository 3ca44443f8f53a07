"""Statistics and following."""

import sqlalchemy as sa
from alembic import op
import core.db

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('statistics_stored',
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('counted_at', core.db.UtcDateTime(), nullable=False),
    sa.Column('figures', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('until', name=op.f('pk_statistics_stored'))
    )
    op.create_table('follow',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('organization_id', sa.Integer(), nullable=True),
    sa.Column('question', sa.String(length=500), nullable=True),
    sa.Column('asked', sa.JSON(), nullable=False),
    sa.Column('pace', sa.Enum('at_once', 'daily', 'inbox', name='follow_pace', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('token', sa.String(length=40), nullable=False),
    sa.Column('since', core.db.UtcDateTime(), nullable=False),
    sa.CheckConstraint('(organization_id IS NULL) <> (question IS NULL)', name=op.f('ck_follow_one_thing_is_followed')),
    sa.ForeignKeyConstraint(['organization_id'], ['organization.id'], name=op.f('fk_follow_organization_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_follow_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow')),
    sa.UniqueConstraint('token', name=op.f('uq_follow_token')),
    sa.UniqueConstraint('user_id', 'organization_id', name=op.f('uq_follow_user_id_organization_id')),
    sa.UniqueConstraint('user_id', 'question', name=op.f('uq_follow_user_id_question'))
    )
    with op.batch_alter_table('follow', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_follow_organization_id'), ['organization_id'], unique=False)

    op.create_table('follow_news',
    sa.Column('follow_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('noted_at', core.db.UtcDateTime(), nullable=False),
    sa.Column('told_at', core.db.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['follow_id'], ['follow.id'], name=op.f('fk_follow_news_follow_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['version_id'], ['organization_version.id'], name=op.f('fk_follow_news_version_id')),
    sa.PrimaryKeyConstraint('follow_id', 'version_id', name=op.f('pk_follow_news'))
    )
    with op.batch_alter_table('follow_news', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_follow_news_told_at'), ['told_at'], unique=False)

    op.create_table('statistics_report',
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('instrument_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['instrument_id'], ['instrument.id'], name=op.f('fk_statistics_report_instrument_id')),
    sa.PrimaryKeyConstraint('month', name=op.f('pk_statistics_report')),
    sa.UniqueConstraint('instrument_id', name=op.f('uq_statistics_report_instrument_id'))
    )
    with op.batch_alter_table('user_account', schema=None) as batch_op:
        batch_op.add_column(sa.Column('large_text', sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table('division_fact', schema=None) as batch_op:
        batch_op.add_column(sa.Column('source', sa.String(length=200), server_default='', nullable=False))



def downgrade() -> None:
    with op.batch_alter_table('division_fact', schema=None) as batch_op:
        batch_op.drop_column('source')

    with op.batch_alter_table('user_account', schema=None) as batch_op:
        batch_op.drop_column('large_text')

    op.drop_table('statistics_report')
    with op.batch_alter_table('follow_news', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_follow_news_told_at'))

    op.drop_table('follow_news')
    with op.batch_alter_table('follow', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_follow_organization_id'))

    op.drop_table('follow')
    op.drop_table('statistics_stored')
