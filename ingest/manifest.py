"""``manifest.yml``: one entry a report, checked before anything is read.

Every error names the file and the line of the entry or field that is wrong.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

import yaml

from ingest import periods
from ingest.model import IngestError, ReportEntry

if TYPE_CHECKING:
    from pathlib import Path

REQUIRED: Final = (
    "report_id",
    "file",
    "area",
    "partnership",
    "publisher",
    "plan",
    "financial_year",
    "as_at_quarter",
    "title",
)
OPTIONAL: Final = ("source_url", "published_on", "licence", "data_as_at")
MAX_BYTES: Final = 5_000_000
_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9_]{0,99}")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_URL: Final = re.compile(r"https?://\S+")

_Loader: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(path: Path) -> tuple[ReportEntry, ...]:
    """Read and check the manifest; the reports lie beside it.

    Parameters
    ----------
    path
        The manifest. Files it names are looked for in its own folder.

    Returns
    -------
    tuple of ReportEntry
        Sorted by ``report_id``.

    Raises
    ------
    IngestError
        With ``file:line`` and one line of plain words, for the first thing wrong.
    """
    reports = _reports(path)
    entries: list[ReportEntry] = []
    ids: dict[str, int] = {}
    files: dict[str, int] = {}
    for node in reports:
        entry, lines = _entry(node, path)
        at = lines["report_id"]
        if entry.report_id in ids:
            raise _error(
                path,
                at,
                f"report_id {entry.report_id!r} is already used in line {ids[entry.report_id]}",
            )
        _check_file(entry.file, path, lines["file"])
        same = str((path.parent / entry.file).resolve())
        if same in files:
            raise _error(
                path,
                lines["file"],
                f"file {entry.file!r} has an entry already in line {files[same]}",
            )
        ids[entry.report_id] = at
        files[same] = lines["file"]
        entries.append(entry)
    return tuple(sorted(entries, key=lambda entry: entry.report_id))


def _error(path: Path, line: int, message: str) -> IngestError:
    return IngestError(message, f"{path.name}:{line}")


def _reports(path: Path) -> list[yaml.MappingNode]:
    """The nodes of the entries: a mapping with the one key ``reports`` over a list of mappings."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise IngestError(
            f"the manifest cannot be read ({error.strerror or error})", str(path)
        ) from error
    if len(data) > MAX_BYTES:
        raise _error(path, 1, f"the manifest is larger than {MAX_BYTES // 1_000_000} MB")
    try:
        root = yaml.compose(data.decode("utf-8-sig"), Loader=_Loader)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _error(path, line, "the manifest is not UTF-8 text") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _error(
            path, mark.line + 1 if mark else 1, f"not valid YAML: {_one_line(error.problem)}"
        ) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise _error(path, 1, f"not valid YAML: {_one_line(str(error))}") from error
    if not isinstance(root, yaml.MappingNode):
        raise _error(path, 1, "the manifest must be a mapping with the key 'reports'")
    found: yaml.Node | None = None
    for key, value in root.value:
        if key.value != "reports":
            raise _error(path, _line(key), f"unknown key {_shown(key.value)} (only 'reports')")
        if found is not None:
            raise _error(path, _line(key), "the key 'reports' is there twice")
        found = value
    if isinstance(found, yaml.ScalarNode) and found.value in ("", "~", "null"):
        found = yaml.SequenceNode("", [])
    if not isinstance(found, yaml.SequenceNode):
        raise _error(path, _line(found or root), "'reports' must be a list of entries")
    if not found.value:
        raise _error(path, _line(root), "no report is listed under 'reports'")
    for node in found.value:
        if not isinstance(node, yaml.MappingNode):
            raise _error(path, _line(node), "an entry must be a mapping of fields")
    return list(found.value)


def _entry(node: yaml.MappingNode, path: Path) -> tuple[ReportEntry, dict[str, int]]:
    values: dict[str, str] = {}
    lines: dict[str, int] = {}
    for key, value in node.value:
        name, line = str(key.value), _line(key)
        if name not in REQUIRED and name not in OPTIONAL:
            raise _error(path, line, f"unknown key {_shown(name)} in the entry of a report")
        if name in values:
            raise _error(path, line, f"the key {name!r} is there twice in one entry")
        if not isinstance(value, yaml.ScalarNode):
            raise _error(path, _line(value), f"{name!r} must be a single value")
        values[name] = "" if value.tag.endswith(":null") else " ".join(value.value.split())
        lines[name] = _line(value)
    missing = [name for name in REQUIRED if not values.get(name)]
    if missing:
        which = values.get("report_id") or "this entry"
        raise _error(path, _line(node), f"{which}: {', '.join(missing)} missing")
    _check_values(values, lines, path)
    first_year = periods.parse_label(values["financial_year"])
    assert first_year is not None
    entry = ReportEntry(
        report_id=values["report_id"],
        file=values["file"],
        area=values["area"],
        partnership=values["partnership"],
        publisher=values["publisher"],
        plan=values["plan"],
        financial_year=periods.label(first_year),
        as_at_quarter=int(values["as_at_quarter"]),
        title=values["title"],
        **{name: values.get(name) or None for name in OPTIONAL},
    )
    return entry, lines


def _check_values(values: dict[str, str], lines: dict[str, int], path: Path) -> None:
    if not _SLUG.fullmatch(values["report_id"]):
        raise _error(
            path,
            lines["report_id"],
            f"report_id {_shown(values['report_id'])} must be lower-case letters, digits and '_'",
        )
    year = values["financial_year"]
    if not re.match(r"(?:19|20)\d\d", year) or periods.parse_label(year) is None:
        raise _error(
            path,
            lines["financial_year"],
            f"financial_year {_shown(year)} is none: write it as 2012/13",
        )
    if values["as_at_quarter"] not in ("1", "2", "3", "4"):
        raise _error(
            path,
            lines["as_at_quarter"],
            f"as_at_quarter {_shown(values['as_at_quarter'])} must be 1, 2, 3 or 4",
        )
    for name in ("published_on", "data_as_at"):
        if values.get(name) and not _is_date(values[name]):
            raise _error(
                path, lines[name], f"{name} {_shown(values[name])} must be a date like 2013-02-14"
            )
    if values.get("source_url") and not _URL.fullmatch(values["source_url"]):
        raise _error(
            path,
            lines["source_url"],
            f"source_url {_shown(values['source_url'])} is no web address",
        )


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    year, month, day = map(int, text.split("-"))
    return 1 <= month <= 12 and 1 <= day <= periods.month_end(max(year, 1), month).day


def _check_file(name: str, path: Path, line: int) -> None:
    """The file lies in the manifest's own folder, by its name and by what it is.

    Raises
    ------
    IngestError
        If the path leaves the folder, is a link out of it, or is no file.
    """
    if "\\" in name or PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
        raise _error(path, line, f"file {_shown(name)} leaves the folder of reports")
    target = path.parent / name
    try:
        resolved = target.resolve(strict=True)
    except (OSError, RuntimeError, ValueError) as error:
        raise _error(path, line, f"file {_shown(name)} is not there") from error
    if not resolved.is_relative_to(path.parent.resolve()):
        raise _error(path, line, f"file {_shown(name)} is a link out of the folder of reports")
    if not resolved.is_file():
        raise _error(path, line, f"file {_shown(name)} is no file")


def _line(node: yaml.Node) -> int:
    return node.start_mark.line + 1 if node.start_mark is not None else 1


def _one_line(text: object) -> str:
    return " ".join(str(text).split())[:200]


def _shown(value: object) -> str:
    """A value as it is put into a message: quoted, escaped and short."""
    text = str(value)
    return repr(text if len(text) <= 60 else text[:57] + "...")
