"""Which team a case might be given to: the one that has done most of its kind."""

from collections import defaultdict
from datetime import timedelta
from typing import Any

from bot.domain.audience import Serving
from bot.domain.case_record import Case
from bot.services.community import community_of
from bot.services.unit_of_work import UnitOfWork
from storage import advice
from storage import person as people

NEWEST = 200  # cases that are looked at
_HOUR = timedelta(hours=1)


async def team_for(uow: UnitOfWork, case: Case) -> dict[str, Any] | None:
    """Return name, number of cases and hours on average of that team; None when nobody did any."""
    done = await advice.done(uow, case.community_id, case.category, NEWEST)
    who = await people.find(uow, case.community_id, [person for person, _ in done])
    spans: defaultdict[str, list[timedelta]] = defaultdict(list)
    for person, span in done:
        for team in Serving.of(who[person]).teams if person in who else ():
            spans[team].append(span)
    community = await community_of(uow, case.community_id)
    known = [one for one in community.teams if spans.get(one["code"])]
    if not known:
        return None
    best = max(known, key=lambda one: len(spans[one["code"]]))
    took = spans[best["code"]]
    hours = max(1, round(sum(took, timedelta()) / len(took) / _HOUR))
    return {"name": best["name"], "n": len(took), "hours": hours}
