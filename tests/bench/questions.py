"""What is asked of a neighbourhood: each a use case as a person, or the clock, calls for it."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.domain.case import LEFT_OUT, UNFINISHED
from bot.domain.duplicate import AGE
from bot.domain.period import MONTH, Period
from bot.domain.person import Person
from bot.services import (
    board,
    callback_call,
    case_facts,
    figures,
    morning_letter,
    news,
    overview,
    search,
    signal_answer,
    todo,
)
from bot.services.community import community_of
from bot.services.unit_of_work import UnitOfWork
from storage import case as cases
from storage import duplicate, person, signal
from storage.due import Due
from tests.bench.neighbourhood import FIRST, NOW, RARE, Town

HERE, DISPATCHER = 1, 1
YEAR = Period(date(2025, 12, 1), date(2026, 11, 30))
Ask = Callable[[UnitOfWork, "Asker"], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and about what: another one for each call."""

    town: Town
    chance: random.Random

    async def person(self, uow: UnitOfWork, id_: int) -> Person:
        """Return the person, as the spine would know them by now."""
        return (await person.find(uow, HERE, [id_]))[id_]

    def number(self) -> int:
        """Return the number of a case."""
        return FIRST + self.chance.randrange(self.town.size)


async def _dispatcher(uow: UnitOfWork, one: Asker) -> Person:
    return await one.person(uow, DISPATCHER)


async def _of_an_estate(uow: UnitOfWork, one: Asker) -> Person:
    return await one.person(uow, 3 + one.town.workers + one.town.people)


async def _worker(uow: UnitOfWork, one: Asker) -> Person:
    return await one.person(uow, 2 + one.chance.randrange(one.town.workers))


async def _resident(uow: UnitOfWork, one: Asker) -> Person:
    return await one.person(uow, one.town.resident())


Who = Callable[[UnitOfWork, Asker], Awaitable[Person]]


def _list(which: str, who: Who, only: str = "all") -> Ask:
    async def ask(uow: UnitOfWork, one: Asker) -> Any:
        at, page = todo.FILTERS.index(only), one.chance.randrange(2)
        return await todo.listing(uow, await who(uow, one), which, page=page, per_page=5, only=at)

    return ask


def _find(words_: str | None, who: Who = _dispatcher) -> Ask:
    async def ask(uow: UnitOfWork, one: Asker) -> Any:
        said = words_ or str(one.number())
        community = await community_of(uow, HERE)
        return await search.find(uow, community, await who(uow, one), said, page=0, per_page=5)

    return ask


async def _letter(uow: UnitOfWork, _: Asker) -> Any:
    row = Due(HERE, morning_letter.KIND, "all", NOW.date().isoformat(), NOW)
    return await morning_letter.send(uow, row)


async def _filters(uow: UnitOfWork, one: Asker) -> Any:
    return await todo.counts(uow, await _dispatcher(uow, one))


async def _alike(uow: UnitOfWork, one: Asker) -> Any:
    building, _ = one.chance.choice(one.town.buildings)
    return await duplicate.alike(
        uow, HERE, 0, place=f"{building}/{one.chance.randrange(6) + 1}",
        kind=one.chance.choice(one.town.kinds), statuses=sorted(UNFINISHED), since=NOW - AGE,
        most=3,
    )  # fmt: skip


async def _same_picture(uow: UnitOfWork, one: Asker) -> Any:
    return await duplicate.with_picture(
        uow, HERE, 0, pictures=[f"u{one.number()}"], statuses=sorted(UNFINISHED),
        since=NOW - AGE, most=3,
    )  # fmt: skip


async def _signal(uow: UnitOfWork, one: Asker) -> Any:
    building, _ = one.chance.choice(one.town.buildings)
    spot = building, one.chance.choice(one.town.kinds)
    return await signal.alike(uow, HERE, [spot], NOW - timedelta(days=14), sorted(LEFT_OUT))


async def _signals(uow: UnitOfWork, one: Asker) -> Any:
    return await signal_answer.listing(uow, await _dispatcher(uow, one), page=0, per_page=5)


async def _calls(uow: UnitOfWork, one: Asker) -> Any:
    return await callback_call.listing(
        uow, await _dispatcher(uow, one), callback_call.CALL, page=0, per_page=5
    )


async def _card(uow: UnitOfWork, one: Asker) -> Any:
    case = await cases.find(uow, HERE, one.number())
    assert case is not None
    who = await one.person(uow, case.reporter_id)
    return await case_facts.facts_for(uow, await community_of(uow, HERE), case, who)


async def _history(uow: UnitOfWork, one: Asker) -> Any:
    case = await cases.find(uow, HERE, one.number())
    assert case is not None
    return await overview.page(uow, await _dispatcher(uow, one), case, None)


def _report(period: Period) -> Ask:
    async def ask(uow: UnitOfWork, _: Asker) -> Any:
        return await figures.card(uow, HERE, period)

    return ask


async def _trend(uow: UnitOfWork, _: Asker) -> Any:
    return await figures.trend(uow, HERE, Period.around(MONTH, NOW.date()))


async def _picture(uow: UnitOfWork, _: Asker) -> Any:
    return await figures.picture(uow, HERE, Period.around(MONTH, NOW.date()))


async def _board(uow: UnitOfWork, _: Asker) -> Any:
    return await board.facts(uow, HERE)


async def _news(uow: UnitOfWork, _: Asker) -> Any:
    return await news.week(uow, HERE)


WAITED_FOR: dict[str, Ask] = {
    "/todo, whole community": _list("todo", _dispatcher),
    "/todo, one estate": _list("todo", _of_an_estate),
    "/todo, what is late": _list("todo", _dispatcher, "late"),
    "/todo, counts of the filters": _filters,
    "/todo of who works": _list("todo", _worker),
    "/my": _list("my", _resident),
    "/tasks": _list("tasks", _worker),
    "calls by hand": _calls,
    "duplicates at a place": _alike,
    "duplicates by picture": _same_picture,
    "search, usual word": _find("电梯"),
    "search, two usual words": _find("电梯 3号楼"),
    "search, usual word, estate": _find("电梯", _of_an_estate),
    "search, usual word, own": _find("电梯", _resident),
    "search, rare word": _find(RARE),
    "search, number": _find(None),
    "/report, month": _report(Period.around(MONTH, date(2026, 10, 1))),
    "/report, year": _report(YEAR),
    "card of a case": _card,
    "history of a case": _history,
    "signals": _signals,
}
IN_THE_BACKGROUND: dict[str, Ask] = {
    "morning letter, everybody": _letter,
    "trend of six months": _trend,
    "facts of the pictures": _picture,
    "board (kept 15 s)": _board,
    "numbers of the week": _news,
    "alike in a building": _signal,
}
