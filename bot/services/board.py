"""The lobby's screen: what was reported, is being done, was finished, and by when.

No names, no doors and no words of residents: it hangs where everybody reads it.
"""

from datetime import timedelta
from typing import Any

from bot.domain.board import COLUMNS, FINISHED, FINISHED_FOR, ROWS
from bot.domain.period import MONTH
from bot.services import figures
from bot.services.community import Community, community_of
from bot.services.unit_of_work import UnitOfWork
from storage import board, community
from storage import case as cases
from storage.board import Shown

_TODAY = timedelta(days=1)


async def communities(uow: UnitOfWork) -> dict[str, int]:
    """Return the id of every community by its code, in the order in which they were imported."""
    return {code: id_ for id_, code in (await community.codes(uow)).items()}


async def names(uow: UnitOfWork) -> list[dict[str, str]]:
    """Return code and name of every community, in the same order."""
    known = (await communities(uow)).items()
    return [{"code": code, "name": (await community_of(uow, id_)).name} for code, id_ in known]


async def facts(uow: UnitOfWork, community_id: int) -> dict[str, Any]:
    """Return what the screen shows now."""
    here = await community_of(uow, community_id)
    columns: dict[str, Any] = {}
    for name, statuses in COLUMNS.items():
        since = uow.now - FINISHED_FOR if statuses is FINISHED else None
        found, total = await board.newest(
            uow, community_id, sorted(statuses), here.not_on_the_board, ROWS, since
        )
        columns[name] = {"total": total, "rows": [_row(uow, here, one) for one in found]}
    today = here.calendar.local(uow.now).replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "community": here.name,
        "phone": here.phone,
        "hours": here.hours,
        "zone": here.zone,
        "now": uow.now.isoformat(),
        "reported_today": await cases.count_reported(uow, community_id, today),
        "rates": await figures.three(uow, community_id, figures.period_of(here, uow, MONTH)),
        "columns": columns,
    }


def _row(uow: UnitOfWork, here: Community, one: Shown) -> dict[str, Any]:
    category = here.category_or_other(one.category)
    at = one.finished_at if one.status in FINISHED else one.by
    return {
        "number": one.number,
        "icon": category.icon,
        "name": category.name.model_dump(),
        "place": here.without_door(one.place, one.door),
        "status": one.status.value,
        "at": at.isoformat() if at else None,
        "late": one.status not in FINISHED and at is not None and at < uow.now,
    }
