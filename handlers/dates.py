"""Asks whoever has a case for a date, and why: the dialogue behind promise, pause and extension.

By buttons: a time that is near, or a day of a grid and a part of it. By words: "tomorrow at
three". What is being said stays in a draft until the date is there.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from telegram.ext import MessageHandler

from bot.domain import promise as rules
from bot.domain.calendar import Calendar
from bot.domain.case_record import Case
from bot.domain.draft import Draft
from bot.domain.moment import MomentWords, parse
from bot.domain.refusal import Refusal
from bot.services import case as cases
from bot.services import conversation, decision, desk
from bot.services.case import Stale
from bot.services.community import community_of
from bot.services.leaving import DIALOGUES
from bot.texts import words
from handlers.case import redraw, show_latest
from handlers.conversation import END, Dialogue, Handlers
from handlers.decision import left_off
from handlers.turn import Step, Turn, on, on_presses
from handlers.words import STOP, WORDS

OWN_WORDS = "other"
FINISH = "resolve"
_SAID = words()
_LISTS = {name: tuple(held) for name, held in _SAID["moment"].items() if isinstance(held, list)}
MOMENT = MomentWords(
    days=_SAID["moment"]["days"],
    weekdays=_SAID["moment"]["weekdays"],
    half=_SAID["moment"]["half"],
    digits=_SAID["place"]["digits"],
    **_LISTS,
)


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked, for which move, and what is done with the answer."""

    noun: str  # of its dialogue, presses and cards
    move: str  # which has to be possible when asking begins
    finish: Callable[[Turn, Draft, datetime], Awaitable[Case]]
    wants_reason: Callable[[Case], bool]
    whole_days: bool = False  # the part of the day is not asked
    from_deadline: bool = False  # the grid of days begins with that of the deadline
    beyond: str = ""  # the card that answers a time beyond the deadline

    async def start(self, turn: Turn) -> object:
        """Ask why, where that is wanted, and else at once for the date."""
        asked = turn.pressed
        draft = await decision.begin(
            turn.uow, turn.who, self.move, asked.id, asked.version, reason=""
        )
        leave_others(turn, self.noun)
        case = await cases.find(turn.uow, turn.who, asked.id)
        if self.wants_reason(case):
            await self._show(turn, draft, "reason")
            return "reason"
        return await self._ask_time(turn, draft)

    async def choose_reason(self, turn: Turn) -> object:
        """Keep the reason that was pressed; "other" asks for words."""
        draft = await self._current(turn)
        if turn.pressed.choice == OWN_WORDS:
            await self._show(turn, draft, "words")
            return "reason"
        return await self._ask_time(
            turn, decision.note(turn.uow, draft, reason=turn.pressed.choice)
        )

    async def say_reason(self, turn: Turn) -> object:
        """Keep the reason that was written."""
        draft = await self._current(turn)
        return await self._ask_time(turn, decision.note(turn.uow, draft, reason=turn.words))

    async def show_times(self, turn: Turn) -> object:
        """Show the near times again."""
        return await self._ask_time(turn, await self._current(turn))

    async def show_days(self, turn: Turn) -> object:
        """Show the grid of days."""
        draft = await self._current(turn)
        await self._show_days(turn, draft)
        return "time"

    async def choose_day(self, turn: Turn) -> object:
        """Ask for the part of the day; where whole days count, that is the date."""
        draft, calendar = await self._current(turn), await _calendar(turn)
        day = rules.decoded_day(calendar, turn.pressed.choice)
        if day is None:
            raise Refusal("toast.stale")
        if self.whole_days:
            return await self._done(turn, draft, rules.at_clock(calendar, day, calendar.opens))
        offered = rules.parts(calendar, day, turn.now)
        if not offered:
            raise Refusal("refusal.past_time")
        await self._show(turn, draft, "part", choices=_choices(calendar, offered))
        return "time"

    async def choose_time(self, turn: Turn) -> object:
        """Take the time that was pressed."""
        draft = await self._current(turn)
        at = rules.decoded(await _calendar(turn), turn.pressed.choice)
        if at is None:
            raise Refusal("toast.stale")
        return await self._done(turn, draft, at)

    async def say_time(self, turn: Turn) -> object:
        """Take the time that was written, or ask once more."""
        draft, calendar = await self._current(turn), await _calendar(turn)
        at = parse(turn.words, MOMENT, calendar.local(turn.now))
        if at is None:
            await self._show_times(turn, draft, again=True)
            return "time"
        if self.whole_days:
            day = calendar.local(at).date()
            at = rules.at_clock(calendar, day, calendar.opens)
        return await self._done(turn, draft, at)

    async def cancel(self, turn: Turn) -> object:
        """Leave the case as it is."""
        return await left_off(turn, self.move)

    async def _done(self, turn: Turn, draft: Draft, at: datetime) -> object:
        try:
            case = await self.finish(turn, draft, at)
        except Stale as stale:
            turn.refuse(stale)  # before anything is written
            decision.drop(turn.uow, draft)
            await show_latest(turn, stale.case)
            return END
        except Refusal as refusal:
            if refusal.key != "refusal.past_deadline" or not self.beyond:
                turn.refuse(refusal)
                return "time"
            turn.redraw(self.beyond, case=await _facts(turn, draft), at=at.isoformat())
            return "time"  # another one may be written as well
        decision.done(turn.uow, draft)
        if turn.press is not None:
            turn.toast("toast.kept")
            await redraw(turn, case)
        else:
            turn.tell(f"{self.noun}.done", case=await desk.facts_of(turn.uow, turn.who, case))
        return END

    async def _ask_time(self, turn: Turn, draft: Draft) -> object:
        await self._show_times(turn, draft)
        return "time"

    async def _show_times(self, turn: Turn, draft: Draft, *, again: bool = False) -> None:
        if self.whole_days or self.from_deadline:
            await self._show_days(turn, draft, again=again)
            return
        calendar = await _calendar(turn)
        offered = list(rules.chips(calendar, turn.now))
        await self._show(turn, draft, "time", again=again, choices=_choices(calendar, offered))

    async def _show_days(self, turn: Turn, draft: Draft, *, again: bool = False) -> None:
        calendar = await _calendar(turn)
        first = await self._first_day(turn, draft, calendar)
        grid = [
            {"code": rules.day_code(day), "day": day.day, "weekday": day.weekday()}
            for day in rules.days(calendar, turn.now, first)
        ]
        back = not (self.whole_days or self.from_deadline)
        await self._show(turn, draft, "day", days=grid, again=again, back=back)

    async def _first_day(self, turn: Turn, draft: Draft, calendar: Calendar) -> int:
        """Return how many days from today the grid begins."""
        due = (await decision.case_of(turn.uow, turn.who, draft)).solution_due
        if not self.from_deadline or due is None:
            return 1 if self.whole_days else 0
        ahead = calendar.local(due).date() - calendar.local(turn.now).date()
        return max(0, ahead.days)

    async def _show(self, turn: Turn, draft: Draft, step: str, **facts: Any) -> None:
        shown = {"reason": draft.facts["reason"], "again": False, **facts}
        turn.redraw(f"{self.noun}.{step}", case=await _facts(turn, draft), **shown)

    async def _current(self, turn: Turn) -> Draft:
        return await decision.current(turn.uow, turn.who, self.move)

    def dialogue(self) -> Dialogue:
        """Return the conversation."""
        steps: dict[str, Step] = {
            "start": self.start,
            "reason": self.choose_reason,
            "times": self.show_times,
            "days": self.show_days,
            "day": self.choose_day,
            "at": self.choose_time,
            "cancel": self.cancel,
        }
        presses: Handlers = [
            on_presses(self.noun, {verb: ending(step) for verb, step in steps.items()})
        ]
        stop: Handlers = [MessageHandler(STOP, on(self.cancel))]

        def words_to(step: Step) -> Handlers:
            return [*stop, MessageHandler(WORDS, on(ending(step))), *presses]

        return Dialogue(
            self.noun,
            entry=presses,
            steps={"reason": words_to(self.say_reason), "time": words_to(self.say_time)},
        )


def ending(step: Step) -> Step:
    """Return `step`, after which a case that has moved on ends the dialogue."""

    async def careful(turn: Turn) -> object:
        try:
            return await step(turn)
        except Stale as stale:
            turn.refuse(stale)
            await show_latest(turn, stale.case)
            return END

    return careful


def leave_others(turn: Turn, noun: str) -> None:
    """End the other dialogues about a case, so that words go to the one begun last.

    Comes behind what may refuse: a button that has become old ends nothing. The dialogue that
    finishes the case goes on: its pictures may come at any time.
    """
    key = (turn.who.telegram_id, turn.who.telegram_id)
    for other in DIALOGUES:
        if other not in {noun, FINISH} and conversation.state(other, key) is not None:
            conversation.move(other, key, None)


def _choices(calendar: Calendar, offered: list[rules.Choice]) -> list[dict[str, str]]:
    return [
        {
            "chip": one.name,
            "code": rules.code(calendar, one.at),
            "at": one.at.astimezone(UTC).isoformat(),
        }
        for one in offered
    ]


async def _calendar(turn: Turn) -> Calendar:
    return (await community_of(turn.uow, turn.who.community_id)).calendar


async def _facts(turn: Turn, draft: Draft) -> dict[str, Any]:
    case = await decision.case_of(turn.uow, turn.who, draft)
    return await desk.facts_of(turn.uow, turn.who, case)
