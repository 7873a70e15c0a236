"""The hand-made seeds hold together: keys, codes, ids, order, and a judgement for every row."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Final

import pytest
import yaml

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "seeds" / "reference"
LANDED_ROWS = ROOT / "seeds" / "landed" / "landed_rows.csv"
MANIFEST = ROOT / "ingest" / "reports" / "manifest.yml"

KEYS: Final = {
    "areas": ("area_id",),
    "crosswalk": ("report_id", "row_key", "series_id", "indicator_id"),
    "gap_reasons": ("reason",),
    "indicator_breaks": ("indicator_id", "area_id", "break_on"),
    "indicators": ("indicator_id",),
    "known_discrepancies": ("report_id", "source_line", "char_start", "family"),
    "organisation_labels": ("label",),
    "organisations": ("organisation_id",),
    "plans": ("plan_id",),
    "series": ("series_id",),
    "series_labels": ("label",),
    "status_symbols": ("status_printed",),
}

CODES: Final = {
    ("areas", "area_type"): {"borough", "ward", "neighbourhood", "street"},
    ("crosswalk", "match_type"): {
        "exact_match",
        "close_match",
        "broad_match",
        "narrow_match",
        "related_match",
    },
    ("gap_reasons", "obs_status"): {"L", "M", "O"},
    ("indicators", "additivity"): {"additive", "non_additive"},
    ("indicators", "theme"): {
        "alcohol",
        "anti_social_behaviour",
        "criminal_damage",
        "domestic_abuse",
        "drugs",
        "fires",
        "overall_crime",
        "partnership",
        "reoffending",
        "violence_and_robbery",
        "vulnerable_people",
    },
    # Empty for progress that is reported in words only.
    ("indicators", "usual_unit"): {
        "count",
        "percent",
        "rate_per_1000",
        "rank",
        "average",
        "days",
        "",
    },
    ("status_symbols", "certainty"): {"stated", "inferred", "ambiguous"},
    ("status_symbols", "status"): {"green", "amber", "red", "no_data", "unclear"},
}

REFERENCES: Final = [
    ("areas", "parent_area_id", "areas", "area_id"),
    ("crosswalk", "indicator_id", "indicators", "indicator_id"),
    ("crosswalk", "series_id", "series", "series_id"),
    ("indicator_breaks", "area_id", "areas", "area_id"),
    ("indicator_breaks", "indicator_id", "indicators", "indicator_id"),
    ("organisation_labels", "organisation_id", "organisations", "organisation_id"),
    ("series", "area_id", "areas", "area_id"),
    ("series_labels", "series_id", "series", "series_id"),
]

IDS: Final = [
    ("areas", "area_id"),
    ("gap_reasons", "reason"),
    ("indicators", "indicator_id"),
    ("organisations", "organisation_id"),
    ("plans", "plan_id"),
    ("series", "series_id"),
]

LABELS: Final = [
    ("organisation_labels", "label"),
    ("series_labels", "label"),
    ("status_symbols", "status_printed"),
]

SAME: Final = ("exact_match", "close_match")


def read_file(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read(name: str) -> list[dict[str, str]]:
    return read_file(REFERENCE / f"{name}.csv")


def values(name: str, column: str) -> set[str]:
    return {row[column] for row in read(name)}


def test_the_folder_holds_these_seeds_and_no_others() -> None:
    assert {path.stem for path in REFERENCE.glob("*.csv")} == set(KEYS)


@pytest.mark.parametrize("name", KEYS)
def test_a_seed_is_plain_text_with_full_lines(name: str) -> None:
    raw = (REFERENCE / f"{name}.csv").read_bytes()
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    assert not raw.startswith(b"\xef\xbb\xbf")
    header, *lines = list(csv.reader(raw.decode("utf-8").splitlines()))
    assert all(len(line) == len(header) for line in lines)
    assert all(cell == cell.strip() for line in lines for cell in line)


@pytest.mark.parametrize("name, key", KEYS.items())
def test_keys_are_unique_and_in_order(name: str, key: tuple[str, ...]) -> None:
    keys = [tuple(row[column] for column in key) for row in read(name)]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("name, column", CODES)
def test_codes_come_from_their_lists(name: str, column: str) -> None:
    assert values(name, column) <= CODES[name, column]


@pytest.mark.parametrize("name, column, known_name, known_column", REFERENCES)
def test_every_id_is_known(name: str, column: str, known_name: str, known_column: str) -> None:
    assert values(name, column) - {""} <= values(known_name, known_column)


@pytest.mark.parametrize("name, column", IDS)
def test_ids_are_slugs(name: str, column: str) -> None:
    assert not [each for each in values(name, column) if not re.fullmatch(r"[a-z0-9_]+", each)]


@pytest.mark.parametrize("name, column", LABELS)
def test_labels_are_in_lower_case_with_single_blanks(name: str, column: str) -> None:
    assert not [each for each in values(name, column) if each != " ".join(each.lower().split())]


def test_labels_that_differ_only_in_blanks_or_case_are_one() -> None:
    names = [row["area_name"].lower() for row in read("areas")]
    also = [label for row in read("areas") for label in row["area_names_also"].split(";") if label]
    counted = Counter(names + also)
    assert max(counted.values()) == 1


def test_places_lie_directly_within_a_borough() -> None:
    types = {row["area_id"]: row["area_type"] for row in read("areas")}
    for row in read("areas"):
        if row["area_type"] == "borough":
            assert not row["parent_area_id"]
        else:
            assert types[row["parent_area_id"]] == "borough"


def test_series_names_are_labels_of_their_series() -> None:
    series_of = {row["label"]: row["series_id"] for row in read("series_labels")}
    for row in read("series"):
        assert series_of.get(row["series_name"].lower(), row["series_id"]) == row["series_id"]
    assert values("series", "series_id") == set(series_of.values())


def test_a_row_or_series_has_at_most_one_exact_or_close_match() -> None:
    same = Counter(
        (row["report_id"], row["row_key"], row["series_id"])
        for row in read("crosswalk")
        if row["match_type"] in SAME
    )
    assert max(same.values()) == 1


def test_every_row_of_the_crosswalk_has_an_indicator_as_a_whole() -> None:
    rows = {(row["report_id"], row["row_key"]) for row in read("crosswalk")}
    same = {
        (row["report_id"], row["row_key"])
        for row in read("crosswalk")
        if row["match_type"] in SAME and not row["series_id"]
    }
    assert rows == same


def test_every_indicator_is_the_indicator_of_some_row_or_has_a_broader_role() -> None:
    assert values("indicators", "indicator_id") == values("crosswalk", "indicator_id")


def test_planned_exits_and_completions_over_everyone_are_never_one_line() -> None:
    line = {
        (row["report_id"], row["row_key"])
        for row in read("crosswalk")
        if row["indicator_id"] == "planned_exits_drug_treatment" and row["match_type"] in SAME
    }
    assert line == {
        ("derby_2011_12_q1", "CNP PM7"),
        ("stockton_2011_12_q2", "4.3"),
        ("stockton_2012_13_q3", "4.2"),
    }


@pytest.mark.parametrize(
    "indicator_id, refs",
    [
        ("criminal_damage_offences", ["5.1", "5.1", "4.1"]),
        ("repeat_victims_criminal_damage", ["5.3", "5.2", "4.2"]),
        ("section_27_notices", ["2.1", "2.1", "5.4"]),
        ("marac_repeat_harbour_engagement_rate", ["3.4", "3.4", "6.2"]),
    ],
)
def test_renumbered_rows_keep_their_indicator(indicator_id: str, refs: list[str]) -> None:
    found = [
        row["row_key"]
        for row in read("crosswalk")
        if row["indicator_id"] == indicator_id
        and row["match_type"] in SAME
        and not row["series_id"]
    ]
    assert found == refs


@pytest.mark.parametrize("name, column", [("crosswalk", "reason"), ("indicators", "definition")])
def test_sentences_are_whole(name: str, column: str) -> None:
    assert all(re.fullmatch(r"[A-Z].+\.", row[column]) for row in read(name))


def test_days_are_days() -> None:
    for row in read("crosswalk"):
        date.fromisoformat(row["reviewed_on"])
    for row in read("indicator_breaks"):
        date.fromisoformat(row["break_on"])


def test_reports_fall_within_the_years_of_their_plan() -> None:
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    known = {(row["area"], row["plan"]): row for row in read("plans")}
    for report in manifest["reports"]:
        if row := known.get((report["area"], report["plan"])):
            assert row["first_year"] <= report["financial_year"][:4] <= row["last_year"]


def test_no_row_of_a_report_in_the_crosswalk_was_forgotten_or_made_up() -> None:
    landed = {(row["report_id"], row["row_key"]) for row in read_file(LANDED_ROWS)}
    mapped = {(row["report_id"], row["row_key"]) for row in read("crosswalk")}
    reports = {report_id for report_id, _ in landed} & {report_id for report_id, _ in mapped}
    assert {row for row in landed if row[0] in reports} == {
        row for row in mapped if row[0] in reports
    }
