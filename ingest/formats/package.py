"""Word and Excel files are zip archives of XML: what must hold before any reader opens one.

Everything here looks at the archive's directory first and unpacks only parts whose declared size
is within bounds, counting what really comes out, so a zip bomb is refused unopened.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Final
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

from defusedxml.common import DefusedXmlException
from defusedxml.sax import parse

from ingest.formats import limits
from ingest.model import IngestError

if TYPE_CHECKING:
    from xml.sax.xmlreader import AttributesImpl

# The main part's content type says what program a package is for.
_KINDS: Final = (
    ("wordprocessingml.document.main", "docx"),
    ("spreadsheetml.sheet.main", "xlsx"),
)
_REFUSED_KINDS: Final = (
    ("macroEnabled", "it holds macros: save it as a plain Word (.docx) or Excel (.xlsx) file"),
    ("wordprocessingml.template", "a Word template: save it as a Word document (.docx)"),
    ("spreadsheetml.template", "an Excel template: save it as an Excel workbook (.xlsx)"),
    ("presentationml", "slides: save the tables as a Word (.docx) or Excel (.xlsx) file"),
    ("sheet.binary", "a binary Excel file (.xlsb): save it as an Excel workbook (.xlsx)"),
)
_CONTENT_TYPES: Final = "[Content_Types].xml"
_PACKINGS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_XML_ENDS: Final = (".xml", ".rels")
_CHUNK: Final = 1 << 16


def kind_of(data: bytes, name: str) -> str:
    """Check a zip archive and say what it is: ``docx`` or ``xlsx``.

    Parameters
    ----------
    data
        The whole file.
    name
        Its name, for error messages.

    Raises
    ------
    IngestError
        If it is no Word or Excel file, is broken, unpacks to too much, or its XML declares
        entities or is nested too deep.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(archive, name)
            kind = _kind(archive, name)
            _check_parts(archive, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise IngestError(
            "the file is damaged or cut short: its archive cannot be read", name
        ) from error
    return kind


def _check_directory(archive: zipfile.ZipFile, name: str) -> None:
    entries = archive.infolist()
    if len(entries) > limits.MAX_ZIP_ENTRIES:
        raise IngestError(f"an archive of {len(entries):,} parts is no report", name)
    seen: set[str] = set()
    total = 0
    for entry in entries:
        place = f"{name}, part {entry.filename!r}"
        if entry.filename in seen:
            raise IngestError("the archive holds two parts of this name", place)
        seen.add(entry.filename)
        if entry.flag_bits & 0x1:
            raise IngestError("the file is locked with a password: save it without one", name)
        if entry.compress_type not in _PACKINGS:
            raise IngestError("it is packed in a way that no Word or Excel file is", place)
        _check_size(entry.file_size, entry.compress_size, place)
        total += entry.file_size
    if total > limits.MAX_ZIP_BYTES:
        raise IngestError(
            f"it unpacks to {total // 1_000_000:,} MB; a report is smaller than "
            f"{limits.MAX_ZIP_BYTES // 1_000_000} MB",
            name,
        )


def _check_size(size: int, packed: int, place: str) -> None:
    if size > limits.MAX_ZIP_PART_BYTES:
        raise IngestError(
            f"it unpacks to {size // 1_000_000:,} MB; a part of a report is smaller than "
            f"{limits.MAX_ZIP_PART_BYTES // 1_000_000} MB",
            place,
        )
    if size > limits.MAX_ZIP_RATIO_FROM and size > limits.MAX_ZIP_RATIO * max(packed, 1):
        raise IngestError(
            f"it unpacks to {size // max(packed, 1):,} times its size, as no report does", place
        )


def _kind(archive: zipfile.ZipFile, name: str) -> str:
    if _CONTENT_TYPES not in archive.namelist():
        if "mimetype" in archive.namelist():
            raise IngestError(
                "an OpenDocument file: save it as Word (.docx) or Excel (.xlsx) first", name
            )
        raise IngestError("a zip archive that is no Word or Excel file: unpack it first", name)
    types = archive.read(_CONTENT_TYPES).decode("utf-8", errors="replace")
    for mark, advice in _REFUSED_KINDS:
        if mark in types:
            raise IngestError(advice, name)
    for mark, kind in _KINDS:
        if mark in types:
            return kind
    raise IngestError("an archive that is no Word or Excel file", name)


def _check_parts(archive: zipfile.ZipFile, name: str) -> None:
    for entry in archive.infolist():
        place = f"{name}, part {entry.filename!r}"
        data = _unpack(archive, entry, place)
        if entry.filename.lower().endswith(_XML_ENDS):
            check_xml(data, place)


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, place: str) -> bytes:
    """A part's bytes, never more than its directory entry promised."""
    out = bytearray()
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            out += chunk
            if len(out) > entry.file_size:
                raise IngestError("it unpacks to more than it says", place)
    return bytes(out)


class _Bounds(ContentHandler):
    """Counts elements and their depth."""

    def __init__(self, place: str) -> None:
        super().__init__()
        self._place = place
        self._depth = 0
        self._count = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > limits.MAX_XML_DEPTH:
            raise IngestError(
                f"its XML is nested more than {limits.MAX_XML_DEPTH} deep", self._place
            )
        if self._count > limits.MAX_XML_ELEMENTS:
            raise IngestError(
                f"its XML has more than {limits.MAX_XML_ELEMENTS:,} elements", self._place
            )

    def endElement(self, name: str) -> None:
        self._depth -= 1


def check_xml(data: bytes, place: str) -> None:
    """Refuse XML with a document type, entities, or no end.

    No Word or Excel file has a document type; it is where entity bombs and links to other files
    are declared.

    Raises
    ------
    IngestError
        Naming the part and what is wrong with it.
    """
    try:
        parse(io.BytesIO(data), _Bounds(place), forbid_dtd=True)
    except DefusedXmlException as error:
        raise IngestError(
            "its XML declares a document type or entities, as no Word or Excel file does", place
        ) from error
    except (SAXParseException, LookupError, UnicodeError, ValueError) as error:
        line = error.getLineNumber() if isinstance(error, SAXParseException) else None
        where = f" at line {line}" if line else ""
        raise IngestError(f"its XML is broken{where}", place) from error
