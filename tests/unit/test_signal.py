"""What is a signal, and how often."""

from datetime import timedelta

import pytest

from bot.domain.signal import first_of_enough, moved_promises, subject_of
from tests.support.database import START, a_case


@pytest.mark.parametrize(
    ("moves", "expected"),
    [
        ("", 0),
        ("claim promise", 0),
        ("claim promise promise", 1),
        ("claim promise promise contact promise", 2),
        ("claim promise promise return_ assign promise promise", 2),
        ("claim promise return_ assign promise", 0),
        ("claim promise promise promise resolve contest reopen claim promise promise", 1),
    ],
)
def test_a_promise_moves_when_the_same_one_moves_it(moves: str, expected: int) -> None:
    assert moved_promises(moves.split()) == expected


def test_enough_counts_from_the_first_that_is_new() -> None:
    day = timedelta(days=1)
    held = [(number, START + number * day) for number in (5, 4, 3, 2)]
    assert first_of_enough(held, START, 4) == 2
    assert first_of_enough(held, START, 5) is None
    assert first_of_enough(held, START + 2 * day, 3) == 3
    assert first_of_enough(held, START + 3 * day, 3) is None
    assert first_of_enough([], START, 1) is None


def test_a_building_and_its_category_are_one_subject() -> None:
    case = a_case(1, building="3")
    assert subject_of(case.building or "", case.category) == "3/lighting"
