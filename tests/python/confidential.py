"""An invented report full of what must not get out, and a search of everything for it.

The names and words are nobody's and stand in no other text, so that finding one anywhere is a leak.
They are known here by themselves: nothing that masks or withholds is asked what they are.
"""

from __future__ import annotations

import gzip
import html
import re
import zipfile
from typing import TYPE_CHECKING, Final

import duckdb

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Surnames of people in every place where a report names them; each given name is a usual one.
OFFICERS: Final = (
    "Quillfeather", "Marrowby", "Tallentyre", "Umbersley", "Vexleigh", "Wintersgill", "Ashenhurst",
    "Bramblewick", "Cindershaw", "Dunnockby",
)  # fmt: skip
# Words and numbers of restricted rows: of their measure, figures, comments, owner, and heading. The
# numbers are long, so that no size or place in a file is one of them by chance.
WITHHELD_WORDS: Final = (
    "zyzzogeton",
    "quagswagger",
    "Obscurity Unit",
    "pangolin",
    "smirkwater",
    "smokelore",
)
WITHHELD_NUMBERS: Final = (
    "4,861,193", "7,301,927", "6,135,709", "998,731", "5,828,311", "4,860,407",
    "9,173,351", "8,241,109", "932,242",
)  # fmt: skip

REPORT: Final = """Wexcombe Borough Council
Safer Wexcombe Partnership: Community Safety Strategy 2016-2019
Performance report, Quarter 2 2017/18 (July to September 2017)
Report of Councillor Rosalind Cindershaw; contact jeremy.dunnockby@wexcombe.example.org

Priority 1: Safer streets, led by Kirsty Umbersley (Police)
PI\tIndicator\tBaseline 2016/17\tQ1 2017/18\tQ2 2017/18\tRAG\tComments\tLead\t\
Steer by Gurdeep Tallentyre
W1\tReduce burglary, as agreed with PC Vexleigh\t120\t29\t36\tR\t\
36 in Q2 is an increase of 9 (24.1%) on Q1. Siobhan Marrowby to provide further update.\t\
Wexcombe Police - Oluwaseun Quillfeather\tseen by Dr. Wintersgill
W2\tReduce robbery\t40\t9\t7\tG\tData awaited; Mohammed Ashenhurst (CRC) to chase 3 partners\t\
Fire Service - Bronwen Bramblewick / Council\t
W9 RESTRICTED\tPersons under zyzzogeton watch\t5,828,311\t4,861,193\t7,301,927\tR\t\
6,135,709 quagswaggers in Q2, an increase of 998,731 on Q1, at smirkwater.\t\
Police - Obscurity Unit\t
Total\tAll persons and offences\t5,828,471\t4,861,231\t7,301,970\t\t\tCouncil\t

Priority 2: Other
PI\tIndicator (OFFICIAL-SENSITIVE)\tQ1 2017/18\tQ2 2017/18
V1\tUse of the pangolin register\t4,860,407\t4,861,193

Note: figures of Q1 were given by Siobhan Marrowby.
"""
# Restricted as a whole, by the line over its page.
WHOLLY_RESTRICTED: Final = """OFFICIAL-SENSITIVE: figures of smokelore
Safer Wexcombe Partnership: Community Safety Strategy 2016-2019
Performance report, Quarter 3 2017/18 (October to December 2017)

PI\tIndicator\tQ2 2017/18\tQ3 2017/18\tComments\tSmokelore seen
W1\tReduce smokelore\t9,173,351\t8,241,109\t8,241,109 in Q3, a fall of 932,242 on Q2\t4
W2\tReduce other smokelore, with Bernard Quillfeather\t8,241,109\t9,173,351\t\t
"""
NAMES: Final = re.compile("|".join(OFFICERS), re.IGNORECASE)
RESTRICTED: Final = re.compile(
    "|".join(
        [
            *(re.escape(word) for word in WITHHELD_WORDS),
            *(
                rf"(?<![\w.,]){number.replace(',', ',?')}(?:\.0+)?(?![\w,]|\.\d)"
                for number in WITHHELD_NUMBERS
            ),
        ],
    ),
    re.IGNORECASE,
)


def told(text: str, secret: re.Pattern[str]) -> set[str]:
    """What a text gives away, as it stands and as a browser shows it."""
    return set(secret.findall(text)) | set(secret.findall(html.unescape(text)))


def of_tables(database: Path, secret: re.Pattern[str]) -> dict[str, set[str]]:
    """What any column of any table or view gives away, its name and descriptions too."""
    out: dict[str, set[str]] = {}
    with duckdb.connect(str(database), read_only=True) as connection:
        columns = connection.execute(
            "select schema_name, table_name, column_name, comment from duckdb_columns()"
            " where not internal"
        ).fetchall()
        assert len(columns) > 200
        for schema, table, column, comment in columns:
            found = told(f"{table} {column} {comment}", secret)
            values = connection.execute(
                f'select distinct "{column}"::varchar from "{schema}"."{table}"'
            ).fetchall()
            for (value,) in values:
                found |= told(value or "", secret)
            if found:
                out[f"{table}.{column}"] = found
    return out


def of_files(folder: Path, secret: re.Pattern[str]) -> dict[str, set[str]]:
    """What any file below a folder gives away: its name, its bytes, what is packed in it."""
    out: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        found = told(path.name, secret)
        if path.suffix == ".parquet":
            found |= _of_parquet(path, secret)
        for data in _unpacked(path):
            found |= told(data.decode("utf-8", "replace"), secret)
            found |= told(data.decode("utf-16-le", "replace"), secret)
        if found:
            out[path.relative_to(folder).as_posix()] = found
    return out


def _of_parquet(path: Path, secret: re.Pattern[str]) -> set[str]:
    """Every value, and what the file says of itself: least and greatest values, key and value."""
    found: set[str] = set()
    quoted = "'" + str(path).replace("'", "''") + "'"
    for query in (
        f"select columns(*)::varchar from read_parquet({quoted})",
        "select path_in_schema, stats_min, stats_max, stats_min_value, stats_max_value"
        f" from parquet_metadata({quoted})",
        f"select decode(key), decode(value) from parquet_kv_metadata({quoted})",
    ):
        for row in duckdb.sql(query).fetchall():
            found |= told("\n".join(value or "" for value in row), secret)
    return found


def _unpacked(path: Path) -> Iterator[bytes]:
    yield path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for member in archive.namelist():
                yield archive.read(member)
    elif path.suffix == ".gz":
        yield gzip.decompress(path.read_bytes())
