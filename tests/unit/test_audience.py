"""To whom a case is offered, whom it fits, and who comes next."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain import audience
from bot.domain.person import Person
from bot.domain.role import Role
from tests.support.database import a_person
from tests.unit.move_rules import HANDLER, REPORTER, a_case


def somebody(number: int = 7, *roles: Role, **serves: Any) -> Person:
    person = a_person(number, *(roles or (Role.VOLUNTEER,)))
    return replace(person, settings={audience.KEPT: serves})


def test_the_ladder_ends_with_the_dispatchers() -> None:
    asked, seen = audience.following("team:engineering", "3"), []
    while asked is not None:
        seen.append(asked)
        asked = audience.following(asked, "3")
    assert seen == ["linked:3", "pool", "staff", "lead"]
    assert audience.following("people:7", None) == "pool"
    assert audience.following("linked:3", "3") == "pool"


@pytest.mark.parametrize(
    ("offered", "who", "asked"),
    [
        ("pool", somebody(), True),
        ("pool", somebody(7, Role.GRID_WORKER), False),
        ("staff", somebody(7, Role.GRID_WORKER), True),
        ("staff", somebody(), False),
        ("team:a", somebody(teams=["a"]), True),
        ("team:a", somebody(teams=["b"]), False),
        ("linked:3", somebody(linked=["3"]), True),
        ("linked:3", somebody(linked=["5"]), False),
        ("lead", somebody(lead=True), True),
        ("lead", somebody(), False),
        ("people:7,8", somebody(), True),
        ("people:8", somebody(), False),
        (None, somebody(), False),
        ("", somebody(teams=[""], linked=[""]), False),
    ],
)
def test_whom_an_audience_means(offered: str | None, who: Person, asked: bool) -> None:
    assert audience.is_asked(a_case("offered", audience=offered), who) is asked


def test_neither_reporter_nor_former_handler_is_asked() -> None:
    case = a_case("offered", audience="pool", former_handler_id=HANDLER)
    assert not audience.is_asked(case, somebody(REPORTER))
    assert not audience.is_asked(case, somebody(HANDLER))
    assert audience.is_asked(case, somebody(9))


def test_skills_and_buildings_decide_whom_it_fits() -> None:
    electrician = somebody(skills=["electric"], buildings=["3"])
    assert audience.fits(electrician, ["electric", "lift"], "3")
    assert audience.fits(electrician, [], None), "a shared spot is near to all"
    assert not audience.fits(electrician, ["electric"], "5")
    assert not audience.fits(electrician, ["lift"], "3")
    assert audience.fits(somebody(), [], "5"), "nothing said: anything, anywhere"


def test_nothing_known_of_somebody_is_no_error() -> None:
    assert audience.Serving.of(a_person(7)) == audience.Serving()
