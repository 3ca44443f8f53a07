"""Lines of instruments, the keys that sign them, and applications for another certificate."""

import sqlalchemy as sa
from alembic import op
import core.db

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

REFUSAL = "an instrument stays as it was issued"
OLD = "number, number_key, kind, series, year, place, case_id, title, authority, issued_on, issued_at, issued_by_id, valid_from, valid_until, facts, sha256"
NEW = OLD + ", payload"
ENDING = "status, ended_on, end_ground, ended_case_id, void_reason, replaced_by_id"
GROUNDS = ('lost', 'damaged', 'renewed', 'changed', 'error', 'withdrawn', 'deregistered', 'sanction')


def upgrade() -> None:
    drop_triggers("instrument_no_change")
    op.create_table('signing_key',
    sa.Column('id', sa.String(length=8), nullable=False),
    sa.Column('public', sa.String(length=43), nullable=False),
    sa.Column('private', core.db.Encrypted(), nullable=True),
    sa.Column('signs', sa.Boolean(), nullable=True),
    sa.Column('made_at', core.db.UtcDateTime(), nullable=False),
    sa.Column('active_from', sa.Date(), nullable=False),
    sa.Column('active_until', sa.Date(), nullable=True),
    sa.Column('withdrawn_on', sa.Date(), nullable=True),
    sa.Column('withdrawn_reason', sa.Text(), nullable=True),
    sa.CheckConstraint('(signs IS NULL) = (active_until IS NOT NULL)', name=op.f('ck_signing_key_retired_on_a_day')),
    sa.CheckConstraint('(signs IS NULL) = (private IS NULL)', name=op.f('ck_signing_key_only_one_private')),
    sa.CheckConstraint('signs IS NULL OR signs', name=op.f('ck_signing_key_signs_or_not')),
    sa.CheckConstraint('signs IS NULL OR withdrawn_on IS NULL', name=op.f('ck_signing_key_withdrawn_signs_no_more')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signing_key')),
    sa.UniqueConstraint('public', name=op.f('uq_signing_key_public')),
    sa.UniqueConstraint('signs', name=op.f('uq_signing_key_signs'))
    )
    with op.batch_alter_table('instrument', schema=None) as batch_op:
        batch_op.add_column(sa.Column('payload', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('end_ground', sa.Enum(*GROUNDS, name='instrument_end_ground', native_enum=False, create_constraint=True, length=40), nullable=True))
        batch_op.add_column(sa.Column('ended_case_id', sa.Integer(), nullable=True))
        batch_op.drop_constraint(batch_op.f('ck_instrument_replaced_by_another'), type_='check')
    op.execute("UPDATE instrument SET end_ground = CASE status WHEN 'replaced' THEN 'changed' ELSE 'withdrawn' END WHERE status <> 'valid'")
    with op.batch_alter_table('instrument', schema=None) as batch_op:
        batch_op.create_foreign_key(batch_op.f('fk_instrument_ended_case_id'), 'case_record', ['ended_case_id'], ['id'])
        batch_op.create_unique_constraint(batch_op.f('uq_instrument_replaced_by_id'), ['replaced_by_id'])
        batch_op.create_check_constraint(batch_op.f('ck_instrument_replaced_by_another'), "status <> 'replaced' OR replaced_by_id IS NOT NULL")
        batch_op.create_check_constraint(batch_op.f('ck_instrument_valid_is_the_last'), "status <> 'valid' OR replaced_by_id IS NULL")
        batch_op.create_check_constraint(batch_op.f('ck_instrument_ended_for_a_ground'), "(status = 'valid') = (end_ground IS NULL)")
        batch_op.create_index(batch_op.f('ix_instrument_kind_valid_until'), ['kind', 'valid_until'], unique=False)
    make_triggers(NEW, ends_once=True)
    op.create_table('verification',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', core.db.UtcDateTime(), nullable=False),
    sa.Column('means', sa.Enum('number', 'code', 'file', name='verification_means', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('instrument_id', sa.Integer(), nullable=True),
    sa.Column('told', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['instrument_id'], ['instrument.id'], name=op.f('fk_verification_instrument_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_verification'))
    )
    with op.batch_alter_table('verification', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_verification_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_verification_instrument_id'), ['instrument_id'], unique=False)
    op.create_table('certificate_replacement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ground', sa.Enum('lost', 'damaged', 'expiring', name='replacement_ground', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('copies', sa.Enum('original', 'duplicate', 'both', name='replacement_copies', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('circumstances', sa.Text(), nullable=True),
    sa.Column('lost_on', sa.Date(), nullable=True),
    sa.Column('published_in', sa.String(length=200), nullable=True),
    sa.Column('published_on', sa.Date(), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('original_id', sa.Integer(), nullable=True),
    sa.Column('duplicate_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['duplicate_id'], ['instrument.id'], name=op.f('fk_certificate_replacement_duplicate_id')),
    sa.ForeignKeyConstraint(['original_id'], ['instrument.id'], name=op.f('fk_certificate_replacement_original_id')),
    sa.ForeignKeyConstraint(['id'], ['case_record.id'], name=op.f('fk_certificate_replacement_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_replacement'))
    )
    op.create_table('expiry_reminder',
    sa.Column('instrument_id', sa.Integer(), nullable=False),
    sa.Column('stage', sa.String(length=10), nullable=False),
    sa.Column('at', core.db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['instrument_id'], ['instrument.id'], name=op.f('fk_expiry_reminder_instrument_id')),
    sa.PrimaryKeyConstraint('instrument_id', 'stage', name=op.f('pk_expiry_reminder'))
    )


def downgrade() -> None:
    op.drop_table('expiry_reminder')
    op.drop_table('certificate_replacement')
    with op.batch_alter_table('verification', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_verification_instrument_id'))
        batch_op.drop_index(batch_op.f('ix_verification_at'))
    op.drop_table('verification')
    drop_triggers("instrument_no_change", "instrument_ends_once")
    # What was void with a successor is plainly void before this step.
    op.execute("UPDATE instrument SET replaced_by_id = NULL WHERE status = 'void'")
    with op.batch_alter_table('instrument', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_instrument_kind_valid_until'))
        batch_op.drop_constraint(batch_op.f('ck_instrument_ended_for_a_ground'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_instrument_valid_is_the_last'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_instrument_replaced_by_another'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_instrument_instrument_end_ground'), type_='check')
        batch_op.drop_constraint(batch_op.f('uq_instrument_replaced_by_id'), type_='unique')
        batch_op.drop_constraint(batch_op.f('fk_instrument_ended_case_id'), type_='foreignkey')
        batch_op.drop_column('ended_case_id')
        batch_op.drop_column('end_ground')
        batch_op.drop_column('payload')
    with op.batch_alter_table('instrument', schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f('ck_instrument_replaced_by_another'), "(status = 'replaced') = (replaced_by_id IS NOT NULL)")
    make_triggers(OLD, ends_once=False)
    op.drop_table('signing_key')


def drop_triggers(*names: str) -> None:
    """On SQLite they, and the one that forbids deleting, also go when the table is made anew."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name in (*names, "instrument_no_delete") if sqlite else names:
        op.execute(f"DROP TRIGGER {name}" + ("" if sqlite else " ON instrument"))


def make_triggers(unchanging: str, *, ends_once: bool) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"CREATE TRIGGER instrument_no_change BEFORE UPDATE OF {unchanging} ON instrument BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END")
        op.execute(f"CREATE TRIGGER instrument_no_delete BEFORE DELETE ON instrument BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END")
        if ends_once:
            op.execute(f"CREATE TRIGGER instrument_ends_once BEFORE UPDATE OF {ENDING} ON instrument WHEN OLD.ended_on IS NOT NULL BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END")
    else:
        op.execute(f"CREATE TRIGGER instrument_no_change BEFORE UPDATE OF {unchanging} ON instrument FOR EACH STATEMENT EXECUTE FUNCTION instrument_refuse()")
        if ends_once:
            op.execute(f"CREATE TRIGGER instrument_ends_once BEFORE UPDATE OF {ENDING} ON instrument FOR EACH ROW WHEN (OLD.ended_on IS NOT NULL) EXECUTE FUNCTION instrument_refuse()")
