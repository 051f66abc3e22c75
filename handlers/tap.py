"""A report by taps alone: kinds of things below the invitation to tell what is wrong."""

from bot.services import draft as drafts
from bot.services import draft_tiles, resume, tap, which
from bot.services.community import community_of
from handlers.draft import go_on, page_pressed
from handlers.turn import Step, Turn
from handlers.which import STATE


async def begin(turn: Turn) -> object:
    """Begin a report of the kind that was tapped, or let what is being written be of it.

    What was left for hours, and what is of another kind, is asked about first.
    """
    uow, who, code = turn.uow, turn.who, turn.pressed.choice
    draft = await drafts.open_draft(uow, who)
    if draft is None:
        return await go_on(turn, await tap.begin(uow, who, code))
    if resume.is_left(draft, turn.now):
        await resume.ask(uow, who, draft, await tap.said(uow, who, code))
        return "resume"
    kind = draft.facts.get("kind")
    if kind in (None, code):  # below the invitation, where the person is looking
        chosen = draft if kind else await drafts.choose_kind(uow, who, draft, code)
        return await drafts.show(uow, who, chosen, anew=True)
    await which.ask(uow, who, draft, await tap.said(uow, who, code))
    return STATE


async def more(turn: Turn) -> object:
    """Show more kinds below the invitation."""
    community = await community_of(turn.uow, turn.who.community_id)
    turn.redraw("menu.report", **draft_tiles.kind_page(community, page_pressed(turn, 1)))
    return None


DRAFT_PRESSES: dict[str, Step] = {"begin": begin, "kinds": more}
