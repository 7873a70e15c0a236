"""Great Expectations in a process of its own.

Its import takes as long as everything else before dbt together; beside the build, on the second
core, it takes nobody's time. The build writes one JSON request a line and reads one answer a line.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from pipeline.errors import PipelineError
from pipeline.project import CODE_ROOT


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a gate says: how many expectations it looked at, and those not met, in words.

    ``withheld`` is a digest of what must not get out; ``previous_tells`` whether the version that
    was published before holds some of it.
    """

    checked: int
    failures: tuple[str, ...]
    withheld: str = ""
    previous_tells: bool = False


class Worker:
    """The build's end of the conversation; starts the process and ends it.

    Parameters
    ----------
    log
        The file for whatever the process prints besides its answers.
    """

    def __init__(self, log: Path) -> None:
        log.parent.mkdir(parents=True, exist_ok=True)
        self._log = log
        with log.open("wb") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "pipeline.expectations.worker", str(os.getpid())],
                cwd=CODE_ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env={**os.environ, "GX_ANALYTICS_ENABLED": "false"},
            )

    def __enter__(self) -> Worker:
        """Use the worker for the length of a build."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.communicate()

    def ask(self, request: Mapping[str, Any]) -> None:
        """Send a request; :meth:`answer` waits for what comes of it."""
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # the answer will tell
            self._process.stdin.write(json.dumps(dict(request)).encode() + b"\n")
            self._process.stdin.flush()

    def answer(self) -> Verdict:
        """Wait for the answer to the oldest request.

        Raises
        ------
        PipelineError
            If the process has failed.
        """
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            told = self._log.read_text(encoding="utf-8", errors="replace").split("\n")
            last = next((text for text in reversed(told) if text.strip()), "no reason given")
            raise PipelineError(f"Great Expectations stopped: {last}", [f"its log: {self._log}"])
        said = json.loads(line)
        if "error" in said:
            raise PipelineError(f"Great Expectations: {said['error']}", [f"its log: {self._log}"])
        return Verdict(
            said["checked"],
            tuple(said["failures"]),
            said.get("withheld", ""),
            said.get("previous_tells", False),
        )


def _end_with_parent(parent: int) -> None:
    """On Linux, have this process killed when the build is, so that it writes nothing after it."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:  # it ended before that
            sys.exit(1)


def _serve() -> None:
    """Answer requests until there are no more."""
    _end_with_parent(int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build hears it and ends this process
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints goes to the log
    warnings.simplefilter("ignore")  # of libraries, about themselves; tests make them errors

    from pipeline.expectations import landed, published
    from pipeline.expectations.gate import Gate

    gate = Gate()
    for line in sys.stdin:
        request = json.loads(line)
        try:
            said = _answer(request, gate, landed, published)
        except Exception as error:
            import traceback

            traceback.print_exc()
            said = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(said) + "\n")
        answers.flush()


def _answer(request: Mapping[str, Any], gate: Any, landed: Any, published: Any) -> dict[str, Any]:
    """Do what one request asks."""
    if request["gate"] == "landed":
        suites = landed.suites(Path(request["landed"]), Path(request["reports"]))
        outcome = gate.run(suites)
        return {"checked": outcome.checked, "failures": outcome.failures}
    folder, seeds = Path(request["folder"]), Path(request["landed"])
    restricted = request["with_restricted"]
    outcome = gate.run(published.suites(folder, seeds, with_restricted=restricted))
    gate.write_docs(folder / "data_docs")
    kept = published.secrets(seeds, with_restricted=restricted)
    told = published.told_in_files(folder, kept)
    previous = request.get("previous")
    is_new = request.get("previous_withheld") != kept.digest
    return {
        "checked": outcome.checked,
        "failures": [*outcome.failures, *told],
        "withheld": kept.digest,
        "previous_tells": bool(previous and is_new and published.tells(Path(previous), kept)),
    }


if __name__ == "__main__":
    _serve()
