"""To whom a notice goes, chosen step by step; then it is seen exactly as it will be sent."""

from typing import Any

from bot.domain.addressees import Addressees
from bot.domain.broadcast import MANY, times_offered
from bot.domain.draft import Draft
from bot.domain.refusal import Refusal
from bot.domain.role import Role
from bot.services import addressees, broadcast, broadcast_draft
from bot.services import broadcast_whom as broadcast_places
from bot.services.community import community_of
from handlers import broadcast_outage
from handlers.turn import Step, Turn

_MOST_DIGITS = 9


async def pressed(turn: Turn) -> Draft:
    """Return the notice under which was pressed."""
    return await broadcast_draft.current(turn.uow, turn.who, turn.pressed.id)


def seen(step: Step) -> Step:
    """Return `step` for a button under what would be sent; an old one asks again to whom.

    The notice says something else by now, or to others: nobody has seen it like that.
    """

    async def pressed_now(turn: Turn) -> object:
        draft = await pressed(turn)
        if turn.pressed.version == broadcast_draft.edition(draft):
            return await step(turn)
        turn.toast("toast.stale", alert=True)
        return await whom(turn)

    return pressed_now


async def whom(turn: Turn) -> object:
    """Ask again to whom."""
    draft = await pressed(turn)
    broadcast_draft.body_of(draft)
    offered = await broadcast_draft.audience_facts(turn.uow, turn.who)
    turn.redraw("broadcast.whom", **broadcast_draft.facts(draft), **offered)
    return "whom"


async def everybody(turn: Turn) -> object:
    """Say it to everybody."""
    return await chosen(turn, await pressed(turn), broadcast_draft.everybody_of(turn.who))


async def only_me(turn: Turn) -> object:
    """Send it to the organizer alone, exactly as it would be sent; then ask again."""
    draft = await pressed(turn)
    await preview(turn, draft)
    turn.toast("toast.only_you")
    return "whom"


async def places(turn: Turn) -> object:
    """Let buildings be ticked."""
    draft = await pressed(turn)
    choice = turn.pressed.choice
    page = int(choice) if choice.isascii() and choice.isdecimal() else 0
    return await _tiles(turn, broadcast_draft.note(turn.uow, draft, page=page))


async def tick(turn: Turn) -> object:
    """Tick a building, or take the tick away."""
    draft = await pressed(turn)
    draft = await broadcast_places.tick(turn.uow, turn.who, draft, turn.pressed.choice)
    return await _tiles(turn, draft)


async def _tiles(turn: Turn, draft: Draft) -> object:
    tiles = await broadcast_places.tiles(turn.uow, turn.who, draft)
    turn.redraw("broadcast.places", **broadcast_draft.facts(draft), **tiles)
    return "whom"


async def picked(turn: Turn) -> object:
    """Say it to who lives in the buildings that are ticked."""
    draft = await pressed(turn)
    return await chosen(turn, draft, broadcast_places.ticked(draft))


async def roles(turn: Turn) -> object:
    """Offer roles; one that is pressed is the answer."""
    draft, choice = await pressed(turn), turn.pressed.choice
    if choice not in {one.value for one in broadcast_draft.ROLES}:
        offered = [one.value for one in broadcast_draft.ROLES]
        turn.redraw("broadcast.roles", **broadcast_draft.facts(draft), roles=offered)
        return "whom"
    return await chosen(turn, draft, Addressees(roles=(Role(choice),)))


async def chosen(turn: Turn, draft: Draft, to: Addressees) -> object:
    """Show it exactly as it will be sent, and ask when."""
    broadcast_draft.body_of(draft)
    count = await addressees.count(turn.uow, turn.who.community_id, to)
    if not count.reached:
        raise Refusal("refusal.nobody_there")
    draft = await broadcast_draft.choose(turn.uow, turn.who, draft, to)
    await preview(turn, draft)
    turn.tell("broadcast.when", **await when_facts(turn, draft))
    return "when"


async def preview(turn: Turn, draft: Draft, *, anew: bool = True) -> None:
    """Show it exactly as it will be seen; when only its buttons change it is redrawn."""
    community = await community_of(turn.uow, turn.who.community_id)
    facts: dict[str, Any] = {
        **broadcast_draft.body_of(draft).stored(),
        "community": community.name,
        "zone": community.zone,
        "corrected": None,
        "receipts": draft.facts["receipts"],
    }
    await broadcast_draft.preview(turn.uow, turn.who, draft, facts, anew=anew)


async def when_facts(turn: Turn, draft: Draft) -> dict[str, Any]:
    """Return what the question when it goes shows."""
    community = await community_of(turn.uow, turn.who.community_id)
    to = broadcast_draft.whom_of(draft)
    count = await addressees.count(turn.uow, turn.who.community_id, to)
    quiet = broadcast.quiet_end(community, turn.now)
    return {
        **broadcast_draft.facts(draft),
        "whom": addressees.name_of(community, to),
        "n": count.reached,
        "lost": count.blocked + count.without_chat,
        "homes": count.homes or 0,
        "second": count.reached > MANY,
        "quiet": quiet is not None,
        "at": turn.now.isoformat(),
        "zone": community.zone,
        "times": list(times_offered(community.calendar, turn.now)),
        "outage": await broadcast_outage.facts(turn, draft, to),
    }


async def others(turn: Turn) -> object:
    """Offer what else can be said of whom it means."""
    draft = await pressed(turn)
    turn.redraw("broadcast.others", **broadcast_draft.facts(draft))
    return "whom"


async def areas(turn: Turn) -> object:
    """Offer the estates and grids; one that is pressed is the answer."""
    draft, choice = await pressed(turn), turn.pressed.choice
    community = await community_of(turn.uow, turn.who.community_id)
    offered = broadcast_places.areas(community, turn.who)
    if choice not in {one["scope"] for one in offered}:
        turn.redraw("broadcast.areas", **broadcast_draft.facts(draft), areas=offered)
        return "whom"
    return await chosen(turn, draft, Addressees(scopes=(choice,)))


async def teams(turn: Turn) -> object:
    """Offer the teams; one that is pressed is the answer."""
    draft, choice = await pressed(turn), turn.pressed.choice
    offered = await addressees.teams(turn.uow, turn.who)
    if choice not in {one["code"] for one in offered}:
        turn.redraw("broadcast.teams", **broadcast_draft.facts(draft), teams=offered)
        return "whom"
    return await chosen(turn, draft, Addressees(team=choice))


async def meetings(turn: Turn) -> object:
    """Offer meetings; one that is pressed means who was invited, and who came."""
    draft, choice = await pressed(turn), turn.pressed.choice
    offered = await addressees.meetings(turn.uow, turn.who)
    if choice not in {str(one["id"]) for one in offered}:
        turn.redraw("broadcast.meetings", **broadcast_draft.facts(draft), meetings=offered)
        return "whom"
    return await chosen(turn, draft, Addressees(meeting=int(choice)))


async def case(turn: Turn) -> object:
    """Ask for the number of a case."""
    draft = await pressed(turn)
    turn.redraw("broadcast.case", **broadcast_draft.facts(draft), again=False)
    return "case"


async def say_case(turn: Turn) -> object:
    """Mean who reported the case, and who joined; ask again for what is no number."""
    draft = await broadcast_draft.current(turn.uow, turn.who)
    number = number_in(turn.words)
    if number is None or not await addressees.is_case(turn.uow, turn.who, number):
        turn.tell("broadcast.case", **broadcast_draft.facts(draft), again=True)
        return "case"
    return await chosen(turn, draft, Addressees(case=number))


def number_in(said: str) -> int | None:
    """Return the number of a case that was written, None for anything else."""
    words = said.strip().lstrip("#")
    known = words.isascii() and words.isdecimal() and len(words) <= _MOST_DIGITS
    return int(words) if known else None


STEPS: dict[str, Step] = {
    "whom": whom,
    "all": everybody,
    "me": only_me,
    "roles": roles,
    "places": places,
    "tick": tick,
    "picked": picked,
    "others": others,
    "areas": areas,
    "teams": teams,
    "meetings": meetings,
    "case": case,
}
