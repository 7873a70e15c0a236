"""The site in a real browser: opens, answers, is accessible, asks nothing of the outside."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from pipeline.site import build_site
from tests.published import changed, hostile

REPORT = "reports/stockton-2019-20-q3.html"
KINDS = {
    "overview": "index.html",
    "an indicator": "indicators/criminal-damage-offences.html",
    "an indicator with a break": "indicators/section-27-notices.html",
    "a report": REPORT,
    "claims checked": "contradictions.html",
    "what changed": "plans.html",
    "search": "search.html",
    "data": "data.html",
    "reading": "reading.html",
}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
LIGHT = 150_000  # bytes of a page, compressed, with all it loads
CONTROLS = "a[href], button, input, select, summary, [tabindex='0']"
TAKE_CLIPBOARD = (
    "Object.defineProperty(navigator, 'clipboard', {value: {writeText: text => {"
    " window.copied = text; return Promise.resolve(); }}})"
)


@contextmanager
def opened(browser: Browser, place: Path, **settings: Any) -> Iterator[Page]:
    """Open a page; whatever it complains about, or asks for outside its folder, is a failure."""
    path, _, fragment = str(place).partition("#")
    context = browser.new_context(**{"viewport": DESK, **settings})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "requestfailed",
        # An icon that was still loading when the next page opened is no failure.
        lambda request: (
            None
            if request.failure == "net::ERR_ABORTED"
            else complaints.append(f"{request.failure}: {request.url}")
        ),
    )
    page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith(("file:", "data:")) else complaints.append(request.url)
        ),
    )
    page.goto(Path(path).as_uri() + (f"#{fragment}" if fragment else ""))
    try:
        yield page
        assert complaints == []
    finally:
        context.close()


def test_every_page_opens_without_an_error_or_an_outside_request(
    browser: Browser, site: Path
) -> None:
    first, *others = sorted(site.rglob("*.html"))
    with opened(browser, first) as page:
        for place in (first, *others):
            page.goto(place.as_uri())
            assert page.locator("h1").count() == 1, place.name
            assert page.title(), place.name


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_light_and_opens_in_under_a_second(
    browser: Browser, site: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = []
    loaded: set[Path] = set()
    with opened(browser, site / KINDS[kind]) as page:
        page.on("request", lambda request: loaded.add(Path(unquote(urlsplit(request.url).path))))
        for _ in range(3):  # a machine that is busy may hold one of them up
            page.reload()
            taken.append(page.evaluate("performance.getEntriesByType('navigation')[0].duration"))
    weight = sum(len(gzip.compress(part.read_bytes())) for part in loaded)
    with capsys.disabled():
        print(f"\n{kind}: {weight / 1000:.0f} KB compressed, opened in {min(taken):.0f} ms")
    assert site / "static" / "site.css" in loaded
    assert weight < LIGHT
    assert min(taken) < 1000


def test_clicking_353_shows_343(browser: Browser, site: Path) -> None:
    with opened(browser, site / REPORT) as page:
        number = page.locator(".published a.n", has_text="353").first
        number.click()
        panel = page.locator("#panel")
        assert panel.is_visible()
        assert "343" in panel.inner_text()
        assert "Does not add up as printed" in panel.inner_text()
        page.keyboard.press("Escape")
        assert not panel.is_visible()
        assert number.evaluate("number => number === document.activeElement")


def test_a_number_answers_to_the_keyboard(browser: Browser, site: Path) -> None:
    with opened(browser, site / REPORT) as page:
        number = page.locator(".published a.n", has_text="353").first
        number.focus()
        page.keyboard.press("Enter")
        assert page.locator("#panel-title").evaluate("title => title === document.activeElement")
        page.keyboard.press("Tab")
        assert page.locator(".panel-close").evaluate("close => close === document.activeElement")
        page.keyboard.press("Enter")
        assert not page.locator("#panel").is_visible()


@pytest.mark.parametrize("kind", KINDS)
def test_every_control_is_reached_by_keyboard_and_seen_to_be(
    browser: Browser, site: Path, kind: str
) -> None:
    with opened(browser, site / KINDS[kind]) as page:
        page.evaluate(
            """selector => {
                window.controls = [...document.querySelectorAll(selector)].filter(
                    control => control.checkVisibility());
                window.reached = new Map();
                document.activeElement.blur();
                document.addEventListener("focusin", event => reached.set(
                    event.target, getComputedStyle(event.target).outlineStyle));
            }""",
            CONTROLS,
        )
        count = page.evaluate("controls.length")
        assert count > 8
        for _ in range(count + 5):
            page.keyboard.press("Tab")
        missed = page.evaluate(
            "controls.filter(control => !reached.has(control)).map(c => c.outerHTML.slice(0, 90))"
        )
        assert missed == []
        unseen = page.evaluate(
            "controls.filter(control => reached.get(control) === 'none').map(c => c.outerHTML)"
        )
        assert unseen == []


def test_filters_details_and_search_answer_to_the_keyboard(browser: Browser, site: Path) -> None:
    with opened(browser, site / "contradictions.html") as page:
        every = page.locator(".finding:visible").count()
        page.locator("#filter-family").focus()
        page.keyboard.press("ArrowDown")
        assert 0 < page.locator(".finding:visible").count() < every
        page.keyboard.press("ArrowUp")
        page.locator("#filter-flips").focus()
        page.keyboard.press("Space")
        assert 0 < page.locator(".finding:visible").count() < every
        page.keyboard.press("Space")
        details = page.locator("details.more").first
        details.locator("> summary").focus()
        page.keyboard.press("Enter")
        assert details.get_attribute("open") is not None
        page.evaluate(TAKE_CLIPBOARD)
        page.locator(".finding .quote > summary").first.focus()
        page.keyboard.press("Enter")
        assert page.locator(".finding .copied").first.inner_text() == "Copied"
        assert "Source:" in page.evaluate("window.copied")
    with opened(browser, site / "search.html") as page:
        page.keyboard.type("section 27")  # the field has the focus
        page.locator(".results a").first.wait_for()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/indicators/**")


def test_without_scripts_a_number_opens_its_reading(browser: Browser, site: Path) -> None:
    with opened(browser, site / REPORT, java_script_enabled=False) as page:
        number = page.locator(".published a.n", has_text="353").first
        goal = (number.get_attribute("href") or "").removeprefix("#")
        reading = page.locator(f"[id='{goal}']")
        assert not reading.is_visible()
        number.click()
        assert reading.is_visible()
        assert "343" in reading.inner_text()


def test_a_point_of_a_chart_leads_to_its_number(browser: Browser, site: Path) -> None:
    with opened(browser, site / KINDS["an indicator"]) as page:
        point = page.locator("svg.chart-wide a").first
        goal = (point.get_attribute("href") or "").partition("#")[2]
        assert point.get_attribute("aria-label")
        point.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/*.html#{goal}")
        assert page.locator(f"[id='{goal}']").is_visible()
        assert page.locator("#panel").is_visible()


def test_findings_are_filtered_and_the_filter_can_be_shared(browser: Browser, site: Path) -> None:
    with opened(browser, site / "contradictions.html") as page:
        every = page.locator(".finding").count()
        choice = page.locator("#filter-report option").nth(1).get_attribute("value")
        page.select_option("#filter-report", choice)
        shown = page.locator(".finding:visible").count()
        assert 0 < shown < every
        assert f"{shown} of {every}" in page.locator(".filter-count").inner_text()
        address = page.url.partition("#")[2]
    with opened(browser, Path(f"{site / 'contradictions.html'}#{address}")) as page:
        assert page.locator(".finding:visible").count() == shown
        assert page.locator("#filter-report").input_value() == choice


@pytest.mark.parametrize("name", ["report", "family", "certainty", "cause"])
def test_every_choice_of_a_filter_shows_as_many_findings_as_it_says(
    browser: Browser, site: Path, name: str
) -> None:
    with opened(browser, site / "contradictions.html") as page:
        every = page.locator(".finding").count()
        options = page.locator(f"#filter-{name} option").all()[1:]
        counted = 0
        for option in options:
            said = int(option.inner_text().rpartition("(")[2].rstrip(")"))
            value = option.get_attribute("value")
            page.select_option(f"#filter-{name}", value)
            shown = page.locator(".finding:visible")
            assert shown.count() == said, value
            kinds = shown.evaluate_all("(found, name) => found.map(f => f.dataset[name])", name)
            assert set(kinds) == {value}
            counted += said
        assert len(options) > 1
        assert counted == every


def test_what_turns_a_decision_comes_first(browser: Browser, tmp_path: Path) -> None:
    place = changed(
        tmp_path / "changed",
        [
            "update fct_consistency_checks set flips_decision = check_id in (select max(check_id)"
            " from fct_consistency_checks where verdict in ('inconsistent', 'truncated')"
            " and root_check_id = check_id group by verdict)"
        ],
    )
    build_site(place, tmp_path / "site")
    with opened(browser, tmp_path / "site" / "contradictions.html") as page:
        flips = page.locator(".finding").evaluate_all(
            "findings => findings.map(finding => finding.dataset.flips === 'yes')"
        )
        assert flips == sorted(flips, reverse=True)
        assert sum(flips) == 2  # one that does not add up, and one that does
        page.check("#filter-flips")
        assert page.locator(".finding:visible").count() == 2
        assert page.locator(".finding:visible .tag", has_text="Rounded down").count() == 1


def test_what_changed_shows_both_rows_the_judgement_and_the_reason(
    browser: Browser, site: Path
) -> None:
    with opened(browser, site / "plans.html") as page:
        kinds = {kind.strip() for kind in page.locator(".judgement .tag").all_inner_texts()}
        assert {"=Same", "≠Not comparable"} <= {kind.replace("\n", "") for kind in kinds}
        apart = page.locator(".judgement", has_text="Not comparable")
        for judgement in apart.all():
            assert judgement.locator("p").count() >= 1, judgement.inner_text()
        for row in page.locator(".side-by-side tbody tr").all()[:5]:
            links = row.locator("td:not(:last-child) a").all()
            assert len(links) == 2
        assert page.locator("#breaks ~ .table-scroll tbody tr").count() >= 1
        page.locator(".side-by-side tbody tr td a").first.click()
        page.wait_for_url("**/reports/*#row-*")
        goal = page.url.partition("#")[2]
        assert page.locator(f"[id='{goal}']").is_visible()


def test_search_finds_indicators_first_and_then_sentences(browser: Browser, site: Path) -> None:
    with opened(browser, site / "search.html") as page:
        page.fill("#query", "criminal damage")
        assert page.locator(".results li .tag").first.inner_text() == "Indicator"
        page.fill("#query", "reduction of 353")
        assert page.locator(".results li").count() >= 1
        assert page.locator(".results li .tag").first.inner_text() == "Statement"
        page.locator(".results a").first.click()
        assert page.locator("#panel").is_visible()
    with opened(browser, site / "search.html") as page:
        page.fill("#query", "no update provided")  # a sentence without a number
        assert page.locator(".results .tag").first.inner_text() == "Statement"
        page.locator(".results a").first.click()
        page.wait_for_url("**/reports/*#row-*")


def test_quote_this_copies_sentence_caveat_and_citation(browser: Browser, site: Path) -> None:
    with opened(browser, site / KINDS["an indicator"]) as page:
        page.evaluate(TAKE_CLIPBOARD)
        page.locator(".headline .quote > summary").click()
        assert page.locator(".headline .copied").inner_text() == "Copied"
        copied = page.evaluate("window.copied")
        assert "Source:" in copied
        assert "Criminal damage" in copied


def test_quote_this_of_a_number_says_what_does_not_add_up(browser: Browser, site: Path) -> None:
    with opened(browser, site / REPORT) as page:
        page.evaluate(TAKE_CLIPBOARD)
        page.locator(".published a.n", has_text="353").first.click()
        page.locator("#panel .quote > summary").click()
        copied = page.evaluate("window.copied")
    for part in (
        "reduction of 353 incidents",  # the sentence
        "Does not add up as printed",  # the caveat
        "343",
        "As at 31 December 2019.",  # the vintage
        "Source: Safer Stockton Partnership",  # the citation
        "row 4.2",
        "line 41",
    ):
        assert part in copied, part


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({"color_scheme": "light"}, id="light"),
        pytest.param({"color_scheme": "dark"}, id="dark"),
        pytest.param({"viewport": PHONE}, id="phone"),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(
    browser: Browser, site: Path, kind: str, settings: dict[str, Any]
) -> None:
    with opened(browser, site / KINDS[kind], **settings) as page:
        if kind == "a report":
            page.locator(".published a.n", has_text="353").first.click()
        # Not preloaded: axe would fetch the style sheet, which a page in a folder may not do.
        options = {"runOnly": {"type": "tag", "values": STANDARDS}, "preload": False}
        found = Axe().run(page, options=options)
        assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("kind", KINDS)
def test_a_phone_shows_a_page_in_its_width(browser: Browser, site: Path, kind: str) -> None:
    with opened(browser, site / KINDS[kind], viewport=PHONE) as page:
        assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE["width"]


def test_print_leaves_out_what_cannot_be_clicked(browser: Browser, site: Path) -> None:
    with opened(browser, site / REPORT) as page:
        page.emulate_media(media="print")
        assert not page.locator("nav").first.locator(".menu").is_visible()
        assert page.locator(".published").first.is_visible()
        assert len(page.pdf()) > 10_000


def test_no_text_of_a_report_runs(browser: Browser, tmp_path: Path) -> None:
    attack = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
    build_site(hostile(tmp_path / "hostile", attack), tmp_path / "site")
    for name in KINDS.values():
        with opened(browser, tmp_path / "site" / name) as page:
            if name == "search.html":
                page.fill("#query", "<script>")
                assert page.locator(".results li").count() > 0
                assert page.locator(".results script, .results img").count() == 0
            elif name == REPORT:
                page.locator(".published a.n").first.click()
            assert page.locator("img").count() == 0
