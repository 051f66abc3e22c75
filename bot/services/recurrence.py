"""Choosing when something happens: what the cards of rhythm and of date and time show."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot.domain import picker, promise, rhythm
from bot.domain.person import Person
from bot.domain.recurrence import Rule, next_five
from bot.domain.refusal import Refusal
from bot.domain.rhythm import Chosen
from bot.services.community import Community, community_of
from bot.services.unit_of_work import UnitOfWork

_MOMENT = 1  # minute


def chosen(said: str) -> Chosen:
    """Return what was chosen so far; raises Refusal for what no button of ours carries."""
    found = rhythm.chosen(said)
    if found is None:
        raise Refusal("toast.stale")
    return found


async def asked(
    uow: UnitOfWork, who: Person, said: str, *, again: bool = False, lasts: bool = True
) -> dict[str, Any]:
    """Return what the card of the next step shows; `again`: words were not understood.

    Without `lasts` it is a moment: how long it takes is not asked.

    Raises Refusal for what no button of ours carries.
    """
    community = await community_of(uow, who.community_id)
    held = chosen(said)
    if not lasts and held.step == "lasts":
        held = replace(held, minutes=_MOMENT)
    facts: dict[str, Any] = {"said": held.said, "step": held.step, "again": again}
    if held.step == "check":
        rule = held.rule(community.calendar.local(uow.now).date())
        facts |= {
            "rule": {**rule_facts(rule), "moment": not lasts},
            **five(community, rule, uow.now),
        }
    return facts


def rule_facts(rule: Rule) -> dict[str, Any]:
    """Return the rule as cards draw it."""
    found = rhythm.rhythm_of(rule.text)
    return {
        "every": found.every if found else "",
        "nth": found.nth if found else 0,
        "days": list(found.days) if found else [],
        "at": f"{rule.at:%H:%M}",
        "minutes": int(rule.lasts.total_seconds() // 60),
        "policy": rule.on_holiday.value,
    }


def five(community: Community, rule: Rule, now: datetime) -> dict[str, Any]:
    """Return the next five dates, fewer when the rule ends, and their time zone."""
    found = next_five(rule, community.calendar, now)
    return {"five": [one.starts.isoformat() for one in found], "zone": community.zone}


async def picked(uow: UnitOfWork, who: Person, said: str) -> datetime | dict[str, Any]:
    """Return the instant (UTC) that was picked, or what the card of the next tap shows.

    Raises Refusal for what no button of ours carries and for a day that is over.
    """
    community = await community_of(uow, who.community_id)
    calendar = community.calendar
    found = picker.chosen(calendar, said) if said else None
    if said and found is None:
        raise Refusal("toast.stale")
    if isinstance(found, datetime):
        if found <= uow.now:
            raise Refusal("refusal.past_time")
        return found
    return _day(community, found, uow.now) if found else _grid(community, uow.now)


def _grid(community: Community, now: datetime) -> dict[str, Any]:
    days = [
        {"code": promise.day_code(one), "day": one.day, "weekday": one.weekday()}
        for one in picker.days(community.calendar, now)
    ]
    return {"days": days}


def _day(community: Community, day: date, now: datetime) -> dict[str, Any]:
    calendar = community.calendar
    found = picker.times(calendar, day, now)
    if not found:
        raise Refusal("refusal.past_time")
    times = [
        {"code": promise.code(calendar, one), "clock": f"{calendar.local(one):%H:%M}"}
        for one in found
    ]
    return {"times": times}
