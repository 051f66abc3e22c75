"""What residents answer about the work: one tap each, edited in place.

The buttons carry the round of the case, not its version: what happens beside it leaves them good.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from telegram.ext import CallbackQueryHandler, MessageHandler

from bot.domain import callback as rules
from bot.domain.case import TO_CONFIRM
from bot.domain.person import Person
from bot.services import callback as callbacks
from bot.services import callback_due as dues
from bot.services import callback_later, callback_shown, desk, letter
from bot.services import case as cases
from bot.services.callback_shown import Shown
from bot.services.case import Stale
from bot.services.unit_of_work import UnitOfWork
from bot.texts import plain
from handlers.case import deed, redraw, simple
from handlers.context import Context
from handlers.conversation import END, Dialogue, Handlers
from handlers.turn import State, Step, Turn, on, on_presses
from handlers.words import STOP, WORDS

NAME, WRITING = dues.DIALOGUE, "words"
SAY: dict[str, Callable[[UnitOfWork, Person, int, int, str], Awaitable[Shown]]] = {
    "q1": callbacks.say_solved,
    "q2": callbacks.say_satisfied,
    "q3": callbacks.say_more,
    "reopen": callbacks.wish,
}


def answered(question: str) -> Step:
    """Return the step that keeps the answer which was pressed, and shows what comes next."""

    async def step(turn: Turn) -> State | None:
        asked = turn.pressed
        shown = await SAY[question](turn.uow, turn.who, asked.id, asked.version, asked.choice)
        show(turn, shown)
        return END

    return step


def show(turn: Turn, shown: Shown) -> None:
    """Draw what comes next over what was pressed, or send it as an answer."""
    if turn.press is not None and shown.toast:
        turn.toast(shown.toast)
    turn.redraw(shown.kind, **shown.facts)


async def say_later(turn: Turn) -> State | None:
    """Keep whether it is still good after weeks."""
    asked = turn.pressed
    case = await cases.find(turn.uow, turn.who, asked.id)
    language = turn.who.language
    words = plain("survey.broken_words", language, number=asked.id, words=case.words)
    shown = await callback_later.say_later(
        turn.uow, turn.who, asked.id, asked.version, asked.choice, words
    )
    show(turn, shown)
    return None


async def judge_on_card(turn: Turn) -> State | None:
    """Take the answer from the live card, which stays; the next question is a message."""
    asked = turn.pressed
    case = await cases.find(turn.uow, turn.who, asked.id)
    one = await callbacks.asked_about(turn.uow, turn.who, case)
    if case.status not in TO_CONFIRM or one is None:
        return await deed(simple(asked.verb), _TOASTS[asked.verb])(turn)
    if asked.version != case.version:
        turn.refuse(Stale(case))
        await redraw(turn, case)
        return None
    if asked.verb == "contest" and one.dissents:
        shown = await callbacks.ask_again(turn.uow, turn.who, one)
    else:
        solved = rules.YES if asked.verb == "confirm" else rules.NO
        shown = await callbacks.say_solved(
            turn.uow, turn.who, case.number, case.round, solved, anew=True
        )
    turn.toast(shown.toast)
    letter.tell(turn.uow, turn.who, shown.kind, silent=True, **shown.facts)
    return None


_TOASTS = {"confirm": "toast.confirmed", "contest": "toast.contested"}


async def write(turn: Turn) -> State | None:
    """Wait for the person's own words."""
    await _begin_writing(turn, turn.pressed.id, turn.pressed.version)
    return WRITING


async def _begin_writing(turn: Turn, number: int, round_: int) -> None:
    await callbacks.begin_writing(turn.uow, turn.who, number, round_)
    case = await cases.find(turn.uow, turn.who, number)
    known = await desk.facts_of(turn.uow, turn.who, case)
    turn.redraw("survey.write", number=number, case=known)


async def say_words(turn: Turn) -> State | None:
    """Keep the words for the question that waits for them."""
    one = await callbacks.written_about(turn.uow, turn.who)
    if one is None:
        turn.tell("common.stale_draft")
        return END
    said = await callbacks.say_more(turn.uow, turn.who, one.case_number, one.round, turn.words)
    show(turn, said)
    return END


async def leave_off(turn: Turn) -> State | None:
    """Write nothing after all."""
    one = await callbacks.written_about(turn.uow, turn.who)
    if one is not None:
        show(turn, await callback_shown.after(turn.uow, turn.who, one))
    return END


def presses() -> list[CallbackQueryHandler[Context, Any]]:
    """Return the handlers of the buttons that stand for themselves."""
    steps: dict[str, Step] = {name: answered(name) for name in ("q1", "q2", "q3")}
    steps |= {"wish": answered("reopen"), "later": say_later}
    on_card: dict[str, Step] = dict.fromkeys(("confirm", "contest"), judge_on_card)
    return [on_presses(NAME, steps), on_presses("case", on_card)]


def dialogue() -> Dialogue:
    """Return the conversation in which somebody writes a line of their own."""
    entry: Handlers = [on_presses(NAME, {"write": write})]
    said: Handlers = [MessageHandler(STOP, on(leave_off)), MessageHandler(WORDS, on(say_words))]
    return Dialogue(NAME, entry=entry, steps={WRITING: [*said, *entry, *presses()]})
