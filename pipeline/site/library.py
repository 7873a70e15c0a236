"""The marts, read once and indexed for the pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.export import Table
from pipeline.marts import Marts, Record
from pipeline.site.formats import file_name
from pipeline.words import VERDICTS, WORST_FIRST

Groups = Mapping[Any, Sequence[Record]]


def grouped(rows: Iterable[Record], key: str | Callable[[Record], Any]) -> dict[Any, list[Record]]:
    """Group rows by a column, or by what a function gives, in their order."""
    found: dict[Any, list[Record]] = defaultdict(list)
    for row in rows:
        found[row[key] if isinstance(key, str) else key(row)].append(row)
    return found


def keyed(rows: Iterable[Record], key: str) -> dict[Any, Record]:
    """Index rows by their key."""
    return {row[key]: row for row in rows}


def file_names(ids: Iterable[str]) -> dict[str, str]:
    """Give every id a file name of its own; ids that differ in signs only are numbered."""
    taken: set[str] = set()
    names = {}
    for identifier in ids:
        stem = name = file_name(identifier)
        number = 2
        while name in taken:
            name = f"{stem}-{number}"
            number += 1
        taken.add(name)
        names[identifier] = f"{name}.html"
    return names


def anchor(record: Record) -> str:
    """Name the place of a figure on its report's page: "f-33-120"."""
    return f"f-{record['source_line']}-{record['char_start']}"


@dataclass(slots=True)
class Library:
    """Everything the pages show, by the keys they ask for.

    Attributes
    ----------
    reports, indicators, areas, plans, series, periods, rows, figures, checks
        The rows of the dimensions and facts by their key.
    indicator_files, report_files
        The file names of pages by id.
    """

    tables: Mapping[str, Table]
    reports: dict[str, Record]
    indicators: dict[str, Record]
    areas: dict[str, Record]
    plans: dict[str, Record]
    organisations: dict[str, Record]
    series: dict[str, Record]
    periods: dict[str, Record]
    rows: dict[str, Record]
    figures: dict[str, Record]
    checks: dict[str, Record]
    timeline: Sequence[Record]
    matches: Sequence[Record]
    rows_of_report: Groups
    cells_of_row: Groups
    figures_of_cell: Groups
    figures_of_report: Groups
    checks_of_figure: Groups
    checks_of_report: Groups
    checks_under: Groups
    inputs_of_check: Groups
    uses_of_figure: Groups
    timeline_of_indicator: Groups
    matches_of_row: Groups
    matches_of_indicator: Groups
    baselines_of_indicator: Groups
    targets_of_indicator: Groups
    statuses_of_indicator: Groups
    outcomes_of_indicator: Groups
    gaps_of_indicator: Groups
    gaps_of_cell: Groups
    statuses_of_cell: Groups
    outcomes_of_cell: Groups
    indicator_files: dict[str, str] = field(default_factory=dict)
    report_files: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, marts: Marts) -> Library:
        """Read and index the marts."""
        reports = sorted(
            marts.rows("dim_reports"),
            key=lambda row: (row["area"], row["financial_year"], row["as_at_quarter"]),
        )
        figures = sorted(
            marts.rows("fct_figures"),
            key=lambda row: (row["report_id"], row["source_line"], row["char_start"]),
        )
        rows = sorted(
            marts.rows("bridge_report_indicators"),
            key=lambda row: (row["report_id"], row["row_number"], row["report_indicator_id"]),
        )
        cells = sorted(
            marts.rows("fct_cells"),
            key=lambda row: (row["report_id"], row["first_line"], _char_start(row["cell_id"])),
        )
        checks = sorted(
            marts.rows("fct_consistency_checks"),
            key=lambda row: (row["report_id"], row["source_line"], row["check_id"]),
        )
        inputs = marts.rows("fct_consistency_check_inputs")
        timeline = sorted(
            marts.rows("indicator_timeline"),
            key=lambda row: (row["area_id"], row["series_id"], row["period_sort_key"]),
        )
        matches = marts.rows("bridge_indicator_matches")
        gaps = marts.rows("fct_data_gaps")
        statuses = marts.rows("fct_statuses")
        outcomes = marts.rows("fct_target_outcomes")
        indicators = sorted(marts.rows("dim_indicators"), key=lambda row: row["indicator_name"])
        return cls(
            tables=marts.tables,
            reports=keyed(reports, "report_id"),
            indicators=keyed(indicators, "indicator_id"),
            areas=keyed(marts.rows("dim_areas"), "area_id"),
            plans=keyed(marts.rows("dim_plans"), "plan_id"),
            organisations=keyed(marts.rows("dim_organisations"), "organisation_id"),
            series=keyed(marts.rows("dim_series"), "series_id"),
            periods=keyed(marts.rows("dim_periods"), "period_id"),
            rows=keyed(rows, "report_indicator_id"),
            figures=keyed(figures, "figure_id"),
            checks=keyed(checks, "check_id"),
            timeline=timeline,
            matches=matches,
            rows_of_report=grouped(rows, "report_id"),
            cells_of_row=grouped(cells, "report_indicator_id"),
            figures_of_cell=grouped(figures, "cell_id"),
            figures_of_report=grouped(figures, "report_id"),
            checks_of_figure=grouped(checks, "figure_id"),
            checks_of_report=grouped(checks, "report_id"),
            checks_under=grouped(
                (check for check in checks if check["root_check_id"]), "root_check_id"
            ),
            inputs_of_check=grouped(inputs, "check_id"),
            uses_of_figure=grouped(inputs, "figure_id"),
            timeline_of_indicator=grouped(timeline, "indicator_id"),
            matches_of_row=grouped(matches, "report_indicator_id"),
            matches_of_indicator=grouped(matches, "indicator_id"),
            baselines_of_indicator=grouped(marts.rows("fct_baselines"), "indicator_id"),
            targets_of_indicator=grouped(marts.rows("fct_targets"), "indicator_id"),
            statuses_of_indicator=grouped(statuses, "indicator_id"),
            outcomes_of_indicator=grouped(outcomes, "indicator_id"),
            gaps_of_indicator=grouped(gaps, "indicator_id"),
            gaps_of_cell=grouped(gaps, "cell_id"),
            statuses_of_cell=grouped(statuses, "cell_id"),
            outcomes_of_cell=grouped(outcomes, "cell_id"),
            indicator_files=file_names(row["indicator_id"] for row in indicators),
            report_files=file_names(row["report_id"] for row in reports),
        )

    def worst_verdict(self, figure_id: str) -> str | None:
        """Say how a figure that is a claim came out: the worst of its checks, None if none."""
        verdicts = {check["verdict"] for check in self.checks_of_figure.get(figure_id, ())}
        return next((verdict for verdict in WORST_FIRST if verdict in verdicts), None)

    def flips_decision(self, figure_id: str) -> bool:
        """Say whether putting a figure right would turn a decision, by any of its checks."""
        return any(check["flips_decision"] for check in self.checks_of_figure.get(figure_id, ()))

    def verdict_counts(self, figures: Iterable[Record]) -> dict[str, int]:
        """Count the claims among some figures by their worst verdict, in the contract's order."""
        counts = dict.fromkeys(VERDICTS, 0)
        for figure in figures:
            verdict = self.worst_verdict(figure["figure_id"])
            if verdict:
                counts[verdict] += 1
        return counts

    def figure_link(self, figure_id: str | None, root: str) -> str | None:
        """Link to the place of a figure in its report; None where it is not published."""
        figure = self.figures.get(figure_id or "")
        if figure is None:
            return None
        return f"{root}reports/{self.report_files[figure['report_id']]}#{anchor(figure)}"

    def period(self, record: Record) -> str:
        """Name the period of a fact."""
        period = self.periods.get(record["period_id"] or "unknown")
        if period is None or period["period_id"] == "unknown":
            return "period not stated"
        return str(period["period_label"])

    def report_name(self, report_id: str, *, within: str | None = None) -> str:
        """Name a report shortly: "Stockton-on-Tees, Quarter 3 2012/13".

        Where the area is plain already (``within`` is its name) it is left out.
        """
        report = self.reports[report_id]
        name = f"Quarter {report['as_at_quarter']} {report['financial_year']}"
        return name if report["area"] == within else f"{report['area']}, {name}"


def _char_start(cell_id: str) -> int:
    """Where in its line a cell begins, from its id ("report_id:first_line:char_start")."""
    last = cell_id.rpartition(":")[2]
    return int(last) if last.isdigit() else 0
