"""Somebody is shut out, by steps that stand in the buttons; an appeal is judged with a sentence."""

from telegram.ext import BaseHandler

from bot.domain.block import OTHER, REASONS, TERMS, UNTIL_LIFTED, BlockStatus
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.services import appeal, block, people
from handlers.awaited import Awaited, awaited, stops, wait, wait_no_more
from handlers.context import Context
from handlers.turn import Step, Turn, on_presses

NAME = "block"  # of what is waited for: a typed reason, or a sentence about an appeal
LIFTS, KEEPS = "free", "keep"


async def start(turn: Turn) -> None:
    """Ask for how long."""
    of = await _person(turn, turn.pressed.id)
    turn.redraw("block.term", id=of.id, name=of.name, terms=[*TERMS, UNTIL_LIFTED])


async def term(turn: Turn) -> None:
    """Ask for the reason."""
    of = await _person(turn, turn.pressed.id)
    chosen = turn.pressed.choice
    turn.redraw("block.reason", id=of.id, name=of.name, term=chosen, reasons=list(REASONS))


async def why(turn: Turn) -> None:
    """Shut the person out for the reason; one that is typed is waited for."""
    of = await _person(turn, turn.pressed.id)
    chosen, _, reason = turn.pressed.choice.partition(":")
    if reason == OTHER:
        wait(turn, NAME, f"why {of.id} {chosen}")
        turn.redraw("block.write", name=of.name)
        return
    await _shut_out(turn, of, chosen, reason)


async def _shut_out(
    turn: Turn, of: Person, chosen: str, reason: str, words: str | None = None
) -> None:
    made = await block.block(turn.uow, turn.who, of, chosen, reason, words)
    asked = made.status is BlockStatus.ASKED
    turn.toast("toast.block_asked" if asked else "toast.blocked", name=of.name)
    await _show(turn, of)


async def lift(turn: Turn) -> None:
    """End it now."""
    of = await people.find(turn.uow, turn.who, turn.pressed.id)
    await block.lift(turn.uow, turn.who, of)
    turn.toast("toast.block_lifted", name=of.name)
    await _show(turn, of)


async def _show(turn: Turn, of: Person) -> None:
    turn.redraw("people.card", **await people.one(turn.uow, turn.who, of))


async def _person(turn: Turn, id_: int) -> Person:
    """Return whom one may shut out; raises Refusal."""
    of = await people.find(turn.uow, turn.who, id_)
    await block.check_may(turn.uow, turn.who, of)
    return of


async def agree(turn: Turn) -> None:
    """Agree to a block without an end."""
    await block.decide(turn.uow, turn.who, turn.pressed.id, yes=True)
    turn.redraw("block.you_agreed")


async def disagree(turn: Turn) -> None:
    """Do not agree."""
    await block.decide(turn.uow, turn.who, turn.pressed.id, yes=False)
    turn.redraw("block.you_refused")


async def judge(turn: Turn) -> None:
    """Ask for the sentence with which an appeal is judged."""
    standing, of = await appeal.to_judge(turn.uow, turn.who, turn.pressed.id)
    wait(turn, NAME, f"{turn.pressed.verb} {standing.id}")
    turn.redraw("block.sentence", name=of.name, lifts=turn.pressed.verb == LIFTS)


async def hear(turn: Turn) -> None:
    """Take the words that were waited for; what is refused is waited for again."""
    about, _, rest = (awaited(turn.who.telegram_id, NAME) or "").partition(" ")
    if stops(turn):
        turn.tell("block.left")
    elif about == "why":
        id_, _, chosen = rest.partition(" ")
        of = await _person(turn, int(id_))
        await _shut_out(turn, of, chosen, OTHER, turn.words)
    else:
        lifts = about == LIFTS
        name = await appeal.judge(turn.uow, turn.who, int(rest), turn.words, lifts=lifts)
        turn.tell("block.you_lifted" if lifts else "block.you_kept", name=name)
    wait_no_more(turn, NAME)


async def begin_appeal(turn: Turn) -> None:
    """Refuse who is not shut out, or no longer."""
    await appeal.begin(turn.uow, turn.who, turn.pressed.id)
    raise Refusal("toast.stale")


def handlers() -> list[BaseHandler[None, Context, object]]:
    """Return the handlers of these buttons and of the words that they ask for."""
    steps: dict[str, Step] = {
        "start": start,
        "term": term,
        "why": why,
        "lift": lift,
        "agree": agree,
        "refuse": disagree,
        LIFTS: judge,
        KEEPS: judge,
        "appeal": begin_appeal,
    }
    return [on_presses("block", steps), Awaited(NAME, hear)]
