"""Opinions of other bodies, whose turn a step ended, and reminders of deadlines."""

import sqlalchemy as sa
from alembic import op
import core.db

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

STATUSES = ("asked", "answered", "lapsed", "withdrawn")
STANCES = ("agree", "no_objection", "object")


def upgrade() -> None:
    op.create_table('opinion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.Column('asking_body_id', sa.Integer(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', core.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('sections', sa.JSON(), nullable=False),
    sa.Column('due_at', core.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('reminded_at', core.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('status', sa.Enum(*STATUSES, name='opinion_status', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('stance', sa.Enum(*STANCES, name='opinion_stance', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('closed_at', core.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(status = 'answered') = (stance IS NOT NULL)", name=op.f('ck_opinion_answered_means_a_stance')),
    sa.CheckConstraint("(stance IS NULL) = (answered_by_id IS NULL)", name=op.f('ck_opinion_answered_by_someone')),
    sa.CheckConstraint("(status = 'asked') = (closed_at IS NULL)", name=op.f('ck_opinion_ended_at_a_moment')),
    sa.CheckConstraint("stance IS NULL OR stance <> 'object' OR answer <> ''", name=op.f('ck_opinion_objects_with_reasons')),
    sa.CheckConstraint("body_id <> asking_body_id", name=op.f('ck_opinion_of_another_body')),
    sa.ForeignKeyConstraint(['case_id'], ['case_record.id'], name=op.f('fk_opinion_case_id')),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_opinion_body_id')),
    sa.ForeignKeyConstraint(['asking_body_id'], ['body.id'], name=op.f('fk_opinion_asking_body_id')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['user_account.id'], name=op.f('fk_opinion_asked_by_id')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['user_account.id'], name=op.f('fk_opinion_answered_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opinion'))
    )
    with op.batch_alter_table('opinion', schema=None) as batch_op:
        batch_op.create_index('uq_opinion_open', ['case_id', 'body_id'], unique=True, sqlite_where=sa.text("status = 'asked'"), postgresql_where=sa.text("status = 'asked'"))
        batch_op.create_index(batch_op.f('ix_opinion_case_id_id'), ['case_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_opinion_body_id_status_due_at_id'), ['body_id', 'status', 'due_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_opinion_status_due_at'), ['status', 'due_at'], unique=False)
    op.create_table('opinion_paper',
    sa.Column('opinion_id', sa.Integer(), nullable=False),
    sa.Column('attachment_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_opinion_paper_attachment_id')),
    sa.ForeignKeyConstraint(['opinion_id'], ['opinion.id'], name=op.f('fk_opinion_paper_opinion_id')),
    sa.PrimaryKeyConstraint('opinion_id', 'attachment_id', name=op.f('pk_opinion_paper'))
    )
    op.create_table('deadline_reminder',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('due_at', core.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('at', core.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case_record.id'], name=op.f('fk_deadline_reminder_case_id')),
    sa.PrimaryKeyConstraint('case_id', 'due_at', name=op.f('pk_deadline_reminder'))
    )
    with op.batch_alter_table('case_event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('turn_body_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('took_days', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('allowed_days', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_case_event_turn_body_id'), 'body', ['turn_body_id'], ['id'])
    with op.batch_alter_table('case_event', schema=None) as batch_op:
        batch_op.create_index('ix_case_event_turns', ['at', 'turn_body_id'], unique=False, sqlite_where=sa.text("turn_body_id IS NOT NULL"), postgresql_where=sa.text("turn_body_id IS NOT NULL"))
        batch_op.create_index('ix_case_event_automatic', ['id'], unique=False, sqlite_where=sa.text("actor_id IS NULL"), postgresql_where=sa.text("actor_id IS NULL"))
    with op.batch_alter_table('case_record', schema=None) as batch_op:
        batch_op.create_index('ix_case_record_turns', ['waiting_body_id', 'kind', 'state', 'due_at'], unique=False, sqlite_where=sa.text("closed_at IS NULL"), postgresql_where=sa.text("closed_at IS NULL"))


def downgrade() -> None:
    with op.batch_alter_table('case_record', schema=None) as batch_op:
        batch_op.drop_index('ix_case_record_turns')
    with op.batch_alter_table('case_event', schema=None) as batch_op:
        batch_op.drop_index('ix_case_event_automatic')
        batch_op.drop_index('ix_case_event_turns')
    with op.batch_alter_table('case_event', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_case_event_turn_body_id'), type_='foreignkey')
        batch_op.drop_column('allowed_days')
        batch_op.drop_column('took_days')
        batch_op.drop_column('turn_body_id')
    op.drop_table('deadline_reminder')
    op.drop_table('opinion_paper')
    op.drop_table('opinion')
