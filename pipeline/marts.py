"""Reading the published marts: the one door for everything made from them (site, workbook, ...)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from pipeline.errors import PipelineError
from pipeline.export import SCHEMA, Table, name, tables, text

Record = Mapping[str, Any]


def key_of(table: Table) -> tuple[str, ...]:
    """Name the columns that tell the rows of a mart apart.

    Every mart has one such column and it comes first; dbt tests that, and the database says so
    where it holds a primary key.
    """
    return table.primary_key or (table.columns[0].name,)


class Marts:
    """The marts of one warehouse, open for reading.

    Parameters
    ----------
    connection
        A connection that has the published file attached under ``catalog``.
    catalog
        The name of the attached database.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, catalog: str) -> None:
        self._connection = connection
        self._catalog = catalog
        self.tables: dict[str, Table] = {
            table.name: table for table in tables(connection, catalog, SCHEMA)
        }

    def rows(self, table: str) -> list[Record]:
        """Fetch every row of a mart, in the order of its primary key."""
        described = self.tables.get(table)
        if described is None:
            raise PipelineError(f"the warehouse has no table {SCHEMA}.{table}")
        cursor = self._connection.execute(self._ordered(described))
        columns = [column[0] for column in cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]

    def write_csv(self, table: str, place: Path) -> None:
        """Write a mart as CSV: UTF-8, a header, dates ISO, nothing for null."""
        self._connection.execute(
            f"copy ({self._ordered(self.tables[table])}) to {text(str(place))} (format csv, header)"
        )

    def _ordered(self, table: Table) -> str:
        """Word the query for all rows of a mart in the order of its key."""
        return (
            f"from {name(self._catalog)}.{name(SCHEMA)}.{name(table.name)}"
            f" order by {', '.join(map(name, key_of(table)))}"
        )


@contextmanager
def open_marts(warehouse: Path) -> Iterator[Marts]:
    """Open the one DuckDB file of a folder of published files.

    Raises
    ------
    PipelineError
        If the folder holds no such file, or more than one.
    """
    found = sorted(warehouse.glob("*.duckdb"))
    if len(found) != 1:
        raise PipelineError(
            f"{warehouse} should hold one DuckDB file and holds {len(found)}",
            ["`make build` publishes one."],
        )
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"attach {text(str(found[0]))} as published (read_only)")
        yield Marts(connection, "published")
