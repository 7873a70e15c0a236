"""A source file becomes lines: its bytes are known by their hash, its format by its content."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.formats import lines_of
from ingest.formats.limits import MAX_FILE_BYTES
from ingest.model import IngestError

if TYPE_CHECKING:
    from pathlib import Path

    from ingest.model import Line


@dataclass(frozen=True, slots=True)
class Source:
    """One source file as read: its lines, and what identifies the bytes they came from."""

    lines: tuple[Line, ...]
    sha256: str
    format: str  # "text", "docx", "xlsx", "html" or "pdf"


def read(path: Path) -> Source:
    """Read a report of any format that :mod:`ingest.formats` knows.

    Parameters
    ----------
    path
        The file; its name stands in error messages.

    Returns
    -------
    Source
        Lines numbered from 1 without their line ends, and the SHA-256 of the file's bytes.

    Raises
    ------
    IngestError
        If the file is missing, no plain file, empty, too large, or none of the formats.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a folder, a pipe, a device that never ends
            what = "a folder" if stat.S_ISDIR(status.st_mode) else "no file"
            raise IngestError(f"it is {what}; name the report's file", path.name)
        if status.st_size > MAX_FILE_BYTES:
            raise IngestError(
                f"the file is larger than {MAX_FILE_BYTES // 1_000_000} MB; is it the right one?",
                path.name,
            )
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "not readable"
        raise IngestError(f"the file cannot be read ({reason})", path.name) from error
    found, lines = lines_of(data, path.name)
    return Source(lines, hashlib.sha256(data).hexdigest(), found)
