"""What people are found by in a list of names: marks of each letter and of each two in a row.

A database that could compare names would have to read them. So it compares marks, which say
nothing without the key file; who has all of them is opened and looked at.
"""

from itertools import pairwise

from sqlalchemy import Integer, bindparam, delete, func, insert, select

from storage.tables import name_pieces
from storage.unit_of_work import UnitOfWork

_HERE = name_pieces.c.community_id == bindparam("community")
_FORGET = delete(name_pieces).where(_HERE, name_pieces.c.person_id == bindparam("person"))
_ADD = insert(name_pieces)
HAVING_ALL = (  # whoever has all `marks`, of which there are `pieces`
    select(name_pieces.c.person_id)
    .where(_HERE, name_pieces.c.mark.in_(bindparam("marks", expanding=True)))
    .group_by(name_pieces.c.person_id)
    .having(func.count() == bindparam("pieces", type_=Integer))
)


def put(uow: UnitOfWork, community_id: int, person_id: int, name: str) -> None:
    """Let somebody new be found by the name."""
    said = name.casefold()
    for mark in _marks(uow, {*said, *map("".join, pairwise(said))}):
        row = {"community_id": community_id, "mark": mark, "person_id": person_id}
        uow.write(_ADD, row)


def forget(uow: UnitOfWork, community_id: int, person_id: int) -> None:
    """Let the person be found by no name."""
    uow.write(_FORGET, {"community": community_id, "person": person_id})


def wanted(uow: UnitOfWork, words: str) -> dict[str, object]:
    """Return the values with which `HAVING_ALL` finds whoever may have `words` in their name."""
    said = words.casefold()
    marks = _marks(uow, {*map("".join, pairwise(said))} or {said})
    return {"marks": marks, "pieces": len(marks)}


def is_named(name: str, words: str) -> bool:
    """Say whether the name has `words`, however they are written."""
    return words.casefold() in name.casefold()


def _marks(uow: UnitOfWork, pieces: set[str]) -> list[str]:
    return sorted(uow.vault.mark("name", one) for one in pieces)
