"""Extracted text: bytes are decoded and cut into lines, and nothing else is changed.

Reports come out of Windows programs, so three encodings are read: UTF-8, UTF-16 (known by its
byte-order mark or by the NULs beside its letters) and Windows-1252. A detector that knows a hundred
encodings would always find one that fits; here bytes that are none of the three are refused.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from ingest.formats import limits
from ingest.formats.lines import check_columns
from ingest.model import IngestError, Line

_BOMS: Final = (  # the longer first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Control characters that text may hold in any number; others are counted.
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# A stray control character lands as itself; a file with one in twenty of them is no text.
_MAX_CONTROL_SHARE: Final = 0.05
# One character in thousands of English is above ASCII, one in twenty-five of French.
_MAX_HIGH_SHARE: Final = 0.10
_FEW_HIGH: Final = 20  # in a short text so many mean nothing
# What English office text holds above ASCII: quotes, dashes, currency, fractions, accented letters.
_HIGH_TEXT: Final = frozenset(
    "‘’‚“”„–—…•£€©®™°±²³¹¼½¾×÷·«»§¶\u00a0\u00ad´`¬¦¢¥ºª†‡‰‹›˜"
) | frozenset(chr(code) for code in range(0xC0, 0x100))
_UTF8_PAIR: Final = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_SAMPLE: Final = 4096


def read(data: bytes, name: str) -> tuple[Line, ...]:
    """Lines of extracted text.

    Raises
    ------
    IngestError
        If there is no text, the bytes are not text, or a line is too long or has too many columns.
    """
    return cut(decode(data, name), name)


def decode(data: bytes, name: str) -> str:
    """The text of a file's bytes, without its byte-order mark.

    Raises
    ------
    IngestError
        If there is no text, or the bytes are none of the encodings read here.
    """
    if not data.strip(b" \t\r\n\f\x00\xef\xbb\xbf\xff\xfe"):
        raise IngestError("the file is empty", name)
    encoding, mark = encoding_of(data, name)
    try:
        text = data[mark:].decode(encoding)
    except UnicodeDecodeError as error:
        raise IngestError(
            f"broken {encoding.upper()} text at byte {mark + error.start + 1}; "
            "was the file cut short?",
            f"{name}:{_line_of(data, mark + error.start)}",
        ) from error
    if not text.strip():
        raise IngestError("the file is empty", name)
    _refuse_binary(text, name)
    return text


def encoding_of(data: bytes, name: str) -> tuple[str, int]:
    """The encoding of a text file, and how many bytes its byte-order mark takes.

    Raises
    ------
    IngestError
        If the bytes are none of the encodings read here.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding, len(mark)
    if (wide := _wide_encoding(data)) is not None:
        return wide, 0
    if (nul := data.find(b"\x00")) >= 0:
        raise IngestError("not a text file: it holds NUL bytes", f"{name}:{_line_of(data, nul)}")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        _check_cp1252(data, error, name)
        return "cp1252", 0
    return "utf-8", 0


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without its mark: nearly every other byte of English is NUL."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if half < 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.8 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.8 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _check_cp1252(data: bytes, error: UnicodeDecodeError, name: str) -> None:
    """Refuse bytes that are neither UTF-8 nor plausible Windows-1252."""
    place = f"{name}:{_line_of(data, error.start)}"
    what = f"byte 0x{data[error.start]:02x} at position {error.start + 1}"
    if len(_CONTROLS.findall(data.decode("latin-1"))) > _MAX_CONTROL_SHARE * len(data):
        raise IngestError(f"not a text file: {what} and many control characters", place)
    if _UTF8_PAIR.search(data):
        # Windows-1252 text almost never looks like UTF-8 anywhere, so this is UTF-8 with a fault.
        raise IngestError(f"broken UTF-8 text: {what}; was the file cut or pasted together?", place)
    high = sum(1 for byte in data if byte > 0x7F)
    text = data.decode("cp1252", errors="replace")
    strange = next((c for c in text if ord(c) > 0x7F and c not in _HIGH_TEXT), None)
    if strange is not None or high > max(_FEW_HIGH, _MAX_HIGH_SHARE * len(data)):
        raise IngestError(f"neither UTF-8, UTF-16 nor Windows-1252 text: {what}", place)


def _refuse_binary(text: str, name: str) -> None:
    controls = _CONTROLS.findall(text)
    if not controls:
        return
    nul = text.find("\x00")
    if nul >= 0 or len(controls) > _MAX_CONTROL_SHARE * len(text):
        at = max(nul, 0) or next(i for i, c in enumerate(text) if _CONTROLS.match(c))
        raise IngestError(
            f"not a text file: it holds the control character 0x{ord(text[at]):02x}",
            f"{name}:{text.count(chr(10), 0, at) + 1}",
        )


def cut(text: str, name: str = "text") -> tuple[Line, ...]:
    """Physical lines, numbered from 1; LF, CR LF and a lone CR each end one.

    Form feeds and other Unicode line separators stay inside their line, so that line numbers are
    those an editor shows.

    Raises
    ------
    IngestError
        If a line is longer or has more columns than any table row, or there are too many.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    if len(lines) > limits.MAX_LINES:
        raise IngestError(f"more than {limits.MAX_LINES:,} lines", name)
    for number, line in enumerate(lines, start=1):
        if len(line) > limits.MAX_LINE_CHARS:
            raise IngestError(
                f"a line of {len(line):,} characters is no row of a table", f"{name}:{number}"
            )
        if len(line) > limits.MAX_COLUMNS:
            check_columns(line.count("\t") + 1, f"{name}:{number}")
    return tuple(Line(number, line) for number, line in enumerate(lines, start=1))


def _line_of(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1
