"""How migrations run on either engine, and how `make migrate` drafts the next one."""

from alembic import context
from flask import current_app
from sqlalchemy import text

from migrations.drafting import draft, is_ours, written_type

database = current_app.extensions["migrate"].db


def run() -> None:
    """Bring the database up or down, one transaction a migration."""
    with database.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # A table is changed by making it anew; its children must not be deleted with it.
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            process_revision_directives=draft,
            include_object=is_ours,
            render_item=written_type,
            render_as_batch=True,
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.rollback()
        if connection.dialect.name == "sqlite":
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            assert not broken, f"rows without the row they belong to: {broken[:5]}"
            connection.rollback()
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")


run()
