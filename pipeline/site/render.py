"""Writing the site: every page through a template that escapes whatever it is given."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline import words
from pipeline.marts import open_marts
from pipeline.site import charts, formats
from pipeline.site.library import Library
from pipeline.site.pages import contradictions, data, indicator, overview, plans, report, search

HERE = Path(__file__).resolve().parent
DBT_DOCS = "dbt_docs.html"


class Writer:
    """Renders templates into files of one folder."""

    def __init__(self, out: Path, shared: Mapping[str, Any]) -> None:
        self.out = out
        self.pages = 0
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._templates.filters |= {
            "amount": formats.amount,
            "plain": formats.plain,
            "day": formats.day,
            "count_of": formats.count_of,
            "code": formats.code,
            "said": words.said,
        }
        self._templates.globals |= {
            "VERDICTS": words.VERDICTS,
            "STATUSES": words.STATUSES,
            "TRAVEL": words.TRAVEL,
            "OUTCOMES": words.OUTCOMES,
            "GAPS": words.GAPS,
            "QUOTING": words.QUOTING,
            "DIRECTIONS": words.DIRECTIONS,
            "RELATION_KINDS": plans.KINDS,
            "cell_title": words.cell_title,
            **shared,
        }

    def page(self, template: str, name: str, context: Mapping[str, Any]) -> None:
        """Render one page; ``name`` is its path below the folder of the site."""
        place = self.out / name
        place.parent.mkdir(parents=True, exist_ok=True)
        root = "../" * name.count("/")
        text = self._templates.get_template(template).render(**context, root=root, here=name)
        place.write_text(text, encoding="utf-8")
        self.pages += 1


def build_site(warehouse: Path, out: Path, *, dbt_docs: Path | None = None) -> int:
    """Make the whole site.

    Parameters
    ----------
    warehouse
        A folder with the published DuckDB file; nothing else is read.
    out
        The folder of the site; what is in it is replaced.
    dbt_docs
        One file made by ``dbt docs generate --static``, to be put beside the pages and linked.

    Returns
    -------
    int
        How many pages were written.

    Raises
    ------
    PipelineError
        If a mart is missing.
    """
    with open_marts(warehouse) as marts:
        library = Library.of(marts)
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    shutil.copytree(HERE / "static", out / "static")
    has_dbt_docs = dbt_docs is not None and dbt_docs.is_file()
    if dbt_docs is not None and has_dbt_docs:
        shutil.copyfile(dbt_docs, out / DBT_DOCS)

    areas = sorted({row["area"] for row in library.reports.values()})
    writer = Writer(out, {"site_areas": areas, "report_total": len(library.reports)})
    writer.page("overview.html", "index.html", overview.context(library))
    writer.page("contradictions.html", "contradictions.html", contradictions.context(library))
    writer.page("plans.html", "plans.html", plans.context(library))
    writer.page(
        "data.html", "data.html", data.context(library, warehouse, has_dbt_docs=has_dbt_docs)
    )
    writer.page("reading.html", "reading.html", {"groups": data.glossary()})
    writer.page("search.html", "search.html", search.context(library))
    _write_index(library, out / "static" / "search-index.js")
    for report_id, name in library.report_files.items():
        writer.page(
            "report.html", f"reports/{name}", report.context(library, library.reports[report_id])
        )
    _write_indicators(library, writer)
    return writer.pages


def _write_indicators(library: Library, writer: Writer) -> None:
    """Write the pages of the indicators; all their charts are drawn in one go."""
    contexts = {key: indicator.context(library, row) for key, row in library.indicators.items()}
    panels = [
        (panel, panel.chart)
        for context in contexts.values()
        for panel in context["panels"]
        if panel.chart is not None
    ]
    for (panel, _), drawn in zip(panels, charts.draw([chart for _, chart in panels]), strict=True):
        # Drawn from numbers, our own words and links, and serialised as XML: safe as it is.
        panel.pictures = {name: Markup(svg) for name, svg in drawn.items()}
    for key, context in contexts.items():
        writer.page("indicator.html", f"indicators/{library.indicator_files[key]}", context)


def _write_index(library: Library, place: Path) -> None:
    """Write what the search page looks in: a script, because a page opened from a folder may
    load a script but may not fetch a file.
    """
    entries = json.dumps(search.index(library), ensure_ascii=False, separators=(",", ":"))
    place.write_text(f"window.SEARCH_INDEX = {entries};\n", encoding="utf-8")
