"""The demo's past: a few weeks of cases, told through the very services that people use.

Nothing of it is sent: what happened before the page was opened needs no letters.
"""

import tomllib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.domain.callback import NOTHING
from bot.domain.case_record import Case
from bot.domain.code import ROOM, PlaceCode
from bot.domain.person import Person
from bot.domain.role import Role
from bot.sandbox import rosters
from bot.services import callback as answers
from bot.services import case as cases
from bot.services import consent, figures_month, morning_letter, series, waiting
from bot.services import draft as drafts
from bot.services import offer as offers
from bot.services.organisation import import_organisation
from bot.services.organisation_file import read_organisation
from bot.services.sent import Sent
from bot.services.unit_of_work import UnitOfWork
from storage import callback as callbacks
from storage import code, due, letter, meta
from storage import person as people

_PAST = Path(__file__).with_name("past.toml")


@dataclass(slots=True)
class _Cast:
    """Who plays in the past, found by name."""

    uow: UnitOfWork
    by_name: dict[str, Person]

    def __getitem__(self, name: str) -> Person:
        return self.by_name[name]


async def seed(uow: UnitOfWork, organisation: Path) -> None:
    """Fill an empty database with the organisation and its past before `uow.now`."""
    read = read_organisation(organisation)
    past = tomllib.loads(_PAST.read_text("utf-8"))["cases"]
    now = uow.now
    uow.now -= timedelta(hours=max(one["hours_ago"] for one in past))  # they served then already
    community_id = (await import_organisation(uow, read)).id
    await meta.put(uow, meta.DEMO, value=True)
    code.add(uow, PlaceCode(community_id, "7KQ2MXAB", "3-2", uow.now))  # hangs in building 3
    for room in [one for one in read.spots if one.kind == ROOM][:1]:
        code.add(uow, PlaceCode(community_id, "HALL7KQ2", room.code, uow.now))
    known = [member.telegram_id for member in read.people]
    await people.load_by_telegram(uow, known)
    found = [await people.find_by_telegram(uow, one) for one in known]
    cast = _Cast(uow, {one.name: one for one in found if one is not None})
    if {name for one in past for name in _names(one)} <= cast.by_name.keys():
        for one in past:
            await _happen(uow, cast, one, now)
    uow.now = now
    for who in cast.by_name.values():
        if who.home or who.all_roles - {Role.RESIDENT}:  # others have never written
            consent.agree(uow, who)
    due.let_pass(uow, community_id, waiting.WAIT)  # whoever was to hear of it has
    await figures_month.plan_all(uow)
    await rosters.begin(uow, cast.by_name)
    await letter.discard(uow, community_id)
    await morning_letter.plan_anew(uow, community_id)  # none about the past
    await series.plan_all(uow)


def _names(one: dict[str, Any]) -> set[str]:
    return {one["reporter"], *(step["who"] for step in one.get("steps", []))}


async def _happen(uow: UnitOfWork, cast: _Cast, one: dict[str, Any], now: datetime) -> None:
    uow.now = now - timedelta(hours=one["hours_ago"])
    reporter = cast[one["reporter"]]
    draft = await drafts.add(uow, reporter, Sent(one["words"]))
    draft = drafts.note(
        uow, draft, kind=one["category"], place=one["place"], building=None, unit=None
    )
    case = await cases.report(uow, reporter, draft)
    for step in one.get("steps", []):
        uow.now += timedelta(hours=step["hours_later"])
        case = await _step(uow, cast, case.number, step)


async def _step(uow: UnitOfWork, cast: _Cast, number: int, step: dict[str, Any]) -> Any:
    who = cast[step["who"]]
    held = await cases.find(uow, who, number)
    match step["does"]:
        case "offer":
            return await offers.offer(uow, who, number, held.version)
        case "claim":
            return await offers.claim(uow, who, number, held.version)
        case "resolve":
            return await cases.resolve(uow, who, number, step["did"], no_photo="other")
        case "decline":
            return await cases.decline(uow, who, number, held.version, step["reason"], step["whom"])
        case "answer":
            return await _answer(uow, who, held, step)
        case other:
            return await cases.move(uow, who, number, other)


async def _answer(uow: UnitOfWork, who: Person, case: Case, step: dict[str, Any]) -> Case:
    """Let somebody say how the work was; no chance draws them for the supervisor's calls."""
    about = who, case.number, case.round
    await answers.say_solved(uow, *about, step["solved"])
    if "satisfied" in step:
        await answers.say_satisfied(uow, *about, step["satisfied"])
        await answers.say_more(uow, *about, NOTHING)
    if "wish" in step:
        await answers.wish(uow, *about, step["wish"])
    said = await answers.find(uow, *about)
    callbacks.save(uow, replace(said, check_status=None))
    return await cases.find(uow, who, case.number)
