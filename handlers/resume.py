"""A report left in the middle: what comes hours later waits until the person has chosen."""

from bot.domain.draft import Draft
from bot.services import draft as drafts
from bot.services import flood, resume
from bot.services.sent import Sent
from handlers.draft import drop_draft, file_draft, go_on, pressed_draft
from handlers.sent import sent_in
from handlers.turn import Step, Turn


def unless_left(step: Step) -> Step:
    """Return `step`, with the question what to do first when the draft was left for hours."""

    async def careful(turn: Turn) -> object:
        draft = await drafts.open_draft(turn.uow, turn.who)
        if draft is None or not resume.is_left(draft, turn.now):
            return await step(turn)
        await resume.ask(turn.uow, turn.who, draft, sent_in(turn))
        return "resume"

    return careful


async def go_on_left(turn: Turn) -> object:
    """File what was left, or go on with it; what came since begins a report of its own."""
    return await _take_up(turn, await pressed_draft(turn))


async def _take_up(turn: Turn, left: Draft) -> object:
    if drafts.step_of(left) == "check":  # refused before what came since is let go
        await flood.check_may_report(turn.uow, turn.who)
    draft, later = await resume.take_up(turn.uow, left)
    filed = await file_draft(turn, draft) if drafts.step_of(draft) == "check" else None
    return await _add_all(turn, later) or filed or await go_on(turn, draft)


async def report_other(turn: Turn) -> object:
    """Keep what was left, and begin another report with what came since."""
    draft, later = await resume.set_aside(turn.uow, turn.who, await pressed_draft(turn))
    return await _add_all(turn, later) or await go_on(turn, draft)


async def drop_left(turn: Turn) -> object:
    """Drop what was left; what came since begins a report of its own."""
    return await _let_go(turn, await pressed_draft(turn))


async def _let_go(turn: Turn, left: Draft) -> object:
    draft, later = await resume.take_up(turn.uow, left)
    dropped = await drop_draft(turn, draft)
    return await _add_all(turn, later) or dropped


async def _add_all(turn: Turn, later: list[Sent]) -> object:
    step: object = None
    for sent in later:
        draft = await drafts.add(turn.uow, turn.who, sent)
        step = await drafts.show(turn.uow, turn.who, draft)
    return step
