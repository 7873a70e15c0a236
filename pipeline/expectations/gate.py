"""One way to run expectations on data frames, tell failures in words, and build Data Docs.

Importing Great Expectations takes seconds, so only :mod:`pipeline.expectations.worker` and tests
import this module.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import great_expectations as gx
import pandas as pd
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)

# Results hold no values: what does not meet an expectation may be just what must not get out.
SILENT = {"result_format": "BOOLEAN_ONLY"}
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Suite:
    """What is expected of one data frame.

    Attributes
    ----------
    name
        The suite's name, as Data Docs show it.
    frame
        The data; a column named ``key`` says which row a failure is in and must be fit to be shown.
    expectations
        Pairs of an expectation and the sentence to print when it is not met.
    """

    name: str
    frame: pd.DataFrame
    expectations: Sequence[tuple[Any, str]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many expectations were looked at, and a sentence for each that was not met."""

    checked: int
    failures: tuple[str, ...]


class Gate:
    """A Great Expectations context that lives as long as one build and writes nothing but docs."""

    def __init__(self) -> None:
        self._context = _context()

    def run(self, suites: Sequence[Suite]) -> Outcome:
        """Run suites; results are kept for the docs.

        Raises
        ------
        RuntimeError
            If an expectation could not be looked at: a fault of ours, not of the data.
        """
        checked = 0
        failures: list[str] = []
        for suite in suites:
            if not suite.expectations:
                continue
            result = _validate(self._context, suite, SILENT)
            checked += len(result.results)
            # Great Expectations may give the results in another order; the ids tell which is which.
            known = {expectation.id: (expectation, why) for expectation, why in suite.expectations}
            for one in result.results:
                expectation, reason = known[one.expectation_config.id]
                if broken := _exception(one.exception_info):
                    raise RuntimeError(f"{suite.name}: cannot tell whether {reason}: {broken}")
                if not one.success:
                    failures.append(f"{suite.name}: {reason}{_where(suite, expectation)}")
        return Outcome(checked, tuple(failures))

    def write_docs(self, folder: Path) -> None:
        """Build Data Docs of everything run so far into an empty or absent folder."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self._context.add_data_docs_site(
            site_name="published",
            site_config={
                "class_name": "SiteBuilder",
                "show_how_to_buttons": False,
                "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
                "store_backend": {
                    "class_name": "TupleFilesystemStoreBackend",
                    "base_directory": str(folder),
                },
            },
        )
        try:
            self._context.build_data_docs(site_names=["published"])
        finally:
            self._context.delete_data_docs_site("published")


def _context() -> Any:
    """Make a context in memory, without progress bars."""
    config = DataContextConfig(
        # The usual defaults make a folder for docs in the system's temporary folder, and leave it.
        store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
        progress_bars=ProgressBarsConfig(globally=False),
        analytics_enabled=False,
    )
    return gx.get_context(mode="ephemeral", project_config=config)


def _validate(context: Any, suite: Suite, result_format: dict[str, Any]) -> Any:
    """Run one suite on its frame."""
    source = context.data_sources.add_or_update_pandas(suite.name)
    batch = source.add_dataframe_asset(suite.name).add_batch_definition_whole_dataframe("whole")
    built = gx.ExpectationSuite(name=suite.name)
    for expectation, reason in suite.expectations:
        expectation.notes = reason
        # Two expectations may differ in nothing but their sentence; keep both.
        built.expectations.append(expectation)
    built = context.suites.add_or_update(built)
    definition = context.validation_definitions.add_or_update(
        gx.ValidationDefinition(name=suite.name, data=batch, suite=built)
    )
    return definition.run(batch_parameters={"dataframe": suite.frame}, result_format=result_format)


def _exception(info: dict[str, Any]) -> str | None:
    """Find what went wrong inside an expectation, whichever of its two forms the record has."""
    for one in (info, *(value for value in info.values() if isinstance(value, dict))):
        if one.get("raised_exception"):
            return str(one.get("exception_message"))
    return None


def _where(suite: Suite, expectation: Any) -> str:
    """Name the first rows that do not meet an expectation, by their keys only.

    Runs the one expectation again in a context of its own, so that no value reaches the docs.
    """
    if "key" not in suite.frame.columns:
        return ""
    alone = expectation.copy(update={"id": None})
    result = _validate(
        _context(),
        Suite(suite.name, suite.frame, [(alone, "")]),
        {"result_format": "COMPLETE", "unexpected_index_column_names": ["key"]},
    )
    found = result.results[0].result.get("unexpected_index_list") or []
    keys = list(dict.fromkeys(str(one["key"]) for one in found))
    if not keys:
        return ""
    more = f" and {len(keys) - SHOWN} more" if len(keys) > SHOWN else ""
    return f" ({', '.join(keys[:SHOWN])}{more})"
