"""Faults, injected: kills, full disks, two builds at once, readers during publishes.

Whatever happens, readers see one whole version, the next build puts everything right, and nothing
is left lying about. A few of each run with every test; `make faults` runs them all.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from pipeline import publish
from pipeline.project import CODE_ROOT, Project, workspace
from tests.python import standin

STAGES = (
    "Reading the reports",
    "Checking what landed",
    "Building and testing the models",
    "Writing DuckDB and Parquet",
    "Writing the site",
    "Checking what is published",
    "Putting it in place",
)
SEED = 20260101  # of the random moments; the same ones on every run


def start(
    command: str, project: Project, *options: str, limit: int | None = None
) -> subprocess.Popen[str]:
    """Start a stand-in's command as a process group of its own.

    Parameters
    ----------
    command
        What to do.
    project
        The stand-in.
    options
        Further options.
    limit
        The largest file it may write, in bytes: what a full disk is to a process.
    """

    def restrict() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.Popen(
        [sys.executable, "-m", "tests.python.standin", command, str(project.root), *options],
        cwd=CODE_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=restrict,
    )


def wait_for(stream: IO[str] | None, words: str) -> str:
    """Read a process's output until it says ``words``, which need not end a line."""
    assert stream is not None
    said = ""
    while words not in said:
        character = stream.read(1)
        if not character:
            pytest.fail(f"it ended without saying {words!r}: {said}")
        said += character
    return said


def kill(process: subprocess.Popen[str]) -> None:
    """End a process and its group as a power cut ends them."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=30)


def finish(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Wait for a process; gives its exit code and what it printed."""
    out, err = process.communicate(timeout=180)
    return process.returncode, out, err


def set_report(project: Project, marker: str) -> None:
    """Have the next build publish ``marker``."""
    (project.reports / "report.txt").write_text(marker, encoding="utf-8")


def seeds_say(project: Project) -> set[str]:
    """Read what the landed seeds say: one marker if they are whole."""
    lines = (project.landed / "landed_things.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == standin.ROWS + 1
    return {line.partition(",")[2] for line in lines[1:]}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Build a stand-in once, for every test to copy."""
    project = standin.make(tmp_path_factory.mktemp("standin"))
    code, _, err = finish(start("build", project))
    assert code == 0, err
    return project


@pytest.fixture
def project(template: Project, tmp_path: Path) -> Project:
    """Copy the stand-in, which has published "first"."""
    subprocess.run(["cp", "-a", str(template.root), str(tmp_path / "project")], check=True)
    return Project.at(tmp_path / "project")


def rebuild(project: Project, marker: str) -> None:
    """Build again, and find everything as if nothing had happened."""
    code, _, err = finish(start("build", project))
    assert code == 0, err
    assert standin.look(project.published) == marker
    assert seeds_say(project) == {marker}
    assert standin.litter(project) == []


def check_kill(project: Project, stage: str, after: float) -> None:
    """Kill a build some time after a stage begins, look, and build again."""
    set_report(project, "second")
    process = start("build", project, "--force")
    wait_for(process.stdout, stage)
    time.sleep(after)
    kill(process)
    seen = standin.look(project.published)
    assert seen in {"first", "second"}
    if stage != STAGES[-1] and after == 0:
        assert seen == "first"
    assert len(seeds_say(project)) == 1
    rebuild(project, "second")


@pytest.mark.parametrize("stage", [STAGES[2], STAGES[-1]])
def test_build_killed_as_a_stage_begins_leaves_the_last_version(
    project: Project, stage: str
) -> None:
    check_kill(project, stage, 0)


@pytest.mark.faults
@pytest.mark.parametrize("after", [0, 0.05, 0.2, 0.6])
@pytest.mark.parametrize("stage", STAGES)
def test_build_killed_in_any_stage_leaves_the_last_version(
    project: Project, stage: str, after: float
) -> None:
    check_kill(project, stage, after)


def check_publishing_kills(project: Project, times: int) -> None:
    """Kill the publishing stage at many moments: each time the set is whole, old or new."""
    moments = random.Random(SEED)
    seen = []
    for _ in range(times):
        before = standin.look(project.published)
        process = start("publish", project, "--times", "1000")
        wait_for(process.stdout, "ready")
        time.sleep(moments.uniform(0, 0.5))
        kill(process)
        after = standin.look(project.published)
        assert after == before or after.isdecimal()
        seen.append(after)
    code, _, err = finish(start("publish", project))
    assert code == 0, err
    assert standin.look(project.published) == "00000000"
    assert standin.litter(project) == []
    assert len(set(seen)) > 1, "every kill came before anything was published"


def test_publishing_killed_at_a_few_moments(project: Project) -> None:
    check_publishing_kills(project, 8)


@pytest.mark.faults
def test_publishing_killed_at_a_hundred_moments(project: Project) -> None:
    check_publishing_kills(project, 100)


def check_readers(project: Project, times: int, readers: int) -> None:
    """Read in a loop, from other processes, while versions are published one after another."""
    standin.publish_once(project, "start")
    reading = [start("read", project) for _ in range(readers)]
    for process in reading:
        wait_for(process.stdout, "ready")
    code, _, err = finish(start("publish", project, "--times", str(times)))
    assert code == 0, err
    for process in reading:
        code, out, err = finish(process)
        assert code == 0, err
        told = json.loads(out)
        assert told["failures"] == 0, err
        assert told["times"] > 2
        assert len(told["seen"]) > 1, "the reader saw one version only: nothing was tried"
    assert standin.litter(project) == []


def test_reader_sees_whole_versions_during_publishes(project: Project) -> None:
    check_readers(project, times=20, readers=1)


@pytest.mark.faults
def test_readers_see_whole_versions_during_two_hundred_publishes(project: Project) -> None:
    check_readers(project, times=200, readers=2)


def test_reader_that_keeps_the_file_open_is_not_in_the_way_of_a_build(project: Project) -> None:
    reader = start("hold", project)
    assert reader.stdin is not None
    wait_for(reader.stdout, "first\n")
    for marker in ("second", "third"):
        set_report(project, marker)
        rebuild(project, marker)
        reader.stdin.write("\n")
        reader.stdin.flush()
        wait_for(reader.stdout, "first\n")
    code, _, err = finish(reader)
    assert code == 0, err


def test_build_file_that_somebody_has_open_is_not_in_the_way(project: Project) -> None:
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True);"
            " sys.stdin.read()",
            str(project.build_file),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    wait_for(holder.stdout, "open")
    set_report(project, "second")
    rebuild(project, "second")
    holder.communicate(timeout=30)


def test_two_builds_at_once_wait_for_each_other(project: Project) -> None:
    set_report(project, "second")
    one = start("build", project, "--force")
    wait_for(one.stdout, STAGES[1])
    other = start("build", project)
    said = wait_for(other.stdout, "waiting for it")
    assert f"Another build is running (process {one.pid} on" in said
    code, _, err = finish(one)
    assert code == 0, err
    code, out, err = finish(other)
    assert code == 0, err
    assert "Nothing has changed" in out or "Putting it in place" in out
    assert standin.look(project.published) == "second"
    assert standin.litter(project) == []


def test_second_build_gives_up_after_its_time(project: Project) -> None:
    one = start("build", project, "--force")
    wait_for(one.stdout, STAGES[1])
    code, _, err = finish(start("build", project, "--wait", "0.5"))
    assert code == 1
    assert f"another build is still running (process {one.pid} on" in err
    code, _, err = finish(one)
    assert code == 0, err


def check_full(project: Project, code: int, err: str) -> None:
    """Find a build that had no room refused in one line, and everything as before."""
    assert code == 1
    assert err.startswith("build failed: ")
    assert "Traceback" not in err
    assert standin.look(project.published) == "first"
    assert len(seeds_say(project)) == 1
    rebuild(project, "second")


@pytest.mark.parametrize("limit", [60_000], ids=["while publishing"])
def test_file_that_cannot_grow_fails_the_build_and_nothing_else(
    project: Project, limit: int
) -> None:
    set_report(project, "second")
    code, _, err = finish(start("build", project, limit=limit))
    check_full(project, code, err)


@pytest.mark.faults
@pytest.mark.parametrize("limit", [0, 5_000, 20_000, 300_000])
def test_file_that_cannot_grow_at_any_size_fails_the_build_and_nothing_else(
    project: Project, limit: int
) -> None:
    set_report(project, "second")
    code, _, err = finish(start("build", project, limit=limit))
    if code == 0:
        pytest.skip("nothing this build writes is as large")
    check_full(project, code, err)


@contextmanager
def small_disk(place: Path, size: int) -> Iterator[Path]:
    """Mount a file system of its own, which fills up."""
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("only root may mount a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.mark.faults
@pytest.mark.parametrize("room", [0, 4_096, 100_000, 400_000, 800_000])
def test_full_disk_under_the_warehouse_loses_nothing(
    project: Project, tmp_path: Path, room: int
) -> None:
    if shutil.which("mount") is None or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    with small_disk(tmp_path / "disk", 8_000_000) as disk:
        subprocess.run(["cp", "-a", str(project.warehouse), str(disk / "warehouse")], check=True)
        place = ["--warehouse", str(disk / "warehouse")]
        ballast = disk / "ballast"
        free = shutil.disk_usage(disk).free
        with ballast.open("wb") as file:
            file.write(b"\0" * max(0, free - room))
        set_report(project, "second")
        code, _, err = finish(start("build", project, *place))
        if code:
            assert err.startswith("build failed: ")
            assert "Traceback" not in err
            assert standin.look(disk / "warehouse") == "first"
        ballast.unlink()
        code, _, err = finish(start("build", project, *place))
        assert code == 0, err
        assert standin.look(disk / "warehouse") == "second"
        assert not list((disk / "warehouse").glob(f"{publish.STAGING}*"))


def test_warehouse_that_may_not_be_written_is_named(project: Project) -> None:
    (project.root / "not a folder").write_text("", encoding="utf-8")
    place = str(project.root / "not a folder" / "warehouse")
    code, _, err = finish(start("build", project, "--warehouse", place))
    assert code == 1
    assert err == f"build failed: {place} cannot be written to: Not a directory\n"


def real_build(project: Project, *options: str) -> subprocess.Popen[str]:
    """Start a build of the real project, as `make build` does."""
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", "build", "--project", str(project.root), *options],
        cwd=CODE_ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def children(pid: int) -> set[int]:
    """Find the processes a process has started (Linux)."""
    found: set[int] = set()
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        found |= {int(child) for child in tasks.read_text(encoding="utf-8").split()}
    return found


@pytest.fixture(scope="module")
def whole_project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Copy the project with its reports and publish it once."""
    place = tmp_path_factory.mktemp("whole") / "project"
    project = workspace(Project.at(CODE_ROOT), place, with_landed=True)
    shutil.copytree(CODE_ROOT / "ingest" / "reports", project.root / "ingest" / "reports")
    project = Project.at(project.root)
    code, _, err = finish(real_build(project))
    assert code == 0, err
    return project


def whole(project: Project) -> publish.Version:
    """Find what is published, and that it is whole."""
    version = publish.current(project.published)
    assert version is not None
    assert publish.is_whole(version)
    return version


def offered(version: publish.Version) -> set[str]:
    """List a version's files, but for Data Docs' pages, which are named for the moment."""
    return {name for name in version.record["files"] if not name.startswith("data_docs/")}


@pytest.mark.faults
@pytest.mark.parametrize("stage", STAGES)
def test_real_build_killed_in_any_stage_loses_nothing(whole_project: Project, stage: str) -> None:
    before = whole(whole_project)
    seeds = publish.digests(whole_project.landed)
    process = real_build(whole_project, "--force")
    wait_for(process.stdout, stage)
    time.sleep(random.Random(SEED + STAGES.index(stage)).uniform(0, 1))
    started = children(process.pid)
    process.kill()  # this process alone: what it has started must end by itself
    process.communicate(timeout=30)
    after = whole(whole_project)
    assert after.build_id == before.build_id or stage == STAGES[-1]
    assert publish.digests(whole_project.landed) == seeds
    for pid in started:
        for _ in range(100):
            if not Path(f"/proc/{pid}/exe").exists():
                break
            time.sleep(0.05)
        else:
            pytest.fail("a process of the killed build is still at work")

    code, _, err = finish(real_build(whole_project, "--force"))
    assert code == 0, err
    assert offered(whole(whole_project)) == offered(before)
    assert standin.litter(whole_project) == []


@pytest.mark.faults
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
@pytest.mark.parametrize("stage", [STAGES[1], STAGES[3]])
def test_real_build_asked_to_stop_clears_up_behind_itself(
    whole_project: Project, stage: str, number: signal.Signals
) -> None:
    before = whole(whole_project)
    process = real_build(whole_project, "--force")
    wait_for(process.stdout, stage)
    process.send_signal(number)
    code, out, err = finish(process)
    assert code == 130, err
    assert "build stopped; nothing has been published." in out
    assert "Traceback" not in err
    assert whole(whole_project) == before
    assert standin.litter(whole_project) == []
