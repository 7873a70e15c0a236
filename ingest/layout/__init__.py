"""Lines become rows and cells: :func:`read_document` lays out a whole report.

Header words say what a column holds (``ingest.vocabulary.headers``); the shape of the lines says
which belong to one row. Nothing here knows the name of a report. Every character that is not white
space ends in exactly one segment of exactly one cell.
"""

from ingest.layout.document import read_document

__all__ = ["read_document"]
