"""The nearest known indicators for a row that the crosswalk does not know yet.

A proposal is an offer to a person, never a match: nothing joins on it. Words are compared and not
whole texts, so that "Reduce the number of" weighs nothing and a rare word ("robbery") weighs much.
"""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz, process

from ingest.model import IngestError
from ingest.vocabulary.measures import (
    ENDINGS,
    MEASURE_ENDS,
    SHORTEST_STEM,
    SPELLED_OUT,
    STOP_WORDS,
)

PROPOSED_AT_MOST: Final = 3
LOWEST_SCORE: Final = 40  # below it, unrelated measures begin to find each other

# Two words this alike (0 to 100) are one word: "burglary" and "burglaries", "behaviour" and an OCR
# slip of it.
ALIKE_FROM: Final = 82

# A measure opens with what it measures and goes on with how; its first words are weighed by
# themselves as well.
OPENING_WORDS: Final = 7

# How much the best single text of an indicator weighs against all its words together.
BEST_TEXT_WEIGHT: Final = 0.7

COLUMNS: Final = ("report_indicator_id", "rank", "indicator_id", "score")
_CROSSWALK_COLUMNS: Final = ("report_id", "row_key", "series_id", "indicator_id", "match_type")
_INDICATOR_COLUMNS: Final = ("indicator_id", "indicator_name", "definition")
REFERENCE: Final = Path(__file__).parents[1] / "seeds" / "reference"


@dataclass(frozen=True, slots=True)
class KnownIndicator:
    """A conformed indicator and every text that says what it measures.

    ``texts`` are its name, its definition and the measures of the rows that are mapped to it.
    """

    indicator_id: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One indicator that a measure may be about; ``score`` is 0 (no word shared) to 100."""

    indicator_id: str
    score: int


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of one text, in alphabetical order too, and what they weigh together."""

    words: frozenset[str]
    in_order: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class _Index:
    """Known indicators as words, with the weight of every word (rare words weigh more).

    ``texts`` holds, for each indicator, its id, all its words, and its texts.
    """

    texts: tuple[tuple[str, frozenset[str], tuple[_Text, ...]], ...]
    vocabulary: tuple[str, ...]
    weights: Mapping[str, float]
    weight_of_unknown: float

    def weight(self, word: str) -> float:
        """The weight of a word; one that no indicator has weighs the most."""
        return self.weights.get(word, self.weight_of_unknown)


def words_of(measure: str) -> tuple[str, ...]:
    """The words that say what is measured: spelled out, cut to their stems, in order, each once.

    >>> words_of("Reduce the number of domestic burglaries. Baseline: 120 offences")
    ('domestic', 'burglar')
    """
    kept = re.split(rf"\b(?:{'|'.join(MEASURE_ENDS)})\b", measure.lower())[0]
    # "re-offending" and "anti-social" are printed in both ways; the first is one word.
    plain = re.sub(r"\bre-(?=[a-z])", "re", kept)
    printed = re.findall(r"[^\W\d_]+|(?<=section )\d+", plain)
    spelled = chain.from_iterable(_spelled_out(word).split() for word in printed)
    kept_words = (_stem(word) for word in spelled if len(word) > 1 and word not in STOP_WORDS)
    return tuple(dict.fromkeys(kept_words))


def propose(measure: str, indicators: Iterable[KnownIndicator]) -> tuple[Proposal, ...]:
    """The indicators nearest to a measure, best first, at most three, none below the floor.

    Parameters
    ----------
    measure
        The measure as printed.
    indicators
        Every known indicator; their order does not matter (equal scores are put in order of id).
    """
    index = _index(tuple(sorted(indicators, key=lambda known: known.indicator_id)))
    return _nearest(words_of(measure), index)


def _nearest(words: tuple[str, ...], index: _Index) -> tuple[Proposal, ...]:
    """What :func:`propose` gives for the words of a measure."""
    alike = {word: _alike(word, index.vocabulary) for word in words}
    known = {other for near in alike.values() for other in near}
    asked = [_Asked(part, alike, index) for part in {words, words[:OPENING_WORDS]} if part]
    proposals = (
        Proposal(indicator_id, max(part.score(together, texts) for part in asked))
        for indicator_id, together, texts in index.texts
        if not together.isdisjoint(known)  # else no word is shared
    )
    near = [proposal for proposal in proposals if proposal.score >= LOWEST_SCORE]
    near.sort(key=lambda proposal: (-proposal.score, proposal.indicator_id))
    return tuple(near[:PROPOSED_AT_MOST])


def known_indicators(
    indicators: Iterable[Mapping[str, str]],
    judgements: Iterable[Mapping[str, str]],
    measures: Mapping[tuple[str, str], str],
) -> tuple[KnownIndicator, ...]:
    """Known indicators from the rows of the reference seeds.

    Parameters
    ----------
    indicators, judgements
        Rows of ``indicators.csv`` and ``crosswalk.csv``.
    measures
        The measure of every loaded row by (report_id, row_key).
    """
    mapped: dict[str, list[str]] = {}
    for judgement in judgements:
        measure = measures.get((judgement["report_id"], judgement["row_key"]))
        is_same = judgement["match_type"] in ("exact_match", "close_match")
        if measure and is_same and not judgement["series_id"]:
            mapped.setdefault(judgement["indicator_id"], []).append(measure)
    return tuple(
        KnownIndicator(
            row["indicator_id"],
            (row["indicator_name"], row["definition"], *mapped.get(row["indicator_id"], ())),
        )
        for row in indicators
    )


def match_proposals(
    rows: Sequence[Mapping[str, str]], reference: Path = REFERENCE
) -> list[tuple[str, str, str, str]]:
    """Rows of ``seeds/landed/landed_match_proposals.csv``, in order of :data:`COLUMNS`.

    Parameters
    ----------
    rows
        Landed rows, each with ``report_indicator_id``, ``report_id``, ``row_key``, ``measure``.
    reference
        The folder that holds ``indicators.csv`` and ``crosswalk.csv``.

    Returns
    -------
    list
        Proposals for the rows that the crosswalk has no judgement about, sorted by row and rank.

    Raises
    ------
    IngestError
        If a seed is not text or lacks a column.
    """
    proposer = Proposer(reference)
    for row in rows:
        proposer.add(row["report_indicator_id"], row["report_id"], row["row_key"], row["measure"])
    return list(proposer.records())


class Proposer:
    """What rows of :func:`match_proposals` come to, row by row as they land.

    Of a row that is to get proposals only its id and the words of its measure are kept, and rows
    of the same words, which plans print quarter after quarter, are compared once.
    """

    def __init__(self, reference: Path = REFERENCE) -> None:
        self._reference = reference
        self._judgements = _read(reference / "crosswalk.csv", _CROSSWALK_COLUMNS)
        self._judged = {(each["report_id"], each["row_key"]) for each in self._judgements}
        self._measures: dict[tuple[str, str], str] = {}
        self._unmapped: dict[str, tuple[str, ...]] = {}
        self._words: dict[tuple[str, ...], tuple[str, ...]] = {}  # each kept once

    def add(self, report_indicator_id: str, report_id: str, row_key: str, measure: str) -> None:
        """Take note of a landed row."""
        if (report_id, row_key) in self._judged:
            self._measures[report_id, row_key] = measure
        else:
            words = words_of(measure)
            self._unmapped[report_indicator_id] = self._words.setdefault(words, words)

    def records(self) -> Iterator[tuple[str, str, str, str]]:
        """The proposals for all rows that were added, in order of row and rank."""
        if not self._unmapped:
            return
        indicators = _read(self._reference / "indicators.csv", _INDICATOR_COLUMNS)
        known = known_indicators(indicators, self._judgements, self._measures)
        index = _index(tuple(sorted(known, key=lambda one: one.indicator_id)))
        found = {words: _nearest(words, index) for words in self._words}
        for row, words in sorted(self._unmapped.items()):
            for rank, proposal in enumerate(found[words], start=1):
                yield row, str(rank), proposal.indicator_id, str(proposal.score)


class _Asked:
    """The words of a measure, to be compared with the texts of one indicator after another."""

    def __init__(
        self, words: Sequence[str], alike: Mapping[str, Mapping[str, float]], index: _Index
    ) -> None:
        self._index = index
        self._words = [(index.weight(word), alike[word]) for word in words]
        self._weight = sum(weight for weight, _ in self._words)
        self._nearest: dict[str, float] = {}
        for _, near in self._words:
            for other, likeness in near.items():
                self._nearest[other] = max(likeness, self._nearest.get(other, 0.0))

    def score(self, together: frozenset[str], texts: Sequence[_Text]) -> int:
        """How near they are to an indicator: to its best text, and to all its words together.

        For one text it is the harmonic mean of two shares, by weight: of the measure's words that
        are in the text, and of the text's words that are in the measure.
        """
        best = 0.0
        for text in texts:
            if found := self._share_found(text.words):
                met = self._share_met(text)
                best = max(best, 2 * found * met / (found + met))
        share = self._share_found(together)
        return round(100 * (BEST_TEXT_WEIGHT * best + (1 - BEST_TEXT_WEIGHT) * share))

    def _share_found(self, text: frozenset[str]) -> float:
        if text.isdisjoint(self._nearest):
            return 0.0
        found = (
            weight * max((likeness for other, likeness in near.items() if other in text), default=0)
            for weight, near in self._words
        )
        return sum(found) / self._weight

    def _share_met(self, text: _Text) -> float:
        nearest, weight = self._nearest, self._index.weight
        met = (weight(other) * nearest[other] for other in text.in_order if other in nearest)
        return sum(met) / text.weight


@lru_cache(maxsize=1)
def _index(indicators: tuple[KnownIndicator, ...]) -> _Index:
    """The words of all indicators, read once for all measures of a run."""
    parts = tuple(
        (
            known.indicator_id,
            tuple(
                frozenset(part)
                for words in map(words_of, known.texts)
                for part in dict.fromkeys((words, words[:OPENING_WORDS]))
                if part
            ),
        )
        for known in indicators
    )
    having = Counter(chain.from_iterable(frozenset().union(*of_one) for _, of_one in parts))
    count = len(parts)
    weights = {word: math.log(1 + count / (1 + times)) for word, times in having.items()}
    texts: dict[frozenset[str], _Text] = {}
    for text in chain.from_iterable(of_one for _, of_one in parts):
        in_order = tuple(sorted(text))
        texts[text] = _Text(text, in_order, sum(weights[word] for word in in_order))
    return _Index(
        texts=tuple(
            (known, frozenset().union(*of_one), tuple(texts[text] for text in of_one))
            for known, of_one in parts
        ),
        vocabulary=tuple(sorted(having)),
        weights=weights,
        weight_of_unknown=math.log(1 + count),
    )


def _alike(word: str, vocabulary: Sequence[str]) -> dict[str, float]:
    """The words of the vocabulary that are the same word, each with its likeness (0 to 1)."""
    found = process.extract(
        word, vocabulary, scorer=fuzz.ratio, score_cutoff=ALIKE_FROM, limit=None
    )
    return {other: likeness / 100 for other, likeness, _ in found}


def _spelled_out(word: str) -> str:
    """A short form, also in the plural ("HCCs"), in full; any other word as it is."""
    return SPELLED_OUT.get(word) or SPELLED_OUT.get(word.removesuffix("s")) or word


def _stem(word: str) -> str:
    """The word without its ending, when enough of it is left to be told from others."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def _read(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a seed as text; none when there is no such seed."""
    if not path.exists():
        return []
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, restval="")
            missing = sorted(set(columns) - set(reader.fieldnames or ()))
            if missing:
                raise IngestError(f"no column {', '.join(missing)}", str(path))
            return list(reader)
    except (UnicodeDecodeError, csv.Error) as error:
        raise IngestError(f"not a CSV file in UTF-8 ({error})", str(path)) from error
