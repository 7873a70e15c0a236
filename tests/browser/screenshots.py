"""Take the pictures of ``docs/site.md``: ``python -m tests.browser.screenshots``."""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

from pipeline.site import build_site
from tests.browser.conftest import MISSING, executable
from tests.published import ROOT, warehouse

IMAGES = ROOT / "docs" / "images"
PAGES = {
    "overview": "index.html",
    "indicator": "indicators/section-27-notices.html",
    "report": "reports/stockton-2019-20-q3.html",
    "claims_checked": "contradictions.html#findings",
    "what_changed": "plans.html#step-1-1",
}
SIZES: dict[str, tuple[ViewportSize, str]] = {
    "light": ({"width": 1200, "height": 900}, "light"),
    "dark": ({"width": 1200, "height": 900}, "dark"),
    "phone": ({"width": 390, "height": 844}, "light"),
}
COLOURS = 96  # enough for text and a line or two; keeps a picture small


def _show(page: Page, name: str) -> None:
    """Bring what matters of a page into view."""
    if name == "report":
        page.locator(".published a.n", has_text="353").first.click()
    elif name == "indicator":
        page.locator(".chart-box").first.evaluate(
            "box => window.scrollTo(0, box.getBoundingClientRect().top - 120)"
        )


def main() -> int:
    """Write one picture for every kind of page and every size."""
    found = executable()
    if found is None:
        print(MISSING, file=sys.stderr)
        return 1
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        build_site(warehouse(), site)
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for size, (viewport, scheme) in SIZES.items():
            context = browser.new_context(
                viewport=viewport,
                color_scheme="dark" if scheme == "dark" else "light",
            )
            page = context.new_page()
            for name, address in PAGES.items():
                page.goto(f"{site.as_uri()}/{address}")
                _show(page, name)
                picture = Image.open(io.BytesIO(page.screenshot()))
                place = IMAGES / f"{name}_{size}.png"
                picture.convert("RGB").quantize(COLOURS).save(place, optimize=True)
                print(f"{place.relative_to(ROOT)}: {place.stat().st_size // 1024} KB")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
