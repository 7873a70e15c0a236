"""The site: whole, escaped, light, linked, and general."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Collection
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import duckdb
import pytest

from pipeline import words
from pipeline.errors import PipelineError
from pipeline.marts import open_marts
from pipeline.site import build_site
from pipeline.site.charts import SHAPES, Chart, Point, Reference, draw, middle, position
from pipeline.site.formats import amount, between, count_of, file_name, ordinal, plain
from pipeline.site.library import Library, file_names
from pipeline.site.pages.indicator import drawable
from pipeline.site.pages.overview import summary
from pipeline.site.quotes import of_timeline
from tests.published import ROOT, changed, hostile, warehouse

ATTACK = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&amp;</textarea>"
# What the site may use of the project: the door to the marts, its own parts, and small helpers.
READS = r"pipeline$|pipeline\.(?:site|words|codes|marts|export|errors)\b|ingest\.plain_text$"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Page(HTMLParser):
    """What a page holds: its ids, links, and whatever could load or run something."""

    def __init__(self, path: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.handlers: list[str] = []
        self.tags: dict[str, int] = {}
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] = self.tags.get(tag, 0) + 1
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name == "href" and tag == "a":
                self.links.append(value or "")
            elif name in ("src", "href", "data", "action", "poster", "srcset"):
                self.loads.append(value or "")
            elif name.startswith("on"):
                self.handlers.append(f"{tag} {name}")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(tag)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site")
    build_site(warehouse(), out)
    return out


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Page]:
    return {path.relative_to(site).as_posix(): Page(path) for path in sorted(site.rglob("*.html"))}


def test_every_indicator_and_report_has_a_page(pages: dict[str, Page]) -> None:
    with duckdb.connect(str(warehouse() / "community_safety.duckdb"), read_only=True) as marts:
        counted = marts.sql(
            "select (select count(*) from marts.dim_reports),"
            " (select count(*) from marts.dim_indicators)"
        ).fetchone()
    assert counted == (
        sum(name.startswith("reports/") for name in pages),
        sum(name.startswith("indicators/") for name in pages),
    )
    assert {"index.html", "contradictions.html", "plans.html", "search.html"} <= pages.keys()


def test_every_page_is_well_formed_and_no_id_stands_twice(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert not page.open, name
        assert not page.unbalanced, name
        assert len(page.ids) == len(set(page.ids)), name
        assert page.tags["h1"] == 1, name


def test_every_link_leads_somewhere(site: Path, pages: dict[str, Page]) -> None:
    beside = {"community_safety.xlsx", "community_safety.duckdb", "marts", "csv"}
    beside |= {"datapackage.json", "csvw-metadata.json"}
    for name, page in pages.items():
        for link in {*page.links, *page.loads}:
            parts = urlsplit(link)
            goal = ((site / name).parent / unquote(parts.path)).resolve()
            if parts.path and goal.parent == site.parent:
                assert goal.name in beside, (name, link)
                continue
            inside = goal.relative_to(site.resolve()).as_posix() if parts.path else name
            assert (site / inside).is_file(), (name, link)
            if parts.fragment and inside in pages:
                assert parts.fragment in pages[inside].ids, (name, link)


def test_nothing_is_asked_of_the_outside(site: Path, pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        for link in page.loads:
            assert not urlsplit(link).scheme, (name, link)
    for path in (site / "static").glob("site.*"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"https?://|@import|url\(|fetch\(|XMLHttpRequest|eval\(", text)
        assert "innerHTML" not in text


def test_a_page_is_below_150_kilobytes_compressed(site: Path) -> None:
    for path in site.rglob("*.html"):
        loaded = [path, *(site / "static").glob("site.*")]
        if path.name == "search.html":
            loaded.append(site / "static" / "search-index.js")
        size = sum(len(gzip.compress(part.read_bytes())) for part in loaded)
        assert size < 150_000, (path.name, size)


def test_every_number_of_every_cell_is_marked_and_says_what_it_was_read_as(
    pages: dict[str, Page],
) -> None:
    with duckdb.connect(str(warehouse() / "community_safety.duckdb"), read_only=True) as marts:
        figures = marts.sql(
            "select report_id, source_line, char_start from marts.fct_figures"
        ).fetchall()
    assert figures
    for report_id, line, start in figures:
        page = pages[f"reports/{file_name(report_id)}.html"]
        assert f"f-{line}-{start}" in page.ids
        assert f"d-{line}-{start}" in page.ids
        assert f"#d-{line}-{start}" in page.links or f"#f-{line}-{start}" in page.links


def test_chart_points_lead_to_the_number_in_its_report(pages: dict[str, Page]) -> None:
    pointing = [
        name
        for name, page in pages.items()
        if name.startswith("indicators/") and page.tags.get("svg")
        if any(re.match(r"\.\./reports/.+#f-\d+-\d+$", link) for link in page.links)
    ]
    assert len(pointing) >= 10


def test_the_353_of_2019_20_comes_with_343(site: Path) -> None:
    text = (site / "reports" / "stockton-2019-20-q3.html").read_text(encoding="utf-8")
    number = re.search(r'id="f-(\d+-\d+)" href="#d-\1">353<', text)
    assert number
    reading = text.partition(f'id="d-{number[1]}"')[2].partition('<div class="reading"')[0]
    assert "343" in reading
    assert "Does not add up as printed" in reading


def test_every_figure_has_its_quote_with_sentence_vintage_and_citation(site: Path) -> None:
    with open_marts(warehouse()) as marts:
        library = Library.of(marts)
    quotes = re.compile(r'<details class="quote">.*?</details>', flags=re.DOTALL)
    for report_id, name in library.report_files.items():
        found = quotes.findall((site / "reports" / name).read_text(encoding="utf-8"))
        figures = [
            figure
            for figure in library.figures_of_report[report_id]
            if figure["role"] != "context" or library.checks_of_figure.get(figure["figure_id"])
        ]
        assert len(found) == len(figures), name
        for text in found:
            assert re.search(r"As at \d+ \w+ \d{4}\. Source: .+, line \d+\.", text), text
            assert "“" in text
    for indicator_id, name in library.indicator_files.items():
        found = quotes.findall((site / "indicators" / name).read_text(encoding="utf-8"))
        values = library.timeline_of_indicator.get(indicator_id, ())
        assert len(found) == (len(values) + 1 if values else 0), name
        for text in found:
            assert "As given in the report of " in text
            assert "Source: " in text
    # What must be said with a figure is in its quote.
    disputed = [value for value in library.timeline if value["is_disputed"]]
    assert disputed
    for value in disputed:
        assert of_timeline(library, value).caveat


def test_tables_are_headed_as_they_are_printed(site: Path) -> None:
    with open_marts(warehouse()) as marts:
        printed = {
            (row["report_id"], row["header"]) for row in marts.rows("fct_cells") if row["header"]
        }
    for report_id in {report_id for report_id, _ in printed}:
        text = (site / "reports" / f"{file_name(report_id)}.html").read_text(encoding="utf-8")
        headings = set(map(unescape, re.findall(r'role="columnheader"[^>]*>(.*?)<', text)))
        headings -= {"Section"}  # a column of labels that run beside the table has no title
        assert headings
        assert {(report_id, heading) for heading in headings} <= printed
    assert ("stockton_2019_20_q3", "Activities To Support This Priority") in printed


def test_the_site_reads_only_the_published_marts(tmp_path: Path) -> None:
    """It is made from one file in a folder of its own, and opens nothing else of the project."""
    place = tmp_path / "published"
    place.mkdir()
    shutil.copyfile(warehouse() / "community_safety.duckdb", place / "community_safety.duckdb")
    script = f"""
import sys
from pathlib import Path
from pipeline.site import build_site
opened = []
sys.addaudithook(lambda event, args: opened.append(args[0]) if event == "open" else None)
pages = build_site(Path({str(place)!r}), Path({str(tmp_path / "site")!r}))
assert pages > 20, pages
print(*sorted({{str(path) for path in opened if isinstance(path, str)}}), sep="\\n")
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    inside = [
        path.relative_to(ROOT).as_posix()
        for path in map(Path, done.stdout.splitlines())
        if path.is_relative_to(ROOT) and not path.is_relative_to(ROOT / ".venv")
    ]
    assert "pipeline/site/templates/report.html" in inside
    allowed = re.compile(r"pipeline/site/(?:templates|static)/|.*\.pyc?$|.*__pycache__")
    assert [path for path in inside if not allowed.match(path)] == []
    for module in (ROOT / "pipeline" / "site").rglob("*.py"):
        imported = re.findall(
            r"^(?:from|import) ([\w.]+)", module.read_text(encoding="utf-8"), flags=re.MULTILINE
        )
        others = {name for name in imported if re.match(r"duckdb|ingest|dbt|pipeline", name)}
        assert {name for name in others if not re.match(READS, name)} == set(), module.name


def test_reports_stand_in_the_order_of_place_and_time(site: Path) -> None:
    """No league table: how consistent a report is has no part in where it stands."""
    with open_marts(warehouse()) as marts:
        reports = sorted(
            marts.rows("dim_reports"),
            key=lambda row: (row["area"], row["financial_year"], row["as_at_quarter"]),
        )
    text = (site / "index.html").read_text(encoding="utf-8")
    listed = re.findall(r'<h3><a href="reports/([^"]+)"', text)
    assert listed == [f"{file_name(row['report_id'])}.html" for row in reports]
    for name in ("index.html", "contradictions.html"):
        page = (site / name).read_text(encoding="utf-8")
        assert page.index("Adds up") < page.index("Does not add up as printed")


def tables_of_words() -> list[dict[str, object]]:
    """Every table of ``pipeline/words.py``."""
    return [
        table for name, table in vars(words).items() if name.isupper() and isinstance(table, dict)
    ]


def test_no_word_of_ours_blames_anybody() -> None:
    """A finding says what a sum does, never who erred."""
    blaming = re.compile(
        r"\b(?:errors?|erred|mistakes?|mistaken|wrong(?:ly)?|fals\w+|fault\w*|fail\w*|worst"
        r"|incorrect\w*|mislead\w*|blunder\w*|suspicious)\b",
        flags=re.IGNORECASE,
    )
    templates = ROOT / "pipeline" / "site" / "templates"
    ours = {
        path.name: re.sub(r"\{[{%#].*?[}%#]\}|<[^>]+>", " ", path.read_text(encoding="utf-8"))
        for path in templates.glob("*.html")
    }
    said = [text for table in tables_of_words() for text in table.values()]
    ours["words.py"] = " ".join(
        " ".join(text) if isinstance(text, tuple)
        else f"{text.label} {text.meaning}" if isinstance(text, words.Verdict)
        else str(text)
        for text in said
    )  # fmt: skip
    assert len(ours) > 8
    found = {name: blaming.findall(text) for name, text in ours.items()}
    # "What went wrong" in the page on reading them is said not to be known.
    assert {name: hits for name, hits in found.items() if hits} == {"reading.html": ["wrong"]}


def test_labels_are_those_of_the_marts() -> None:
    with open_marts(warehouse()) as marts:
        labels = {
            (row["verdict"], row["verdict_label"]) for row in marts.rows("fct_consistency_checks")
        }
    assert len(labels) >= 6
    assert labels <= {(code, verdict.label) for code, verdict in words.VERDICTS.items()}


def test_claims_are_counted_as_the_scorecard_counts_them() -> None:
    with open_marts(warehouse()) as marts:
        library = Library.of(marts)
        scorecards = marts.rows("report_scorecard")
    assert scorecards
    for scorecard in scorecards:
        figures = library.figures_of_report.get(scorecard["report_id"], ())
        counted = summary(library.verdict_counts(figures))
        assert (
            counted["claims"],
            counted["tested"],
            counted["holds"],
            counted["contrary"],
        ) == (
            scorecard["claim_count"],
            scorecard["testable_count"],
            scorecard["adds_up_count"],
            scorecard["contradiction_count"],
        )


def test_no_report_text_can_become_markup(tmp_path: Path) -> None:
    whole = hostile(tmp_path / "hostile", ATTACK)
    build_site(whole, tmp_path / "site")
    seen = 0
    for path in (tmp_path / "site").rglob("*.html"):
        page = Page(path)
        assert not page.handlers, path.name
        assert "img" not in page.tags, path.name
        assert page.tags["script"] <= 2, path.name
        assert not page.unbalanced, path.name
        seen += "&lt;script&gt;" in path.read_text(encoding="utf-8")
    assert seen > 10


@pytest.mark.parametrize(
    "statements",
    [
        pytest.param(
            [
                "delete from fct_consistency_check_inputs",
                "delete from fct_consistency_checks",
            ],
            id="nothing checked",
        ),
        pytest.param(
            [
                *(f"delete from {table}" for table in ("indicator_timeline", "dim_indicators")),
                "delete from bridge_indicator_matches",
                "update bridge_report_indicators set indicator_id = null",
                "update fct_figures set indicator_id = null, series_id = null",
            ],
            id="nothing mapped",
        ),
        pytest.param(
            [
                "delete from fct_figures",
                "delete from fct_cells",
                "delete from fct_consistency_check_inputs",
                "delete from fct_consistency_checks",
                "delete from indicator_timeline",
                "delete from fct_baselines",
                "delete from fct_targets",
            ],
            id="nothing read",
        ),
        pytest.param(
            ["update dim_reports set area = 'Borsetshire', area_id = 'elsewhere'"],
            id="another borough",
        ),
        pytest.param(
            [
                "update fct_consistency_checks set likely_cause = 'a_new_cause', family = 'new'",
                "update fct_data_gaps set reason = 'a_new_reason'",
                "update fct_statuses set status = 'blue', status_printed = 'blue'",
                "update indicator_timeline set unit = 'per_hour', basis = 'decade'",
                "update fct_figures set basis = 'decade', unit = 'per_hour', role = 'other'",
            ],
            id="codes not known yet",
        ),
    ],
)
def test_any_set_of_reports_makes_a_site(tmp_path: Path, statements: list[str]) -> None:
    whole = changed(tmp_path / "changed", statements)
    assert build_site(whole, tmp_path / "site") >= 6
    for path in (tmp_path / "site").rglob("*.html"):
        assert not Page(path).unbalanced, path.name


def test_a_site_is_made_anew_and_alike(tmp_path: Path) -> None:
    out = tmp_path / "site"
    (out / "reports").mkdir(parents=True)
    (out / "reports" / "of_a_report_that_is_gone.html").write_text("old")
    build_site(warehouse(), out)
    first = {path.relative_to(out): path.read_bytes() for path in out.rglob("*.html")}
    build_site(warehouse(), out)
    assert first == {path.relative_to(out): path.read_bytes() for path in out.rglob("*.html")}
    assert not (out / "reports" / "of_a_report_that_is_gone.html").exists()


@pytest.mark.slow
def test_it_is_quick(tmp_path: Path) -> None:
    warehouse()
    started = time.process_time()
    build_site(warehouse(), tmp_path / "site")
    assert time.process_time() - started < 6  # about 2 s of processor time


def test_dbt_docs_are_linked_where_they_are_given(tmp_path: Path) -> None:
    docs = tmp_path / "static_index.html"
    docs.write_text("<!doctype html><title>docs</title>")
    build_site(warehouse(), tmp_path / "site", dbt_docs=docs)
    assert (tmp_path / "site" / "dbt_docs.html").read_bytes() == docs.read_bytes()
    assert 'href="dbt_docs.html"' in (tmp_path / "site" / "data.html").read_text(encoding="utf-8")


def test_a_folder_without_a_warehouse_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="should hold one DuckDB file and holds 0"):
        build_site(tmp_path, tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_every_code_of_the_contract_has_words() -> None:
    text = (ROOT / "macros" / "vocabulary.sql").read_text(encoding="utf-8")
    vocabularies = {
        name: re.findall(r'"([^"]+)"', codes)
        for name, codes in re.findall(r'"(\w+)": \[(.*?)\]', text, flags=re.DOTALL)
    }
    tables: dict[str, Collection[str]] = {
        "role": words.ROLES,
        "basis": words.BASES,
        "comparator": words.COMPARATORS,
        "certainty": words.CERTAINTIES,
        "relation": words.RELATIONS,
        "operator": words.OPERATORS,
        "status": words.STATUSES,
        "desired_direction": words.DIRECTIONS,
        "match_type": words.MATCHES,
        "gap_reason": words.GAPS,
        "outcome": words.OUTCOMES,
        "origin": words.ORIGINS,
        "quote_status": words.QUOTING,
        "direction_of_travel": words.TRAVEL,
        "family": words.FAMILIES,
        "verdict": words.VERDICTS,
        "reading": words.READINGS,
        "likely_cause": words.CAUSES,
        "check_certainty": words.CHECK_CERTAINTIES,
        "unit": words.UNITS,
    }
    for name, table in tables.items():
        assert set(vocabularies[name]) <= set(table), name
    assert set(words.BASES) == set(words.BASES_OF_ONE)
    assert set(words.WORST_FIRST) == set(words.VERDICTS)


@pytest.mark.parametrize(
    "value, unit, printed",
    [
        (2424, "count", "2,424"),
        (-353, "count", "−353"),
        (47, "percent", "47%"),
        (6, "percent_change", "+6%"),
        (-23, "percent_change", "−23%"),
        (-3.1, "percentage_points", "−3.1 points"),
        (9, "rank", "9th"),
        (63.3, "rate_per_1000", "63.3 per 1,000"),
        (-1500, "currency", "−£1,500"),
        (None, "count", "not known"),
    ],
)
def test_amounts_read_as_people_write_them(value: float | None, unit: str, printed: str) -> None:
    assert amount(value, unit) == printed


def test_small_words() -> None:
    assert [ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 112)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th",
    ]  # fmt: skip
    assert plain(0.5) == "0.5"
    assert between(None, None, None) == "not known"
    assert count_of(1, "report") == "1 report"
    assert count_of(0, "entry", "entries") == "0 entries"
    assert words.cell_title("history:2008/09") == "2008/09"
    assert words.cell_title("target:2011/12") == "Target 2011/12"
    assert words.cell_title("other:Lead officer") == "Lead officer"


def test_file_names_are_safe_and_never_shared() -> None:
    names = file_names(["../../etc", "a b", "a-b", "", "<script>"])
    assert list(names.values()) == [
        "etc.html",
        "a-b.html",
        "a-b-2.html",
        "unnamed.html",
        "script.html",
    ]


def test_a_chart_breaks_marks_and_links() -> None:
    from datetime import date

    assert position(date(2012, 4, 1)) == 2012
    assert middle(date(2012, 4, 1), date(2013, 3, 31)) == pytest.approx(2012.5, abs=0.01)
    points = tuple(
        Point(
            at=2011.125 + number / 4,
            value=float(number),
            line=number % 2,
            piece=number // 4,
            label=f"point {number} <&>",
            href=f"r.html#f-1-{number}" if number else "",
            is_printed=number % 3 > 0,
            is_disputed=number == 5,
        )
        for number in range(8)
    )
    chart = Chart(
        label="A chart",
        points=points,
        references=(Reference(2011, 2012, 4, "target", "target 4"),),
        breaks=(2012.0,),
        step=0.25,
        is_count=True,
        first_year=2011,
        last_year=2013,
    )
    assert len(SHAPES) >= 2
    drawn = draw([chart, chart])
    assert [sorted(pictures) for pictures in drawn] == [["narrow", "wide"]] * 2
    for svg in drawn[0].values():
        assert svg.count("<a ") == 7
        assert 'href="r.html#f-1-5" aria-label="point 5 &lt;&amp;&gt;"' in svg
        assert "var(--line-break)" in svg
        assert "var(--line-disputed)" in svg
        assert "invalid" not in svg
        assert "http" not in svg
    assert draw([]) == []


def test_a_line_spans_one_year_without_a_value_and_no_more() -> None:
    points = [
        Point(at, 1.0, line=0, piece=0, label="", href="", is_printed=True, is_disputed=False)
        for at in (2011.5, 2012.5, 2014.5, 2017.5)
    ]
    chart = Chart("A chart", tuple(points), (), (), 1.0, True, 2011, 2017)
    first, second, third, _ = points
    assert chart.joined == [(first, second, True), (second, third, False)]
    assert chart.has_holes


def test_a_chart_shows_lines_that_can_be_told_apart_and_the_total_first() -> None:
    def row(series: int | str, period: str) -> dict[str, object]:
        return {"series_id": series, "period_id": period, "value": 1, "period_end": period}

    single = [row("seen once", "2012-03-31")]
    many = [row(number, f"201{year}-03-31") for number in range(9) for year in range(3)]
    total = [row("total", f"201{year}-03-31") for year in range(2)]
    kept = {found["series_id"] for found in drawable([*single, *many, *total])}
    assert kept == {"total", 0, 1, 2, 3, 4}
    assert drawable(single) == []
