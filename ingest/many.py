"""Many reports, read by several processes at a time and handed on in their order."""

from __future__ import annotations

import multiprocessing
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TYPE_CHECKING, Final

from ingest.land import land_report
from ingest.model import IngestError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from ingest.land import Landed
    from ingest.model import ReportEntry

_AT_ONCE: Final = 8  # reports that a process is given at a time
_AHEAD: Final = 3  # such portions for each process that are read before they are asked for


def landed_by_many(
    entries: Sequence[ReportEntry], reports_dir: Path, processes: int
) -> Iterator[Landed]:
    """Read reports in so many processes.

    Parameters
    ----------
    entries
        The reports, in the order in which they come out.
    reports_dir
        The folder they are in.
    processes
        How many processes read. Each is a few portions ahead of what is asked for and no more, so
        that what is held in memory does not grow with the number of reports.

    Raises
    ------
    IngestError
        For the first report that cannot be read, or when a process was ended from outside.
    """
    starts = iter(range(0, len(entries), _AT_ONCE))
    waiting: deque[Future[list[Landed]]] = deque()
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:

        def ask(portions: int) -> None:
            for start in islice(starts, portions):
                portion = entries[start : start + _AT_ONCE]
                waiting.append(pool.submit(_land_portion, portion, reports_dir))

        try:
            ask(processes * _AHEAD)
            while waiting:
                landed = waiting.popleft().result()
                ask(1)
                yield from landed
        except BrokenProcessPool as error:
            raise IngestError("a process that read reports was ended from outside") from error
        finally:
            pool.shutdown(cancel_futures=True)


def _land_portion(entries: Sequence[ReportEntry], reports_dir: Path) -> list[Landed]:
    return [land_report(entry, reports_dir) for entry in entries]
