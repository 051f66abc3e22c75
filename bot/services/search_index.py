"""Keeps what every case is found by.

Filing a case only notes that it is to be found: its forty pieces are written a little later,
some cases at a time, and by whoever searches before that.
"""

from bot.domain.case_record import Case
from bot.domain.search import pieces_of
from bot.services.community import community_of
from bot.services.unit_of_work import UnitOfWork
from storage import search as pieces

_SEARCHED = ("words", "place", "category", "outcome")
AT_ONCE = 32  # cases: about 1,300 rows, some ten thousandths of a second each


def index(uow: UnitOfWork, before: Case | None, case: Case) -> None:
    """See to it that the case is found by what it says now, if that has changed."""
    if before is None or any(getattr(before, one) != getattr(case, one) for one in _SEARCHED):
        pieces.mark(uow, case, new=before is None)


async def catch_up(uow: UnitOfWork, most: int = AT_ONCE) -> bool:
    """Write the pieces of some cases that wait for it; say whether more may be waiting.

    Doors are left out: whoever may not read one must not be able to try which one it is.
    """
    found_by = {}
    for one in await pieces.marked(uow, most):
        community = await community_of(uow, one.community_id)
        said = [
            community.without_door(part or "", one.door)
            for part in (one.words, one.place, one.outcome)
        ]
        names = community.category_or_other(one.category).name.model_dump().values()
        found_by[one.community_id, one.number] = pieces_of([str(one.number), *said, *names])
    pieces.put(uow, found_by)
    return len(found_by) == most
