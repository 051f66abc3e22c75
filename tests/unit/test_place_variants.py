"""Two hundred ways to write a place, against the places of the demo, and ninety to be silent."""

import tomllib
from pathlib import Path
from unicodedata import normalize

import pytest

from bot.domain.duplicate import place_key
from bot.domain.estate import named_in
from bot.services.community import Community
from bot.services.organisation_file import read_organisation
from bot.services.organisation_model import Organisation
from bot.texts import words
from tests.support.offline import ORGANISATION

VARIANTS = tomllib.loads(Path(__file__).with_name("place_variants.toml").read_text("utf-8"))
UNDERSTOOD = [
    [part.strip() for part in line.split("|")]
    for line in VARIANTS["understood"].split("\n")
    if line
]
SILENT = [line for line in VARIANTS["silent"].split("\n") if line]
DEMO = read_organisation(ORGANISATION)
XINGFULI = Community(DEMO, words()["place"])


def written(text: str) -> str:
    return text.replace("_", " ")


def test_there_are_enough_of_them() -> None:
    said = [row[0] for row in UNDERSTOOD]
    assert len(set(said)) == len(said) >= 200
    assert len(set(SILENT)) == len(SILENT) >= 80
    assert set(said).isdisjoint(SILENT)


@pytest.mark.parametrize("row", UNDERSTOOD, ids=lambda row: row[0])
def test_a_place_has_its_key_and_the_door_stays_apart(row: list[str]) -> None:
    said, key, *door = row
    place = XINGFULI.find_place(written(said))
    assert place is not None
    assert place_key(place.facts()) == key
    assert place.door == (door[0] if door else None)
    if door:
        assert door[0] not in (place.text or "")
        assert door[0] not in normalize("NFKC", XINGFULI.without_door(written(said)))


@pytest.mark.parametrize("said", SILENT)
def test_what_is_no_sure_place_is_asked_for(said: str) -> None:
    assert XINGFULI.find_place(written(said)) is None


def two_alike() -> Organisation:
    """Return the demo with a building 3 in the other estate too."""
    held = DEMO.model_dump(mode="json")
    third = next(one for one in held["buildings"] if one["code"] == "3")
    held["buildings"].append({**third, "code": "w3", "estate": "west"})
    return Organisation.model_validate(held)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("东区3号楼2单元", "3"),
        ("西区3号楼2单元", "w3"),
        ("幸福里西区3-2-502", "w3"),
        ("3号楼2单元", None),
        ("东区西区3号楼2单元", None),
        ("西区13号楼1单元", "13"),
    ],
)
def test_the_estate_tells_buildings_with_one_number_apart(said: str, code: str | None) -> None:
    place = Community(two_alike(), words()["place"]).find_place(said)
    assert (place and place.building) == code


def test_estates_are_known_by_what_tells_them_apart() -> None:
    names = {"e": "Rose Garden East", "w": "Rose Garden West"}
    assert named_in("in the east court", names) == {"e"}
    assert named_in("Rose Garden West", names) == {"w"}
    assert named_in("Rose Garden", names) == frozenset()
    assert named_in("anywhere", {"e": "Rose Garden"}) == frozenset()
