"""The demo's rosters: from the first Sunday on they publish themselves, week after week."""

import tomllib
from collections.abc import Mapping
from datetime import time, timedelta
from pathlib import Path
from typing import Any

from bot.domain.person import Person
from bot.domain.recurrence import OnHoliday, Rule
from bot.domain.roster import Member, Roster
from bot.services import roster_week
from bot.services.unit_of_work import UnitOfWork
from storage import roster as rosters
from storage.counter import next_number

_ROSTERS = Path(__file__).with_suffix(".toml")


async def begin(uow: UnitOfWork, people: Mapping[str, Person]) -> None:
    """Add the rosters whose people are all there, with the shifts of the next weeks."""
    for one in tomllib.loads(_ROSTERS.read_text("utf-8"))["rosters"]:
        if {one["leader"], *one["members"]} <= people.keys():
            await _begin(uow, people, one)


async def _begin(uow: UnitOfWork, people: Mapping[str, Person], one: dict[str, Any]) -> None:
    leader = people[one["leader"]]
    rule = Rule(
        one["rule"],
        time.fromisoformat(one["at"]),
        timedelta(minutes=one["minutes"]),
        OnHoliday(one["on_holiday"]),
    )
    id_ = await next_number(uow, leader.community_id, "roster")
    made = Roster(
        leader.community_id, id_, one["name"], one["place"], rule, one["needed"], leader.id
    )
    rosters.add(uow, made)
    for name in one["members"]:
        rosters.join(uow, made.community_id, made.id, Member(people[name].id))
    await roster_week.make_ahead(uow, made)
    await roster_week.plan(uow, made)
