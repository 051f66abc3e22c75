"""When new words are clearly about another thing."""

import pytest

from bot.domain.which import Meant, Spot, is_another


def meant(kind: str = "", building: str = "", unit: str = "", shared: str = "") -> Meant:
    spot = Spot(building or None, unit or None, shared or None) if building or shared else None
    return Meant(frozenset({kind} if kind else ()), spot)


@pytest.mark.parametrize(
    ("held", "said", "another"),
    [
        (meant("lighting"), meant("lift"), True),
        (meant("lighting"), meant("lighting"), False),
        (meant("lighting"), meant(), False),
        (meant(), meant("lift"), False),
        (Meant(frozenset({"lighting", "lift"})), meant("lift"), False),
        (meant("lift", "3", "2"), meant("", "5", "1"), True),
        (meant("lift", "3", "2"), meant("", "3", "1"), True),
        (meant("lift", "3", "2"), meant("", "3"), False),
        (meant("lift", "3"), meant("", "3", "2"), False),
        (meant("lift", "3", "2"), meant("lift", "3", "2"), False),
        (meant("lift", shared="east gate"), meant("", "3"), True),
        (meant("lift", shared="east gate"), meant(shared="east gate"), False),
        (meant("lift"), meant("", "3", "2"), False),
    ],
)
def test_only_what_is_sure_on_both_sides_makes_it_another(
    held: Meant, said: Meant, *, another: bool
) -> None:
    assert is_another(held, said) is another
