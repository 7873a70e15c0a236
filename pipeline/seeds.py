"""Putting freshly landed seeds where dbt and git know them, all at once."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path

from ingest.files import replacing
from pipeline.publish import digests

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h
_RENAME_SWAP = 2  # sys/stdio.h of macOS


def put_seeds_in_place(landing: Path, landed: Path) -> bool:
    """Replace the landed seeds by new ones.

    The two folders change names in one step where the system can do that (Linux, macOS), so the
    committed seeds are never a mixture of two landings; elsewhere the files are replaced one by
    one. Nothing is touched when nothing has changed.

    Parameters
    ----------
    landing
        The new seeds; the folder is gone afterwards.
    landed
        The seeds' folder. What else is in it (descriptions, notes) stays; hidden files, which a
        killed run of the reader leaves, do not.

    Returns
    -------
    bool
        Whether any seed has changed.
    """
    landed.mkdir(parents=True, exist_ok=True)
    for other in landed.iterdir():
        if other.is_file() and other.suffix != ".csv" and not other.name.startswith("."):
            shutil.copy2(other, landing / other.name)
    changed = digests(landing) != digests(landed)
    if changed and not _exchange(landing, landed):
        names = {new.name for new in landing.iterdir()}
        for name in sorted(names):
            # Copied and then renamed: the two folders may be on different file systems.
            with replacing(landed / name) as draft:
                shutil.copy2(landing / name, draft)
        for old in [old for old in landed.iterdir() if old.name not in names]:
            old.unlink()
    shutil.rmtree(landing)
    return changed


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step; False where the system cannot."""
    paths = os.fsencode(one), os.fsencode(other)
    try:
        system = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            failed = system.renameat2(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE)
        elif sys.platform == "darwin":
            failed = system.renamex_np(paths[0], paths[1], _RENAME_SWAP)
        else:
            return False
    except (AttributeError, OSError, TypeError):  # a C library without the call
        return False
    return bool(failed == 0)
