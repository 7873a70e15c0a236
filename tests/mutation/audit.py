"""The audit on many reports at once: dbt compiles its SQL, DuckDB runs it, nothing is written.

Reports stand side by side, each as an area of its own, so that hundreds are audited in one pass.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import tempfile
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import duckdb
import pyarrow as pa

from ingest import formats
from ingest.figures import read_document as read_figures
from ingest.land import SEEDS, Read, records_of
from ingest.layout import read_document
from ingest.model import Line
from ingest.source import Source
from ingest.statements import read_statements
from pipeline.project import CODE_ROOT, Project, workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ingest.model import ReportEntry

WANTED: Final = "int_checks__verdicts"
FIGURES: Final = "int_figures__conformed"
DATABASE: Final = "community_safety"
REFERENCE: Final = CODE_ROOT / "seeds" / "reference"


@dataclass(frozen=True, slots=True)
class Check:
    """One check of one report: where its claim stands and what became of it.

    ``ordinal`` counts the figures of the source line from 0: it stays the same when an edit makes a
    number longer or shorter.
    """

    report_id: str
    source_line: int
    ordinal: int
    printed: str
    family: str
    verdict: str
    explanation: str

    @property
    def place(self) -> tuple[int, int, str]:
        """The claim and the family, the same in every copy of a report."""
        return self.source_line, self.ordinal, self.family


@dataclass(frozen=True, slots=True)
class Model:
    """One model as compiled SQL."""

    name: str
    relation: str
    sql: str


class Audit:
    """The compiled audit.

    Parameters
    ----------
    with_power
        Whether the power of each check is computed too; it takes most of the time.
    """

    def __init__(self, *, with_power: bool = False) -> None:
        self._models = _compiled({"power": with_power})

    def __call__(
        self,
        reports: Iterable[Read],
        like: Mapping[str, str] | None = None,
        together: Mapping[str, str] | None = None,
        crosswalk: Iterable[Sequence[str]] = (),
    ) -> dict[str, list[Check]]:
        """Audit the reports.

        Parameters
        ----------
        reports
            What was read; every ``report_id`` once.
        like
            For copies: the report whose curated rows (crosswalk) a copy shares.
        together
            The name of the area that a report shares with others; each report has one of its own
            otherwise.
        crosswalk
            More rows of the crosswalk, as its seed has them.

        Returns
        -------
        dict
            The checks of each report.
        """
        landed: dict[str, list[Sequence[Any]]] = {name: [] for name in SEEDS}
        report_ids = []
        for read in reports:
            report_ids.append(read.document.entry.report_id)
            for name, records in records_of(read).items():
                if name != "landed_segments":
                    landed[name].extend(records)
        connection = duckdb.connect()
        connection.execute(f"attach ':memory:' as {DATABASE}; use {DATABASE}")
        for schema in ("landed", "reference", "staging", "intermediate"):
            connection.execute(f"create schema {schema}")
        for name, columns in SEEDS.items():
            _load(connection, f"landed.{name}", columns, landed[name])
        for path in sorted(REFERENCE.glob("*.csv")):
            with path.open(encoding="utf-8", newline="") as handle:
                header, *curated = list(csv.reader(handle))
            if path.stem == "crosswalk" and like:
                curated = _shared(curated, report_ids, like)
            if path.stem == "crosswalk":
                curated += [list(row) for row in crosswalk]
            _load(connection, f"reference.{path.stem}", header, curated)
        for model in self._models:
            connection.execute(f"create table {model.relation} as {model.sql}")
            if model.name == FIGURES:
                # Copies of one report must not be taken for reports of one area.
                connection.execute(
                    f"update {model.relation} set area_id = report_id || '/' || area_id"
                )
                connection.executemany(
                    f"update {model.relation} set area_id = ? where report_id = ?",
                    [(area, report_id) for report_id, area in (together or {}).items()],
                ) if together else None
        found: dict[str, list[Check]] = {report_id: [] for report_id in report_ids}
        rows = connection.execute(f"""
            with placed as (
                select
                    figure_id, report_id, source_line, printed,
                    row_number() over (
                        partition by report_id, source_line order by char_start
                    ) - 1 as ordinal
                from {DATABASE}.intermediate.{FIGURES}
            )
            select
                placed.report_id, source_line, ordinal, printed, family, verdict, explanation
            from {DATABASE}.intermediate.{WANTED} as checks
            inner join placed on checks.claim_figure_id = placed.figure_id
            order by placed.report_id, source_line, ordinal, family
        """).fetchall()
        connection.close()
        for row in rows:
            found[row[0]].append(Check(*row))
        return found


def read_lines(entry: ReportEntry, lines: Sequence[str]) -> Read:
    """Read a report from its lines, as ingest reads a file."""
    numbered = tuple(Line(number, text) for number, text in enumerate(lines, start=1))
    return _read(entry, Source(numbered, sha256="", format="text"))


def read_bytes(entry: ReportEntry, data: bytes) -> Read:
    """Read a report from the bytes of a file in any format, as ingest reads a file."""
    found, lines = formats.lines_of(data, entry.file)
    return _read(entry, Source(lines, sha256="", format=found))


def _read(entry: ReportEntry, source: Source) -> Read:
    document = read_document(entry, source.lines)
    return Read(document, source, read_figures(document), read_statements(document))


def copy_of(entry: ReportEntry, report_id: str) -> ReportEntry:
    """A manifest entry under another id."""
    return replace(entry, report_id=report_id)


def _shared(
    rows: list[list[str]], report_ids: Iterable[str], like: Mapping[str, str]
) -> list[list[str]]:
    """Curated rows, keyed by report first, repeated for every copy of the report."""
    by_report = defaultdict(list)
    for row in rows:
        by_report[row[0]].append(row[1:])
    return [
        [report_id, *rest]
        for report_id in report_ids
        for rest in by_report[like.get(report_id, report_id)]
    ]


def _load(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
) -> None:
    """Make a table of texts, as dbt loads a seed: what is empty is null."""
    texts = [
        [None if value is None or value == "" else str(value) for value in column]
        for column in (zip(*rows, strict=True) if rows else [()] * len(columns))
    ]
    arrays = [pa.array(column, pa.string()) for column in texts]
    connection.register("incoming", pa.table(dict(zip(columns, arrays, strict=True))))
    connection.execute(f"create table {DATABASE}.{relation} as select * from incoming")
    connection.unregister("incoming")


def _compiled(variables: Mapping[str, Any]) -> list[Model]:
    """Compile the audit and what it stands on, in the order in which to run it."""
    from dbt.cli.main import dbtRunner

    with tempfile.TemporaryDirectory(prefix="audit_") as place:
        root = workspace(Project.at(CODE_ROOT), Path(place) / "project", with_landed=True).root
        (root / "target").mkdir(exist_ok=True)
        with contextlib.chdir(root), contextlib.redirect_stdout(io.StringIO()):
            outcome = dbtRunner().invoke(
                [
                    "compile",
                    "--quiet",
                    "--select",
                    f"+{WANTED}",
                    "--vars",
                    json.dumps(dict(variables)),
                    "--project-dir",
                    str(root),
                    "--profiles-dir",
                    str(root),
                    "--no-send-anonymous-usage-stats",
                ]
            )
        from dbt.adapters.duckdb.connections import DuckDBConnectionManager

        close: Callable[[], None] = DuckDBConnectionManager.close_all_connections
        close()
        if not outcome.success:
            raise RuntimeError(f"dbt cannot compile the audit: {outcome.exception}")
        results: Any = outcome.result
        nodes = {
            result.node.unique_id: result.node
            for result in results
            if str(result.node.resource_type) == "model"
        }
    ordered: list[Model] = []
    seen: set[str] = set()

    def visit(unique_id: str) -> None:
        if unique_id in seen or unique_id not in nodes:
            return
        seen.add(unique_id)
        node = nodes[unique_id]
        for parent in node.depends_on.nodes:
            visit(parent)
        ordered.append(Model(node.name, node.relation_name, node.compiled_code))

    for unique_id in nodes:
        visit(unique_id)
    return ordered
