"""What is expected of the published Parquet files, read as a consumer reads them.

dbt has tested the tables in its build file. Here the files themselves are looked at, from outside:
that a plain reader opens them, that they are all there and the same set as the DuckDB file beside
them, and that nothing got out that must not.
"""

from __future__ import annotations

import html
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import great_expectations.expectations as gxe
import pandas as pd
import pyarrow.parquet as pq

from ingest.layout.facts import find_marking
from ingest.names import is_given_name
from ingest.privacy import WITHHELD
from pipeline.expectations.gate import Suite
from pipeline.export import SCHEMA, name, text

# The tables of the data contract. Tables beyond these may be published too.
TABLES = (
    *("dim_reports", "dim_plans", "dim_areas", "dim_organisations", "dim_periods", "dim_series"),
    *("dim_indicators", "bridge_report_indicators", "bridge_indicator_matches"),
    *("fct_cells", "fct_figures", "fct_observations", "fct_baselines", "fct_targets"),
    *("fct_target_outcomes", "fct_statuses", "fct_data_gaps", "fct_consistency_checks"),
    *("fct_consistency_check_inputs", "indicator_timeline", "indicator_performance"),
    *("report_scorecard", "report_scorecard_families"),
)
# What every client can read: no nested types, no number wider than 18 digits (HUGEINT is a double
# in Parquet, and loses digits there), no time zones.
PLAIN_TYPE = (
    r"^(?:VARCHAR|BOOLEAN|U?(?:TINY|SMALL)INT|U?INTEGER|BIGINT|DOUBLE|DATE|TIMESTAMP"
    r"|DECIMAL\((?:1[0-8]|[1-9]),\d+\))$"
)
TEXT_FILES = {".html", ".css", ".js", ".json", ".csv", ".tsv", ".txt", ".md", ".svg", ".xml"}
LONG_ENOUGH = 25  # characters of a restricted cell that could not be another cell's by chance
EARLIEST, LATEST = datetime(1990, 1, 1), datetime(2100, 1, 1)  # noqa: DTZ001 - days, no clock


@dataclass(frozen=True, slots=True)
class Secrets:
    """What the landed seeds hold and the published tables must not.

    Attributes
    ----------
    names
        People's names that were masked somewhere: two words or more, a given name first. What is
        masked for where it stands (after an organisation and a dash) may be plain words elsewhere.
    rows
        Keys of restricted rows.
    texts
        Texts of restricted cells that stand nowhere else in the reports; an owner's name does.
    """

    names: tuple[str, ...] = ()
    rows: frozenset[str] = frozenset()
    texts: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """One number for all of it: another one means that something else is withheld."""
        told = json.dumps([self.names, sorted(self.rows), self.texts])
        return sha256(told.encode()).hexdigest()


def masked(original: str, published: str) -> list[str]:
    """Find the words that masking took out, by setting a text beside its published form."""
    parts = [re.escape(part) for part in published.split(WITHHELD)]
    found = re.fullmatch("(.+?)".join(parts), original, re.DOTALL)
    return [group.strip() for group in found.groups()] if found else []


def secrets(landed: Path, *, with_restricted: bool) -> Secrets:
    """Gather what must not get out.

    Parameters
    ----------
    landed
        The landed seeds of this build.
    with_restricted
        Whether restricted rows were asked for; names stay withheld even then.
    """
    rows = pd.read_csv(landed / "landed_rows.csv", dtype=str, keep_default_na=False)
    cells = pd.read_csv(landed / "landed_cells.csv", dtype=str, keep_default_na=False)
    pairs = [
        *zip(cells["text"], cells["text_published"], strict=True),
        *zip(rows["measure"], rows["measure_published"], strict=True),
        *zip(rows["owner_printed"], rows["owner_published"], strict=True),
    ]
    names = {
        taken
        for original, published in pairs
        if WITHHELD in published
        for taken in masked(original, published)
        if len(taken.split()) > 1 and is_given_name(taken.split()[0])
    }
    if with_restricted:
        return Secrets(tuple(sorted(names)))
    restricted = frozenset(rows.loc[rows["is_restricted"] == "true", "report_indicator_id"])
    is_secret = cells["report_indicator_id"].isin(restricted)
    elsewhere = "\n".join(cells.loc[~is_secret, "text"])
    texts = {
        cell
        for cell in cells.loc[is_secret, "text"]
        if len(cell) >= LONG_ENOUGH and cell not in elsewhere
    }
    return Secrets(tuple(sorted(names)), restricted, tuple(sorted(texts)))


def tables(folder: Path, database: Path) -> pd.DataFrame:
    """Set every table of the DuckDB file beside its Parquet file; one row a table of either."""
    with duckdb.connect(str(database), read_only=True) as connection:
        in_duckdb = {
            table: [
                column
                for (column,) in connection.execute(
                    "select column_name from duckdb_columns()"
                    " where schema_name = ? and table_name = ? order by column_index",
                    [SCHEMA, table],
                ).fetchall()
            ]
            for (table,) in connection.execute(
                "select table_name from duckdb_tables() where schema_name = ?", [SCHEMA]
            ).fetchall()
        }
        counted = {
            table: (connection.sql(f"select count(*) from {name(SCHEMA)}.{name(table)}").fetchone())
            for table in in_duckdb
        }
    in_parquet = {path.stem: pq.ParquetFile(path) for path in sorted(folder.glob("*.parquet"))}
    rows = []
    for table in sorted(in_duckdb.keys() | in_parquet.keys()):
        file = in_parquet.get(table)
        count = counted.get(table)
        rows.append(
            {
                "key": table,
                "rows_in_duckdb": count[0] if count else -1,
                "rows_in_parquet": file.metadata.num_rows if file else -1,
                "columns_in_duckdb": ", ".join(in_duckdb.get(table, [])),
                "columns_in_parquet": ", ".join(file.schema_arrow.names) if file else "",
                "build_id": (file.schema_arrow.metadata or {}).get(b"build_id", b"").decode()
                if file
                else "",
            }
        )
    return pd.DataFrame(rows)


def columns(folder: Path, database: Path) -> pd.DataFrame:
    """List every column of both forms, with DuckDB's name of its type."""
    rows = []
    with duckdb.connect(str(database), read_only=True) as connection:
        for table, column, kind in connection.execute(
            "select table_name, column_name, data_type from duckdb_columns()"
            f" where schema_name = '{SCHEMA}'"
        ).fetchall():
            rows.append({"key": f"{table}.{column}", "type": kind})
        for path in sorted(folder.glob("*.parquet")):
            for column, kind, *_ in connection.execute(
                f"describe from read_parquet({text(str(path))})"
            ).fetchall():
                rows.append({"key": f"{path.name}.{column}", "type": kind})
    return pd.DataFrame(rows, columns=["key", "type"])


def leaks(frames: Mapping[str, pd.DataFrame], kept: Secrets) -> pd.DataFrame:
    """Count, in every text column of every table, what must not be there."""
    found_name = _any_of(kept.names)
    rows = []
    for table, frame in frames.items():
        for column in frame.columns:
            if not pd.api.types.is_string_dtype(frame[column]):
                continue
            values = [str(value) for value in frame[column].dropna().unique()]
            rows.append(
                {
                    "key": f"{table}.{column}",
                    "names": sum(bool(found_name.search(value)) for value in values),
                    "markings": sum(bool(find_marking(value)) for value in values),
                    "restricted_rows": sum(value in kept.rows for value in values),
                    "restricted_texts": sum(
                        restricted in value for restricted in kept.texts for value in values
                    ),
                }
            )
    return pd.DataFrame(
        rows, columns=["key", "names", "markings", "restricted_rows", "restricted_texts"]
    )


def periods(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Gather every period any table gives, with the table's name as key."""
    found: list[pd.DataFrame] = []
    for table, frame in frames.items():
        if {"period_start", "period_end"} <= set(frame.columns):
            dates = frame[["period_start", "period_end"]].dropna().drop_duplicates()
            found.append(
                pd.DataFrame(
                    {
                        "key": table,
                        "start": pd.to_datetime(dates["period_start"], errors="coerce"),
                        "end": pd.to_datetime(dates["period_end"], errors="coerce"),
                    }
                )
            )
    if not found:
        return pd.DataFrame(columns=["key", "start", "end"])
    return pd.concat(found, ignore_index=True)


def suites(
    folder: Path,
    landed: Path,
    *,
    with_restricted: bool = False,
    expected: Iterable[str] = TABLES,
) -> list[Suite]:
    """Say everything that is expected of a set that is ready to be published.

    Parameters
    ----------
    folder
        The set: one DuckDB file and a folder ``marts`` of Parquet files.
    landed
        The landed seeds it was built from.
    with_restricted
        Whether restricted rows were asked for.
    expected
        The tables that must be there.
    """
    marts = folder / "marts"
    (database,) = folder.glob("*.duckdb")
    frames = {path.stem: pd.read_parquet(path) for path in sorted(marts.glob("*.parquet"))}
    every = tables(marts, database)
    forbidden: list[tuple[str, str]] = [("names", "a withheld name is published")]
    if not with_restricted:
        forbidden += [
            ("markings", "a protective marking is published"),
            ("restricted_rows", "a restricted row is published"),
            ("restricted_texts", "the text of a restricted row is published"),
        ]
    return [
        Suite(
            "published tables",
            every,
            [
                *(
                    (
                        gxe.ExpectTableRowCountToBeBetween(min_value=1),
                        "there is no table",
                    ),
                ),
                *(
                    (
                        gxe.ExpectColumnDistinctValuesToContainSet(column="key", value_set=[table]),
                        f"the table {table} is missing",
                    )
                    for table in expected
                ),
                _same(
                    "rows_in_duckdb",
                    "rows_in_parquet",
                    "the Parquet file and the DuckDB table differ in their number of rows",
                ),
                _same(
                    "columns_in_duckdb",
                    "columns_in_parquet",
                    "the Parquet file and the DuckDB table differ in their columns",
                ),
                (
                    gxe.ExpectColumnUniqueValueCountToBeBetween(
                        column="build_id", min_value=1, max_value=1
                    ),
                    "the Parquet files are not of one build",
                ),
            ],
        ),
        Suite(
            "published columns",
            columns(marts, database),
            [
                (
                    gxe.ExpectColumnValuesToMatchRegex(column="type", regex=PLAIN_TYPE),
                    "a column is of a type that not every client can read",
                )
            ],
        ),
        Suite(
            "published texts",
            leaks(frames, secrets(landed, with_restricted=with_restricted)),
            [
                (gxe.ExpectColumnValuesToBeInSet(column=column, value_set=[0]), reason)
                for column, reason in forbidden
            ],
        ),
        Suite(
            "published periods",
            periods(frames),
            [
                (
                    gxe.ExpectColumnPairValuesAToBeGreaterThanB(
                        column_A="end", column_B="start", or_equal=True
                    ),
                    "a period ends before it starts",
                ),
                *(
                    (
                        gxe.ExpectColumnValuesToBeBetween(
                            column=column,
                            min_value=EARLIEST,
                            max_value=LATEST,
                        ),
                        f"a period's {column} is not of this time",
                    )
                    for column in ("start", "end")
                ),
            ],
        ),
    ]


def tells(version: Path, kept: Secrets) -> bool:
    """Whether a version that was published before holds what must not get out any more."""
    frames = {path.stem: pd.read_parquet(path) for path in (version / "marts").glob("*.parquet")}
    found = leaks(frames, kept)
    counted = found[["names", "restricted_rows", "restricted_texts"]].to_numpy().sum()
    return bool(counted) or bool(told_in_files(version, kept))


def told_in_files(folder: Path, kept: Secrets) -> list[str]:
    """Find files of a set (pages, Data Docs, CSV files, workbooks) that hold what must not get out.

    Workbooks are archives and are looked into; Parquet and DuckDB files have been looked at table
    by table.
    """
    found = _any_of([*kept.names, *kept.texts])
    return [
        f"published files: a withheld text stands in {path.relative_to(folder).as_posix()}"
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(found.search(content) for content in _texts(path))
    ]


def _texts(path: Path) -> Iterator[str]:
    """Read a file's words: as they stand, and as a browser would show them."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            contents = [archive.read(member) for member in archive.namelist()]
    elif path.suffix in TEXT_FILES:
        contents = [path.read_bytes()]
    else:
        return
    for content in contents:
        words = content.decode("utf-8", "replace")
        yield words
        if "&" in words:
            yield html.unescape(words)


def _same(left: str, right: str, reason: str) -> tuple[Any, str]:
    """Expect two columns to agree in every row."""
    expectation = gxe.ExpectColumnPairValuesToBeEqual(
        column_A=left, column_B=right, ignore_row_if="neither"
    )
    return expectation, reason


def _any_of(texts: Iterable[str]) -> re.Pattern[str]:
    """Make a pattern that finds any of some texts as whole words; nothing, if there are none."""
    choices = "|".join(re.escape(one) for one in texts)
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)" if choices else r"(?!)")
