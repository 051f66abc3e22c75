"""Signals in the chat: their list, one of them, and what is done about it."""

from typing import Any

from telegram.ext import CallbackQueryHandler

from bot.domain.refusal import Refusal
from bot.domain.signal import Answer
from bot.services import signal, signal_answer
from handlers.context import Context
from handlers.turn import Step, Turn, on_presses

PAGE = 4
TOASTS = {Answer.AGENDA: "toast.signal_agenda", Answer.KNOWN: "toast.signal_known"}


async def listing(turn: Turn) -> None:
    """List what waits for an answer."""
    choice = turn.pressed.choice
    page = int(choice) if choice.isascii() and choice.isdecimal() else 0
    facts = await signal_answer.listing(turn.uow, turn.who, page=page, per_page=PAGE)
    turn.redraw("signal.list", **facts)


async def show(turn: Turn) -> None:
    """Show one signal in a message of its own."""
    one = await signal_answer.find(turn.uow, turn.who, turn.pressed.id)
    turn.tell(signal.KIND, **await signal_answer.facts(turn.uow, one))


def answering(said: Answer) -> Step:
    """Return the step that answers a signal; one that was answered before is shown as it is."""

    async def step(turn: Turn) -> None:
        try:
            one = await signal_answer.close(turn.uow, turn.who, turn.pressed.id, said)
            turn.toast(TOASTS[said])
        except Refusal as refusal:
            turn.refuse(refusal)
            one = await signal_answer.find(turn.uow, turn.who, turn.pressed.id)
        turn.redraw(signal.KIND, **await signal_answer.facts(turn.uow, one))

    return step


def presses() -> CallbackQueryHandler[Context, Any]:
    """Return the handler of the buttons."""
    answers = {said.value: answering(said) for said in Answer}
    return on_presses("signal", {"list": listing, "show": show, **answers})
