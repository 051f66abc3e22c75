"""A thousand neighbours and those who serve them: each case is carried along by somebody."""

import heapq
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from bot.domain.case import Status
from tests.year import habits
from tests.year.habits import ASKED_FOR, HABITS, SURVEYED, WEEKS_AFTER, Habit
from tests.year.phones import Arrival
from tests.year.town import Town

RESIDENT = 8_000_000  # the Telegram id of the first
DESK = 7000006
BOSSES = (7000011, 7000014)
TAKERS = (7000007, 7000008, 7000009, 7000010, 7000015)
_CASE = (
    "SELECT c.status, r.telegram_id AS reporter, h.telegram_id AS handler, c.asked"
    " FROM cases c JOIN people r ON r.id = c.reporter_id LEFT JOIN people h ON h.id = c.handler_id"
    " WHERE c.number = :number"
)
_MOST = 60  # times that somebody looks at one case
_EVERY_SURVEY = {"survey.q1": SURVEYED, "survey.later": WEEKS_AFTER}
Step = Callable[[], Awaitable[None]]


class People:
    """What everybody will do, by the instant at which they do it."""

    def __init__(self, town: Town, residents: int) -> None:
        self.town, self.residents, self.chance = town, residents, town.chance
        self._plans: list[tuple[datetime, int, Step]] = []
        self._order = count()
        self._seen = 0  # arrivals that were looked at
        self.known: set[int] = set()  # cases

    # --- the course of time ---------------------------------------------------------------

    def at(self, when: datetime, step: Step) -> None:
        """Let something be done at an instant."""
        heapq.heappush(self._plans, (when, next(self._order), step))

    async def live(self, until: datetime) -> None:
        """Let time pass with all that people do and all that falls due, each at its instant."""
        town = self.town
        while True:
            theirs = self._plans[0][0] if self._plans else until
            at = min(theirs, await town.planned())
            if at >= until:
                break
            town.clock.instant = max(at, town.clock.instant)
            if theirs <= at:
                await heapq.heappop(self._plans)[2]()
            else:
                await town.beat()
            self._answer_surveys()
        town.clock.instant = until

    def _soon(self, hours: float) -> datetime:
        """Return an instant some time from now, mostly by day."""
        chance = self.chance
        at = self.town.clock.instant + timedelta(hours=chance.expovariate(1 / hours))
        hour = (at.hour + 8) % 24
        if hour >= 7 or chance.random() < 0.1:
            return at
        return at + timedelta(hours=7 - hour, minutes=chance.randrange(300))

    # --- reports --------------------------------------------------------------------------

    def plan_reports(self, cases: int, begin: datetime, days: int) -> None:
        """Let so many reports come in, at all hours but mostly by day."""
        for _ in range(cases):
            day = begin + timedelta(days=self.chance.randrange(days))
            hour = self.chance.choice((*range(7, 23), *range(24)))
            at = day.replace(hour=0, tzinfo=UTC) + timedelta(hours=hour - 8)
            self.at(at + timedelta(seconds=self.chance.randrange(3600)), self._report)

    async def _report(self) -> None:
        who = RESIDENT + self.chance.randrange(self.residents)
        urgent = self.chance.random() < 0.01
        what = self.chance.choice(habits.URGENT if urgent else habits.WORDS)
        await self.say(who, self.chance.choice(habits.PLACES) + what)
        labels = self.town.phones.labels(who)
        if any(one.startswith("🙋") for one in labels):
            joins = self.chance.random() < 0.5
            label = "🙋" if joins else "🆕"
            await self._press_next(who, label)
        await self._press_next(who, "✅ 对,提交")

    async def say(self, who: int, text: str) -> None:
        """Let somebody write."""
        await self.town.comes(self.town.message(who, text))

    # --- cases ----------------------------------------------------------------------------

    def take_up(self, number: int) -> None:
        """Let somebody look at a new case before long."""
        self.at(self._soon(self.chance.choice((0.3, 1, 6))), lambda: self._look(number, 0))

    async def _look(self, number: int, times: int) -> None:
        (case,) = await self.town.rows(_CASE, number=number)
        habit = self._choose(case)
        if habit is None or times >= _MOST:
            return
        for who in self._who(habit, case, number):
            if not habit.steps or await self._do(who, number, habit.steps):
                self.town.count[f"did {habit.steps[0] if habit.steps else ''}"] += 1
                break
        else:
            self.town.count[f"failed {habit.steps}"] += 1
            for who in self._who(habit, case, number):
                await self._find_the_card(who, number)
        hours = self.chance.choice((1, 4, 20, 48, 100))
        self.at(self._soon(hours), lambda: self._look(number, times + 1))

    def _choose(self, case: Any) -> Habit | None:
        asks = case["asked"] not in {None, "null"}
        rows = (
            ASKED_FOR if asks and self.chance.random() < 0.7 else HABITS.get(Status(case["status"]))
        )
        if rows is None:
            return None
        return self.chance.choices(rows, [one.often for one in rows])[0]

    def _who(self, habit: Habit, case: Any, number: int) -> list[int]:
        if habit.who == habits.TAKER:
            chats = [*TAKERS, DESK, *BOSSES]
            self.chance.shuffle(chats)
            return [one for one in chats if self.town.phones.find(one, habit.steps[0], number)]
        of = {habits.DESK: (DESK,), habits.REPORTER: (case["reporter"],), habits.BOSS: BOSSES,
              habits.HANDLER: (case["handler"],)}  # fmt: skip
        return [one for one in of[habit.who] if one]

    async def _do(self, who: int, number: int, steps: tuple[str, ...]) -> bool:
        shown = self.town.phones.find(who, steps[0], number)
        if shown is None:
            return False
        await self._press(who, shown[0], shown[1].data)
        return all([await self._go_on(who, one) for one in steps[1:]])

    async def _find_the_card(self, who: int, number: int) -> None:
        """Leave whatever was begun about the case, and have its card shown anew."""
        for label in ("✖ 先不弄了", "🔍 看看"):
            shown = self.town.phones.find(who, label, number)
            if shown is not None:
                await self._press(who, shown[0], shown[1].data)
                return

    async def _go_on(self, who: int, step: str) -> bool:
        town = self.town
        if step == "photo":
            name = f"p{next(self._order)}"
            sizes = [{"file_id": name, "file_unique_id": name, "width": 9, "height": 9}]
            await town.comes(town.message(who, photo=sizes))
            return True
        if step.startswith("="):
            await self.say(who, step[1:])
            return True
        if step.startswith("day:"):
            days = [one for one in town.phones.labels(who) if one[:1] in "一二三四五六日"]
            step = days[min(int(step[4:]), len(days) - 1)] if days else "✖"
        if step == "somebody":
            people = [one for one in town.phones.labels(who) if one.endswith("件")]
            step = self.chance.choice(people) if people else "✖"
        return await self._press_next(who, step)

    async def _press_next(self, who: int, label: str) -> bool:
        shown = self.town.phones.find_next(who, label)
        if shown is not None:
            await self._press(who, shown[0], shown[1].data)
        return shown is not None

    async def _press(self, who: int, message: int, data: str) -> None:
        await self.town.comes(self.town.press(who, message, data))

    # --- what arrives calls for something -------------------------------------------------

    def _answer_surveys(self) -> None:
        arrived = self.town.phones.arrived
        for one in arrived[self._seen :]:
            if one.kind in _EVERY_SURVEY and one.rings | (not one.answers):
                self._plan_answer(one)
            if one.kind == "case.card" and one.chat >= RESIDENT and one.numbers:
                self._meet(one.numbers[0])
        self._seen = len(arrived)

    def _meet(self, number: int) -> None:
        if number not in self.known:
            self.known.add(number)
            self.take_up(number)

    def _plan_answer(self, one: Arrival) -> None:
        rows = _EVERY_SURVEY[one.kind]
        habit = self.chance.choices(rows, [row.often for row in rows])[0]
        if habit.steps:
            who, number = one.chat, one.numbers[0]
            self.at(self._soon(8), lambda: self._answer(who, number, habit.steps))

    async def _answer(self, who: int, number: int, steps: tuple[str, ...]) -> None:
        await self._do(who, number, steps)
