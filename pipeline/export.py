"""From the build file to what is published: one DuckDB file and the same tables as Parquet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from pipeline.errors import PipelineError

STORAGE_VERSION = "v1.2.0"  # what DuckDB 1.2 and later open; docs/decisions.md
BLOCK_SIZE = 16_384  # bytes; small tables and their indexes waste most of a usual block of 256 KiB
SCHEMA = "marts"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a mart, as dbt built it."""

    name: str
    type: str
    is_nullable: bool
    comment: str | None


@dataclass(frozen=True, slots=True)
class Table:
    """One mart, as dbt built it."""

    name: str
    comment: str | None
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...] = ()
    row_count: int = field(default=0, compare=False)


def name(identifier: str) -> str:
    """Quote an identifier for SQL."""
    return '"' + identifier.replace('"', '""') + '"'


def text(value: str) -> str:
    """Quote a string for SQL, where no parameter can stand."""
    return "'" + value.replace("'", "''") + "'"


def tables(connection: duckdb.DuckDBPyConnection, database: str, schema: str) -> list[Table]:
    """Describe every table of a schema, by name."""
    # No parameters: binding one makes DuckDB's client import pandas, which takes a second.
    of_schema = f"database_name = {text(database)} and schema_name = {text(schema)}"
    columns: dict[str, list[Column]] = {}
    for table, *described in connection.execute(
        f"""
        select table_name, column_name, data_type, is_nullable, comment
        from duckdb_columns()
        where {of_schema}
        order by table_name, column_index
        """
    ).fetchall():
        columns.setdefault(table, []).append(Column(*described))
    keys = dict(
        connection.execute(
            f"""
            select table_name, constraint_column_names
            from duckdb_constraints()
            where {of_schema} and constraint_type = 'PRIMARY KEY'
            """
        ).fetchall()
    )
    return [
        Table(table, comment, tuple(columns[table]), tuple(keys.get(table, ())))
        for table, comment in connection.execute(
            f"""
            select table_name, comment
            from duckdb_tables()
            where {of_schema}
            order by table_name
            """
        ).fetchall()
    ]


def _definition(table: Table) -> str:
    """Write the statement that makes the published table.

    Primary keys and NOT NULL come along: clients show them, and they copy. Foreign keys do not;
    copying a database with them fails, and dbt has tested every relationship.
    """
    lines = [
        f"{name(column.name)} {column.type}{'' if column.is_nullable else ' not null'}"
        for column in table.columns
    ]
    if table.primary_key:
        lines.append(f"primary key ({', '.join(map(name, table.primary_key))})")
    return f"create table pub.{name(SCHEMA)}.{name(table.name)} ({', '.join(lines)})"


def export(
    build_file: Path,
    staging: Path,
    build_id: str,
    keys: Mapping[str, tuple[str, ...]] | None = None,
) -> list[Table]:
    """Copy the marts out of the build file.

    Parameters
    ----------
    build_file
        The DuckDB file dbt has built. No process may have it open for writing.
    staging
        An empty folder; it gets a DuckDB file of the build file's name and ``marts/*.parquet``.
    build_id
        Written into every Parquet file, so that a set can be told from a mixture.
    keys
        Primary keys of tables that dbt has tested and not declared.

    Returns
    -------
    list[Table]
        What was exported, with the number of rows of each table.

    Raises
    ------
    PipelineError
        If there is nothing to export.
    """
    marts = staging / "marts"
    marts.mkdir()
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"set temp_directory = {text(str(staging / 'spill'))}")
        connection.execute(f"attach {text(str(build_file))} as built (read_only)")
        connection.execute(
            f"attach {text(str(staging / build_file.name))} as pub"
            f" (storage_version {text(STORAGE_VERSION)}, block_size {BLOCK_SIZE})"
        )
        connection.execute(f"create schema pub.{name(SCHEMA)}")
        found = tables(connection, "built", SCHEMA)
        if not found:
            raise PipelineError(f"dbt has built no table in the schema {SCHEMA}")
        exported = []
        for table in found:
            tested = (keys or {}).get(table.name, ())
            keyed = replace(table, primary_key=table.primary_key or tested)
            exported.append(_export_table(connection, keyed, marts, build_id))
        connection.execute("detach pub")
    return exported


def _export_table(
    connection: duckdb.DuckDBPyConnection, table: Table, marts: Path, build_id: str
) -> Table:
    """Copy one table to both forms, sorted, with its descriptions."""
    order: Sequence[str] = table.primary_key or [column.name for column in table.columns]
    source = f"built.{name(SCHEMA)}.{name(table.name)}"
    target = f"pub.{name(SCHEMA)}.{name(table.name)}"
    connection.execute(_definition(table))
    connection.execute(
        f"insert into {target} select * from {source} order by {', '.join(map(name, order))}"
    )
    if table.comment:
        connection.execute(f"comment on table {target} is {text(table.comment)}")
    for column in table.columns:
        if column.comment:
            connection.execute(
                f"comment on column {target}.{name(column.name)} is {text(column.comment)}"
            )
    connection.execute(
        f"copy (from {target}) to {text(str(marts / f'{table.name}.parquet'))}"
        " (format parquet, compression zstd, kv_metadata {"
        f"build_id: {text(build_id)}, mart: {text(table.name)},"
        f" description: {text(table.comment or '')}}})"
    )
    counted = connection.execute(f"select count(*) from {target}").fetchone()
    assert counted is not None
    return replace(table, row_count=counted[0])
