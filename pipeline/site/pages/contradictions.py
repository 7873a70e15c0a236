"""Claims checked: what adds up, then the findings one by one.

A finding is a claim that does not add up as printed, or one that does and would still turn a
decision if like were set against like.
"""

from __future__ import annotations

from typing import Any

from pipeline.marts import Record
from pipeline.site import quotes
from pipeline.site.library import Library, grouped
from pipeline.site.pages.overview import summary
from pipeline.site.pages.report import check_shown
from pipeline.words import CAUSES, CHECK_CERTAINTIES, FAMILIES, VERDICTS, said

ROOT = ""
OTHERS = ("consistent_if", "needs_unprinted_base", "untestable")


def context(library: Library) -> dict[str, Any]:
    """Gather the page."""
    findings = [
        _finding(library, check)
        for check in library.checks.values()
        if _is_finding(check) and _root(library, check) == check["check_id"]
    ]
    # What flips a decision comes first; then in the order of the reports and their lines.
    findings.sort(key=lambda finding: (not finding["flips"], finding["order"]))
    return {
        "summary": summary(library.verdict_counts(library.figures.values())),
        "families": _families(library),
        "findings": findings,
        "flips": sum(finding["flips"] for finding in findings),
        "contrary": sum(finding["check"]["verdict"] == "inconsistent" for finding in findings),
        "filters": {
            "report": _options(
                findings, "report_id", {key: library.report_name(key) for key in library.reports}
            ),
            "family": _options(findings, "family_code", FAMILIES),
            "certainty": _options(findings, "certainty_code", CHECK_CERTAINTIES),
            "cause": _options(findings, "cause_code", CAUSES),
        },
        "others": [
            {
                "code": code,
                "verdict": VERDICTS[code],
                "checks": [
                    _finding(library, check)
                    for check in library.checks.values()
                    if check["verdict"] == code
                ],
            }
            for code in OTHERS
        ],
    }


def _is_finding(check: Record) -> bool:
    return bool(check["verdict"] == "inconsistent" or check["flips_decision"])


def _root(library: Library, check: Record) -> str:
    """Name the finding a check belongs to: its own, unless its root is a finding too."""
    root = library.checks.get(check["root_check_id"] or "")
    if root is None or not _is_finding(root):
        return str(check["check_id"])
    return str(root["check_id"])


def _finding(library: Library, check: Record) -> dict[str, Any]:
    figure = library.figures[check["figure_id"]]
    row = library.rows.get(check["report_indicator_id"] or "")
    indicator = library.indicators.get(check["indicator_id"] or "")
    under = [
        other
        for other in library.checks_under.get(check["check_id"], ())
        if other["check_id"] != check["check_id"] and _is_finding(other)
    ]
    shown = check_shown(library, check, ROOT)
    reports = list(library.reports)
    return {
        **shown,
        "figure": figure,
        "row": row,
        "report_id": check["report_id"],
        "report": library.report_name(check["report_id"]),
        "family_code": check["family"],
        "certainty_code": check["check_certainty"] or "",
        "cause_code": check["likely_cause"] or "",
        "flips": bool(check["flips_decision"] or any(other["flips_decision"] for other in under)),
        "link": library.figure_link(check["figure_id"], ROOT),
        "indicator": indicator,
        "indicator_file": library.indicator_files.get(check["indicator_id"] or ""),
        "under": [
            check_shown(library, other, ROOT)
            | {
                "figure": library.figures[other["figure_id"]],
                "link": library.figure_link(other["figure_id"], ROOT),
            }
            for other in under
        ],
        "quote": quotes.of_figure(library, figure),
        "order": (reports.index(check["report_id"]), figure["source_line"], figure["char_start"]),
    }


def _options(
    findings: list[dict[str, Any]], key: str, names: dict[str, str]
) -> list[dict[str, Any]]:
    """List the values of a filter, in the usual order of their names, with their counts."""
    counts = grouped(findings, key)
    order = list(names)
    return [
        {"code": code, "name": names.get(code, said(code)) or "not said", "count": len(members)}
        for code, members in sorted(
            counts.items(),
            key=lambda item: (order.index(item[0]) if item[0] in order else len(order), item[0]),
        )
    ]


def _families(library: Library) -> list[dict[str, Any]]:
    """Count checks by family: how many hold, first."""
    rows = []
    by_family = grouped(library.checks.values(), "family")
    for family, name in {**FAMILIES, **{code: said(code) for code in by_family}}.items():
        checks = by_family.get(family)
        if not checks:
            continue
        contrary = sum(check["verdict"] == "inconsistent" for check in checks)
        untested = sum(check["verdict"] == "untestable" for check in checks)
        rows.append(
            {
                "name": FAMILIES.get(family, name),
                "checks": len(checks),
                "holds": len(checks) - contrary - untested,
                "contrary": contrary,
                "untested": untested,
            }
        )
    return rows
