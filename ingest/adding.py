"""Adding a report: what is understood of a file, and putting it among the others, whole or not.

Everything is tried in a place apart first: the file, the manifest with the new entry and all landed
seeds are made there and read back. Only then each is written beside its place and renamed into it;
what fails after that is put back as it was.
"""

from __future__ import annotations

import csv
import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import yaml
from filelock import FileLock, Timeout
from rapidfuzz import fuzz

from ingest import manifest, source
from ingest.files import replacing
from ingest.guess import FIELDS, Guess, Known, guess_entry, provisional
from ingest.land import SEEDS, Read, land, read_report, records_of
from ingest.layout import read_document
from ingest.model import IngestError, ReportEntry
from ingest.proposals import REFERENCE, match_proposals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

MANIFEST: Final = "manifest.yml"
# How alike two measures must be (0 to 100) for a row to be the same as in another report.
_SAME_MEASURE: Final = 80
_OPENING_CHARS: Final = 80  # a measure is known by how it begins; its baseline changes
_WAIT_SECONDS: Final = 30


@dataclass(frozen=True, slots=True)
class Match:
    """What is known of a row: ``indicator_id`` as another report's row has it, else proposals."""

    row_key: str
    measure: str
    figures: int
    indicator_id: str | None
    as_in: str | None  # "stockton_2012_13_q3 1.3"
    proposals: tuple[tuple[str, int], ...]  # indicator and score


@dataclass(frozen=True, slots=True)
class Understood:
    """All that was understood of one file; nothing has been written."""

    path: Path
    guesses: Mapping[str, Guess]
    entry: ReportEntry
    read: Read
    matches: tuple[Match, ...]


def understand(
    path: Path,
    overrides: Mapping[str, str],
    reports: Path,
    seeds: Path,
    reference: Path = REFERENCE,
) -> Understood:
    """Read a file, guess its entry, and match its rows with what is known.

    Parameters
    ----------
    path
        The file, anywhere.
    overrides
        Fields of the entry that the person gave.
    reports, seeds
        The folder of the manifest and the folder of the landed seeds; both may be missing.
    reference
        The folder of the reference seeds.

    Raises
    ------
    IngestError
        If the file cannot be read, holds no table or no figure, is among the reports already, or
        its entry would be none.
    """
    entries = manifest.load(reports / MANIFEST) if (reports / MANIFEST).exists() else ()
    found = source.read(path)
    _refuse_known(path, found.sha256, reports, entries)
    first = provisional(found.lines, path.name, overrides)
    document = read_document(first, found.lines)
    known = Known.load(entries, reference)
    guesses = guess_entry(document, path.name, known, overrides)
    if path.resolve().parent == reports.resolve():  # it lies there already, under its own name
        guesses["file"] = Guess(path.name, "where it lies")
    entry = _entry(guesses, overrides, entries)
    read = read_report(_at(entry, path), path.parent)
    return Understood(path, guesses, entry, read, _matches(read, entries, seeds, reference))


def _at(entry: ReportEntry, path: Path) -> ReportEntry:
    """The entry with the file under the name it has now."""
    fields = {name: getattr(entry, name) for name in ReportEntry.__dataclass_fields__}
    return ReportEntry(**{**fields, "file": path.name})


def _refuse_known(path: Path, sha256: str, reports: Path, entries: Sequence[ReportEntry]) -> None:
    for entry in entries:
        try:
            data = (reports / entry.file).read_bytes()
        except OSError:
            continue
        if hashlib.sha256(data).hexdigest() == sha256:
            raise IngestError(f"the same file is there already, as {entry.report_id}", path.name)


def _entry(
    guesses: Mapping[str, Guess], overrides: Mapping[str, str], entries: Sequence[ReportEntry]
) -> ReportEntry:
    """The guessed entry, checked as the manifest checks any other.

    Raises
    ------
    IngestError
        Naming the field that is missing or wrong.
    """
    values = {field: guess.value for field, guess in guesses.items()}
    values |= {name: text for name in manifest.OPTIONAL if (text := overrides.get(name))}
    for field in FIELDS:
        if not values.get(field):
            option = "--" + field.replace("_", "-")
            raise IngestError(f"{field} is not known: {guesses[field].why}", option)
    taken = {entry.report_id for entry in entries}
    if values["report_id"] in taken:
        raise IngestError(f"{values['report_id']} is another report's", "--report-id")
    if Path(values["file"]).name != values["file"]:
        raise IngestError("a file name without folders is needed", "--file")
    with tempfile.TemporaryDirectory(prefix="adding-") as place:
        folder = Path(place)
        (folder / values["file"]).touch()
        (folder / MANIFEST).write_text("reports:\n" + entry_text(values), encoding="utf-8")
        try:
            return manifest.load(folder / MANIFEST)[0]
        except IngestError as error:
            # The line it names is one of a manifest that the person will never see.
            raise IngestError(str(error).partition(": ")[2], values["file"]) from error


def entry_text(values: Mapping[str, str], indent: str = "  ") -> str:
    """One entry of the manifest as YAML, in the order of the contract."""
    lines: list[str] = []
    for name in (*manifest.REQUIRED, *manifest.OPTIONAL):
        if value := values.get(name):
            plain = (
                int(value) if name == "as_at_quarter" and value in ("1", "2", "3", "4") else value
            )
            text = yaml.safe_dump({name: plain}, allow_unicode=True, width=100_000).rstrip("\n")
            lines.append(f"{indent}{'- ' if not lines else '  '}{text}")
    return "\n".join(lines) + "\n"


def extended(text: str, values: Mapping[str, str]) -> str:
    """A manifest with one entry more at its end; comments and order stay as they are."""
    if not text.strip():
        return "reports:\n" + entry_text(values)
    start = next((line for line in text.splitlines() if line.lstrip().startswith("- ")), "  - ")
    indent = start[: len(start) - len(start.lstrip())]
    newline = "\r\n" if "\r\n" in text else "\n"
    added = "\n" + entry_text(values, indent)
    return text.rstrip() + newline + added.replace("\n", newline)


# --------------------------------------------------------------------------------------- matching


def _matches(
    read: Read, entries: Sequence[ReportEntry], seeds: Path, reference: Path
) -> tuple[Match, ...]:
    """What is known of each row of a report."""
    others = _seed(seeds / "landed_rows.csv")
    crosswalk = _seed(reference / "crosswalk.csv")
    judged = {
        (row["report_id"], row["row_key"]): row["indicator_id"]
        for row in crosswalk
        if row["match_type"] in ("exact_match", "close_match") and not row["series_id"]
    }
    entry = read.document.entry
    siblings = {other.report_id for other in entries if other.area == entry.area}
    candidates = [
        row
        for row in others
        if row["report_id"] in siblings and (row["report_id"], row["row_key"]) in judged
    ]
    own = [
        dict(zip(SEEDS["landed_rows"], ("" if v is None else str(v) for v in record), strict=True))
        for record in records_of(read)["landed_rows"]
    ]
    proposals: dict[str, list[tuple[str, int]]] = {}
    for row_id, _, indicator, score in match_proposals([*others, *own], reference):
        proposals.setdefault(row_id, []).append((indicator, int(score)))
    out: list[Match] = []
    for row in own:
        key = (row["report_id"], row["row_key"])
        same = _same_row(row, candidates)
        as_in = f"{same['report_id']} {same['row_key']}" if same else None
        like = judged.get((same["report_id"], same["row_key"])) if same else None
        figures = sum(figure.row_key == row["row_key"] for figure in read.figures)
        out.append(
            Match(
                row["row_key"],
                row["measure_published"],
                figures,
                judged.get(key) or like,
                None if key in judged else as_in,
                tuple(proposals.get(row["report_indicator_id"], ())),
            )
        )
    return tuple(out)


def _same_row(
    row: Mapping[str, str], candidates: Sequence[dict[str, str]]
) -> dict[str, str] | None:
    """The row of another report of the area whose measure begins the same; a like ref decides."""
    opening = row["measure"][:_OPENING_CHARS].lower()

    def likeness(other: Mapping[str, str]) -> tuple[float, bool, str]:
        alike = fuzz.ratio(opening, other["measure"][:_OPENING_CHARS].lower())
        return alike, other["row_key"] == row["row_key"], other["report_id"]

    best = max(candidates, key=likeness, default=None)
    return best if best is not None and likeness(best)[0] >= _SAME_MEASURE else None


def _seed(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, restval=""))
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise IngestError(f"the seed cannot be read ({error})", str(path)) from error


# ---------------------------------------------------------------------------------------- writing


def put(understood: Understood, reports: Path, seeds: Path) -> tuple[Path, ...]:
    """Put a report among the others: its file, its entry, the landed seeds. All of it or nothing.

    Returns
    -------
    tuple of Path
        What was written.

    Raises
    ------
    IngestError
        If anything fails; then everything is as it was.
    """
    with _lock(reports):
        try:
            with tempfile.TemporaryDirectory(prefix="adding-") as place:
                made = prepare(understood, reports, Path(place))
                targets = [(made / "reports" / name, reports / name) for name in _names(understood)]
                targets += [
                    (path, seeds / path.name) for path in sorted((made / "seeds").glob("*.csv"))
                ]
                return _put_all(targets, Path(place) / "before")
        except OSError as error:
            place_of = f"{error.filename}: " if error.filename else ""
            raise IngestError(
                f"{place_of}{error.strerror or error}; nothing was changed", understood.path.name
            ) from error


def _names(understood: Understood) -> tuple[str, str]:
    """The file, then the manifest: a file that no entry names is harmless if all stops between."""
    return understood.entry.file, MANIFEST


def prepare(understood: Understood, reports: Path, place: Path) -> Path:
    """The reports with the new one, its entry and all seeds, made and read back in ``place``.

    Returns
    -------
    Path
        ``place``, with the folders ``reports`` and ``seeds`` in it.

    Raises
    ------
    IngestError
        If the entry or the file cannot stand among the others.
    """
    copy = place / "reports"
    copy.mkdir(parents=True)
    text = ""
    if (reports / MANIFEST).exists():
        text = (reports / MANIFEST).read_bytes().decode("utf-8-sig")
        for entry in manifest.load(reports / MANIFEST):
            (copy / entry.file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(reports / entry.file, copy / entry.file)
    new = copy / understood.entry.file
    lies_there = (reports / understood.entry.file).exists()
    if new.exists() or (lies_there and not _is_same(understood.path, reports / new.name)):
        raise IngestError("another file of this name is there already: give --file", new.name)
    shutil.copyfile(understood.path, new)
    values = {
        name: str(value)
        for name in (*manifest.REQUIRED, *manifest.OPTIONAL)
        if (value := getattr(understood.entry, name)) is not None
    }
    (copy / MANIFEST).write_bytes(extended(text, values).encode("utf-8"))
    if understood.entry not in manifest.load(copy / MANIFEST):
        raise IngestError("the entry cannot be added at its end: add it by hand", MANIFEST)
    land(copy, place / "seeds")
    return place


def _is_same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve() or one.read_bytes() == other.read_bytes()


def _put_all(targets: Sequence[tuple[Path, Path]], before: Path) -> tuple[Path, ...]:
    """Put every file in its place; if one cannot be, take back those that were."""
    before.mkdir()
    undo: list[Callable[[], object]] = []
    written = []
    try:
        for number, (new, place) in enumerate(targets):
            if place.exists() and place.read_bytes() == new.read_bytes():
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            if place.exists():
                old = before / str(number)
                shutil.copyfile(place, old)
                undo.append(partial(_put_one, old, place))
            else:
                undo.append(partial(place.unlink, missing_ok=True))
            _put_one(new, place)
            written.append(place)
    except BaseException:
        for step in reversed(undo):
            step()
        raise
    return tuple(written)


def _put_one(new: Path, place: Path) -> None:
    with replacing(place) as draft:
        shutil.copyfile(new, draft)


class _lock:
    """One report is added at a time to one folder; the lock file lies outside the project."""

    def __init__(self, reports: Path) -> None:
        name = hashlib.sha256(str(reports.resolve()).encode()).hexdigest()[:16]
        self._lock = FileLock(Path(tempfile.gettempdir()) / f"adding-{name}.lock")

    def __enter__(self) -> None:
        try:
            self._lock.acquire(timeout=_WAIT_SECONDS)
        except Timeout as error:
            raise IngestError("another report is being added; try again when it is done") from error

    def __exit__(self, *reason: object) -> None:
        self._lock.release()
