"""In which estate, grid and building a place lies."""

import tomllib
from typing import Any

import pytest

from bot.domain.area import NOWHERE, Area
from bot.domain.place import Place
from bot.sandbox.guest import EXAMPLE
from bot.services.community import Community
from bot.services.organisation_file import check_organisation
from bot.texts import words


def community(**changes: Any) -> Community:
    document = {**tomllib.loads(EXAMPLE.read_text("utf-8")), "routes": [], **changes}
    return Community(check_organisation(document, "mine.toml"), words()["place"])


GRIDS = [
    {"code": "all_east", "name": "东区网格", "estates": ["east"]},
    {"code": "pair", "name": "一二号楼网格", "buildings": ["1", "2"]},
]


@pytest.mark.parametrize(
    ("said", "home", "expected"),
    [
        ("2号楼1单元", None, Area("east", "pair", "2")),  # the grid of its building comes first
        ("3号楼2单元", None, Area("east", "all_east", "3")),
        ("11号楼2单元", "3-2", Area("west", None, "11")),  # where it is counts, not who says it
        ("西区的小花园", None, Area("west")),
        ("那边", "11-2", Area("west")),
        ("那边", None, NOWHERE),
        ("那边", "99-9", NOWHERE),
    ],
)
def test_where_a_place_lies(said: str, home: str | None, expected: Area) -> None:
    here = community(grids=GRIDS)
    place = here.find_place(said) or Place(said)
    held = here.placed(place, home)
    assert Area(held["estate"], held["grid"], held["building"]) == expected


def test_a_spot_lies_in_its_estate() -> None:
    here = community(spots=[{"code": "gate", "estate": "west", "name": "北门岗亭"}])
    assert here.area(None, "北门岗亭", "3-2") == Area("west")


def test_in_a_community_of_one_estate_everything_lies_there() -> None:
    document = tomllib.loads(EXAMPLE.read_text("utf-8"))
    east = [one for one in document["buildings"] if one["estate"] == "east"]
    here = community(
        estates=document["estates"][:1], buildings=east, spots=[], grids=[], homes=[], people=[],
        committees=[], groups=[], teams=[], companies=[], templates=[],
        seats=[],
    )  # fmt: skip
    assert here.area(None, "那边", None) == Area("east")


def test_scopes_are_the_parts_and_the_whole() -> None:
    assert Area("east", "pair", "2").scopes == {"", "estate:east", "grid:pair", "building:2"}
    assert NOWHERE.scopes == {""}
    assert not NOWHERE.is_known
