"""The one file of ``dbt docs``: it opens, shows the models, and asks nothing of the outside."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pipeline.project import CODE_ROOT, Project, workspace
from pipeline.site import build_site
from tests.published import warehouse


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site beside the project's own documentation, without what only a build knows of tables."""
    place = tmp_path_factory.mktemp("dbt_docs")
    project = workspace(Project.at(CODE_ROOT), place / "project", with_landed=True)
    done = subprocess.run(
        [sys.executable, "-m", "dbt.cli.main", "--quiet", "docs", "generate", "--static",
         "--empty-catalog", "--profiles-dir", "."],
        cwd=project.root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    build_site(warehouse(), place / "site", dbt_docs=project.root / "target" / "static_index.html")
    return place / "site"


def test_dbt_docs_open_from_the_site_without_an_outside_request(
    browser: Browser, site: Path
) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked, failed = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto((site / "data.html").as_uri())
    page.get_by_role("link", name="dbt documentation").click()
    page.wait_for_url("**/dbt_docs.html*")
    page.goto(page.url.partition("#")[0] + "#!/model/model.community_safety.indicator_timeline")
    page.get_by_text("the best value that the reports give").first.wait_for()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert failed == []
    context.close()
