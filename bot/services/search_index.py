"""Keeps what every case is found by, in the transaction that files or changes it."""

from bot.domain.case_record import Case
from bot.domain.search import pieces_of
from bot.services.community import Community, community_of
from bot.services.unit_of_work import UnitOfWork
from storage import case as cases
from storage import search as pieces

_SEARCHED = ("words", "place", "category", "outcome")


async def fill(uow: UnitOfWork) -> int:
    """Let cases be found that were filed before there was a search; return how many."""
    unkept = await pieces.unkept(uow)
    for community_id, number in unkept:
        case = await cases.find(uow, community_id, number)
        if case is not None:
            index(uow, await community_of(uow, community_id), None, case)
    return len(unkept)


def index(uow: UnitOfWork, community: Community, before: Case | None, case: Case) -> None:
    """Let the case be found by what it says now, if that has changed.

    Doors are left out: whoever may not read one must not be able to try which one it is.
    """
    if before is None or any(getattr(before, one) != getattr(case, one) for one in _SEARCHED):
        said = (community.without_door(one or "") for one in (case.words, case.place, case.outcome))
        names = community.category_or_other(case.category).name.model_dump().values()
        found = pieces_of([str(case.number), *said, *names])
        pieces.put(uow, case, found, new=before is None)
