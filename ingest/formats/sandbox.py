"""Runs :mod:`ingest.formats.child` on one file and believes nothing it says unchecked."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

from ingest.formats import limits
from ingest.model import IngestError, Line

_ROOT: Final = Path(__file__).resolve().parents[2]
# The clock may run slower than the processor's own count on a busy machine.
_PATIENCE: Final = 2
_TOO_MUCH: Final = "it needs more memory than a report does"


def read(data: bytes, kind: str, name: str) -> tuple[str, tuple[Line, ...]]:
    """The format and the lines of a file, read in a process of its own.

    Parameters
    ----------
    data
        The whole file.
    kind
        ``zip``, ``html`` or ``pdf``.
    name
        The file's name, for error messages.

    Raises
    ------
    IngestError
        What the reader found wrong; or that it took too long, needed too much, or broke.
    """
    environment = {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
    if root := os.environ.get("SYSTEMROOT"):  # Windows starts nothing without it
        environment["SYSTEMROOT"] = root
    try:
        done = subprocess.run(
            [sys.executable, "-m", "ingest.formats.child", kind, name],
            input=data,
            capture_output=True,
            cwd=_ROOT,
            env=environment,
            timeout=_PATIENCE * limits.MAX_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _too_slow(name) from error
    if done.returncode < 0:  # not on Windows, where nothing tells how a process ended
        raise _ended_by(-done.returncode, name)
    try:
        answer = json.loads(done.stdout)
        if "error" in answer:
            raise IngestError(str(answer["error"]))
        return str(answer["format"]), tuple(
            Line(number, str(text), str(locator) if locator else None)
            for number, (text, locator) in enumerate(answer["lines"], start=1)
        )
    except (ValueError, KeyError, TypeError) as error:
        last = done.stderr.decode("utf-8", errors="replace").strip().rpartition("\n")[2]
        if last.startswith("MemoryError"):
            raise IngestError(_TOO_MUCH, name) from error
        raise IngestError(
            f"its reader broke off ({last[:200] or f'exit {done.returncode}'}); "
            "the file is damaged or no report",
            name,
        ) from error


def _ended_by(number: int, name: str) -> IngestError:
    """What the signal that ended a reader says of the file."""
    if number == signal.SIGXCPU:
        return _too_slow(name)
    if number == signal.SIGKILL:
        return IngestError(
            "its reader was stopped by the system, as is done when memory runs out; close other "
            "programs and try again, or ask for a smaller file",
            name,
        )
    what = signal.strsignal(number) or f"signal {number}"
    return IngestError(f"its reader crashed ({what}); the file is damaged or no report", name)


def _too_slow(name: str) -> IngestError:
    return IngestError(
        f"reading took longer than {limits.MAX_SECONDS} seconds, as no report does", name
    )
