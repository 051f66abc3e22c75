"""Emergencies in chat: words that sound like one are filed at once, whatever was being done."""

from typing import Any

from telegram.ext import CallbackQueryHandler

from bot.services import urgent
from bot.services.sent import Sent
from bot.texts import plain
from handlers.case import redraw
from handlers.context import Context
from handlers.conversation import END
from handlers.sent import sent_in
from handlers.turn import Step, Turn, on_presses

STATE = "urgent"  # what is sent now belongs to the emergency


def emergencies_first(step: Step) -> Step:
    """Return `step`, which is not reached by words that sound like an emergency."""

    async def careful(turn: Turn) -> object:
        if not turn.words or not await urgent.hears(turn.uow, turn.who, turn.words):
            return await step(turn)
        standing = await urgent.standing(turn.uow, turn.who)
        if standing is not None:
            return await _join(turn, standing.number, sent_in(turn))
        turn.react("👀")
        await urgent.file(turn.uow, turn.who, sent_in(turn))
        return STATE

    return careful


def joins_emergency(step: Step) -> Step:
    """Return `step`, which is reached only when the emergency of just now is over."""

    async def careful(turn: Turn) -> object:
        standing = await urgent.standing(turn.uow, turn.who)
        if standing is None:
            return await step(turn) or END
        return await _join(turn, standing.number, sent_in(turn))

    return careful


async def _join(turn: Turn, number: int, sent: Sent) -> object:
    await urgent.add(turn.uow, turn.who, number, sent)
    turn.react("✍")
    return STATE


async def say_safe(turn: Turn) -> None:
    """Pass on that the person is out of danger."""
    words = plain("urgent.safe", turn.who.language)
    case = await urgent.say_safe(turn.uow, turn.who, turn.pressed.id, words)
    turn.toast("toast.safe", alert=True)
    turn.redraw("case.urgent_safe", **await urgent.facts_of(turn.uow, turn.who, case))


async def calm(turn: Turn) -> None:
    """Let it be a report like any other."""
    case = await urgent.calm(turn.uow, turn.who, turn.pressed.id)
    turn.toast("toast.calmed", number=case.number)
    await redraw(turn, case)


def presses() -> CallbackQueryHandler[Context, Any]:
    """Return the handler of the buttons below an emergency."""
    return on_presses("urgent", {"safe": say_safe, "calm": calm})
