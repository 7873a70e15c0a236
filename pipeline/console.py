"""What a person sees while a build runs, on a terminal and in a log.

Texts from reports may hold anything, also terminal escape codes; everything shown goes through
:func:`ingest.plain_text.harmless`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

from ingest.plain_text import harmless
from pipeline.errors import PipelineError

WIDE = 34  # columns for the name of a stage


def harmless_lines(text: str) -> str:
    """A text of several lines, each with nothing in it that a terminal would obey."""
    return "\n".join(harmless(line) for line in text.expandtabs(4).split("\n"))


class Stage:
    """One stage of the build, while it runs."""

    def __init__(self) -> None:
        self.outcome = ""
        self._bar: tuple[Progress, TaskID] | None = None

    def show(self, progress: Progress, title: str) -> None:
        """Draw the stage on a terminal."""
        self._bar = progress, progress.add_task(title, total=None)

    def progress(self, done: int, total: int) -> None:
        """Say how far the stage is."""
        if self._bar:
            progress, task = self._bar
            progress.update(task, completed=done, total=total)

    def done(self, outcome: str) -> None:
        """Say what came of the stage; shown beside its name when it ends."""
        self.outcome = outcome


class Screen:
    """Progress, results and failures, for whoever looks.

    Attributes
    ----------
    seconds
        How long each finished stage took, by its title.
    """

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False)
        if not self.console.is_terminal:
            self.console.width = 100  # a log has no width of its own
        self.seconds: dict[str, float] = {}

    def say(self, text: str, style: str = "") -> None:
        """Print one line."""
        self.console.print(Text(harmless_lines(text), style=style), soft_wrap=True)

    @contextmanager
    def stage(self, title: str) -> Iterator[Stage]:
        """Show a stage while the body runs, and its outcome and time when it ends."""
        stage = Stage()
        started = time.perf_counter()
        if self.console.is_terminal:
            with Progress(
                SpinnerColumn(),
                TextColumn("{task.description}"),
                BarColumn(bar_width=30),
                TimeElapsedColumn(),
                console=self.console,
                transient=True,
            ) as progress:
                stage.show(progress, title)
                yield stage
        else:
            # In a log, and for tests that end the build at a given stage: the name at once.
            sys.stdout.write(f"{title:<{WIDE}} ")
            sys.stdout.flush()
            try:
                yield stage
            except BaseException:
                sys.stdout.write("\n")
                raise
        took = time.perf_counter() - started
        self.seconds[title] = round(took, 3)
        end = f"{harmless(stage.outcome)}  ({took:.1f} s)".strip()
        if self.console.is_terminal:
            self.say(f"✓ {title:<{WIDE - 2}} {end}")
        else:
            sys.stdout.write(f"{end}\n")
            sys.stdout.flush()

    def fail(self, error: BaseException, what: str = "build") -> None:
        """Print why there is no result: one line, then what helps."""
        self.console.file.flush()
        errors = Console(stderr=True, highlight=False)
        errors.print(
            Text(
                f"{what} failed: {harmless_lines(str(error) or type(error).__name__)}",
                style="bold red",
            ),
            soft_wrap=True,
        )
        if isinstance(error, PipelineError):
            for line in error.details:
                errors.print(Text(f"  {harmless_lines(line)}"), soft_wrap=True)
