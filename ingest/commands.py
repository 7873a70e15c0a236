"""The commands ``add`` and ``check`` of ``python -m ingest``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.manifest import OPTIONAL, REQUIRED
from ingest.model import IngestError

if TYPE_CHECKING:
    from rich.console import Console

    from ingest.adding import Understood
    from ingest.audit import Audit

_HELP = {
    "report_id": "id of the report, like stockton_2012_13_q3",
    "file": "name of the file among the reports",
    "area": "whose community it is about, like Stockton-on-Tees",
    "financial_year": "like 2012/13",
    "as_at_quarter": "1 to 4",
}


def register(commands: Any, reports: Path, seeds: Path) -> None:
    """Add both commands to a parser's commands."""
    for name, run, what in (
        ("add", _add, "add a report: file, manifest entry and seeds, after asking"),
        ("check", _check, "say what is understood of a report and what does not add up"),
    ):
        parser: argparse.ArgumentParser = commands.add_parser(name, help=what, description=what)
        parser.add_argument("report", type=Path, metavar="FILE", help="text, Word, Excel, web, PDF")
        fields = parser.add_argument_group("what the report is, where the guess is wrong")
        for field in (*REQUIRED, *OPTIONAL):
            fields.add_argument(
                "--" + field.replace("_", "-"), metavar="TEXT", help=_HELP.get(field)
            )
        parser.add_argument("--no-audit", action="store_true", help="leave the sums unchecked")
        parser.add_argument("--reports", type=Path, default=reports, help="folder of the manifest")
        parser.add_argument("--seeds", type=Path, default=seeds, help="folder of the landed seeds")
        if name == "add":
            parser.add_argument("--yes", action="store_true", help="do not ask before writing")
        else:
            parser.add_argument(
                "--html", type=Path, metavar="PAGE", help="write a page of queries for the author"
            )
        parser.set_defaults(run=run)


def _understood(options: argparse.Namespace) -> Understood:
    from ingest.adding import understand

    overrides = {
        field: value
        for field in (*REQUIRED, *OPTIONAL)
        if (value := getattr(options, field)) is not None
    }
    return understand(options.report, overrides, options.reports, options.seeds)


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def _audit(understood: Understood, options: argparse.Namespace) -> Audit:
    from ingest.audit import audit_of

    print("Working the sums out again ...", file=sys.stderr, flush=True)
    return audit_of(understood, options.reports)


def _check(options: argparse.Namespace) -> int:
    from ingest.show import show, show_audit

    understood = _understood(options)
    console = _console()
    show(understood, console)
    if options.no_audit:
        if options.html:
            raise IngestError("the page of queries needs the audit", "--no-audit")
        return 0
    audit = _audit(understood, options)
    show_audit(audit, console)
    if options.html:
        from ingest.queries import page_of, write_page

        try:
            write_page(options.html, page_of(understood, audit))
        except OSError as error:
            raise IngestError(
                f"the page cannot be written ({error.strerror or error})", str(options.html)
            ) from error
        console.print(f"Queries for the author: {options.html}", soft_wrap=True)
    return 0


def _add(options: argparse.Namespace) -> int:
    from ingest.adding import put
    from ingest.show import show, show_audit

    understood = _understood(options)
    console = _console()
    show(understood, console)
    if not options.no_audit:
        show_audit(_audit(understood, options), console)
    if not options.yes and not _agreed():
        console.print("Nothing was written.")
        return 1
    written = put(understood, options.reports, options.seeds)
    console.print(f"{understood.entry.report_id} is among the reports; written:")
    for path in written:
        console.print(f"  {path}", soft_wrap=True)
    console.print("Next: make build")
    return 0


def _agreed() -> bool:
    if not sys.stdin.isatty():
        raise IngestError("nothing was written: there is nobody to ask; say --yes to add it")
    try:
        answer = input("Add it with this entry? Type yes to write, anything else to stop: ")
    except (EOFError, KeyboardInterrupt):
        return False
    return answer.strip().lower() in ("y", "yes")
