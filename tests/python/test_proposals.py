"""The nearest indicators for rows nobody has mapped yet: of help, and quiet when lost."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.model import IngestError
from ingest.proposals import (
    COLUMNS,
    LOWEST_SCORE,
    PROPOSED_AT_MOST,
    KnownIndicator,
    known_indicators,
    match_proposals,
    propose,
    words_of,
)

SEEDS = Path(__file__).parents[2] / "seeds"
REFERENCE = SEEDS / "reference"


def read(name: str, folder: Path = REFERENCE) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


KNOWN = known_indicators(read("indicators.csv"), [], {})


def ids(measure: str) -> list[str]:
    return [proposal.indicator_id for proposal in propose(measure, KNOWN)]


@pytest.mark.parametrize(
    "measure, words",
    [
        ("Reduce the number of", ()),
        ("Monitor the number of burglaries. Baseline: 120 offences in 2011/12", ("burglar",)),
        ("ASB repeat callers", ("anti", "social", "behaviour", "repeat", "call")),
        ("HCCs", ("high", "crim", "caus")),
        ("Use of section 27 notices", ("section", "27", "notic")),
        ("27 notices", ("notic",)),
        ("Violence without injury", ("violenc", "without", "injur")),
        ("re-offending", ("reoffend",)),
        ("", ()),
    ],
)
def test_only_words_that_say_what_is_measured_count(measure: str, words: tuple[str, ...]) -> None:
    assert words_of(measure) == words


@pytest.mark.parametrize(
    "measure, first",
    [
        ("Number of robberies", "robbery_offences"),
        ("Total recorded crime", "overall_crime"),
        ("VWI", "violence_with_injury"),
        ("Reduce violence without injury", "violence_without_injury"),
        (
            "Reduce the number of repeat victims of criminal damage",
            "repeat_victims_criminal_damage",
        ),
        ("Anti-social behaviour incidents recorded by the police", "police_recorded_asb_incidents"),
        ("Anti-social behavlour lncidents recorded by police", "police_recorded_asb_incidents"),
        ("Section 27 directions to leave", "section_27_notices"),
        ("Number of hate crimes", "hate_incidents_reported"),
        ("Deliberate vehicle fires per quarter", "deliberate_vehicle_fires"),
    ],
)
def test_a_measure_in_other_words_finds_its_indicator_first(measure: str, first: str) -> None:
    assert ids(measure)[0] == first


@pytest.mark.parametrize(
    "measure",
    [
        "",
        "   ",
        "2011/12",
        "Reduce the number of",
        "Tonnes of waste sent to landfill",
        "Library visits per 1,000",
        "Shoplifting",
        "People killed or seriously hurt on the roads",
    ],
)
def test_nothing_is_proposed_for_what_no_indicator_resembles(measure: str) -> None:
    assert propose(measure, KNOWN) == ()


def test_nothing_is_proposed_where_nothing_is_known() -> None:
    assert propose("Robbery", []) == ()
    assert propose("Robbery", [KnownIndicator("empty", ("", "the number of"))]) == ()


def test_the_measures_of_mapped_rows_lend_their_words() -> None:
    judgements = [
        {
            "report_id": "r",
            "row_key": "1",
            "series_id": "",
            "indicator_id": "robbery_offences",
            "match_type": "exact_match",
        },
        {
            "report_id": "r",
            "row_key": "2",
            "series_id": "",
            "indicator_id": "robbery_offences",
            "match_type": "related_match",
        },
    ]
    measures = {("r", "1"): "Muggings", ("r", "2"): "Pickpockets"}
    known = known_indicators(read("indicators.csv"), judgements, measures)
    assert [each.indicator_id for each in propose("Fewer muggings", known)] == ["robbery_offences"]
    assert propose("Fewer pickpockets", known) == ()


@given(st.text(), st.randoms())
def test_proposals_are_few_ordered_and_the_same_in_any_order_of_indicators(
    measure: str, order: random.Random
) -> None:
    proposals = propose(measure, KNOWN)
    assert len(proposals) <= PROPOSED_AT_MOST
    assert all(LOWEST_SCORE <= proposal.score <= 100 for proposal in proposals)
    keys = [(-proposal.score, proposal.indicator_id) for proposal in proposals]
    assert keys == sorted(keys)
    shuffled = list(KNOWN)
    order.shuffle(shuffled)
    assert propose(measure, shuffled) == proposals


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.indicator_id)
def test_every_indicator_is_found_by_its_own_name(known: KnownIndicator) -> None:
    best = propose(known.texts[0], KNOWN)
    assert known.indicator_id in [proposal.indicator_id for proposal in best]
    assert best[0].score >= 90


def row(report_id: str, row_key: str, measure: str) -> dict[str, str]:
    return {
        "report_indicator_id": f"{report_id}:{row_key}",
        "report_id": report_id,
        "row_key": row_key,
        "measure": measure,
    }


def test_only_rows_without_a_judgement_get_proposals() -> None:
    mapped = row("stockton_2014_15_q4", "2.3", "Maintain a reduction in robbery")
    rows = [
        row("somewhere", "2", "Robbery of the person"),
        mapped,
        row("somewhere", "10", "Library visits"),
    ]
    proposed = match_proposals(rows, REFERENCE)
    assert proposed == sorted(proposed)
    assert {line[0] for line in proposed} == {"somewhere:2"}
    first = dict(zip(COLUMNS, proposed[0], strict=True))
    assert first["rank"] == "1"
    assert first["indicator_id"] == "robbery_offences"
    assert match_proposals([mapped], REFERENCE) == []


def test_without_reference_seeds_nothing_is_proposed(tmp_path: Path) -> None:
    assert match_proposals([row("somewhere", "1", "Robbery")], tmp_path) == []


@pytest.mark.parametrize(
    "content, said",
    [
        (b"report_id,row_key\n", "no column indicator_id, match_type, series_id"),
        (b"", "no column"),
        (b"\xff\xfe\x00", "not a CSV file in UTF-8"),
    ],
)
def test_a_damaged_crosswalk_is_said_in_one_line(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "crosswalk.csv").write_bytes(content)
    with pytest.raises(IngestError, match=said) as raised:
        match_proposals([row("somewhere", "1", "Robbery")], tmp_path)
    assert "crosswalk.csv" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_report_unknown_to_the_crosswalk_finds_most_of_its_indicators() -> None:
    """Each report in turn is taken for a new one; four rows in five find what a person chose."""
    judgements = read("crosswalk.csv")
    chosen = {
        (judgement["report_id"], judgement["row_key"]): judgement["indicator_id"]
        for judgement in judgements
        if judgement["match_type"] in ("exact_match", "close_match") and not judgement["series_id"]
    }
    landed = read("landed_rows.csv", SEEDS / "landed")
    rows = [row for row in landed if (row["report_id"], row["row_key"]) in chosen]
    found = 0
    for report_id in sorted({row["report_id"] for row in rows}):
        others = {
            (row["report_id"], row["row_key"]): row["measure"]
            for row in rows
            if row["report_id"] != report_id
        }
        known = known_indicators(read("indicators.csv"), judgements, others)
        for asked in rows:
            if asked["report_id"] == report_id:
                near = [each.indicator_id for each in propose(asked["measure"], known)]
                found += chosen[report_id, asked["row_key"]] in near
    assert found >= 0.8 * len(rows)
