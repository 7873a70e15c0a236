"""What a file is, from its first bytes: its name may say anything."""

from __future__ import annotations

import re
from typing import Final

from ingest.model import IngestError

# (the bytes a file begins with, what to say to the person who brought it)
_SAVE_AS: Final = "open it and save it as {} first"
REFUSED: Final = (
    (b"{\\rtf", "a rich-text file: " + _SAVE_AS.format("Word (.docx)")),
    (b"\x89PNG", "a picture: the report's text is needed"),
    (b"\xff\xd8\xff", "a picture: the report's text is needed"),
    (b"GIF8", "a picture: the report's text is needed"),
    (b"II*\x00", "a scanned picture: the report's text is needed"),
    (b"MM\x00*", "a scanned picture: the report's text is needed"),
    (b"\x1f\x8b", "a compressed file: unpack it first"),
    (b"7z\xbc\xaf", "a compressed file: unpack it first"),
    (b"Rar!", "a compressed file: unpack it first"),
    (b"BZh", "a compressed file: unpack it first"),
    (b"\xfd7zXZ", "a compressed file: unpack it first"),
    (b"\x7fELF", "a program, not a report"),
    (b"MZ\x90", "a program, not a report"),
    (b"SQLite format 3", "a database, not a report"),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A Word or Excel file under a password is an OLE file with this stream, named in UTF-16.
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_PDF_WITHIN: Final = 1024  # readers of PDF allow this much before the mark
_HTML_WITHIN: Final = 4096
_HTML: Final = re.compile(rb"<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>]|table[\s>])", re.I)
_MHTML: Final = re.compile(rb"^MIME-Version:", re.I | re.M)


def format_of(data: bytes, name: str) -> str:
    """The format of a file's bytes: ``text``, ``zip`` (Word or Excel), ``html`` or ``pdf``.

    Parameters
    ----------
    data
        The whole file.
    name
        Its name, for error messages only.

    Raises
    ------
    IngestError
        If the bytes begin like a file that no reader here reads, with what to do about it.
    """
    head = data[:_HTML_WITHIN]
    if head.startswith(_OLE):
        if _ENCRYPTED in data:
            raise IngestError("the file is locked with a password: save it without one", name)
        raise IngestError(
            "a Word or Excel file of before 2007: "
            + _SAVE_AS.format("Word (.docx) or Excel (.xlsx)"),
            name,
        )
    for start, advice in REFUSED:
        if head.startswith(start):
            raise IngestError(advice, name)
    if head.startswith(_ZIP):
        return "zip"
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return "pdf"
    # A page saved in UTF-16 has a NUL at every other byte of its mark-up.
    plain = head.replace(b"\x00", b"")
    if _MHTML.match(plain) and b"multipart/" in plain:
        raise IngestError("a web archive: " + _SAVE_AS.format("a web page (.html)"), name)
    if _HTML.search(plain):
        return "html"
    return "text"
