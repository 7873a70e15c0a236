"""Writing a file so that nobody ever finds half of it: beside its place, then renamed into it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def draft_of(place: Path) -> Path:
    """Where this process writes what will be renamed to ``place``: beside it, hidden."""
    return place.with_name(f".{place.name}.{os.getpid()}.tmp")


@contextmanager
def replacing(place: Path) -> Iterator[Path]:
    """A draft that takes the place of ``place`` when the body ends, and is gone if it fails.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> place = pathlib.Path(tempfile.mkdtemp()) / "figures.csv"
    >>> with replacing(place) as draft:
    ...     written = draft.write_text("new")
    >>> place.read_text()
    'new'
    """
    draft = draft_of(place)
    try:
        yield draft
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
