"""Named officers are masked; organisations, places and prose are not."""

from __future__ import annotations

import csv
import itertools
import time

import pytest
from faker import Faker
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import names
from ingest.model import IngestError
from ingest.names import is_given_name
from ingest.privacy import WITHHELD, Masked, mask
from tests.python.reading import REPORT_IDS, ROOT, cells_of, report

_W = WITHHELD


@pytest.mark.parametrize(
    "text,masked",
    [
        ("Geoff Tarnbrook to provide further update", f"{_W} to provide further update"),
        ("at this time Rupert Hexley (CRC) to provide", f"at this time {_W} (CRC) to provide"),
        ("PC Smith attended", f"PC {_W} attended"),
        ("Insp. Brown will report", f"Insp. {_W} will report"),
        ("Acting Chief Inspector Karen Hughes", f"Acting Chief Inspector {_W}"),
        ("Cllr Jane Thornby-Jones", f"Cllr {_W}"),
        ("Mr A. B. Khan", f"Mr {_W}"),
        ("PC Ward", f"PC {_W}"),
        ("Michelle Ward to provide", f"{_W} to provide"),
        ("J. Tarnbrook to provide", f"{_W} to provide"),
        ("contact: K Spoffard", f"contact: {_W}"),
        ("Siobhan O'Brien (CRC)", f"{_W} (CRC)"),
        ("Ffion Rhys-Davies's figures", f"{_W}'s figures"),
        ("Mohammed Al Hussain and Zoë Gillow", f"{_W} and {_W}"),
        ("Mary Jane Watson will attend", f"{_W} will attend"),
        ("Will Young to provide", f"{_W} to provide"),
        ("Kirsty to update at the meeting", f"{_W} to update at the meeting"),
        ("email jane.thornby@westford.gov.uk", f"email {_W}@westford.gov.uk"),
    ],
)
def test_a_person_in_prose_is_masked(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "Stockton Town Centre and Yarm",
        "with the exception of Tithe Barn Road in Hardwick",
        "First document produced on Parkfield and Oxbridge ward",
        "Jane Street and Victoria Park Avenue",
        "Derby Royal hospital",
        "accessing support from Harbour",
        "Stephen Lawrence Inquiry",
        "Jo Cox Foundation",
        "Operation Grace Dawn",
        "HMP Glen Parva",
        "St James Park",
        "Amber Valley Borough Council",
        "Kent Police and Lincoln City",
        "The NE Resident survey 2012",
        "REDUCE REOFFENDING BY THE MOST PROLIFIC OFFENDERS",
        "May Figures; April Data; June Performance",
        "A. Deliberate Dwellings B. Deliberate Vehicles",
        "Restorative Justice Board",
        "DC Unit; DI Team",
        "enquiries@westford.gov.uk",
        "Police to provide an update",
        "Data to be provided",
    ],
)
def test_what_is_no_person_stays(text: str) -> None:
    assert mask(text) == Masked(text)


@pytest.mark.parametrize(
    "text,masked",
    [
        (
            "Cleveland Fire Brigade - Marta Wintle / Kerry Spoffard (for Stockton Figures)",
            f"Cleveland Fire Brigade - {_W} / {_W} (for Stockton Figures)",
        ),
        ("Cleveland Police IOM Unit - Zara Gillow", f"Cleveland Police IOM Unit - {_W}"),
        ("Rehabilitation Company- Piers Harnby", f"Rehabilitation Company- {_W}"),
        ("Jane Thornby, Community Safety Manager", f"{_W}, Community Safety Manager"),
        ("Thornby, Jane", _W),
        ("JANE THORNBY", _W),
        ("K Spoffard", _W),
        ("SBC - Oluwaseun Adebayo", f"SBC - {_W}"),
        ("Community Safety (Bob Jones)", f"Community Safety ({_W})"),
        ("Police & Jane Thornby", f"Police & {_W}"),
        ("SBC Public Health \u2013 Dr. M Tarrantby", f"SBC Public Health \u2013 Dr. {_W}"),
        ("Cleveland Police - Stockton District", "Cleveland Police - Stockton District"),
        ("SBC Community Protection Services (Police Data)",) * 2,
        ("Police - Middlesbrough",) * 2,
        ("Chief Inspector",) * 2,
        ("Thirteen Group - Vacant",) * 2,
        ("CSP - TBC",) * 2,
        ("Public Health - North Tees",) * 2,
    ],
)
def test_an_owner_keeps_the_organisation_and_loses_the_person(text: str, masked: str) -> None:
    assert mask(text, is_owner=True).text == masked


def test_the_reports_lose_their_officers_and_nothing_else() -> None:
    masked = {
        (report_id, cell.text[start:end])
        for report_id in REPORT_IDS
        for cell in cells_of(report(report_id))
        for start, end in mask(cell.text, is_owner=cell.source_cell == "owner").spans
    }
    assert {len(name.split()) for _, name in masked} == {2}
    assert len(masked) == 10
    assert {report_id for report_id, _ in masked} == {"stockton_2014_15_q4", "stockton_2019_20_q3"}


def test_names_of_another_list_are_masked_wherever_they_stand() -> None:
    """Faker's British names, which the masking never sees: at most one in a hundred gets out."""
    maker = Faker("en_GB")
    maker.seed_instance(20121)
    people = [(maker.first_name(), maker.last_name()) for _ in range(400)]
    places = [
        ("{} to provide further update when available.", False),
        ("Figures come from {} (Police).", False),
        ("Westford Constabulary - {}", True),
        ("{} / {} (for Westford figures)", True),
        ("Update: DS {}", False),
    ]
    for place, is_owner in places:
        shown = [
            mask(place.replace("{}", f"{first} {last}"), is_owner=is_owner).text
            for first, last in people
        ]
        out = [person for person, text in zip(people, shown, strict=True) if _W not in text]
        assert len(out) <= 4, (place, out)


def test_towns_of_another_list_stay() -> None:
    maker = Faker("en_GB")
    maker.seed_instance(20122)
    towns = [maker.city() for _ in range(400)]
    assert [town for town in towns if mask(f"Reductions in {town} and its centre").spans] == []


def test_organisations_and_places_of_the_reference_seeds_stay() -> None:
    reference = ROOT / "seeds" / "reference"
    with (reference / "areas.csv").open(encoding="utf-8", newline="") as handle:
        known = [row["area_name"] for row in csv.DictReader(handle)]
    with (reference / "organisations.csv").open(encoding="utf-8", newline="") as handle:
        known += [row["organisation_name"] for row in csv.DictReader(handle)]
    assert len(known) > 20
    assert [name for name in known if mask(name).spans] == []
    assert [name for name in known if mask(name, is_owner=True).spans] == []


def test_offsets_follow_what_was_masked() -> None:
    text = "Geoff Tarnbrook: 12 crimes, then Zara Gillow to provide 34"
    masked = mask(text)
    assert masked.text == f"{_W}: 12 crimes, then {_W} to provide 34"
    for number in ("12", "34"):
        at = masked.offset(text.index(number))
        assert masked.text[at : at + 2] == number
    assert masked.offset(3) == 0


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Al Tarn", "to provide", "12", "Zoe", "PC Smith", "-", "/", "a.b@c.uk"])
        | st.text(max_size=6),
        max_size=12,
    ),
    st.booleans(),
)  # fmt: skip
def test_masking_any_text_keeps_all_else(pieces: list[str], is_owner: bool) -> None:
    text = " ".join(pieces)
    masked = mask(text, is_owner=is_owner)
    spans = masked.spans
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    hidden = {at for start, end in spans for at in range(start, end)}
    for at, character in enumerate(text):
        if at not in hidden:
            assert masked.text[masked.offset(at)] == character
    assert len(masked.text) == len(text) + sum(len(_W) - (end - start) for start, end in spans)


@pytest.mark.parametrize("word", ["Jane", "KIRSTY", "Siân", "Arron", "aaron", "Zygmunt", "Aad"])
def test_a_given_name_is_found(word: str) -> None:
    assert is_given_name(word)


@pytest.mark.parametrize("word", ["Harbour", "Stockton", "Xyzzy", "", "A", "J2", "of", "\u4e2d"])
def test_another_word_is_no_given_name(word: str) -> None:
    assert not is_given_name(word)


def test_the_list_is_searched_and_not_loaded() -> None:
    names.is_given_name.cache_clear()
    is_given_name("Jane")
    began = time.process_time()
    for word in ("Kirsty", "Gareth", "Xyzzy", "Stockton", "Priya"):
        is_given_name(word)
    assert time.process_time() - began < 0.05


def test_nothing_is_published_unmasked_when_the_list_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(names, "_FILE", "no/such/file.txt")
    names._list.cache_clear()
    names.is_given_name.cache_clear()
    mask.cache_clear()
    try:
        with pytest.raises(IngestError, match="names cannot be masked"):
            mask("Geoff Tarnbrook to provide")
    finally:
        monkeypatch.undo()
        names._list.cache_clear()
