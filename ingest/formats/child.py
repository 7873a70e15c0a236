"""The process that reads one file of a format that needs a parser.

The file comes in on standard input; lines, or what is wrong, go out on standard output as JSON.
The parsers are kept by others and read what strangers send. So before the first byte is looked at,
this process gives up what no reader needs: connections, programs, writing, more memory and time
than a report takes.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from ingest.formats import limits
from ingest.model import IngestError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ingest.model import Line

# Events of Python's audit hooks that no reader of a document has a reason to raise.
_FORBIDDEN: Final = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork",
    "os.startfile", "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink",
    "os.truncate", "os.chmod", "os.chown", "shutil.", "urllib.", "http.", "ftplib.", "smtplib.",
    "webbrowser.", "ctypes.dlopen", "winreg.", "tempfile.",
)  # fmt: skip
_WRITING: Final = frozenset("wax+")
_CHANGING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Forbidden(PermissionError):
    """A reader tried to do more than read."""


def _guard(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise Forbidden(f"a reader of documents may not do this: {event}")
    if event == "open" and (_WRITING & set(arguments[1] or "") or _CHANGING & arguments[2]):
        raise Forbidden("a reader of documents may not write files")


def confine() -> None:
    """Give up connections, programs, writing, and memory and time beyond the limits."""
    try:
        import resource
    except ImportError:  # not on Windows, where the limit on time remains
        pass
    else:
        seconds = limits.MAX_SECONDS
        for what, soft, hard in (
            (resource.RLIMIT_AS, limits.MAX_MEMORY_BYTES, limits.MAX_MEMORY_BYTES),
            (resource.RLIMIT_CPU, seconds, seconds + 5),
            (resource.RLIMIT_CORE, 0, 0),
            (resource.RLIMIT_FSIZE, 0, 0),
        ):
            resource.setrlimit(what, (soft, hard))
    sys.addaudithook(_guard)


def reader_of(
    kind: str, data: bytes, name: str
) -> tuple[str, Callable[[bytes, str], tuple[Line, ...]]]:
    """The format (a zip archive is looked into) and the function that reads it."""
    if kind == "zip":
        from ingest.formats import package

        kind = package.kind_of(data, name)
    reader: Callable[[bytes, str], tuple[Line, ...]] = import_module(f"ingest.formats.{kind}").read
    return kind, reader


def answer(kind: str, data: bytes, name: str) -> dict[str, Any]:
    """What the parent is told: the format and lines, or an error message."""
    try:
        kind, reader = reader_of(kind, data, name)
        lines = reader(data, name)
    except IngestError as error:
        return {"error": str(error)}
    except (MemoryError, RecursionError):
        return {"error": f"{name}: it needs more memory than a report does"}
    return {"format": kind, "lines": [(line.text, line.locator) for line in lines]}


def main() -> None:
    """Read standard input as the format and the name given, and write the answer."""
    kind, name = sys.argv[1:3]
    if kind == "zip":
        for name_of_library in _SPARED:
            # None is how Python is told that a module cannot be imported.
            sys.modules[name_of_library] = None  # type: ignore[assignment]
    # What a reader needs is loaded before the gates close.
    for needed in _NEEDED[kind]:
        import_module(needed)
    confine()
    said = json.dumps(answer(kind, sys.stdin.buffer.read(), name), ensure_ascii=True)
    sys.stdout.write(said)


# The reader for an archive is known when it has been looked into: it is loaded then.
_NEEDED: Final = {
    "zip": ("ingest.formats.package",),
    "html": ("ingest.formats.html",),
    "pdf": ("ingest.formats.pdf",),
}
# Libraries that openpyxl loads where they are installed, and does without where they are not.
_SPARED: Final = ("numpy", "PIL", "pandas")

if __name__ == "__main__":
    main()
