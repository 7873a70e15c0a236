"""Putting a finished set in place, so that nobody ever sees half of it.

A version is a folder that is written once and never changed. Everything a reader opens goes
through one symbolic link, and replacing that link is one rename(2)::

    warehouse/
      community_safety.duckdb -> current/community_safety.duckdb
      marts                   -> current/marts
      data_docs               -> current/data_docs
      current                 -> versions/20260401T101500Z-1f3a90c2
      versions/
        20260401T101500Z-1f3a90c2/   what is published
        20260331T164210Z-77b0de41/   the version before it

docs/decisions.md says why it is done in this way and not in another.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from typing import Any

from pipeline.errors import PipelineError

STAGING = ".staging-"
RECORD = "build.json"


@dataclass(frozen=True, slots=True)
class Version:
    """One published version: its folder and what was written down when it was built."""

    path: Path
    record: dict[str, Any]

    @property
    def build_id(self) -> str:
        """The name of the version."""
        return self.path.name


def new_build_id(fingerprint: str, at: datetime | None = None) -> str:
    """Name a version: when it was built (UTC), and of what; names sort by time."""
    moment = (at or datetime.now(UTC)).astimezone(UTC)
    return f"{moment:%Y%m%dT%H%M%S}{moment.microsecond // 1000:03d}Z-{fingerprint[:8]}"


def staging_folder(published: Path) -> Path:
    """Make the folder in which this process writes the next version."""
    staging = published / f"{STAGING}{os.getpid()}"
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    return staging


def digests(folder: Path) -> dict[str, str]:
    """Map every file below a folder to the SHA-256 of its content."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != RECORD:
            with path.open("rb") as file:
                found[path.relative_to(folder).as_posix()] = file_digest(file, "sha256").hexdigest()
    return found


def current(published: Path) -> Version | None:
    """Find the version that readers see, or None if there is none that is whole."""
    link = published / "current"
    if not link.is_symlink():
        return None
    path = link.resolve()
    try:
        record = json.loads((path / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return Version(path, record) if isinstance(record, dict) else None


def is_whole(version: Version) -> bool:
    """Whether every file of a version is as it was published, and reached by its usual path."""
    published = version.path.parent.parent
    try:
        if digests(version.path) != version.record.get("files"):
            return False
        return all(
            (published / name).resolve() == entry.resolve() for name, entry in _entries(version)
        )
    except OSError:
        return False


def _entries(version: Version) -> Iterator[tuple[str, Path]]:
    """Yield what a version offers under a stable name: its files and folders but the record."""
    for entry in sorted(version.path.iterdir()):
        if entry.name != RECORD:
            yield entry.name, entry


def _flush(path: Path) -> None:
    """Have the operating system write a file or folder down before the next step relies on it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _point(link: Path, goal: str) -> None:
    """Make ``link`` a symbolic link to ``goal`` in one rename, whatever it was before."""
    if link.is_symlink() and link.readlink() == Path(goal):
        return
    draft = link.with_name(f"{STAGING}link-{os.getpid()}-{link.name}")
    draft.unlink(missing_ok=True)
    try:
        draft.symlink_to(goal)
    except (OSError, NotImplementedError) as error:
        raise PipelineError(
            f"{link.parent} is on a file system without symbolic links, which publishing needs",
            [f"Name another place with --warehouse. ({error})"],
        ) from error
    if link.is_dir() and not link.is_symlink():
        # A warehouse that was copied with its links followed has a folder here. It is a copy of an
        # earlier build; it goes, in a rename, to where the next cleaning finds it.
        link.rename(link.with_name(f"{STAGING}copied-{os.getpid()}-{link.name}"))
    draft.replace(link)


def put_in_place(
    staging: Path,
    published: Path,
    build_id: str,
    record: Mapping[str, Any],
    *,
    keeps_previous: bool = True,
) -> Version:
    """Publish what is in ``staging`` as a new version.

    Parameters
    ----------
    staging
        The finished folder, on the same file system as ``published``; it is moved.
    published
        The folder readers know.
    build_id
        The new version's name.
    record
        What to write down about it; digests of its files and the version it replaces are added.
    keeps_previous
        Whether the version it replaces stays for those who are reading it, until the next one: not
        when it holds what is withheld by now.

    Returns
    -------
    Version
        The new version, which readers see from now on.
    """
    before = current(published)
    full = {
        **record,
        "build_id": build_id,
        "previous": before.build_id if before and keeps_previous else None,
        "files": digests(staging),
    }
    (staging / RECORD).write_text(
        json.dumps(full, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    for path in sorted(staging.rglob("*")):
        _flush(path)
    _flush(staging)

    versions = published / "versions"
    versions.mkdir(exist_ok=True)
    version = Version(versions / build_id, full)
    staging.rename(version.path)
    _flush(versions)

    # The stable names are made before there is anything behind them, so that the first version
    # too appears as a whole.
    for name, _ in _entries(version):
        _point(published / name, f"current/{name}")
    # What a client older than DuckDB 1.4 left beside the link belongs to the file it had open.
    for name, entry in _entries(version):
        if entry.suffix == ".duckdb":
            (published / f"{name}.wal").unlink(missing_ok=True)
    _point(published / "current", f"versions/{build_id}")
    _flush(published)
    return version


def clean(published: Path) -> None:
    """Remove what killed builds left, and versions nobody can be reading by name any more.

    The version before the current one stays: a reader that has looked up ``current`` may still be
    opening its files one by one. Files that are open stay readable even when they are removed.
    Call it only while holding the build lock.
    """
    if not published.is_dir():
        return
    for litter in published.glob(f"{STAGING}*"):
        if litter.is_dir() and not litter.is_symlink():
            shutil.rmtree(litter, ignore_errors=True)
        else:
            litter.unlink(missing_ok=True)
    versions = published / "versions"
    now = current(published)
    if now is None or not versions.is_dir():
        return
    kept = {now.build_id, now.record.get("previous")}
    for path in versions.iterdir():
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)
    offered = {name for name, _ in _entries(now)} | {"current"}
    for link in published.iterdir():
        gone = link.is_symlink() and link.readlink().parts[:1] == ("current",)
        if gone and link.name not in offered:
            link.unlink()
