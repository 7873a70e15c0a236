"""One build at a time: the second waits, and says for whom."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.files import replacing
from pipeline.errors import PipelineError


def _holder(note: Path) -> str:
    """Say who holds the lock, as far as the note beside it tells."""
    try:
        told = json.loads(note.read_text(encoding="utf-8"))
        return f"process {told['pid']} on {told['host']}, since {told['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "a process that has not said who it is"


@contextmanager
def build_lock(path: Path, *, wait: float, tell: Callable[[str], None]) -> Iterator[None]:
    """Hold ``path`` locked while the body runs.

    The operating system's lock is used, not the existence of a file: it is gone with the process
    that held it, however that ended. The note beside it only says who.

    Parameters
    ----------
    path
        The lock file.
    wait
        Seconds to wait for another build to end.
    tell
        Called with one line when there is somebody to wait for.

    Raises
    ------
    PipelineError
        If the other build is still running after ``wait`` seconds.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    note = path.with_name(path.name + ".holder")
    lock = FileLock(path, fallback_to_soft=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        tell(f"Another build is running ({_holder(note)}); waiting for it, {wait:.0f} s at most.")
        try:
            lock.acquire(timeout=wait, poll_interval=0.2)
        except Timeout:
            raise PipelineError(
                f"another build is still running ({_holder(note)}); gave up after {wait:.0f} s"
            ) from None
    try:
        told = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "since": datetime.now().astimezone().strftime("%H:%M:%S"),
        }
        with replacing(note) as draft:
            draft.write_text(json.dumps(told), encoding="utf-8")
        yield
    finally:
        note.unlink(missing_ok=True)
        lock.release()
