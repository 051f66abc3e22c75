"""The minutes in the chat: the secretary fills them in item by item, those who came look.

Stateless: what is concluded is kept with the item, so a press works after any pause.
"""

from datetime import date
from typing import Any

from telegram.ext import BaseHandler

from bot.domain import action_item
from bot.domain.agenda import Conclusion, Item
from bot.domain.moment import parse
from bot.domain.refusal import Refusal
from bot.services import invitation, meeting_list, minutes
from bot.services.community import community_of
from bot.services.unit_of_work import UnitOfWork
from handlers.awaited import hearing, wait, wait_no_more
from handlers.context import Context
from handlers.dates import MOMENT
from handlers.turn import Step, Turn, on_presses

OWNER, UNTIL, SAY, WRONG = "minutes_owner", "minutes_until", "minutes_say", "minutes_wrong"
LEFT = "meeting.left"  # said to who would rather leave it
ON = "on"


async def home(turn: Turn) -> None:
    """Show how far the minutes are."""
    await _home(turn, turn.pressed.id)


async def _home(turn: Turn, meeting_id: int) -> None:
    facts = await minutes.home(turn.uow, turn.who, meeting_id)
    _show(turn, "minutes.home", **facts)


def _show(turn: Turn, kind: str, **facts: Any) -> None:
    """Draw over what was pressed; after words, in a message of its own."""
    (turn.redraw if turn.press is not None else turn.tell)(kind, **facts)


async def next_item(turn: Turn) -> None:
    """Go to the first item that is open; over all of them when none is."""
    one = await minutes.to_write(turn.uow, turn.who, turn.pressed.id)
    held = await minutes.next_open(turn.uow, one)
    await (_home(turn, one.id) if held is None else _ask(turn, held.id))


async def choose(turn: Turn) -> None:
    """Show the items, so that one may be concluded otherwise."""
    page = _number(turn.pressed.choice)
    turn.redraw("minutes.items", **await minutes.tiles(turn.uow, turn.who, turn.pressed.id, page))


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdecimal() else 0


async def one_item(turn: Turn) -> None:
    """Ask about one item anew."""
    await _ask(turn, turn.pressed.id)


async def _ask(turn: Turn, item_id: int) -> None:
    _show(turn, "minutes.item", **await minutes.item_facts(turn.uow, turn.who, item_id))


async def set_conclusion(turn: Turn) -> None:
    """Note the conclusion; where somebody has to do it, ask who."""
    asked = turn.pressed
    held = await minutes.conclude(turn.uow, turn.who, asked.id, asked.choice)
    if held.conclusion is Conclusion.AGREED:
        facts = await minutes.owners(turn.uow, turn.who, held.id)
        turn.redraw("minutes.owner", **facts)
    else:
        await _ask_words(turn, held)


async def who(turn: Turn) -> None:
    """Note who does it."""
    choice = turn.pressed.choice
    if not (choice.isascii() and choice.isdecimal()):
        raise Refusal("toast.stale")
    await minutes.assign(turn.uow, turn.who, turn.pressed.id, int(choice))
    await _ask_until(turn, turn.pressed.id)


async def who_else(turn: Turn) -> None:
    """Ask for a name."""
    await minutes.open_item(turn.uow, turn.who, turn.pressed.id)
    wait(turn, OWNER, str(turn.pressed.id))
    turn.tell("minutes.owner_write")


async def hear_owner(turn: Turn, about: str) -> None:
    """Take the name."""
    id_ = int(about)
    await minutes.owner_named(turn.uow, turn.who, id_, turn.words)
    await _ask_until(turn, id_)


async def _ask_until(turn: Turn, item_id: int) -> None:
    facts = await minutes.item_facts(turn.uow, turn.who, item_id)
    wait(turn, UNTIL, str(item_id))
    _show(turn, "minutes.until", **facts, days=await days(turn.uow, turn))


async def days(uow: UnitOfWork, turn: Turn, after: date | None = None) -> list[dict[str, Any]]:
    """Return the days that are offered: from today on, or after a day."""
    calendar = (await community_of(uow, turn.who.community_id)).calendar
    today = calendar.local(turn.now).date()
    first = max(today, after) if after else today
    return [
        {"code": one.strftime("%Y%m%d"), "month": one.month, "day": one.day}
        for one in action_item.chips(first, calendar.is_working_day)
    ]


async def until(turn: Turn) -> None:
    """Note by when."""
    day = day_of(turn.pressed.choice)
    held = await minutes.set_day(turn.uow, turn.who, turn.pressed.id, day)
    wait_no_more(turn, UNTIL)
    await _ask_words(turn, held)


def day_of(choice: str) -> date:
    """Return the day that a button names; raises Refusal for none."""
    try:
        return date(int(choice[:4]), int(choice[4:6]), int(choice[6:]))
    except ValueError:
        raise Refusal("toast.stale") from None


async def until_else(turn: Turn) -> None:
    """Ask for a day in words."""
    await minutes.open_item(turn.uow, turn.who, turn.pressed.id)
    wait(turn, UNTIL, str(turn.pressed.id))
    turn.tell("minutes.until_write")


async def hear_until(turn: Turn, about: str) -> None:
    """Take the day."""
    id_ = int(about)
    calendar = (await community_of(turn.uow, turn.who.community_id)).calendar
    at = parse(turn.words, MOMENT, calendar.local(turn.now))
    if at is None:
        raise Refusal("refusal.no_day")
    day = calendar.local(at).date()
    held = await minutes.set_day(turn.uow, turn.who, id_, day)
    await _ask_words(turn, held)


async def _ask_words(turn: Turn, held: Item) -> None:
    facts = await minutes.item_facts(turn.uow, turn.who, held.id)
    wait(turn, SAY, str(held.id))
    _show(turn, "minutes.say", **facts)


async def done(turn: Turn) -> None:
    """Leave the words out and go on."""
    one, _ = await minutes.open_item(turn.uow, turn.who, turn.pressed.id)
    wait_no_more(turn, SAY)
    await _go_on(turn, one.id)


async def hear_words(turn: Turn, about: str) -> None:
    """Take the conclusion in words and go on."""
    id_ = int(about)
    held = await minutes.say(turn.uow, turn.who, id_, turn.words)
    await _go_on(turn, held.meeting_id or 0)


async def _go_on(turn: Turn, meeting_id: int) -> None:
    one = await minutes.to_write(turn.uow, turn.who, meeting_id)
    held = await minutes.next_open(turn.uow, one)
    await (_home(turn, one.id) if held is None else _ask(turn, held.id))


# --- who came, and the rest -------------------------------------------------------------


async def people(turn: Turn) -> None:
    """Show who was invited, to tick who came."""
    await _people(turn, turn.pressed.choice)


async def _people(turn: Turn, choice: str) -> None:
    page = _number(choice)
    facts = await invitation.tiles(turn.uow, turn.who, turn.pressed.id, page)
    turn.redraw("minutes.people", **facts)


async def tick(turn: Turn) -> None:
    """Note that somebody came, or did not."""
    person, on, page, *_ = [*turn.pressed.choice.split(":"), "", ""]
    if not (person.isascii() and person.isdecimal()):
        raise Refusal("toast.stale")
    await invitation.tick(turn.uow, turn.who, turn.pressed.id, int(person), on=on == ON)
    await _people(turn, page)


async def heard(turn: Turn) -> None:
    """Show what those have said who could not come."""
    turn.redraw("minutes.heard", **await minutes.words_sent(turn.uow, turn.who, turn.pressed.id))


async def word(turn: Turn) -> None:
    """Hand over the minutes for Word."""
    turn.tell("minutes.word", **await meeting_list.document(turn.uow, turn.who, turn.pressed.id))


async def page(turn: Turn) -> None:
    """Hand over the minutes as a page."""
    turn.tell("minutes.page", **await meeting_list.document(turn.uow, turn.who, turn.pressed.id))


async def submit(turn: Turn) -> None:
    """Hand the minutes to those who came."""
    await minutes.submit(turn.uow, turn.who, turn.pressed.id)
    turn.toast("toast.minutes_out", alert=True)
    await _home(turn, turn.pressed.id)


async def nothing(turn: Turn) -> None:
    """Note that nothing came of the meeting."""
    one = await minutes.fall_through(turn.uow, turn.who, turn.pressed.id)
    turn.toast("toast.minutes_nothing", alert=True)
    turn.redraw("meeting.card", **await meeting_list.show(turn.uow, turn.who, one.id))


async def right(turn: Turn) -> None:
    """Hear that the minutes are right."""
    await minutes.approve(turn.uow, turn.who, turn.pressed.id)
    turn.toast("toast.thanks")
    turn.redraw("minutes.thanks")


async def wrong(turn: Turn) -> None:
    """Ask what is wrong."""
    await minutes.check_may_review(turn.uow, turn.who, turn.pressed.id)
    wait(turn, WRONG, str(turn.pressed.id))
    turn.tell("minutes.wrong")


async def hear_wrong(turn: Turn, about: str) -> None:
    """Take what is wrong."""
    id_ = int(about)
    await minutes.object_(turn.uow, turn.who, id_, turn.words)
    turn.tell("minutes.noted")


def handlers() -> list[BaseHandler[None, Context, object]]:
    """Return the handlers of these buttons and of the words that they ask for."""
    writing: dict[str, Step] = {
        "home": home,
        "next": next_item,
        "items": choose,
        "item": one_item,
        "set": set_conclusion,
        "who": who,
        "who_else": who_else,
        "until": until,
        "until_else": until_else,
        "done": done,
    }
    beside: dict[str, Step] = {
        "people": people,
        "tick": tick,
        "heard": heard,
        "word": word,
        "page": page,
        "submit": submit,
        "nothing": nothing,
        "right": right,
        "wrong": wrong,
    }
    return [
        on_presses("minutes", {**writing, **beside}),
        hearing(OWNER, LEFT, hear_owner),
        hearing(UNTIL, LEFT, hear_until),
        hearing(SAY, LEFT, hear_words),
        hearing(WRONG, LEFT, hear_wrong),
    ]
