"""The same thing, or another? Asked when words about something else come into a report."""

from bot.services import draft as drafts
from bot.services import flood, which
from bot.services.community import community_of
from handlers.draft import ALBUM_GATHERS, file_draft, go_on, pressed_draft
from handlers.sent import sent_in
from handlers.turn import Step, Turn

STATE = "which"


def unless_another(step: Step) -> Step:
    """Return `step`, with the question first when what was sent is clearly about another thing."""

    async def careful(turn: Turn) -> object:
        draft = await drafts.open_draft(turn.uow, turn.who)
        if draft is None or not await which.has_to_ask(turn.uow, turn.who, draft, turn.words):
            return await step(turn)
        in_album = turn.message is not None and turn.message.media_group_id
        wait = turn.now + ALBUM_GATHERS if in_album else None
        await which.ask(turn.uow, turn.who, draft, sent_in(turn), wait=wait)
        turn.react("👀")
        return STATE

    return careful


def then_next(step: Step) -> Step:
    """Return `step`, which begins the next report when it ended one with another behind it."""

    async def ending(turn: Turn) -> object:
        draft = await drafts.open_draft(turn.uow, turn.who)
        behind = draft is not None and bool(which.reports_behind(draft))
        state = await step(turn)
        if draft is None or not behind:
            return state
        return await which.begin_next(turn.uow, turn.who, draft.id) or state

    return ending


async def is_same(turn: Turn) -> object:
    """Let what was sent join the report."""
    draft = await pressed_draft(turn)
    which.raise_when_answered(draft)
    joined = await which.join(turn.uow, turn.who, draft)
    turn.toast("toast.same_thing")
    return await go_on(turn, joined)


async def is_apart(turn: Turn) -> object:
    """File the report, or go on with it; what was sent becomes one of its own afterwards."""
    draft = await pressed_draft(turn)
    which.raise_when_answered(draft)
    await flood.check_may_report(turn.uow, turn.who)
    draft = which.put_behind(turn.uow, draft)
    if which.may_file(await community_of(turn.uow, turn.who.community_id), draft):
        return await file_draft(turn, draft)
    turn.toast("toast.another_thing")
    return await go_on(turn, draft)


DRAFT_PRESSES: dict[str, Step] = {"same": is_same, "apart": is_apart}
