"""Staff writes to a case: a question to the resident, an answer at once, an internal note.

A ready sentence is inserted with a tap; another can be typed instead. What the resident will
read is shown first; a note is written down at once.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from telegram.ext import MessageHandler

from bot.domain import question as rules
from bot.domain.case_record import Case
from bot.domain.draft import Draft
from bot.domain.question import Question
from bot.domain.refusal import Refusal
from bot.services import decision, desk, question
from bot.services import remark as remarks
from handlers.case import guarded, redraw
from handlers.conversation import END, Dialogue, Handlers
from handlers.turn import Step, Turn, on, on_presses
from handlers.words import STOP, WORDS

MOVES = {"ask": "ask_resident", "now": "answer_now", "note": "note"}  # noun of presses: the move
TOASTS = {"ask": "toast.asked", "now": "toast.sent", "note": "toast.noted"}
Part = Callable[[Turn, str], Awaitable[object]]


async def start(turn: Turn, noun: str) -> object:
    """Ask for the words."""
    asked = turn.pressed
    draft = await decision.begin(turn.uow, turn.who, MOVES[noun], asked.id, asked.version)
    await _ask(turn, noun, draft)
    return "words"


async def again(turn: Turn, noun: str) -> object:
    """Ask for the words once more."""
    await _ask(turn, noun, await _current(turn, noun))
    return "words"


async def pick(turn: Turn, noun: str) -> object:
    """Take a ready sentence."""
    draft = await _current(turn, noun)
    case = await decision.case_of(turn.uow, turn.who, draft)
    held = await remarks.templates(turn.uow, turn.who, case, MOVES[noun])
    one = next((one for one in held if one["code"] == turn.pressed.choice), None)
    if one is None:
        raise Refusal("toast.stale")
    return await _take(turn, noun, draft, rules.checked(one["words"], one["answers"]))


async def type_words(turn: Turn, noun: str) -> object:
    """Take the words that were typed; of a question the answers stand behind slashes."""
    draft = await _current(turn, noun)
    said = rules.parse(turn.words) if noun == "ask" else Question(turn.words)
    return await _take(turn, noun, draft, said)


async def _take(turn: Turn, noun: str, draft: Draft, said: Question) -> object:
    """Show what will be sent; nobody has to look twice at a note."""
    remarks.check_length(said.words, MOVES[noun])
    draft = decision.note(turn.uow, draft, **said.facts())
    if noun == "note":
        return await send(turn, noun)
    turn.redraw(f"desk.{noun}_preview", case=await _facts(turn, draft), **said.facts())
    return "preview"


async def send(turn: Turn, noun: str) -> object:
    """Send it, or write it down."""
    draft = await _current(turn, noun)
    if "words" not in draft.facts:
        raise Refusal("refusal.needs_words")
    case = await _do(turn, noun, draft)
    decision.done(turn.uow, draft)
    turn.toast(TOASTS[noun], number=case.number)
    await redraw(turn, case)
    return END


async def _do(turn: Turn, noun: str, draft: Draft) -> Case:
    held = draft.facts
    number, seen, words = held["number"], held["version"], held["words"]
    if noun == "ask":
        asked = Question(words, tuple(held["answers"]))
        return await question.ask(turn.uow, turn.who, number, seen, asked)
    if noun == "now":
        return await remarks.answer_now(turn.uow, turn.who, number, seen, words)
    return await remarks.note(turn.uow, turn.who, number, words)


async def cancel(turn: Turn, noun: str) -> object:
    """Leave the case as it is."""
    draft = await _current(turn, noun)
    decision.drop(turn.uow, draft)
    await redraw(turn, await decision.case_of(turn.uow, turn.who, draft))
    return END


async def _current(turn: Turn, noun: str) -> Draft:
    return await decision.current(turn.uow, turn.who, MOVES[noun])


async def _facts(turn: Turn, draft: Draft) -> dict[str, Any]:
    case = await decision.case_of(turn.uow, turn.who, draft)
    return await desk.facts_of(turn.uow, turn.who, case)


async def _ask(turn: Turn, noun: str, draft: Draft) -> None:
    case = await decision.case_of(turn.uow, turn.who, draft)
    tiles = await remarks.templates(turn.uow, turn.who, case, MOVES[noun])
    turn.redraw(f"desk.{noun}_words", case=await _facts(turn, draft), noun=noun, tiles=tiles)


def _of(part: Part, noun: str) -> Step:
    async def step(turn: Turn) -> object:
        return await part(turn, noun)

    return guarded(step)


def _dialogue(noun: str) -> Dialogue:
    parts: dict[str, Part] = {
        "start": start,
        "again": again,
        "pick": pick,
        "send": send,
        "cancel": cancel,
    }
    presses: Handlers = [on_presses(noun, {verb: _of(part, noun) for verb, part in parts.items()})]
    stop: Handlers = [MessageHandler(STOP, on(_of(cancel, noun)))]
    said: Handlers = [MessageHandler(WORDS, on(_of(type_words, noun)))]
    heard: Handlers = [*stop, *said, *presses]
    return Dialogue(MOVES[noun], entry=presses, steps={"words": heard, "preview": heard})


def dialogues() -> list[Dialogue]:
    """Return the three conversations."""
    return [_dialogue(noun) for noun in MOVES]
