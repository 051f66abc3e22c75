"""Outages in the chat: the desk says where and until when; residents answer whether it is over."""

from datetime import UTC, datetime
from typing import Any

from telegram.ext import MessageHandler

from bot.domain import outage as rules
from bot.domain import promise as times
from bot.domain.area import BUILDING, ESTATE, scope
from bot.domain.calendar import Calendar
from bot.domain.case_record import Case
from bot.domain.draft import Draft
from bot.domain.moment import parse
from bot.domain.outage import Said
from bot.domain.refusal import Refusal
from bot.services import case as cases
from bot.services import decision, desk, outage, outage_join, outage_shown
from bot.services.case import Stale
from bot.services.community import community_of
from handlers.case import redraw, show_latest
from handlers.conversation import END, Dialogue, Handlers
from handlers.dates import MOMENT, ending, leave_others
from handlers.decision import left_off
from handlers.turn import Step, Turn, on, on_presses
from handlers.words import STOP, WORDS

MOVE = outage.MOVE
OFF = "off"  # the noun of presses on an outage that there is, and not on a case
_OVERTAKEN = {"toast.stale", "toast.outage_known", "toast.outage_over", "toast.outage_changed"}
PAGE = 4  # buildings on one page of tiles


async def start(turn: Turn) -> object:
    """Ask where it is off."""
    asked = turn.pressed
    case = await cases.allowed(turn.uow, turn.who, asked.id, MOVE, asked.version)
    await outage.check_may_begin(turn.uow, case)
    leave_others(turn, MOVE)
    draft = await _begin(turn, asked.id, asked.version)
    case, offered = await _offered(turn, draft)
    here = offered.get(scope(BUILDING, case.building or ""))
    whole = offered.get(scope(ESTATE, case.estate or ""))
    several = sum(one.startswith(scope(BUILDING, "")) for one in offered) > 1
    shown = {"here": here, "estate": whole, "several": several}
    turn.redraw("outage.where", case=await desk.facts_of(turn.uow, turn.who, case), **shown)
    return "where"


async def _begin(turn: Turn, number: int, seen: int, **facts: Any) -> Draft:
    held = {"scopes": [], "page": 0, **facts}
    return await decision.begin(turn.uow, turn.who, MOVE, number, seen, **held)


async def _offered(turn: Turn, draft: Draft) -> tuple[Case, dict[str, str]]:
    case = await decision.case_of(turn.uow, turn.who, draft)
    community = await community_of(turn.uow, turn.who.community_id)
    return case, outage.places(community, case, turn.who)


async def here(turn: Turn) -> object:
    """Choose the building of the case."""
    draft = await decision.current(turn.uow, turn.who, MOVE)
    case = await decision.case_of(turn.uow, turn.who, draft)
    return await _placed(turn, draft, [scope(BUILDING, case.building or "")])


async def estate(turn: Turn) -> object:
    """Choose the whole estate."""
    draft = await decision.current(turn.uow, turn.who, MOVE)
    case = await decision.case_of(turn.uow, turn.who, draft)
    return await _placed(turn, draft, [scope(ESTATE, case.estate or "")])


async def picked(turn: Turn) -> object:
    """Take the buildings that are ticked."""
    draft = await decision.current(turn.uow, turn.who, MOVE)
    return await _placed(turn, draft, list(draft.facts["scopes"]))


async def _placed(turn: Turn, draft: Draft, scopes: list[str]) -> object:
    _, offered = await _offered(turn, draft)
    if not scopes or not offered.keys() >= set(scopes):
        raise Refusal("refusal.no_outage_place")
    return await _ask_time(turn, decision.note(turn.uow, draft, scopes=scopes))


async def pick(turn: Turn) -> object:
    """Show buildings to tick; another page of them."""
    draft = await decision.current(turn.uow, turn.who, MOVE)
    choice = turn.pressed.choice
    page = int(choice) if choice.isascii() and choice.isdecimal() else 0
    return await _show_tiles(turn, decision.note(turn.uow, draft, page=page))


async def tick(turn: Turn) -> object:
    """Tick a building, or take the tick away."""
    draft = await decision.current(turn.uow, turn.who, MOVE)
    one = scope(BUILDING, turn.pressed.choice)
    _, offered = await _offered(turn, draft)
    if one not in offered:
        raise Refusal("toast.stale")
    held = list(draft.facts["scopes"])
    ticked = [other for other in held if other != one] if one in held else [*held, one]
    return await _show_tiles(turn, decision.note(turn.uow, draft, scopes=ticked))


async def _show_tiles(turn: Turn, draft: Draft) -> object:
    case, offered = await _offered(turn, draft)
    start_of, ticked = scope(BUILDING, ""), draft.facts["scopes"]
    tiles = [
        {"code": one.removeprefix(start_of), "name": name, "ticked": one in ticked}
        for one, name in offered.items()
        if one.startswith(start_of)
    ]
    pages = max(1, -(-len(tiles) // PAGE))
    page = min(draft.facts["page"], pages - 1)
    turn.redraw(
        "outage.pick",
        case=await desk.facts_of(turn.uow, turn.who, case),
        tiles=tiles[page * PAGE : (page + 1) * PAGE],
        page=page,
        pages=pages,
        n=len(ticked),
    )
    return "where"


async def own(turn: Turn) -> object:
    """Ask for a time in words."""
    return await _ask_time(turn, await decision.current(turn.uow, turn.who, MOVE), own=True)


async def _ask_time(turn: Turn, draft: Draft, *, own: bool = False, again: bool = False) -> object:
    calendar = await _calendar(turn)
    choices = [
        {"code": times.code(calendar, at), "at": at.astimezone(UTC).isoformat()}
        for at in rules.chips(calendar, turn.now)
    ]
    case = await decision.case_of(turn.uow, turn.who, draft)
    facts = await desk.facts_of(turn.uow, turn.who, case)
    turn.redraw("outage.time", case=facts, choices=choices, own=own, again=again)
    return "time"


async def at(turn: Turn) -> object:
    """Take the time that was pressed."""
    draft = await decision.current(turn.uow, turn.who, MOVE)
    until = times.decoded(await _calendar(turn), turn.pressed.choice)
    if until is None:
        raise Refusal("toast.stale")
    return await _done(turn, draft, until)


async def say(turn: Turn) -> object:
    """Take the time that was written, or ask once more."""
    draft = await decision.current(turn.uow, turn.who, MOVE)
    until = parse(turn.words, MOMENT, (await _calendar(turn)).local(turn.now))
    if until is None:
        return await _ask_time(turn, draft, again=True)
    return await _done(turn, draft, until)


async def _done(turn: Turn, draft: Draft, until: datetime) -> object:
    try:
        case = await _change(turn, draft, until)
    except Stale:
        raise
    except Refusal as refusal:
        turn.refuse(refusal)  # before anything is written
        if refusal.key not in _OVERTAKEN:
            return "time"
        decision.drop(turn.uow, draft)
        await show_latest(turn, await decision.case_of(turn.uow, turn.who, draft))
        return END
    decision.done(turn.uow, draft)
    turn.toast("toast.outage_kept")
    await show_latest(turn, case)
    return END


async def _change(turn: Turn, draft: Draft, until: datetime) -> Case:
    held = draft.facts
    if "outage" in held:
        seen = held["outage_version"]
        return await outage.move_end(turn.uow, turn.who, held["outage"], seen, until)
    place = (held["number"], held["version"], list(held["scopes"]))
    return await outage.begin(turn.uow, turn.who, *place, until)


async def _calendar(turn: Turn) -> Calendar:
    return (await community_of(turn.uow, turn.who.community_id)).calendar


async def cancel(turn: Turn) -> object:
    """Leave everything as it is."""
    return await left_off(turn, MOVE)


async def show(turn: Turn) -> None:
    """Show an outage that is on, with its end to be moved or made."""
    one, case = await outage.current(turn.uow, turn.who, turn.pressed.id, turn.pressed.version)
    community = await community_of(turn.uow, turn.who.community_id)
    facts = await desk.facts_of(turn.uow, turn.who, case)
    turn.redraw("outage.card", case=facts, **outage_shown.facts_of(community, one))


async def move(turn: Turn) -> object:
    """Ask until when it lasts now."""
    seen = turn.pressed.version
    one, case = await outage.current(turn.uow, turn.who, turn.pressed.id, seen)
    leave_others(turn, MOVE)
    held = {"outage": one.id, "outage_version": seen}
    return await _ask_time(turn, await _begin(turn, case.number, case.version, **held))


async def end(turn: Turn) -> object:
    """End it now."""
    asked = turn.pressed
    case = await outage.end_now(turn.uow, turn.who, asked.id, asked.version)
    turn.toast("toast.outage_ended")
    await redraw(turn, case)
    return END


async def back(turn: Turn) -> None:
    """Hear that it is over."""
    facts = await outage.hear(turn.uow, turn.who, turn.pressed.id, Said.BACK)
    turn.redraw("outage.thanks", **facts)


async def not_yet(turn: Turn) -> None:
    """Hear that it is not."""
    facts = await outage.hear(turn.uow, turn.who, turn.pressed.id, Said.NOT_YET)
    turn.redraw("outage.noted", **facts)


async def apart(turn: Turn) -> None:
    """File what joined by itself as a case of its own."""
    case = await outage_join.take_out(turn.uow, turn.who, turn.pressed.id)
    turn.toast("toast.filed", number=case.number)


def dialogue() -> Dialogue:
    """Return the conversation; whoever changes an outage that has changed sees how it is now."""
    steps: dict[str, Step] = {
        "start": start,
        "here": here,
        "estate": estate,
        "pick": pick,
        "tick": tick,
        "picked": picked,
        "own": own,
        "at": at,
        "cancel": cancel,
    }
    standing: dict[str, Step] = {
        "show": show,
        "move": move,
        "end": end,
        "back": back,
        "not_yet": not_yet,
        "apart": apart,
    }
    presses: Handlers = [
        on_presses(noun, {verb: ending(step) for verb, step in held.items()})
        for noun, held in ((MOVE, steps), (OFF, standing))
    ]
    stop: Handlers = [MessageHandler(STOP, on(cancel))]
    words: Handlers = [MessageHandler(WORDS, on(ending(say)))]
    return Dialogue(
        MOVE, entry=presses, steps={"where": presses, "time": [*stop, *words, *presses]}
    )
