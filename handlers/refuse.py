"""The supervisor ends a case unsolved: the reason is compulsory and is shown.

Either it is not done again, or it cannot be solved at all; a meeting may speak of it.
"""

from collections.abc import Awaitable, Callable

from telegram.ext import MessageHandler

from bot.domain.draft import Draft
from bot.services import decision, desk, supervision
from handlers.case import guarded, redraw
from handlers.conversation import END, Dialogue, Handlers
from handlers.turn import Step, Turn, on, on_presses
from handlers.words import STOP, WORDS

MOVES = {"refuse": "refuse_reopen", "close": "close_unsolved"}  # noun of the presses: the move
Part = Callable[[Turn, str], Awaitable[object]]


async def start(turn: Turn, noun: str) -> object:
    """Ask for the reason."""
    asked = turn.pressed
    draft = await decision.begin(turn.uow, turn.who, MOVES[noun], asked.id, asked.version)
    await _ask(turn, f"desk.{noun}_reason", draft, noun)
    return "reason"


async def again(turn: Turn, noun: str) -> object:
    """Ask for the reason once more."""
    await _ask(turn, f"desk.{noun}_reason", await _current(turn, noun), noun)
    return "reason"


async def say_reason(turn: Turn, noun: str) -> object:
    """Show what the resident will read."""
    draft = decision.note(turn.uow, await _current(turn, noun), reason=turn.words)
    await _ask(turn, "desk.refuse_preview", draft, noun)
    return "preview"


async def send(turn: Turn, noun: str) -> object:
    """Close the case with this reason."""
    return await _close(turn, noun, agenda=False)


async def send_to_meeting(turn: Turn, noun: str) -> object:
    """Close it, and let the next coordination meeting speak of it."""
    return await _close(turn, noun, agenda=True)


async def _close(turn: Turn, noun: str, *, agenda: bool) -> object:
    draft = await _current(turn, noun)
    held = draft.facts
    case = await supervision.end_unsolved(
        turn.uow, turn.who, MOVES[noun], held["number"], held.get("reason", ""), agenda=agenda
    )
    decision.done(turn.uow, draft)
    turn.toast("toast.sent", number=case.number)
    await redraw(turn, case)
    return END


async def cancel(turn: Turn, noun: str) -> object:
    """Leave the case as it is."""
    draft = await _current(turn, noun)
    decision.drop(turn.uow, draft)
    await redraw(turn, await decision.case_of(turn.uow, turn.who, draft))
    return END


async def _current(turn: Turn, noun: str) -> Draft:
    return await decision.current(turn.uow, turn.who, MOVES[noun])


async def _ask(turn: Turn, kind: str, draft: Draft, noun: str) -> None:
    case = await decision.case_of(turn.uow, turn.who, draft)
    facts = await desk.facts_of(turn.uow, turn.who, case)
    turn.redraw(kind, case=facts, noun=noun, reason=draft.facts.get("reason", ""))


def _of(part: Part, noun: str) -> Step:
    async def step(turn: Turn) -> object:
        return await part(turn, noun)

    return guarded(step)


def _dialogue(noun: str) -> Dialogue:
    parts: dict[str, Part] = {
        "start": start,
        "again": again,
        "send": send,
        "meeting": send_to_meeting,
        "cancel": cancel,
    }
    presses: Handlers = [on_presses(noun, {verb: _of(part, noun) for verb, part in parts.items()})]
    stop: Handlers = [MessageHandler(STOP, on(_of(cancel, noun)))]
    said: Handlers = [MessageHandler(WORDS, on(_of(say_reason, noun)))]
    steps: dict[object, Handlers] = {
        "reason": [*stop, *said, *presses],
        "preview": [*stop, *presses],
    }
    return Dialogue(MOVES[noun], entry=presses, steps=steps)


def dialogues() -> list[Dialogue]:
    """Return both conversations."""
    return [_dialogue(noun) for noun in MOVES]
