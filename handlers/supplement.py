"""Adding to a case: an answer to one of its messages, or what follows the button "add"."""

from typing import Any

from telegram.ext import CallbackQueryHandler

from bot.services import call_first as call
from bot.services import desk, supplement
from bot.texts import plain
from handlers.context import Context
from handlers.sent import sent_in
from handlers.turn import Step, Turn, on_presses


def supplements_first(step: Step) -> Step:
    """Return `step`, which is not reached by what belongs to a case."""

    async def careful(turn: Turn) -> object:
        group = turn.message.media_group_id if turn.message else None
        number = await _meant(turn, group)
        if number is None:
            return await step(turn)
        await supplement.add(turn.uow, turn.who, number, sent_in(turn), group)
        turn.react("✍")
        return None

    return careful


async def _meant(turn: Turn, group: str | None) -> int | None:
    message = turn.message
    if message is None:
        return None
    if message.reply_to_message is not None:
        answered = message.reply_to_message.message_id
        case = await supplement.meant_by(turn.uow, turn.who, answered)
        if case is not None:
            return case.number
    return await supplement.waited_for(turn.uow, turn.who, group, worded=bool(turn.words))


async def start(turn: Turn) -> None:
    """Wait for what the person wants to add."""
    case = await supplement.begin(turn.uow, turn.who, turn.pressed.id)
    known = await desk.facts_of(turn.uow, turn.who, case)
    turn.tell("case.supplement_ask", number=case.number, case=known)


async def call_first(turn: Turn) -> None:
    """Ask whoever comes to call first; a telephone number may follow."""
    uow, who, number = turn.uow, turn.who, turn.pressed.id
    case = await call.ask(uow, who, number, plain("case.call_words", who.language))
    turn.tell("case.call_told", case=await desk.facts_of(uow, who, case), number=number)


async def stop(turn: Turn) -> None:
    """Add nothing after all."""
    await supplement.wait_no_more(turn.uow, turn.who)
    turn.toast("toast.kept_as_it_is")


async def take_out(turn: Turn) -> object:
    """Let a supplement be a report of its own."""
    choice = turn.pressed.choice
    remark_id = int(choice) if choice.isascii() and choice.isdecimal() else 0
    turn.toast("toast.taken_out")
    return await supplement.take_out(turn.uow, turn.who, turn.pressed.id, remark_id)


def presses() -> CallbackQueryHandler[Context, Any]:
    """Return the handler of the buttons that begin and end an addition."""
    return on_presses("supplement", {"start": start, "stop": stop, "call": call_first})


def into_report() -> CallbackQueryHandler[Context, Any]:
    """Return the handler of the button that makes a report of an addition."""
    return on_presses("supplement", {"take_out": take_out})
