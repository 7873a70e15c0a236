"""A draft's claims, checked: the warehouse's own audit, run on a copy that is thrown away.

The audit is SQL in the dbt project. It runs here on the reports with the draft among them, as if
the draft had been added, so that it is checked against what earlier reports printed.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ingest.adding import Understood, prepare
from ingest.model import IngestError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT: Final = Path(__file__).resolve().parent.parent
_PROJECT: Final = ("dbt_project.yml", "profiles.yml", "macros", "models", "seeds", "tests/dbt")
_SELECTED: Final = "+fct_consistency_checks"
_DATABASE: Final = "target/community_safety.duckdb"
# From the best to the worst; a claim is as good as its worst check.
VERDICTS: Final = (
    "untestable",
    "exact",
    "within_rounding",
    "truncated",
    "consistent_if",
    "needs_unprinted_base",
    "inconsistent",
)
_QUERY: Final = """
    select
        checks.figure_id,
        checks.root_check_id,
        checks.check_id = checks.root_check_id as is_root,
        checks.family,
        checks.verdict,
        checks.check_certainty,
        checks.likely_cause,
        checks.explanation,
        checks.flips_decision,
        checks.stated_value,
        checks.expected_low,
        checks.expected_high,
        checks.source_line,
        checks.source_cell,
        figures.cell_char_start,
        figures.cell_text,
        figures.printed,
        figures.statement,
        figures.role,
        figures.source_locator,
        rows.row_key,
        rows.measure_published
    from marts.fct_consistency_checks as checks
    inner join (
        select landed.*, cells.source_locator, cells.text_published as cell_text
        from landed.landed_figures as landed
        left join landed.landed_cells as cells using (cell_id)
    ) as figures using (figure_id)
    left join landed.landed_rows as rows
        on figures.report_indicator_id = rows.report_indicator_id
    where checks.report_id = ?
    order by checks.source_line, cast(figures.char_start as integer), checks.family
"""


@dataclass(frozen=True, slots=True)
class Check:
    """One claim and family as the audit judges it, with what a person needs to find it."""

    figure_id: str
    root_check_id: str
    is_root: bool
    family: str
    verdict: str
    check_certainty: str
    likely_cause: str | None
    explanation: str
    flips_decision: bool
    stated_value: float | None
    expected_low: float | None
    expected_high: float | None
    source_line: int
    source_cell: str
    cell_char_start: str
    cell_text: str | None
    printed: str
    statement: str
    role: str
    source_locator: str | None
    row_key: str | None
    measure_published: str | None

    @property
    def place(self) -> str:
        """Where it stands, for the person who wrote it."""
        where = self.source_locator or f"line {self.source_line}"
        if not self.row_key:
            return where
        ref, _, number = self.row_key.partition("~")
        if number:  # a further row under the same ref
            ref = f"{ref} (its row {number})"
        if ref.startswith("row-"):  # the table prints no refs
            ref = f"row {ref[4:]} of all"
        return f"{ref}, {where}"

    @property
    def at(self) -> int:
        """Where the number stands in its statement; -1 when that cannot be told."""
        begins = (self.cell_text or "").find(self.statement)
        if begins >= 0 and self.cell_char_start.isdecimal():
            at = int(self.cell_char_start) - begins
            if at >= 0 and self.statement.startswith(self.printed, at):
                return at
        return -1


@dataclass(frozen=True, slots=True)
class Audit:
    """What the audit says of one report."""

    checks: tuple[Check, ...]

    @property
    def worst(self) -> dict[str, str]:
        """The worst verdict of each claim, by figure."""
        worst: dict[str, str] = {}
        for check in self.checks:
            before = worst.get(check.figure_id, VERDICTS[0])
            worst[check.figure_id] = max(before, check.verdict, key=VERDICTS.index)
        return worst

    @property
    def testable(self) -> int:
        """How many claims can be checked."""
        return sum(verdict != "untestable" for verdict in self.worst.values())

    @property
    def holding(self) -> int:
        """How many of them add up, in whatever way is not an error."""
        return sum(v not in ("untestable", "inconsistent") for v in self.worst.values())

    @property
    def contradictions(self) -> tuple[Check, ...]:
        """What does not add up, one check a slip, in the order a person should look at them.

        Those that change a decision come first, then what is sure, then as they stand.
        """
        wrong = [check for check in self.checks if check.verdict == "inconsistent"]
        told = {check.root_check_id for check in wrong if check.is_root}
        return tuple(
            sorted(
                (c for c in wrong if c.is_root or c.root_check_id not in told),
                key=lambda c: (
                    not c.flips_decision,
                    c.check_certainty != "definite",
                    c.source_line,
                ),
            )
        )

    @property
    def unprinted(self) -> tuple[Check, ...]:
        """Claims that rest on a number the report does not print."""
        return tuple(check for check in self.checks if check.verdict == "needs_unprinted_base")

    def following(self, check: Check) -> tuple[Check, ...]:
        """Other claims that go wrong by the same slip."""
        return tuple(
            other
            for other in self.checks
            if other.root_check_id == check.root_check_id
            and other.figure_id != check.figure_id
            and other.verdict == "inconsistent"
        )


def audit_of(understood: Understood, reports: Path, root: Path = ROOT) -> Audit:
    """The audit of a report that has not been added.

    Parameters
    ----------
    understood
        The report.
    reports
        The folder of the reports it is checked among; it is not touched.
    root
        The dbt project; it is not touched either.

    Raises
    ------
    IngestError
        If the audit cannot be run.
    """
    with tempfile.TemporaryDirectory(prefix="audit-") as name:
        place = Path(name)
        made = prepare(understood, reports, place)
        project = place / "project"
        _copy_project(root, made / "seeds", project)
        _build(project)
        return Audit(tuple(_read(project / _DATABASE, understood.entry.report_id)))


def _copy_project(root: Path, landed: Path, project: Path) -> None:
    for name in _PROJECT:
        original, copy = root / name, project / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        if original.is_dir():
            shutil.copytree(original, copy, ignore=shutil.ignore_patterns("landed_*.csv"))
        elif original.exists():
            shutil.copyfile(original, copy)
    for seed in landed.glob("*.csv"):
        place = project / "seeds" / "landed" / seed.name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(seed, place)


def _build(project: Path) -> None:
    # dbt has one way of being run; it takes seconds to load, and reading reports needs none of it.
    from pipeline.dbt_run import Dbt
    from pipeline.errors import PipelineError

    try:
        Dbt(project, {}).build(data_tests=False, select=_SELECTED)
    except PipelineError as error:
        # Where it was tried is gone by the time anybody reads this.
        told = [line for line in error.details if str(project) not in line]
        said = " ".join(" ".join([str(error), *told]).split())
        raise IngestError(f"the claims could not be checked: {said[:500]}") from error


def _read(database: Path, report_id: str) -> Iterator[Check]:
    import duckdb

    with duckdb.connect(str(database), read_only=True) as connection:
        found: Sequence[tuple[Any, ...]] = connection.execute(_QUERY, [report_id]).fetchall()
        columns = [column[0] for column in connection.description or ()]
    for values in found:
        yield Check(**dict(zip(columns, values, strict=True)))
