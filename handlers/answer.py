"""The resident answers what was asked about a case: with a tap, or with anything sent.

While a question is open the state of the conversation `answer` is the number of the case; after
a picture of an album it also names the album, whose other pictures come one by one.
"""

from typing import Any

from telegram import Message
from telegram.ext import CallbackQueryHandler

from bot.domain.case_record import Case
from bot.services import case as cases
from bot.services import conversation, desk, question
from bot.services import draft as drafts
from bot.services import remark as remarks
from bot.services.community import community_of
from bot.services.tell_case import tell_dispatchers
from handlers.case import deed, simple
from handlers.context import Context
from handlers.conversation import END
from handlers.sent import sent_in
from handlers.turn import State, Step, Turn, on_presses


def answers_first(step: Step) -> Step:
    """Return `step`, which is not reached by what answers an open question."""

    async def careful(turn: Turn) -> object:
        message = turn.message
        waiting = _waiting(turn)
        if message is None or not waiting:
            return await step(turn)
        number, _, album = waiting.partition(" ")
        if album:
            return await _join(turn, message, int(number), album) or await step(turn)
        asked = await question.open_for(turn.uow, turn.who, int(number))
        if not asked or await drafts.open_draft(turn.uow, turn.who) is not None:
            return await step(turn)
        return await _answer(turn, message, int(number))

    return careful


async def _answer(turn: Turn, message: Message, number: int) -> object:
    case = await question.keep_answer(turn.uow, turn.who, number, sent_in(turn))
    turn.react("\N{WRITING HAND}")
    turn.tell("case.answered", case=await desk.facts_of(turn.uow, turn.who, case))
    if message.media_group_id:
        conversation.move(question.DIALOGUE, _key(turn), f"{number} {message.media_group_id}")
    return END


async def _join(turn: Turn, message: Message, number: int, album: str) -> object:
    """Let another picture of the album join; whatever else comes has nothing to do with it."""
    if message.media_group_id == album:
        await question.add(turn.uow, turn.who, number, sent_in(turn))
        return END
    conversation.move(question.DIALOGUE, _key(turn), None)
    return None


def _key(turn: Turn) -> tuple[int, int]:
    return turn.who.telegram_id, turn.who.telegram_id


def _waiting(turn: Turn) -> str | None:
    return conversation.state(question.DIALOGUE, _key(turn))


async def say(turn: Turn) -> Case:
    """Keep the answer that was pressed."""
    asked = turn.pressed
    return await question.choose(turn.uow, turn.who, asked.id, asked.choice, asked.version)


async def refer(turn: Turn) -> State | None:
    """Ask the dispatchers to pass on what is not ours."""
    case = await cases.find(turn.uow, turn.who, turn.pressed.id)
    first = await remarks.refer(turn.uow, turn.who, turn.pressed.id)
    turn.toast("toast.referred" if first else "toast.referred_before", alert=True)
    if first:
        community = await community_of(turn.uow, turn.who.community_id)
        await tell_dispatchers(turn.uow, community, case, "desk.refer")
    return None


async def _noted(turn: Turn, case: Case) -> None:
    """Let the question say that it is answered: the case has a card of its own."""
    turn.redraw("case.answered", case=await desk.facts_of(turn.uow, turn.who, case))


def presses() -> list[CallbackQueryHandler[Context, Any]]:
    """Return the handlers of the buttons below a question, and below "not ours"."""
    on_case: dict[str, Step] = {
        "refer": refer,
        "appeal": deed(simple("appeal_decline"), "toast.appealed"),
    }
    say_it = deed(say, "toast.answered", _noted)
    return [on_presses("answer", {"say": say_it}), on_presses("case", on_case)]
