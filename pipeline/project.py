"""Where everything is: the one place that knows the names of files and folders."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import PipelineError

CODE_ROOT = Path(__file__).resolve().parent.parent
DATABASE = "community_safety"


@dataclass(frozen=True, slots=True)
class Project:
    """The folders of one build.

    Attributes
    ----------
    root
        The folder of ``dbt_project.yml``; seeds land in its ``seeds/landed``.
    reports
        The folder of the source reports and their manifest.
    warehouse
        Where the result is published.
    include_restricted
        Whether rows under a protective marking are built. They are published under
        ``warehouse/restricted``, in files of another name, and never among the public ones.
    """

    root: Path
    reports: Path
    warehouse: Path
    include_restricted: bool = False

    @classmethod
    def at(
        cls,
        root: Path,
        reports: Path | None = None,
        warehouse: Path | None = None,
        *,
        include_restricted: bool = False,
    ) -> Project:
        """Take the project at ``root``, with the usual places for what is not named."""
        root = root.resolve()
        return cls(
            root=root,
            reports=(reports or root / "ingest" / "reports").resolve(),
            warehouse=(warehouse or root / "warehouse").absolute(),
            include_restricted=include_restricted,
        )

    @property
    def target(self) -> Path:
        """The folder for what a build makes on its way."""
        return self.root / "target"

    @property
    def landed(self) -> Path:
        """The machine-written seeds."""
        return self.root / "seeds" / "landed"

    @property
    def landing(self) -> Path:
        """Where seeds are written before they are checked and put in place.

        Not below ``seeds``: dbt would read what a killed build left there as seeds of its own.
        """
        return self.target / "landing"

    @property
    def database(self) -> str:
        """The name, without suffix, of both the build file and the published file."""
        return f"{DATABASE}_restricted" if self.include_restricted else DATABASE

    @property
    def build_file(self) -> Path:
        """The DuckDB file dbt builds in (``profiles.yml`` says the same)."""
        return self.target / f"{self.database}.duckdb"

    @property
    def published(self) -> Path:
        """The folder the result is published in."""
        return self.warehouse / "restricted" if self.include_restricted else self.warehouse

    @property
    def is_at_home(self) -> bool:
        """Whether the reports are the project's own, whose landed seeds are committed."""
        return self.reports == (self.root / "ingest" / "reports").resolve()


def dbt_paths(root: Path) -> list[Path]:
    """List the files and folders dbt reads, as ``dbt_project.yml`` names them.

    Raises
    ------
    PipelineError
        If there is no readable ``dbt_project.yml``.
    """
    config = root / "dbt_project.yml"
    try:
        settings: Any = yaml.safe_load(config.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PipelineError(f"{root} is no dbt project: it has no dbt_project.yml") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PipelineError(f"dbt_project.yml cannot be read: {error}") from error
    if not isinstance(settings, dict):
        raise PipelineError("dbt_project.yml holds no settings")
    names = ["dbt_project.yml", "profiles.yml", "packages.yml", "dependencies.yml", "dbt_packages"]
    for kind, usual in (
        ("model", "models"),
        ("macro", "macros"),
        ("seed", "seeds"),
        ("test", "tests"),
        ("analysis", "analyses"),
        ("snapshot", "snapshots"),
        ("docs", "docs"),
    ):
        names += settings.get(f"{kind}-paths", [usual])
    return [root / name for name in dict.fromkeys(names) if (root / name).exists()]


def input_files(project: Project) -> Iterator[tuple[str, Path]]:
    """Yield every file that decides what a build makes, with the name it is known by.

    The landed seeds are not among them: they follow from the reports and the reader.
    """
    places = [
        *dbt_paths(project.root),
        CODE_ROOT / "ingest",
        CODE_ROOT / "pipeline",
        CODE_ROOT / "requirements.txt",
    ]
    home = CODE_ROOT / "ingest" / "reports"
    for place in places:
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if not path.is_file() or "__pycache__" in path.parts:
                continue
            if any(path.is_relative_to(other) for other in (project.landed, home)):
                continue
            base = project.root if path.is_relative_to(project.root) else CODE_ROOT
            yield path.relative_to(base).as_posix(), path
    if project.reports.is_dir():
        for path in sorted(project.reports.rglob("*")):
            if path.is_file():
                yield f"reports/{path.relative_to(project.reports).as_posix()}", path


def _ignored(landed: Path | None) -> Callable[[str, list[str]], list[str]]:
    """Make the filter for copytree that leaves Python's caches, and landed seeds, behind."""

    def ignored(folder: str, names: list[str]) -> list[str]:
        return [
            name
            for name in names
            if name == "__pycache__" or (Path(folder) == landed and name.endswith(".csv"))
        ]

    return ignored


def workspace(project: Project, place: Path | None = None, *, with_landed: bool = False) -> Project:
    """Copy the dbt project to a place of its own.

    Reports that are not the project's own must not change the seeds committed with it, and a test
    must not touch the build file of the person who runs it.

    Parameters
    ----------
    project
        The project to copy.
    place
        Where to; a folder below ``target`` named for the reports if not given. dbt finds what it
        parsed there before, so a second build of the same reports starts quicker.
    with_landed
        Whether the landed seeds are copied too.
    """
    if place is None:
        name = hashlib.sha256(str(project.reports).encode()).hexdigest()[:12]
        place = project.target / "elsewhere" / name
    for source in dbt_paths(project.root):
        copy = place / source.relative_to(project.root)
        if copy.is_dir():
            shutil.rmtree(copy)
        copy.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, copy, ignore=_ignored(None if with_landed else project.landed))
        else:
            shutil.copy2(source, copy)
    return Project(
        root=place.resolve(),
        reports=project.reports,
        warehouse=project.warehouse,
        include_restricted=project.include_restricted,
    )
