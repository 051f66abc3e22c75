"""The routes of a community applied to a case: who answers for it now, and why.

The hours of service are those of the community's calendar, in which every day has them, holidays
too; what counts is the time at which somebody looks, since that is when it is given to somebody.
"""

from datetime import datetime
from typing import Any

from bot.domain import route
from bot.domain.case_record import Case
from bot.domain.level import is_above
from bot.domain.route import Answer, Ground, Matter
from bot.services.community import Community


def answer_for(community: Community, case: Case, now: datetime) -> Answer | None:
    """Return who answers for the case at `now` (UTC), None where no route fits."""
    if not community.routes:
        return None
    matter = Matter(
        category=community.category_or_other(case.category).code,
        area=case.area,
        spots=community.spots_in(case.place),
        urgent=case.urgent,
        in_service=community.calendar.is_service_time(now),
    )
    return route.first(community.routes, matter)


def level_of(community: Community, case: Case, now: datetime) -> str | None:
    """Return the level to which a new case goes at once, None for the usual one."""
    found = answer_for(community, case, now)
    return None if found is None or found.route.team is not None else found.route.to


def facts(community: Community, case: Case, now: datetime) -> dict[str, Any] | None:
    """Return to whom the case goes and by what, as the desk's card shows it; JSON."""
    found = answer_for(community, case, now)
    if found is None:
        return None
    why = [_named(community, one) for one in found.grounds]
    if found.route.team is None:
        to = found.route.to
        return {"team": None, "level": to, "above": is_above(to, case.level), "why": why}
    (team,) = (one for one in community.teams if one["code"] == found.route.team)
    return {"team": team, "level": None, "above": False, "why": why}


def _named(community: Community, ground: Ground) -> dict[str, Any]:
    if ground.kind == "category":
        name = community.category_or_other(ground.code).name.model_dump()
        return {"kind": ground.kind, "name": name}
    if ground.kind in {"hours", "haste"}:
        return {"kind": ground.kind, "code": ground.code}
    return {"kind": ground.kind, "name": community.part_name(ground.kind, ground.code)}
