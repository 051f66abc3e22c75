"""What somebody would do as a volunteer: areas, what is less, and which skills count."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain import audience
from bot.domain.role import Role
from bot.domain.volunteer import (
    ANYWHERE,
    area_of,
    buildings_area,
    buildings_in,
    estate_area,
    estate_in,
    is_less,
)
from tests.support.database import a_person

ESTATES = {"east": ("1", "2", "3"), "west": ("11", "12"), "empty": ()}


@pytest.mark.parametrize(
    ("buildings", "area"),
    [
        ((), ANYWHERE),
        (("3",), "buildings:3"),
        (("3", "1"), "buildings:1,3"),
        (("12", "11"), "estate:west"),
        (("1", "2", "3", "11"), "buildings:1,11,2,3"),
    ],
)
def test_an_area_is_written_and_read(buildings: tuple[str, ...], area: str) -> None:
    assert area_of(buildings, ESTATES) == area
    assert set(buildings_in(area, ESTATES)) == set(buildings)


def test_an_estate_that_is_gone_is_not_everywhere_by_name() -> None:
    assert estate_in(estate_area("north")) == "north"
    assert estate_in(buildings_area(["3"])) is None
    assert estate_in(ANYWHERE) is None


@pytest.mark.parametrize(
    ("now", "before", "less"),
    [
        ((["a"], ["1"]), (["a", "b"], ["1", "2"]), True),
        ((["a"], ["1"]), (["a"], []), True),
        (([], ["1"]), (["a"], ["1"]), True),
        ((["a"], ["1"]), (["a"], ["1"]), True),
        ((["b"], ["1"]), (["a"], ["1"]), False),
        ((["a"], ["2"]), (["a"], ["1"]), False),
        ((["a"], []), (["a"], ["1"]), False),
        ((["a"], []), (["a"], []), True),
    ],
)
def test_less_is_no_new_skill_and_no_new_place(
    now: tuple[list[str], list[str]], before: tuple[list[str], list[str]], less: bool
) -> None:
    assert is_less(*now, *before) is less


def test_what_was_agreed_on_counts_before_the_file_while_the_role_is_held() -> None:
    held: dict[str, Any] = {
        audience.KEPT: {"skills": ["lift"], "buildings": ["11"], "teams": ["a"], "lead": True},
        audience.AGREED: {"skills": ["plumbing"], "buildings": []},
    }
    one = replace(a_person(7, Role.VOLUNTEER), settings=held)
    serving = audience.Serving.of(one)
    assert (serving.skills, serving.buildings) == (("plumbing",), ())
    assert (serving.teams, serving.lead) == (("a",), True)
    former = replace(one, roles=frozenset())
    assert audience.Serving.of(former).skills == ("lift",)
