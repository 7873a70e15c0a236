"""What the README, the pages in ``docs`` and the examples in docstrings say is so."""

from __future__ import annotations

import doctest
import importlib.util
import re
import subprocess
import sys
from functools import cache
from itertools import chain
from pathlib import Path

import duckdb
import pytest

from tests.published import ROOT, warehouse
from tests.python.write_answers import PAGES, answered

TEXTS = {page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8") for page in PAGES}
ALL = "\n".join(TEXTS.values())
MARTS = TEXTS["docs/marts.md"]

_BLOCK = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", flags=re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", flags=re.MULTILINE)
_MODULE = re.compile(r"python -m ([\w.]+)(?: ([a-z]+(?:-[a-z]+)*))?")
_PLACE = re.compile(
    r"`((?:analyses|bench|docs|ingest|macros|models|pipeline|seeds|tests)/[\w./-]*|[\w-]+\.(?:yml|md))`"
)

# What has no place in a page that other people read.
UNFINISHED = re.compile(
    r"\b(?:TODO|FIXME|XXX|TBD|lorem ipsum)\b|^[A-Z]+(?:_[A-Z]+)+$", flags=re.MULTILINE
)
ELSEWHERE = re.compile(
    r"(?<![\w.])/(?:work|home|root|tmp)/|\b[\w.-]*(?:pypi|pythonhosted|npmjs|proxy\.golang)\.\w+"
)


EXAMPLES = sorted(
    path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
    for package in ("ingest", "pipeline")
    for path in (ROOT / package).rglob("*.py")
    if ">>>" in path.read_text(encoding="utf-8")
)


def queries() -> list[tuple[str, str]]:
    """List every block of SQL of every page."""
    return [
        (page, block)
        for page, text in TEXTS.items()
        for language, block in _BLOCK.findall(text)
        if language == "sql"
    ]


def anchors(text: str) -> set[str]:
    """Name the headings of a page as links name them."""
    prose = _BLOCK.sub("", text)
    return {
        re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        for heading in _HEADING.findall(prose)
    }


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which ``warehouse/`` is, as in the clone of whoever follows a page."""
    place = tmp_path_factory.mktemp("clone")
    (place / "warehouse").symlink_to(warehouse())
    return place


@pytest.mark.parametrize("page", TEXTS)
def test_links_lead_somewhere(page: str) -> None:
    for link in _LINK.findall(_BLOCK.sub("", TEXTS[page])):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (ROOT / page).parent / path if path else ROOT / page
        assert target.exists(), f"{page}: {link}"
        if anchor:
            assert anchor in anchors(target.read_text(encoding="utf-8")), f"{page}: {link}"


@pytest.mark.parametrize("page", TEXTS)
def test_files_that_are_named_exist(page: str) -> None:
    for path in _PLACE.findall(TEXTS[page]):
        beside = chain(ROOT.glob(path), ROOT.glob(f"*/{path}"), ROOT.glob(f"*/*/{path}"))
        assert any(beside), f"{page}: {path}"


@pytest.mark.parametrize("page", TEXTS)
def test_a_page_is_finished_and_names_no_place_elsewhere(page: str) -> None:
    assert not UNFINISHED.findall(TEXTS[page])
    assert not ELSEWHERE.findall(TEXTS[page])


def test_make_targets_that_are_named_exist() -> None:
    targets = re.findall(
        r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    for page, text in TEXTS.items():
        commands = re.findall(r"(?:`|^ *)make ([a-z-]+)", text, flags=re.MULTILINE)
        listed = re.search(r"`make` lists the other commands: ([^.]+)\.", text)
        commands += re.findall(r"[a-z-]+", listed[1]) if listed else []
        assert set(commands) <= set(targets), page


@cache
def _help(*command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *command, "--help"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{' '.join(command)}: {done.stderr}"
    return done.stdout


@pytest.mark.parametrize("module, command", sorted(set(_MODULE.findall(ALL))))
def test_commands_that_are_named_exist(module: str, command: str) -> None:
    assert importlib.util.find_spec(module), module
    if command:
        assert importlib.util.find_spec(f"{module}.__main__"), module
        assert _help(module, command)


def test_options_that_are_named_exist() -> None:
    for line in ALL.splitlines():
        if found := _MODULE.search(line):
            for option in re.findall(r" (--[a-z-]+)", line[found.end() :].split("`")[0]):
                assert option in _help(*filter(None, found.groups())), line


@pytest.mark.parametrize("module", EXAMPLES)
def test_examples_in_docstrings_are_so(module: str) -> None:
    result = doctest.testmod(importlib.import_module(module))
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize("page, query", queries())
def test_a_query_has_an_answer(
    page: str, query: str, clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(clone)
    with duckdb.connect("warehouse/community_safety.duckdb", read_only=True) as marts:
        rows = marts.execute(query).fetchall()
        assert rows, page
        over_parquet = re.sub(r"\bmarts\.(\w+)", r"'warehouse/marts/\1.parquet'", query)
        if page == "docs/marts.md":
            assert marts.execute(over_parquet).fetchall() == rows


@pytest.mark.parametrize("page", TEXTS)
def test_answers_that_are_shown_are_current(page: str) -> None:
    with duckdb.connect(str(warehouse() / "community_safety.duckdb"), read_only=True) as marts:
        assert TEXTS[page] == answered(TEXTS[page], marts), (
            "an answer is not what the warehouse says now: python -m tests.python.write_answers"
        )


def test_every_mart_has_its_question_and_answer() -> None:
    with duckdb.connect(str(warehouse() / "community_safety.duckdb"), read_only=True) as marts:
        tables = marts.execute(
            "select table_name from duckdb_tables() where schema_name = 'marts'"
        ).fetchall()
    sections = dict(re.findall(r"^### (\w+)\n(.*?)(?=^##|\Z)", MARTS, re.DOTALL | re.MULTILINE))
    assert sorted(sections) == sorted(name for (name,) in tables)
    for name, section in sections.items():
        assert f"marts.{name}" in section, name
        assert "**One row**: one " in section, name
        assert len(re.findall(r"^\*.+\?\*$", section, flags=re.MULTILINE)) == 1, name
        assert "<!-- answer -->\n| " in section, name


def test_the_first_screen_of_the_readme_is_what_the_marts_say() -> None:
    readme = TEXTS["README.md"]
    shown = re.findall(r"^\| (\S.*?\d/\d\d) \| ([\d,]+) \|.*\| ([a-z ]+) \|$", readme, re.MULTILINE)
    words = {"quotable": "yes", "with_caveat": "with caveat", "do_not_quote": "no"}
    with duckdb.connect(str(warehouse() / "community_safety.duckdb"), read_only=True) as marts:
        values = marts.execute(
            "select period_label, value, quote_status from marts.indicator_timeline"
            " where indicator_id = 'criminal_damage_offences' and series_id = 'total'"
            " and unit = 'count'"
        ).fetchall()
        sums = marts.execute("select explanation from marts.fct_consistency_checks").fetchall()
    assert len(shown) >= 5
    assert set(shown) <= {
        (period, f"{value:,.0f}", words[quote]) for period, value, quote in values
    }
    quoted = re.findall(r"\*\"(\d[^\"]+; the report says [^\"]+)\"\*", readme)
    assert quoted
    assert set(quoted) <= {explanation for (explanation,) in sums}
