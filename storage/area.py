"""In which part of a community its open cases lie, when the parts themselves have changed."""

from collections.abc import Iterable

from sqlalchemy import bindparam, update

from bot.domain.area import Area
from storage.tables import cases
from storage.unit_of_work import UnitOfWork

_LIE = (
    update(cases)
    .where(
        cases.c.community_id == bindparam("community"),
        cases.c.building == bindparam("there"),
        cases.c.closed_at.is_(None),
    )
    .values(estate=bindparam("new_estate"), grid=bindparam("new_grid"))
)


def lie(uow: UnitOfWork, community_id: int, areas: Iterable[Area]) -> None:
    """Let the open cases of each building lie in its estate and grid of now.

    What is closed stays where it was counted.
    """
    for one in areas:
        values = {"community": community_id, "there": one.building}
        uow.write(_LIE, {**values, "new_estate": one.estate, "new_grid": one.grid})
