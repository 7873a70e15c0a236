"""How far the two annotations of the five reports agree, and what was decided where they do not.

Run ``python -m tests.accuracy.agreement``; it fails when ``annotation_rules.md`` says otherwise.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
RULES: Final = HERE / "annotation_rules.md"
ATTRIBUTES: Final = (
    "offsets", "role", "series", "unit", "basis", "period", "value", "comparator", "certainty",
)  # fmt: skip
Row = dict[str, str]
Key = tuple[str, int, int, int]


def read(folder: str) -> dict[Key, Row]:
    """One annotation, by report and offsets."""
    rows: dict[Key, Row] = {}
    for path in sorted((HERE / "annotations" / folder).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                start, end = int(row["char_start"]), int(row["char_end"])
                rows[row["report_id"], int(row["source_line"]), start, end] = row
    return rows


def reading(row: Row, attribute: str) -> object:
    """What one annotator says of one attribute, in a form that compares equal when it is."""
    if attribute == "period":
        return row["period_start"], row["period_end"]
    if attribute == "value":
        return Decimal(row["value"]) if row["value"] else None
    return row[attribute]


def kappa(pairs: list[tuple[object, object]]) -> float:
    """Cohen's kappa: agreement beyond what chance would give with each one's own frequencies.

    Examples
    --------
    >>> kappa([("a", "a"), ("b", "b"), ("a", "b"), ("b", "a")])
    0.0
    """
    count = len(pairs)
    observed = sum(left == right for left, right in pairs) / count
    lefts = Counter(left for left, _ in pairs)
    rights = Counter(right for _, right in pairs)
    expected = sum(lefts[code] * rights[code] for code in lefts) / count**2
    return 1.0 if expected == 1 else (observed - expected) / (1 - expected)


def table() -> str:
    """The agreement as the table that stands in the page of rules."""
    first, second = read("first"), read("second")
    both = sorted(set(first) & set(second))
    lines = ["| attribute | agree | of | share | Cohen's kappa |", "|---|---:|---:|---:|---:|"]
    for attribute in ATTRIBUTES:
        if attribute == "offsets":
            agree, total, beyond = len(both), len(set(first) | set(second)), "–"
        else:
            pairs = [(reading(first[k], attribute), reading(second[k], attribute)) for k in both]
            agree, total = sum(left == right for left, right in pairs), len(pairs)
            beyond = f"{kappa(pairs):.3f}"
        lines.append(f"| {attribute} | {agree} | {total} | {agree / total:.3f} | {beyond} |")
    return "\n".join(lines)


def main() -> int:
    """Print the table; 1 when the page of rules prints another."""
    now = table()
    print(now)
    page = RULES.read_text(encoding="utf-8")
    said = page.split("<!-- agreement -->\n")[1].split("\n<!-- /agreement -->")[0]
    if said != now:
        print("annotation_rules.md prints other numbers: put this table into it", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
