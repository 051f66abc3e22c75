"""Which team a case might be given to: the one that has done most of its kind.

It stands on every card that is to be dispatched, so it is kept until the next one of the kind is
done: a report that is filed must not wait for it.
"""

from collections import defaultdict
from datetime import timedelta
from typing import Any

from bot.domain.audience import Serving
from bot.domain.case_record import Case
from bot.services.community import community_of
from bot.services.unit_of_work import UnitOfWork
from storage import advice
from storage import person as people
from storage.advice import Done

NEWEST = 200  # cases that are looked at
_HOUR = timedelta(hours=1)


async def team_for(uow: UnitOfWork, case: Case) -> dict[str, Any] | None:
    """Return code, name, number of cases and hours on average of that team; None without one."""
    key = _key(case)
    if key not in uow.kept:
        uow.kept[key] = await _look(uow, case)
    found: dict[str, Any] | None = uow.kept[key]
    return found


def after_move(uow: UnitOfWork, before: Case, after: Case) -> None:
    """Look anew the next time, when one more of the kind was done."""
    if before.resolved_at != after.resolved_at or before.category != after.category:
        for one in (before, after):
            uow.kept.pop(_key(one), None)


def _key(case: Case) -> str:
    return f"advice {case.community_id} {case.category}"


async def _look(uow: UnitOfWork, case: Case) -> dict[str, Any] | None:
    done = await advice.done(uow, case.community_id, case.category, NEWEST)
    who = await people.find(uow, case.community_id, [one.person_id for one in done])
    of_team: defaultdict[str, list[Done]] = defaultdict(list)
    for one in done:
        for team in Serving.of(who[one.person_id]).teams if one.person_id in who else ():
            of_team[team].append(one)
    community = await community_of(uow, case.community_id)
    known = [one for one in community.teams if of_team.get(one["code"])]
    if not known:
        return None
    best = max(known, key=lambda one: sum(some.n for some in of_team[one["code"]]))
    did = of_team[best["code"]]
    n = sum(one.n for one in did)
    hours = max(1, round(sum((one.took for one in did), timedelta()) / n / _HOUR))
    return {**best, "n": n, "hours": hours}
