"""Publishing: the set appears at once, stays whole, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from pipeline import publish
from pipeline.errors import PipelineError
from pipeline.export import export
from pipeline.lock import build_lock
from pipeline.project import CODE_ROOT, Project
from pipeline.seeds import put_seeds_in_place
from tests.python import standin


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Make a stand-in project in which nothing is published yet."""
    return standin.make(tmp_path)


def test_first_publication_offers_stable_names(project: Project) -> None:
    standin.publish_once(project, "first")
    names = {path.name for path in project.published.iterdir()}
    assert names == {"community_safety.duckdb", "marts", "current", "versions"}
    assert (project.published / "community_safety.duckdb").is_file()
    assert standin.look(project.published) == "first"


def test_version_before_the_current_one_stays_and_older_ones_go(project: Project) -> None:
    ids = [standin.publish_once(project, marker).build_id for marker in ("a", "b", "c", "d")]
    kept = {path.name for path in (project.published / "versions").iterdir()}
    assert kept == set(ids[-2:])
    assert standin.look(project.published) == "d"
    assert standin.litter(project) == []


def test_version_that_tells_what_is_withheld_by_now_goes_at_once(project: Project) -> None:
    first = standin.publish_once(project, "first")
    second = standin.publish_once(project, "second", keeps_previous=False)
    assert not first.path.exists()
    assert standin.publish_once(project, "third").record["previous"] == second.build_id
    assert second.path.exists()


def test_nothing_is_seen_of_a_version_before_the_last_step(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    standin.publish_once(project, "first")
    seen: list[str] = []
    rename, replace = Path.rename, Path.replace

    def watched(change: Callable[[Path, Path], Path]) -> Callable[[Path, Path], Path]:
        def changed(self: Path, target: Path) -> Path:
            seen.append(standin.look(project.published))
            done = change(self, target)
            seen.append(standin.look(project.published))
            return done

        return changed

    monkeypatch.setattr(Path, "rename", watched(rename))
    monkeypatch.setattr(Path, "replace", watched(replace))
    standin.publish_once(project, "second")
    assert seen == ["first", "first", "first", "second"]


def test_reader_that_keeps_the_file_open_blocks_nobody_and_keeps_its_version(
    project: Project,
) -> None:
    standin.publish_once(project, "first")
    with subprocess.Popen(
        [sys.executable, "-m", "tests.python.standin", "hold", str(project.root)],
        cwd=CODE_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        assert reader.stdout.readline() == "first\n"
        for marker in ("second", "third", "fourth"):  # its folder is removed on the way
            standin.publish_once(project, marker)
            reader.stdin.write("again\n")
            reader.stdin.flush()
            assert reader.stdout.readline() == "first\n"
            assert standin.look(project.published) == marker
        reader.stdin.close()
        assert reader.wait(timeout=30) == 0


def test_warehouse_copied_with_its_links_followed_is_published_into(project: Project) -> None:
    standin.publish_once(project, "first")
    copy = project.warehouse.with_name("copy")
    shutil.copytree(project.warehouse, copy)
    project.warehouse.rename(project.warehouse.with_name("away"))
    copy.rename(project.warehouse)
    assert not (project.warehouse / "current").is_symlink()

    standin.publish_once(project, "second")
    assert standin.look(project.published) == "second"
    assert (project.warehouse / "marts").is_symlink()
    assert standin.litter(project) == []


def test_cleaning_removes_what_killed_builds_left(project: Project) -> None:
    version = standin.publish_once(project, "first")
    (project.published / ".staging-1" / "marts").mkdir(parents=True)
    (project.published / ".staging-link-1-marts").symlink_to("current/marts")
    (project.published / "old_table").symlink_to("current/old_table")
    (project.published / "versions" / "99991231T000000000Z-deadbeef").mkdir()
    publish.clean(project.published)
    assert standin.litter(project) == []
    assert not (project.published / "old_table").is_symlink()
    assert [path.name for path in (project.published / "versions").iterdir()] == [version.build_id]


def test_cleaning_leaves_what_a_person_keeps_beside_it(project: Project) -> None:
    standin.publish_once(project, "first")
    (project.published / "my notes.txt").write_text("mine", encoding="utf-8")
    (project.published / "mine").symlink_to("my notes.txt")
    publish.clean(project.published)
    assert (project.published / "mine").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    "harm",
    [
        lambda version: (version / "marts" / "dim_things.parquet").write_bytes(b"PAR1"),
        lambda version: (version / "marts" / "dim_things.parquet").unlink(),
        lambda version: (version / "marts" / "extra.parquet").write_bytes(b"PAR1"),
        lambda version: (version.parent.parent / "marts").unlink(),
    ],
    ids=["changed", "removed", "added", "unlinked"],
)
def test_version_that_was_tampered_with_is_not_whole(
    project: Project, harm: Callable[[Path], object]
) -> None:
    version = standin.publish_once(project, "first")
    assert publish.is_whole(version)
    harm(version.path)
    assert not publish.is_whole(version)


@pytest.mark.parametrize("record", ["", "{", "[]", '"text"'])
def test_version_without_a_readable_record_is_none(project: Project, record: str) -> None:
    version = standin.publish_once(project, "first")
    (version.path / publish.RECORD).write_text(record, encoding="utf-8")
    assert publish.current(project.published) is None
    standin.publish_once(project, "second")
    assert standin.look(project.published) == "second"
    assert standin.litter(project) == []


def test_file_system_without_links_is_named_and_nothing_is_published(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: str) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    with pytest.raises(PipelineError, match="without symbolic links"):
        standin.publish_once(project, "first")
    assert publish.current(project.published) is None


def test_names_of_versions_sort_by_time() -> None:
    at = datetime(2026, 1, 1, 9, 30, tzinfo=UTC)
    moments = [at + timedelta(milliseconds=step) for step in (0, 1, 999, 1000, 86_400_000)]
    names = [publish.new_build_id("ab" * 32, moment) for moment in moments]
    assert names == sorted(set(names))
    assert names[0] == "20260101T093000000Z-abababab"


class TestExport:
    """What the published files are like."""

    @pytest.fixture
    def folder(self, project: Project, tmp_path: Path) -> Path:
        """Export two tables with descriptions, a key and awkward words."""
        project.target.mkdir()
        with duckdb.connect(str(project.build_file)) as connection:
            connection.execute(
                """
                create schema marts;
                create schema staging;
                create view staging.hidden as select 1 as one;
                create table marts.dim_a (a_id integer primary key, "order" varchar not null);
                insert into marts.dim_a values (2, 'b'), (1, 'a');
                comment on table marts.dim_a is 'One a. It''s described.';
                comment on column marts.dim_a."order" is 'A word of SQL; ''quoted''.';
                create table marts.fct_b as select 1.5::decimal(18, 4) as value;
                """
            )
        folder = tmp_path / "staging"
        folder.mkdir()
        tables = export(project.build_file, folder, "the-build")
        assert [(table.name, table.row_count) for table in tables] == [("dim_a", 2), ("fct_b", 1)]
        return folder

    def test_duckdb_file_holds_tables_keys_and_descriptions(self, folder: Path) -> None:
        with duckdb.connect(str(folder / "community_safety.duckdb"), read_only=True) as connection:
            assert connection.sql("from marts.dim_a").fetchall() == [(1, "a"), (2, "b")]
            assert connection.sql(
                "select comment from duckdb_tables() where table_name = 'dim_a'"
            ).fetchall() == [("One a. It's described.",)]
            assert connection.sql(
                "select comment from duckdb_columns() where column_name = 'order'"
            ).fetchall() == [("A word of SQL; 'quoted'.",)]
            kinds = connection.sql(
                "select constraint_type from duckdb_constraints() where table_name = 'dim_a'"
            ).fetchall()
            assert {"PRIMARY KEY", "NOT NULL"} <= {kind for (kind,) in kinds}
            assert connection.sql(
                "select distinct schema_name from duckdb_tables()"
            ).fetchall() == [("marts",)]

    def test_duckdb_file_copies_to_another(self, folder: Path, tmp_path: Path) -> None:
        with duckdb.connect(str(tmp_path / "copy.duckdb")) as connection:
            source = folder / "community_safety.duckdb"
            connection.execute(f"attach '{source}' as source (read_only)")
            connection.execute("copy from database source to copy")
            assert connection.sql("select count(*) from copy.marts.dim_a").fetchall() == [(2,)]

    def test_duckdb_file_is_of_the_storage_version_of_1_2(self, folder: Path) -> None:
        header = (folder / "community_safety.duckdb").read_bytes()[:20]
        assert header[8:12] == b"DUCK"
        assert int.from_bytes(header[12:20], "little") == 65  # 64: up to 1.1, 65: 1.2, 66: 1.3

    def test_parquet_says_what_it_is(self, folder: Path) -> None:
        said = duckdb.sql(
            f"select decode(key), decode(value)"
            f" from parquet_kv_metadata('{folder}/marts/dim_a.parquet')"
        ).fetchall()
        assert dict(said) == {
            "build_id": "the-build",
            "mart": "dim_a",
            "description": "One a. It's described.",
        }

    def test_only_the_expected_files_are_written(self, folder: Path) -> None:
        names = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
        assert names == {
            "community_safety.duckdb",
            "marts",
            "marts/dim_a.parquet",
            "marts/fct_b.parquet",
        }

    def test_key_that_dbt_has_only_tested_is_published(self, project: Project) -> None:
        standin.publish_once(project, "first")
        staging = publish.staging_folder(project.published)
        export(project.build_file, staging, "x", {"dim_things": ("thing_id",)})
        with duckdb.connect(str(staging / "community_safety.duckdb"), read_only=True) as connection:
            assert connection.sql(
                "select constraint_column_names from duckdb_constraints()"
                " where constraint_type = 'PRIMARY KEY'"
            ).fetchall() == [(["thing_id"],)]

    def test_build_file_without_marts_is_refused(self, tmp_path: Path) -> None:
        with duckdb.connect(str(tmp_path / "empty.duckdb")):
            pass
        (tmp_path / "staging").mkdir()
        with pytest.raises(PipelineError, match="no table in the schema marts"):
            export(tmp_path / "empty.duckdb", tmp_path / "staging", "x")


class TestSeeds:
    """Fresh seeds replace the committed ones all at once."""

    @pytest.fixture
    def landed(self, tmp_path: Path) -> Path:
        """Make a folder of landed seeds with a note beside them."""
        folder = tmp_path / "seeds" / "landed"
        folder.mkdir(parents=True)
        (folder / "landed_a.csv").write_text("a\n1\n", encoding="utf-8")
        (folder / "landed_old.csv").write_text("a\n", encoding="utf-8")
        (folder / "_landed__seeds.yml").write_text("seeds: []\n", encoding="utf-8")
        return folder

    @pytest.fixture
    def landing(self, tmp_path: Path) -> Path:
        """Make an empty folder for new seeds."""
        folder = tmp_path / "target" / "landing"
        folder.mkdir(parents=True)
        return folder

    @pytest.mark.parametrize("exchanges", [True, False], ids=["one step", "file by file"])
    def test_changed_seeds_are_replaced_and_notes_stay(
        self, landed: Path, landing: Path, exchanges: bool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        if not exchanges:
            monkeypatch.setattr("pipeline.seeds._exchange", lambda one, other: False)
        (landing / "landed_a.csv").write_text("a\n2\n", encoding="utf-8")
        (landed / ".landed_a.csv.1.tmp").write_text("a\n", encoding="utf-8")
        assert put_seeds_in_place(landing, landed)
        assert {path.name for path in landed.iterdir()} == {"landed_a.csv", "_landed__seeds.yml"}
        assert (landed / "landed_a.csv").read_text(encoding="utf-8") == "a\n2\n"
        assert not landing.exists()

    def test_seeds_that_are_the_same_are_not_touched(self, landed: Path, landing: Path) -> None:
        for seed in landed.glob("*.csv"):
            shutil.copy(seed, landing)
        before = {path: path.stat().st_ino for path in landed.iterdir()}
        assert not put_seeds_in_place(landing, landed)
        assert {path: path.stat().st_ino for path in landed.iterdir()} == before


class TestLock:
    """One build at a time."""

    HOLD = (
        "import sys; from pathlib import Path; from pipeline.lock import build_lock\n"
        "with build_lock(Path(sys.argv[1]), wait=0, tell=print):\n"
        "    print('held', flush=True); sys.stdin.read()\n"
    )

    def test_second_says_who_holds_it_waits_and_gives_up(self, tmp_path: Path) -> None:
        lock = tmp_path / "lock"
        with subprocess.Popen(
            [sys.executable, "-c", self.HOLD, str(lock)],
            cwd=CODE_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as holder:
            assert holder.stdout is not None
            assert holder.stdin is not None
            assert holder.stdout.readline() == "held\n"
            told: list[str] = []
            with (
                pytest.raises(PipelineError, match=f"process {holder.pid} on .*gave up after 0 s"),
                build_lock(lock, wait=0.3, tell=told.append),
            ):
                pytest.fail("the lock was held by another")
            assert f"process {holder.pid} on" in told[0]
            holder.stdin.close()
            holder.wait(timeout=30)
        with build_lock(lock, wait=0, tell=told.append):
            held = json.loads((tmp_path / "lock.holder").read_text(encoding="utf-8"))
            assert held["pid"] == os.getpid()
        assert len(told) == 1
        assert not (tmp_path / "lock.holder").exists()

    def test_lock_of_a_killed_process_is_free(self, tmp_path: Path) -> None:
        lock = tmp_path / "lock"
        with subprocess.Popen(
            [sys.executable, "-c", self.HOLD, str(lock)],
            cwd=CODE_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as holder:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "held\n"
            holder.kill()
            holder.wait(timeout=30)
        with build_lock(lock, wait=0, tell=pytest.fail):
            pass

    @pytest.mark.parametrize("note", ["", "{", "[]", '{"pid": 1}'])
    def test_note_that_cannot_be_read_does_not_matter(self, tmp_path: Path, note: str) -> None:
        (tmp_path / "lock.holder").write_text(note, encoding="utf-8")
        with build_lock(tmp_path / "lock", wait=0, tell=pytest.fail):
            pass
