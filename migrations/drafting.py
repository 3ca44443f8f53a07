"""What a drafted migration takes over from the models beyond tables and columns.

Triggers and text indexes are made by listeners of their tables (`after_create`). A migration
must not call the models of a later day, so their statements are written into it, by engine.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from alembic.autogenerate import renderers
from alembic.autogenerate.api import AutogenContext
from alembic.operations import MigrateOperation, ops
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Dialect, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.ddl import ExecutableDDLElement
from sqlalchemy.types import TypeDecorator

from core.db import Model
from core.search.index import is_index_table

VERSIONS = Path(__file__).parent / "versions"
DIALECTS: tuple[Dialect, ...] = (sqlite.dialect(), postgresql.dialect())  # type: ignore[no-untyped-call]


class Recorder:
    """Stands where a connection would, and keeps the statements instead of running them."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.statements: list[str] = []

    def execute(self, statement: ExecutableDDLElement) -> None:
        self.statements.append(str(statement.compile(dialect=self.dialect)))

    def exec_driver_sql(self, statement: str) -> None:
        self.statements.append(statement)


class StatementsOp(MigrateOperation):
    """Statements that only one engine is given."""

    def __init__(self, engine: str, statements: Iterable[str]) -> None:
        self.engine = engine
        self.statements = [" ".join(statement.split()) for statement in statements]


@renderers.dispatch_for(StatementsOp)
def _write_statements(context: AutogenContext, step: StatementsOp) -> list[str]:
    asked = f'if op.get_bind().dialect.name == "{step.engine}":'
    # The empty line ends the block: Alembic's printer goes by the colon and by this.
    return [asked, *(f'op.execute("""{said}""")' for said in step.statements), ""]


def draft(
    context: MigrationContext, revision: object, directives: list[ops.MigrationScript]
) -> None:
    """Number the next migration, and give it the triggers and text indexes of new tables."""
    script = directives[0]
    assert script.upgrade_ops is not None
    assert script.downgrade_ops is not None
    if script.upgrade_ops.is_empty():
        return
    numbers = [int(path.name[:4]) for path in VERSIONS.glob("[0-9]*.py")]
    script.rev_id = f"{max(numbers, default=0) + 1:04d}"
    made = [step.table_name for step in _flat(script.upgrade_ops) if _makes(step)]
    undone: list[MigrateOperation] = []
    for name in made:
        table = Model.metadata.tables[name]
        for dialect in DIALECTS:
            after = _said_by(table, "after_create", dialect)
            before = _said_by(table, "before_drop", dialect)
            if after:
                script.upgrade_ops.ops.append(StatementsOp(dialect.name, after))
            if before:
                undone.append(StatementsOp(dialect.name, before))
            functions = re.findall(r"CREATE FUNCTION (\w+)\(\)", "\n".join(after))
            if functions:  # what uses them goes with its table, before them
                dropped = [f"DROP FUNCTION {function}()" for function in functions]
                script.downgrade_ops.ops.append(StatementsOp(dialect.name, dropped))
    script.downgrade_ops.ops[:0] = undone


def is_ours(item: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:
    """Return whether the models answer for what was found: a text index has tables of its own."""
    return not (kind == "table" and reflected and other is None and is_index_table(name or ""))


def written_type(kind: str, item: Any, context: AutogenContext) -> str | bool:
    """Return how a column's type is written: our own by their place, the others as they are."""
    if kind == "type" and isinstance(item, TypeDecorator):
        place = type(item).__module__
        if not place.startswith("sqlalchemy"):
            context.imports.add(f"import {place}")
            return f"{place}.{type(item).__name__}()"
    return False


def _flat(step: Any) -> Iterator[Any]:
    for inner in getattr(step, "ops", ()):
        yield inner
        yield from _flat(inner)


def _makes(step: MigrateOperation) -> bool:
    return isinstance(step, ops.CreateTableOp) and step.table_name in Model.metadata.tables


def _said_by(table: Table, event: str, dialect: Dialect) -> list[str]:
    recorder = Recorder(dialect)
    getattr(table.dispatch, event)(table, recorder, checkfirst=False)
    return recorder.statements
