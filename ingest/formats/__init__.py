"""Files of any format become the lines of tab-separated cells that extracted text has.

:func:`lines_of` tells the format by the file's content and gives its lines. Text is read here and
now; the formats that need a parser (Word, Excel, web pages, PDF) are read in a process of their
own, which is given the bytes and gives back lines: it has a limit on time and memory, may open no
connection, start no program and write no file (:mod:`ingest.formats.sandbox`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.formats import sandbox, text
from ingest.formats.sniff import format_of

if TYPE_CHECKING:
    from ingest.model import Line

__all__ = ["lines_of"]


def lines_of(data: bytes, name: str) -> tuple[str, tuple[Line, ...]]:
    """The format of a file's bytes, and its lines.

    Parameters
    ----------
    data
        The whole file.
    name
        Its name, for error messages; it decides nothing.

    Returns
    -------
    tuple
        ``text``, ``docx``, ``xlsx``, ``html`` or ``pdf``, and the lines.

    Raises
    ------
    IngestError
        If it is none of them, is broken, or exceeds a limit of :mod:`ingest.formats.limits`.
    """
    kind = format_of(data, name)
    if kind == "text":
        return kind, text.read(data, name)
    return sandbox.read(data, kind, name)
