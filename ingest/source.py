"""A source file becomes lines: bytes are checked, decoded and cut, and nothing else is changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ingest.model import IngestError, Line

if TYPE_CHECKING:
    from pathlib import Path

# A board report of forty pages is a tenth of a megabyte of text; these leave room for a hundred.
MAX_BYTES: Final = 20_000_000
MAX_LINE_CHARS: Final = 5_000_000
# Control characters that text files do hold: tab, line feed, form feed, carriage return.
_TEXT_CONTROLS: Final = frozenset(b"\t\n\f\r")
_BINARY: Final = bytes(sorted(set(range(32)) - _TEXT_CONTROLS))
_BOM: Final = "\ufeff"


@dataclass(frozen=True, slots=True)
class Source:
    """One source file as read: its lines, and what identifies the bytes they came from."""

    lines: tuple[Line, ...]
    sha256: str
    format: str  # "text"


def read(path: Path) -> Source:
    """Read a report of extracted text.

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
        If the file is missing, empty, too large, binary or not UTF-8.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise IngestError(
                f"the file is larger than {MAX_BYTES // 1_000_000} MB; is it the right one?",
                path.name,
            )
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "not readable"
        raise IngestError(f"the file cannot be read ({reason})", path.name) from error
    return Source(cut(decode(data, path.name), path.name), hashlib.sha256(data).hexdigest(), "text")


def decode(data: bytes, name: str) -> str:
    """The text of a file's bytes; other encodings than UTF-8 would be recognised here.

    Raises
    ------
    IngestError
        If there is no text, or the bytes are not UTF-8 text.
    """
    if not data.strip(b" \t\r\n\f\xef\xbb\xbf"):
        raise IngestError("the file is empty", name)
    if len(data.translate(None, _BINARY)) != len(data):
        at = next(i for i, byte in enumerate(data) if byte in _BINARY)
        raise IngestError(
            f"not a text file: it holds the control character 0x{data[at]:02x}",
            f"{name}:{_line_of(data, at)}",
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise IngestError(
            f"not UTF-8 text: byte 0x{data[error.start]:02x} at position {error.start + 1}",
            f"{name}:{_line_of(data, error.start)}",
        ) from error
    return text.removeprefix(_BOM)


def cut(text: str, name: str = "text") -> tuple[Line, ...]:
    """Physical lines, numbered from 1; LF, CR LF and a lone CR each end one.

    Form feeds and other Unicode line separators stay inside their line, so that line numbers are
    those an editor shows.

    Raises
    ------
    IngestError
        If a line is longer than any table row can be.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    for number, line in enumerate(lines, start=1):
        if len(line) > MAX_LINE_CHARS:
            raise IngestError(
                f"a line of {len(line):,} characters is no row of a table", f"{name}:{number}"
            )
    return tuple(Line(number, line) for number, line in enumerate(lines, start=1))


def _line_of(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1
