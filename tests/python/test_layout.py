"""Lines become rows and cells: the five reports, invented layouts, header words, and any table."""

from __future__ import annotations

import csv
import datetime
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.layout import facts, read_document
from ingest.layout.headers import combine, resolve, understand
from ingest.model import IngestError, Line
from ingest.vocabulary import rows as row_words
from tests.python.reading import (
    LAYOUTS,
    REPORT_IDS,
    document,
    entry,
    lost_or_doubled,
    report,
    row_of,
    text_of,
)
from tests.python.write_layouts import COLUMNS, layouts, read, records

# the five reports ------------------------------------------------------------------------------


@pytest.mark.parametrize("report_id", REPORT_IDS)
def test_every_character_of_a_report_is_in_one_cell(report_id: str) -> None:
    assert lost_or_doubled(report(report_id)) == []


@pytest.mark.parametrize("report_id", REPORT_IDS)
def test_lines_can_be_rebuilt_from_the_cells(report_id: str) -> None:
    found = report(report_id)
    cells = [cell for row in found.rows for cell in row.cells] + list(found.loose)
    for line in found.lines:
        rebuilt = [" "] * len(line.text)
        for cell in cells:
            for segment in cell.segments:
                if segment.line == line.number:
                    rebuilt[segment.start : segment.end] = segment.text
        assert re.sub(r"\s", " ", line.text) == "".join(rebuilt)


@pytest.mark.parametrize(
    "report_id,tables,keys",
    [
        ("derby_2011_12_q1", 1, [f"CNP PM{n}" for n in range(1, 10)]),
        (
            "stockton_2011_12_q2",
            1,
            "1.1 1.2 1.3 2.1 2.2 2.3 3.1 3.2 3.3 3.4 4.1 4.2 4.3 4.4 5.1 5.2 5.3 6.1 6.2".split(),
        ),
        (
            "stockton_2012_13_q3",
            7,
            "1.1 1.2 1.3 2.1 2.2 2.3 3.1 3.2 3.3 3.4 4.1 4.2 4.3 5.1 5.2 6.1 6.2".split(),
        ),
        (
            "stockton_2014_15_q4",
            8,
            "1.1 1.2 1.3 1.4 2.1 2.2 2.3 3.1 3.2 3.3 4.1 4.2 5.1 5.2 5.3 5.4 5.5 6.1 6.2 "
            "6.3".split(),
        ),
        (
            "stockton_2019_20_q3",
            4,
            "1.1 1.1~2 1.2 1.3 1.4 1.5 1.6 1.7 2.1 2.2 2.3 2.4 3.1 3.2 3.4 3.4~2 4.1 4.2 4.2~2 4.3 "
            "4.5 4.6".split(),
        ),
    ],
)
def test_rows_of_the_reports(report_id: str, tables: int, keys: list[str]) -> None:
    found = report(report_id)
    assert found.table_count == tables
    assert [row.row_key for row in found.rows] == keys


def test_columns_of_the_reports() -> None:
    assert {report_id: report(report_id).layout for report_id in REPORT_IDS} == {
        "derby_2011_12_q1": "ref|measure|history:2008/09|history:2009/10|history:2010/11|"
        "comparator|target:2011/12|target:2012/13|target:2013/14|q1|q2|q3|q4|comments",
        "stockton_2011_12_q2": "section|ref|measure|q1|q2|q3|q4|comments",
        "stockton_2012_13_q3": "ref|measure|q1|q2|q3|q4|status|section",
        "stockton_2014_15_q4": "section|ref|measure|q1|q2|q3|q4|status",
        "stockton_2019_20_q3": "ref|measure|owner|q1|q2|q3|q4|trend",
    }


def test_a_cell_wrapped_over_many_lines_is_stitched_in_order() -> None:
    found = report("stockton_2014_15_q4")
    assert text_of(found, "5.4", "q3") == (
        "Sec 27 - 21 compared to 53 last year (-60.4%) (New ASB legislation changed in October "
        "2014 means that Section 27's are no longer exist with no replacement to purely address "
        "alcohol related crime and asb). Target can no longer be can no longer be monitored for "
        "this aspect. AS13 - 218 compared to 697 last year (- 68.8%) (Police forms not being "
        "received due to procedure changes)"
    )
    assert text_of(found, "6.2", "measure") == (
        "Increase the number of repeat victims in MARAC accessing support from Harbour Increase "
        "the take up support year on year Baseline from 2013/14 - 62%"
    )
    assert row_of(found, "5.4").first_line == 30
    assert row_of(found, "5.4").last_line == 47


def test_a_row_split_over_two_lines_is_one_row() -> None:
    found = report("stockton_2014_15_q4")
    text = text_of(found, "4.1", "q4")
    assert text is not None
    assert "(-5.7%). Also reduction of 207 crimes" in text
    assert (row_of(found, "4.1").first_line, row_of(found, "4.1").last_line) == (20, 21)


def test_a_status_on_the_second_line_of_three_belongs_to_its_row() -> None:
    found = report("stockton_2012_13_q3")
    assert text_of(found, "3.3", "status") == "_"
    assert (row_of(found, "3.3").first_line, row_of(found, "3.3").last_line) == (16, 18)


def test_a_label_stuck_to_a_damaged_ref_is_its_section() -> None:
    found = report("stockton_2012_13_q3")
    row = row_of(found, "1.2")
    assert [(cell.source_cell, cell.text) for cell in row.cells][:2] == [
        ("ref", "T.2"),
        ("section", "SOCIAL BEHAVIOUR TARGETS"),
    ]
    assert row.section == "SOCIAL BEHAVIOUR TARGETS"
    assert [warning.code for warning in found.warnings] == ["ref_repaired"]


def test_a_sub_row_with_a_measure_of_its_own_is_a_row() -> None:
    found = report("stockton_2019_20_q3")
    assert text_of(found, "1.1~2", "q1") == "2.8"
    assert row_of(found, "1.1~2").measure.startswith("Monitor the average number")
    assert text_of(found, "2.2", "q1") == (
        "June 18 / June 19 - 47.0% The rolling 12-month repeat rate has decreased by 0.5% compared "
        "to 47.5% last year"
    )
    assert [row.ref for row in found.rows if row.row_key.startswith("3.4")] == ["3.4", "3.4"]


def test_priorities_head_their_rows_and_outcomes_do_not() -> None:
    found = report("stockton_2019_20_q3")
    sections = {row.row_key: row.section for row in found.rows}
    assert sections["1.7"] == "Priority 1 REDUCE REOFFENDING BY THE MOST PROLIFIC OFFENDERS"
    assert sections["3.1"] == "Priority 3 REDUCE CRIME LINKED TO ALCOHOL AND DRUG MISUSE"
    assert sections["4.6"] == "Priority 4 Community Safety & Protection"
    loose = {cell.text: cell.source_cell for cell in found.loose}
    assert loose["Outcome"] == "section"
    assert loose["Year 3 - April 2019 to March 2020"] == "title"


def test_commentary_under_another_quarter_is_about_the_current_one() -> None:
    found = report("derby_2011_12_q1")
    cell = next(cell for cell in found.rows[2].cells if cell.source_cell == "comments")
    assert cell.header == "Commentary (* denotes current quarter) Q4"
    assert cell.window is not None
    assert (cell.window.basis, cell.window.start, cell.window.end) == (
        "quarter",
        datetime.date(2011, 4, 1),
        datetime.date(2011, 6, 30),
    )


def test_owners_are_inherited_within_a_table() -> None:
    found = report("stockton_2019_20_q3")
    owners = {row.row_key: (row.owner_printed, row.owner_certainty) for row in found.rows}
    assert (owners["1.3"][0] or "").startswith("DTV Community Rehabilitation Company- ")
    assert owners["1.3"][1] == "inferred"
    assert owners["4.2"] == ("SBC Community Protection Services", "inferred")
    assert owners["4.2~2"] == ("SBC Community Protection Services", "stated")
    assert all(owner == (None, None) for owner in (owners_of("stockton_2014_15_q4")))


def owners_of(report_id: str) -> list[tuple[str | None, str | None]]:
    """Owner and certainty of every row of a report."""
    return [(row.owner_printed, row.owner_certainty) for row in report(report_id).rows]


def test_only_the_marked_row_is_restricted() -> None:
    found = report("stockton_2019_20_q3")
    assert {row.row_key: row.marking_printed for row in found.rows if row.is_restricted} == {
        "4.1": "RESTRICTED"
    }
    assert text_of(found, "4.1", "ref") == "4.1 RESTRICTED"


# invented layouts ------------------------------------------------------------------------------


@pytest.mark.parametrize("name,financial_year,as_at_quarter", layouts())
def test_an_invented_layout_reads_as_expected(
    name: str, financial_year: str, as_at_quarter: int
) -> None:
    with (LAYOUTS / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        header, *expected = csv.reader(handle)
    assert tuple(header) == COLUMNS
    found = read(name, financial_year, as_at_quarter)
    assert [list(record) for record in records(found)] == expected
    assert lost_or_doubled(found) == []


def test_every_invented_layout_is_listed() -> None:
    assert {path.stem for path in LAYOUTS.glob("*.txt")} == {name for name, _, _ in layouts()}


# header words ----------------------------------------------------------------------------------

_HEADERS = {
    # refs and measures
    "No": "ref",
    "Ref": "ref",
    "PI Ref": "ref",
    "KPI Ref.": "ref",
    "Indicator No.": "ref",
    "Performance Measure": "measure",
    "Indicator": "measure",
    "Description": "measure",
    "PI Description": "measure",
    "Activities To Support This Priority": "measure",
    "Theme": "section",
    # quarters, however written
    "Qu 1": "q1",
    "Qtr1": "q1",
    "Q 2": "q2",
    "Quarter 1 Update": "q1",
    "Q1 Actual": "q1",
    "Q1 2013/14": "q1",
    "Quarter One": "q1",
    "1st Quarter": "q1",
    "Second Quarter": "q2",
    "Ouarter 1": "q1",
    "Apr-Jun": "q1",
    "July to September": "q2",
    "Jan - Mar 2014": "q4",
    "Oct 13 - Dec 13": "q3",
    # years and running totals
    "YTD": "year_total",
    "Year to Date": "year_total",
    "Year Total": "year_total",
    "Outturn": "year_total",
    "2013/14 Outturn": "year_total",
    "2012/13": "history:2012/13",
    "2011-12 Actual": "history:2011/12",
    "Previous Year's Outturn": "history:2012/13",
    "Out-turn 2010/11": "history:2010/11",
    "Last Year": "comparator",
    "Same quarter last year": "comparator",
    "Q2 2012/13": "comparator",
    "PYTD": "comparator",
    # targets
    "Target": "target:2013/14",
    "Target 2014/15": "target:2014/15",
    "2015-16 Target": "target:2015/16",
    "Annual Target": "target:2013/14",
    "Q1 target": "target:2013/14",
    # the rest
    "Baseline": "baseline",
    "Baseline 2010/11": "baseline",
    "3 year average": "baseline",
    "5 yr av.": "baseline",
    "MSG Average": "comparator",
    "Peers": "comparator",
    "National average": "comparator",
    "Variance": "variance",
    "% change on last year": "variance",
    "+/-": "variance",
    "Difference from baseline": "variance",
    "Direction of Travel": "trend",
    "DoT": "trend",
    "Trend": "trend",
    "Trend/RAG": "trend",
    "RAG": "status",
    "RAG Status": "status",
    "Status": "status",
    "On target?": "status",
    "RAG against target": "status",
    "Comments": "comments",
    "Commentary": "comments",
    "Comment on performance": "comments",
    "Latest Note": "comments",
    "Progress update": "comments",
    "Owner": "owner",
    "Lead Officer": "owner",
    "Data Collation": "owner",
    "Source of data": "owner",
    "Good is": "other:Good is",
    "Polarity": "other:Polarity",
    "Unit": "other:Unit",
    "Forecast outturn": "other:Forecast outturn",
    "April": "other:April",
    "Rolling 12 months": "other:Rolling 12 months",
}


@pytest.mark.parametrize("header,source_cell", _HEADERS.items())
def test_a_header_is_understood(header: str, source_cell: str) -> None:
    column = resolve(combine([header]), header, 0, entry("2013/14", 2))
    assert column.source_cell == source_cell


@pytest.mark.parametrize(
    "header,basis,start,end",
    [
        ("Q3", "quarter", "2013-10-01", "2013-12-31"),
        ("Q1 target", "quarter", "2013-04-01", "2013-06-30"),
        ("Target", "year", "2013-04-01", "2014-03-31"),
        ("YTD", "ytd", "2013-04-01", "2013-09-30"),
        ("2013/14", "ytd", "2013-04-01", "2013-09-30"),
        ("2013/14 outturn", "year", "2013-04-01", "2014-03-31"),
        ("Apr to Aug", "ytd", "2013-04-01", "2013-08-31"),
        ("May", "month", "2013-05-01", "2013-05-31"),
        ("February", "month", "2014-02-01", "2014-02-28"),
        ("Q1-Q3", "ytd", "2013-04-01", "2013-12-31"),
        ("Last YTD", "ytd", "2012-04-01", "2012-09-30"),
        ("Previous quarter", "quarter", "2013-04-01", "2013-06-30"),
        ("Same quarter last year", "quarter", "2012-07-01", "2012-09-30"),
        ("12 months to June 2013", "rolling_12m", "2012-07-01", "2013-06-30"),
        ("Year ending March 2013", "year", "2012-04-01", "2013-03-31"),
        ("3 year average 2010/11 to 2012/13", "multi_year_average", "2010-04-01", "2013-03-31"),
        ("3 year average", "multi_year_average", "None", "None"),
        ("Baseline 2010/11", "year", "2010-04-01", "2011-03-31"),
        ("Q1 RAG", "quarter", "2013-04-01", "2013-06-30"),
    ],
)
def test_a_header_gives_the_time(header: str, basis: str, start: str, end: str) -> None:
    column = resolve(combine([header]), header, 0, entry("2013/14", 2))
    assert column.window is not None
    assert (column.window.basis, str(column.window.start), str(column.window.end)) == (
        basis,
        start,
        end,
    )


@pytest.mark.parametrize(
    "pieces,source_cell",
    [
        (["Direction of", "travel"], "trend"),
        (["Targets", "2014/15"], "target:2014/15"),
        (["Commentary", "Q2"], "comments"),
        (["Quarter 1", "RAG"], "status"),
        (["Quarter 1", "Actual"], "q1"),
        (["Quarter 1", "Target"], "target:2013/14"),
        (["Performance", "Q2"], "q2"),
        (["2012/13", "Q4"], "comparator"),
        (["Context - baseline information", "2010/11"], "history:2010/11"),
        (["Context - baseline information", "Comparator"], "comparator"),
        (["Overview - Indicator Summary", "Ref"], "ref"),
        (["Quarter", "1"], "q1"),
    ],
)
def test_headers_over_one_another_are_read_together(pieces: list[str], source_cell: str) -> None:
    column = resolve(combine(pieces), " ".join(pieces), 0, entry("2013/14", 2))
    assert column.source_cell == source_cell


@pytest.mark.parametrize("header", ["Estates", "States", "Wibble factor", "Mayor", "Notary"])
def test_fuzziness_does_not_make_a_header_of_another_word(header: str) -> None:
    assert not understand(header).is_known


# what a row's words say ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "code,example",
    [(code, example) for code, _, examples in row_words.DIRECTIONS for example in examples],
)
def test_a_direction_is_read_from_its_examples(code: str, example: str) -> None:
    assert facts.direction_of(example) == code


@pytest.mark.parametrize(
    "text",
    ["% of offenders recalled", "Continued roll out with the Prevent programme", "Levels of ASB"],
)
def test_a_measure_without_a_wish_has_no_direction(text: str) -> None:
    assert facts.direction_of(text) is None


@pytest.mark.parametrize(
    "text,code",
    [
        ("Low", "decrease"),
        ("Bigger is better", "increase"),
        ("↓", "decrease"),
        ("High", "increase"),
    ],
)
def test_a_polarity_is_a_direction(text: str, code: str) -> None:
    assert facts.polarity_of(text) == code


@pytest.mark.parametrize(
    "text,marking",
    [
        ("RESTRICTED", "RESTRICTED"),
        ("Organised crime (RESTRICTED)", "RESTRICTED"),
        ("RESTRICTED - Organised crime", "RESTRICTED"),
        ("OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE"),
        ("Report: OFFICIAL – SENSITIVE", "OFFICIAL – SENSITIVE"),
        ("This table is not for publication.", "not for publication"),
        ("Repeat offenders CONFIDENTIAL", "CONFIDENTIAL"),
        ("PROTECT", "PROTECT"),
        ("** PROTECT **", "PROTECT"),
        ("Organised crime (PROTECT)", "PROTECT"),
        ("PROTECT - COMMERCIAL", "PROTECT"),
        ("Figures are PROTECT STAFF", "PROTECT"),
        ("PROTECT / RESTRICTED", "RESTRICTED"),
        ("PREVENT, PURSUE, PROTECT, PREPARE", None),
        ("Counter-terrorism: Prevent, Pursue, Protect, Prepare", None),
        ("PROTECT: harden crowded places", None),
        ("Contest - PROTECT - 12 exercises", None),
        ("PROTECT AND PREPARE", None),
        ("Official-Sensitive", "Official-Sensitive"),
        ("OFFICIAL: SENSITIVE", "OFFICIAL: SENSITIVE"),
        ("Official (Sensitive)", "Official (Sensitive)"),
        ("(Restricted)", "Restricted"),
        ("Confidential", "Confidential"),
        ("Restricted access to the site", None),
        ("REDUCE RESTRICTED PARKING OFFENCES", None),
        ("Protect vulnerable people", None),
        ("Protect", None),
        ("official figures, sensitive to season", None),
        ("PROTECT vulnerable people", None),
        ("NOT PROTECTIVELY MARKED", None),
        ("Victims' confidential helpline", None),
    ],
)
def test_a_marking_stands_apart(text: str, marking: str | None) -> None:
    found = facts.find_marking(text)
    assert (found[0] if found else None) == marking


@pytest.mark.parametrize(
    "ref,marking",
    [
        ("4.1 PROTECT", "PROTECT"),
        ("4.1 (Protect)", "Protect"),
        ("PROTECT", "PROTECT"),
        ("PROTECT 1", None),
        ("Protect", None),
        ("4.1 Restricted", "Restricted"),
    ],
)
def test_a_marking_beside_a_ref_may_be_in_any_letters(ref: str, marking: str | None) -> None:
    found = facts.find_marking(ref, is_ref=True)
    assert (found[0] if found else None) == marking


def test_a_marking_under_the_ref_in_its_cell_restricts_the_row() -> None:
    found = document(
        "Ref⇥Measure⇥Q1⇥Q2\n1.1⇥Persons under watch in custody or in⇥4⇥5\n"
        "RESTRICTED⇥the community\n1.2⇥Robberies⇥5⇥6"
    )
    assert [(row.row_key, row.is_restricted) for row in found.rows] == [
        ("1.1", True),
        ("1.2", False),
    ]
    assert found.rows[0].measure.endswith("in the community")


def test_a_strand_of_counter_terrorism_restricts_no_row() -> None:
    found = document(
        "Ref⇥Measure⇥Q1⇥Comments\n1.1⇥Exercises held⇥4⇥PREVENT, PURSUE, PROTECT, PREPARE\n"
        "1.2⇥PROTECT: crowded places⇥5⇥\n1.3 PROTECT⇥Sites⇥6⇥"
    )
    assert [row.is_restricted for row in found.rows] == [False, False, True]


def test_a_marking_over_a_report_restricts_every_row() -> None:
    table = "Ref⇥Measure⇥Q1\n1⇥Burglaries⇥4\n2⇥Robberies⇥5"
    assert all(row.is_restricted for row in document(f"OFFICIAL-SENSITIVE\n\n{table}").rows)
    assert all(row.is_restricted for row in document(f"{table}\n\nNot for publication").rows)
    assert not any(row.is_restricted for row in document(f"OFFICIAL\n\n{table}").rows)


def test_a_marking_in_a_header_restricts_its_table_only() -> None:
    found = document("Ref⇥Measure⇥Q1 (RESTRICTED)\n1⇥Burglaries⇥4\n\nRef⇥Measure⇥Q1\n2⇥Robberies⇥5")
    assert [row.is_restricted for row in found.rows] == [True, False]


@pytest.mark.parametrize(
    "text,before,after,ref",
    [
        ("T.2 SOCIAL BEHAVIOUR TARGETS", "1.1", "1.3", "1.2"),
        ("l.2", "1.1", "1.3", "1.2"),
        ("2.B", "2.2", "2.4", "2.3"),
        ("T.2 LABEL", None, None, None),
        ("T.9 LABEL", "1.1", "1.3", None),
        ("SOCIAL BEHAVIOUR", "1.1", "1.3", None),
    ],
)
def test_a_damaged_ref_is_repaired_only_by_its_neighbours(
    text: str, before: str | None, after: str | None, ref: str | None
) -> None:
    found = facts.repair_ref(text, before, after)
    assert (found[0] if found else None) == ref


# what is refused, and what is only warned of ---------------------------------------------------


def test_a_table_of_unknown_words_is_refused_with_its_line_and_words() -> None:
    with pytest.raises(IngestError) as error:
        document("A title\n\nWibble⇥Wobble⇥Wubble\nfoo⇥bar⇥3\nbaz⇥qux⇥4")
    assert str(error.value) == (
        "invented.txt:3: no measure and no value column in this table; "
        "header words not understood: 'Wibble', 'Wobble', 'Wubble'"
    )


def test_a_report_without_a_table_is_refused() -> None:
    with pytest.raises(IngestError, match=r"^invented\.txt: no table was found"):
        document("Only a title\n\nand a sentence.")


def test_an_unknown_column_beside_known_ones_is_warned_of() -> None:
    found = document("Indicator⇥Q1⇥Wibble factor\nArson⇥3⇥0.2")
    assert text_of(found, "row-1", "other:Wibble factor") == "0.2"
    assert [(warning.line, warning.code) for warning in found.warnings] == [(1, "unknown_header")]


def test_a_field_beyond_the_last_header_is_kept_and_warned_of() -> None:
    found = document("Ref⇥Measure⇥Q1\n1⇥Arson⇥3⇥stray")
    assert text_of(found, "1", "other:column 4") == "stray"
    assert [warning.code for warning in found.warnings] == ["extra_column"]


def test_a_row_that_looks_like_a_header_is_no_header() -> None:
    found = document("Measure⇥Q1⇥Q2⇥Comments\nTarget⇥5⇥6⇥\nBaseline⇥4⇥4⇥Status\nActual⇥3⇥2⇥")
    assert [row.measure for row in found.rows] == ["Target", "Baseline", "Actual"]


# any table at all ------------------------------------------------------------------------------

_HEADER_TEXTS = st.sampled_from(
    ["", "Ref", "No", "Measure", "Indicator", "Q1", "Quarter 2", "Status", "Comments", "2012/13",
     "Target", "YTD", "Wibble", "RAG", "Ouarter 3", "Apr-Jun", "Owner", "≥"]
)  # fmt: skip
_TEXTS = st.one_of(
    st.sampled_from(
        ["", "1.1", "T.2 LABEL", "Priority 1", "Outcome", "Reduce crime", "-", "☺",
         "RESTRICTED", "12 offences, compared to", "last year (", "n/a", "4.1 RESTRICTED", "|"]
    ),
    st.text(max_size=12),
)  # fmt: skip
_DELIMITERS = st.sampled_from(["\t", "\t", " | ", "   "])


@st.composite
def _tables(draw: st.DrawFn) -> str:
    delimiter = draw(_DELIMITERS)
    lines = ["Ref", "Measure", "Q1", *draw(st.lists(_HEADER_TEXTS, max_size=4))]
    text = [delimiter.join(lines)]
    for _ in range(draw(st.integers(0, 8))):
        width = draw(st.integers(0, 8))
        fields = draw(st.lists(_TEXTS, min_size=width, max_size=width))
        text.append(delimiter.join(fields))
    before = draw(st.lists(_TEXTS, max_size=2))
    return "\n".join([*before, *text])


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_tables())
def test_nothing_of_any_table_is_lost_or_doubled(text: str) -> None:
    lines = re.split(r"\r\n|\r|\n", text)
    numbered = tuple(Line(number, line) for number, line in enumerate(lines, start=1))
    try:
        found = read_document(entry(), numbered)
    except IngestError:
        return
    assert lost_or_doubled(found) == []
    keys = [row.row_key for row in found.rows]
    assert len(keys) == len(set(keys))
    assert all(row.cells for row in found.rows)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    numbered = tuple(Line(number, line) for number, line in enumerate(text.split("\n"), start=1))
    try:
        found = read_document(entry(), numbered)
    except IngestError:
        return
    assert lost_or_doubled(found) == []
