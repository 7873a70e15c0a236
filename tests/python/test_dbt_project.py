"""The dbt project keeps its conventions: contracts, layers, descriptions, names.

dbt accepts a misspelled key in silence and enforces no layers inside one project, so these checks
read what it made of the files. Nothing is built: the project is compiled once, and the models are
created without rows in a DuckDB in memory to learn their columns.
"""

from __future__ import annotations

import contextlib
import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]

SEEDS, STAGING, INTERMEDIATE, MARTS = "seeds", "staging", "intermediate", "marts"
MAY_READ = {
    STAGING: {SEEDS},
    INTERMEDIATE: {STAGING, INTERMEDIATE},
    MARTS: {STAGING, INTERMEDIATE, MARTS},
}
PREFIXES = {
    STAGING: ("stg_landed__", "stg_reference__"),
    INTERMEDIATE: ("int_",),
    MARTS: ("dim_", "bridge_", "fct_", "indicator_", "report_"),
}
# Scaled decimals only, and neither hugeint nor double nor anything nested.
MART_TYPES = {"varchar", "integer", "bigint", "date", "boolean", "decimal(18,4)"}

# Models that only choose columns, or hold nothing yet to be tested on rows.
WITHOUT_LOGIC = {
    "bridge_indicator_matches",
    "fct_baselines",
    "fct_cells",
    "fct_data_gaps",
    "fct_figures",
    "fct_observations",
    "fct_statuses",
    "fct_target_outcomes",
    "fct_targets",
    "int_figures__disputed",
}

# Every key that may stand in the YAML of models and seeds, by the place it stands in.
COLUMN_KEYS = {"name", "description", "data_type", "data_tests", "quote", "config", "constraints"}
TEST_KEYS = {"name", "description", "arguments", "config"}
KEYS: dict[str, set[str]] = {
    "models": {"name", "description", "config", "columns", "data_tests", "access", "group"},
    "seeds": {"name", "description", "config", "columns", "data_tests"},
    "data_tests": {"name", "description", "config"},
    "analyses": {"name", "description", "config", "columns"},
    "groups": {"name", "description", "owner"},
    "macros": {"name", "description", "arguments"},
    "exposures": {
        "name", "label", "type", "maturity", "description", "owner", "depends_on", "url", "config",
    },
    "unit_tests": {"name", "description", "model", "overrides", "given", "expect", "config"},
}  # fmt: skip
CONFIG_KEYS = {
    "severity", "warn_if", "error_if", "materialized", "contract", "access", "group", "schema",
    "enabled", "tags", "where", "limit", "persist_docs", "meta", "store_failures", "fail_calc",
}  # fmt: skip

# What only DuckDB, or hardly any other engine, understands has its place in macros/.
ONE_ENGINE = {
    "a cast with ::": r"::",
    "try_cast": r"\btry_cast\s*\(",
    "unnest": r"\bunnest\s*\(",
    "qualify": r"^\s*qualify\b",
    "group by all": r"\bgroup by all\b",
    "order by all": r"\border by all\b",
    "exclude and replace": r"\*\s*(exclude|replace)\s*\(",
    "a list or a struct": r"\b(list|struct|array|map)_\w+\s*\(|\[\s*'",
    "regular expressions": r"\bregexp_\w+\s*\(",
    "text aggregates": r"\b(string_agg|group_concat|listagg)\s*\(",
    "arg_min and arg_max": r"\b(arg_m(in|ax)|m(in|ax)_by)\s*\(",
    "dates by format": r"\bstr[fp]time\s*\(",
    "dates made": r"\b(make_date|to_months)\s*\(",
    "dates moved": r"\b(date_trunc|last_day|date_diff|date_add)\s*\(",
    "files": r"\bread_(csv|parquet|json)\w*\s*\(",
}


def yaml_files() -> list[Path]:
    """All YAML that dbt reads as properties."""
    folders = ("models", "seeds", "tests/dbt", "macros", "analyses")
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.yml"))


def sql_files() -> list[Path]:
    """All SQL that is not a macro or a generic test."""
    return sorted(
        [*(ROOT / "models").rglob("*.sql"), *(ROOT / "tests/dbt/singular").rglob("*.sql")]
    )


@pytest.fixture(scope="session")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The compiled project, as dbt understands it."""
    from dbt.cli.main import dbtRunner

    folder = tmp_path_factory.mktemp("dbt")
    profile = yaml.safe_load((ROOT / "profiles.yml").read_text(encoding="utf-8"))
    profile["community_safety"]["outputs"]["build"]["path"] = str(
        folder / "community_safety.duckdb"
    )
    (folder / "profiles.yml").write_text(yaml.safe_dump(profile), encoding="utf-8")
    common = [
        *("--project-dir", str(ROOT), "--profiles-dir", str(folder)),
        *("--target-path", str(folder / "target"), "--log-path", str(folder / "logs")),
        *("--log-level", "none", "--no-version-check", "--no-write-json"),
    ]
    with contextlib.chdir(ROOT):  # dbt moves to the project, and stays there
        parsed = dbtRunner().invoke(["parse", *common])
        assert parsed.success, parsed.exception
        manifest: Any = parsed.result
        compiled = dbtRunner(manifest=manifest).invoke(
            ["compile", "--select", "resource_type:model", *common]
        )
        assert compiled.success, compiled.exception
    results: Any = compiled.result  # dbt types it as what any command may give
    for done in results.results:
        manifest.nodes[done.node.unique_id] = done.node
    return manifest


def layer(node: Any) -> str:
    """The layer a node belongs to, from where its file stands."""
    if node.resource_type == "seed":
        return SEEDS
    return str(node.original_file_path).replace("\\", "/").split("/")[1]


@pytest.fixture(scope="session")
def models(manifest: Any) -> dict[str, Any]:
    """Every model by its name."""
    return {node.name: node for node in manifest.nodes.values() if node.resource_type == "model"}


@pytest.fixture(scope="session")
def seeds(manifest: Any) -> dict[str, Any]:
    """Every seed by its name."""
    return {node.name: node for node in manifest.nodes.values() if node.resource_type == "seed"}


@pytest.fixture(scope="session")
def data_tests(manifest: Any) -> list[Any]:
    """Every data test."""
    return [node for node in manifest.nodes.values() if node.resource_type == "test"]


@pytest.fixture(scope="session")
def columns(models: dict[str, Any], seeds: dict[str, Any]) -> dict[str, list[str]]:
    """What columns each seed and model has, from the relations themselves, made without rows."""
    made: dict[str, list[str]] = {}
    con = duckdb.connect()
    con.execute("attach ':memory:' as community_safety")
    con.execute("use community_safety")
    for node in (*seeds.values(), *models.values()):
        con.execute(f"create schema if not exists {node.schema}")
    for name, node in seeds.items():
        header = seed_header(node)
        listed = ", ".join(f'"{column}" varchar' for column in header)
        con.execute(f'create table {node.schema}."{name}" ({listed})')
        made[name] = header
    for node in in_order(models):
        con.execute(
            f'create table {node.schema}."{node.name}" as select * from ({node.compiled_code}\n) '
            "limit 0"
        )
        found = con.execute(f'describe {node.schema}."{node.name}"').fetchall()
        made[node.name] = [row[0] for row in found]
    con.close()
    return made


def in_order(models: dict[str, Any]) -> Iterator[Any]:
    """Models, each after those it reads."""
    done: set[str] = set()

    def visit(node: Any) -> Iterator[Any]:
        if node.unique_id in done:
            return
        done.add(node.unique_id)
        for parent in node.depends_on.nodes:
            if parent.startswith("model."):
                yield from visit(models[parent.split(".")[-1]])
        yield node

    for node in models.values():
        yield from visit(node)


def seed_header(node: Any) -> list[str]:
    """The first line of a seed."""
    with (ROOT / node.original_file_path).open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


# contracts and layers


def test_every_mart_is_public_with_an_enforced_contract(models: dict[str, Any]) -> None:
    broken = [
        name
        for name, node in models.items()
        if layer(node) == MARTS
        and not (node.config.contract.enforced and node.access.value == "public")
    ]
    assert not broken


def test_only_marts_are_public(models: dict[str, Any]) -> None:
    assert not [
        name
        for name, node in models.items()
        if layer(node) != MARTS and node.access.value == "public"
    ]


def test_every_model_is_in_a_group(models: dict[str, Any]) -> None:
    groups = {name: node.group for name, node in models.items()}
    assert set(groups.values()) == {"foundation", "reporting", "quality"}
    assert not [n for n, g in groups.items() if (layer(models[n]) == MARTS) == (g == "foundation")]


def test_marts_hold_plain_types_with_stated_precision(models: dict[str, Any]) -> None:
    odd = {
        f"{name}.{column.name}": column.data_type
        for name, node in models.items()
        if layer(node) == MARTS
        for column in node.columns.values()
        if str(column.data_type).replace(" ", "").lower() not in MART_TYPES
    }
    assert not odd


def test_layers_read_only_what_stands_below_them(manifest: Any, models: dict[str, Any]) -> None:
    wrong = [
        f"{name} reads {parent.split('.')[-1]}"
        for name, node in models.items()
        for parent in node.depends_on.nodes
        if layer(manifest.nodes[parent]) not in MAY_READ[layer(node)]
    ]
    assert not wrong


def test_a_staging_model_is_a_view_of_one_seed(manifest: Any, models: dict[str, Any]) -> None:
    staged = [node for node in models.values() if layer(node) == STAGING]
    for node in staged:
        (parent,) = node.depends_on.nodes
        seed = manifest.nodes[parent]
        schema, name = seed.schema, seed.name.removeprefix("landed_")
        assert node.name == f"stg_{schema}__{name}"
        assert node.config.materialized == "view"


def test_every_seed_is_staged(models: dict[str, Any], seeds: dict[str, Any]) -> None:
    staged = {
        p for node in models.values() if layer(node) == STAGING for p in node.depends_on.nodes
    }
    assert {node.unique_id for node in seeds.values()} == staged


def test_models_are_named_after_their_layer(models: dict[str, Any]) -> None:
    assert not [n for n, node in models.items() if not n.startswith(PREFIXES[layer(node)])]


def test_schemas_are_named_plainly(models: dict[str, Any], seeds: dict[str, Any]) -> None:
    assert {node.schema for node in models.values()} == {STAGING, INTERMEDIATE, MARTS}
    assert {node.schema for node in seeds.values()} == {"landed", "reference"}


def test_docs_of_marts_are_persisted(models: dict[str, Any]) -> None:
    wanted = {"relation": True, "columns": True}
    marts = {name: node for name, node in models.items() if layer(node) == MARTS}
    assert not [n for n, node in marts.items() if dict(node.config.persist_docs) != wanted]


# descriptions


def test_every_model_and_seed_is_described(models: dict[str, Any], seeds: dict[str, Any]) -> None:
    assert not [name for name, node in (models | seeds).items() if not node.description.strip()]


def test_every_column_is_described_and_no_other(
    models: dict[str, Any], seeds: dict[str, Any], columns: dict[str, list[str]]
) -> None:
    wrong = {
        name: set(columns[name]) ^ {c.name for c in node.columns.values() if c.description.strip()}
        for name, node in (models | seeds).items()
        if set(columns[name]) != {c.name for c in node.columns.values() if c.description.strip()}
    }
    assert not wrong


def test_a_mart_begins_with_its_grain(models: dict[str, Any]) -> None:
    wrong = [
        name
        for name, node in models.items()
        if layer(node) == MARTS and not node.description.startswith("One ")
    ]
    assert not wrong


def test_facts_carry_their_keys(models: dict[str, Any], columns: dict[str, list[str]]) -> None:
    keys = {
        *("period_id", "period_start", "period_end", "area_id"),
        *("report_id", "report_indicator_id", "indicator_id"),
    }
    facts = [
        name
        for name in models
        if name.startswith(("fct_", "indicator_")) and name != "fct_consistency_check_inputs"
    ]
    assert {name: keys - set(columns[name]) for name in facts} == {name: set() for name in facts}


def test_what_is_published_comes_from_masked_columns(
    manifest: Any, columns: dict[str, list[str]]
) -> None:
    unmasked = {"measure", "owner_printed", "text"}
    assert not unmasked & set(columns["stg_landed__rows"])
    assert not {"text"} & set(columns["stg_landed__cells"])
    marts = [n.name for n in manifest.nodes.values() if n.resource_type == "model"]
    marts = [name for name in marts if name.startswith(PREFIXES[MARTS])]
    assert not [name for name in marts if "owner_printed" in columns[name]]


# tests


def test_every_data_test_has_a_name_of_its_own(data_tests: list[Any]) -> None:
    unnamed = [
        node.name
        for node in data_tests
        if getattr(node, "test_metadata", None) and node.test_metadata.name in node.name
    ]
    assert not unnamed


def test_every_singular_test_is_described(data_tests: list[Any]) -> None:
    assert not [
        node.name
        for node in data_tests
        if not getattr(node, "test_metadata", None) and not node.description.strip()
    ]


def test_every_mart_has_a_tested_key_and_tested_parents(
    models: dict[str, Any], data_tests: list[Any]
) -> None:
    tested: dict[str, set[str]] = {}
    for node in data_tests:
        if getattr(node, "test_metadata", None):
            tested.setdefault(str(node.attached_node), set()).add(node.test_metadata.name)
    without_parents = {"dim_organisations", "dim_periods", "dim_series", "dim_indicators"}
    for name, node in models.items():
        if layer(node) == MARTS:
            kinds = tested.get(node.unique_id, set())
            assert "expect_primary_key" in kinds, name
            assert name in without_parents or "expect_keys_to_exist_in_parents" in kinds, name


def test_every_model_with_logic_has_a_unit_test(manifest: Any, models: dict[str, Any]) -> None:
    tested = {unit_test.model for unit_test in manifest.unit_tests.values()}
    wanted = {name for name, node in models.items() if layer(node) != STAGING} - WITHOUT_LOGIC
    assert not sorted(wanted - tested)


def test_every_mart_has_a_reader(manifest: Any, models: dict[str, Any]) -> None:
    read = {node for exposure in manifest.exposures.values() for node in exposure.depends_on.nodes}
    marts = {node.unique_id for node in models.values() if layer(node) == MARTS}
    assert read == marts


# files


@pytest.mark.parametrize("path", yaml_files(), ids=lambda path: path.name)
def test_no_key_is_misspelled(path: Path) -> None:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(content) - {"version"} <= set(KEYS), path
    for section, entries in content.items():
        if section == "version":
            continue
        for entry in entries:
            assert set(entry) <= KEYS[section], (entry["name"], set(entry) - KEYS[section])
            assert set(entry.get("config", {})) <= CONFIG_KEYS, entry["name"]
            for column in entry.get("columns", []):
                assert set(column) <= COLUMN_KEYS, (entry["name"], column)
            for test in entry.get("data_tests", []) if section in ("models", "seeds") else []:
                ((kind, body),) = test.items()
                assert set(body) <= TEST_KEYS, (entry["name"], kind, set(body) - TEST_KEYS)
                assert set(body.get("config", {})) <= CONFIG_KEYS, (entry["name"], kind)


def test_project_settings_reach_something() -> None:
    settings = yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))
    folders = settings["models"]["community_safety"]
    for name in (key for key in folders if not key.startswith("+")):
        assert (ROOT / "models" / name).is_dir()
        for inner in (key for key in folders[name] if not key.startswith("+")):
            assert (ROOT / "models" / name / inner).is_dir()


@pytest.mark.parametrize("path", sql_files(), ids=lambda path: path.stem)
def test_what_only_one_engine_understands_is_in_macros(path: Path) -> None:
    sql = re.sub(
        r"--[^\n]*|\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", "", path.read_text("utf-8"), flags=re.S
    )
    found = [what for what, pattern in ONE_ENGINE.items() if re.search(pattern, sql, re.M | re.I)]
    assert not found


def test_models_end_in_a_select_that_names_every_column() -> None:
    for path in (ROOT / "models").rglob("*.sql"):
        sql = re.sub(r"--[^\n]*", "", path.read_text(encoding="utf-8"))
        last = sql[sql.rfind("\n)\n") :]
        assert not re.search(r"select\s+(\w+\.)?\*", last), path.name
