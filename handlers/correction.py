"""What is not right about a case is put right: its category, its place, its urgency, its level."""

from typing import Any

from telegram.ext import CallbackQueryHandler, MessageHandler

from bot.domain.case_record import Case
from bot.domain.draft import Draft
from bot.domain.place import Place
from bot.domain.refusal import Refusal
from bot.services import case as cases
from bot.services import correction, decision, desk, meeting_agenda, overview
from bot.services.community import community_of
from handlers.case import deed, guarded, redraw
from handlers.context import Context
from handlers.conversation import END, Dialogue, Handlers
from handlers.turn import State, Step, Turn, on, on_presses
from handlers.words import STOP, WORDS

NOUN, MOVE = "fix", correction.CORRECT


async def start(turn: Turn) -> object:
    """Ask what is not right."""
    asked = turn.pressed
    draft = await decision.begin(turn.uow, turn.who, MOVE, asked.id, asked.version)
    await _ask(turn, "desk.fix", draft)
    return "what"


async def ask_kind(turn: Turn) -> object:
    """Show the categories, a page at a time."""
    draft = await _current(turn)
    community = await community_of(turn.uow, turn.who.community_id)
    tiles = community.kind_tiles()
    await _ask(turn, "desk.fix_kind", draft, tiles=tiles, page=_page(turn))
    return "what"


async def ask_place(turn: Turn) -> object:
    """Show the buildings and spots, a page at a time; a place may be typed as well."""
    draft = await _current(turn)
    community = await community_of(turn.uow, turn.who.community_id)
    await _ask(turn, "desk.fix_place", draft, tiles=community.place_tiles(), page=_page(turn))
    return "place"


async def choose_kind(turn: Turn) -> object:
    """Let it be of this category."""
    draft = await _current(turn)
    held = draft.facts
    case = await correction.category(
        turn.uow, turn.who, held["number"], held["version"], turn.pressed.choice
    )
    return await _done(turn, draft, case)


async def choose_place(turn: Turn) -> object:
    """Take the building or the spot; of a building with units ask for the unit."""
    draft = await _current(turn)
    community = await community_of(turn.uow, turn.who.community_id)
    place = community.place_of_building(turn.pressed.choice)
    if place is None:
        raise Refusal("toast.stale")
    if place.text is not None:
        return await _move_to(turn, draft, place)
    tiles = community.unit_tiles(turn.pressed.choice)
    await _ask(turn, "desk.fix_unit", draft, page=0, **tiles)
    return "place"


async def choose_unit(turn: Turn) -> object:
    """Take the unit, given as building and unit such as 3-2."""
    draft = await _current(turn)
    community = await community_of(turn.uow, turn.who.community_id)
    place = community.place_of_home(turn.pressed.choice)
    if place is None:
        raise Refusal("toast.stale")
    return await _move_to(turn, draft, place)


async def type_place(turn: Turn) -> object:
    """Take the place that was typed."""
    draft = await _current(turn)
    place = await correction.said_place(turn.uow, turn.who, turn.words)
    return await _move_to(turn, draft, place)


async def _move_to(turn: Turn, draft: Draft, place: Place) -> object:
    held = draft.facts
    case = await correction.place(turn.uow, turn.who, held["number"], held["version"], place)
    return await _done(turn, draft, case)


async def _done(turn: Turn, draft: Draft, case: Case) -> object:
    decision.done(turn.uow, draft)
    turn.toast("toast.corrected", number=case.number)
    await redraw(turn, case)
    return END


async def cancel(turn: Turn) -> object:
    """Leave the case as it is."""
    draft = await _current(turn)
    decision.drop(turn.uow, draft)
    await redraw(turn, await decision.case_of(turn.uow, turn.who, draft))
    return END


async def _current(turn: Turn) -> Draft:
    return await decision.current(turn.uow, turn.who, MOVE)


async def _ask(turn: Turn, kind: str, draft: Draft, **facts: Any) -> None:
    case = await decision.case_of(turn.uow, turn.who, draft)
    turn.redraw(kind, case=await desk.facts_of(turn.uow, turn.who, case), **facts)


def _page(turn: Turn) -> int:
    choice = turn.pressed.choice
    return int(choice) if choice.isdecimal() else 0


async def show_all(turn: Turn) -> State | None:
    """Show who did what and when, and what was said."""
    asked = turn.pressed
    case = await cases.find(turn.uow, turn.who, asked.id)
    at = int(asked.choice) if asked.choice.isdecimal() else None
    facts = await overview.page(turn.uow, turn.who, case, at)
    community = await community_of(turn.uow, turn.who.community_id)
    held = await meeting_agenda.latest_of_case(turn.uow, community, case)
    turn.redraw("desk.full", **facts, above=correction.above(case), meeting=held)
    return None


async def ask_transfer(turn: Turn) -> State | None:
    """Ask once before it goes to the next level."""
    case = await cases.find(turn.uow, turn.who, turn.pressed.id)
    desk.check_is_dispatcher(turn.who, case)
    level = correction.above(case)
    if level is None:
        raise Refusal("refusal.not_now")
    facts = await desk.facts_of(turn.uow, turn.who, case)
    turn.redraw("desk.transfer", case=facts, level=level)
    return None


async def transfer(turn: Turn) -> Case:
    """Pass it on."""
    asked = turn.pressed
    to = asked.choice or None
    return await correction.transfer(turn.uow, turn.who, asked.id, asked.version, to)


async def urgent(turn: Turn) -> Case:
    """Let it be an emergency."""
    asked = turn.pressed
    return await correction.raise_urgency(turn.uow, turn.who, asked.id, asked.version)


def presses() -> CallbackQueryHandler[Context, Any]:
    """Return the handler of the buttons below the full view."""
    steps: dict[str, Step] = {
        "full": show_all,
        "up_ask": guarded(ask_transfer),
        "up": deed(transfer, "toast.transferred"),
        "urgent": deed(urgent, "toast.urgent"),
    }
    return on_presses("case", steps)


def dialogue() -> Dialogue:
    """Return the conversation in which category or place is put right."""
    steps = {
        "start": start,
        "ask_kind": ask_kind,
        "ask_place": ask_place,
        "kind": choose_kind,
        "building": choose_place,
        "unit": choose_unit,
        "cancel": cancel,
    }
    presses: Handlers = [on_presses(NOUN, {verb: guarded(step) for verb, step in steps.items()})]
    stop: Handlers = [MessageHandler(STOP, on(cancel))]
    said: Handlers = [MessageHandler(WORDS, on(guarded(type_place)))]
    return Dialogue(
        MOVE, entry=presses, steps={"what": [*stop, *presses], "place": [*stop, *said, *presses]}
    )
