"""The report: anything sent opens or joins a draft; what is missing is asked, one thing a time.

The state of the conversation is the step that the draft has reached.
"""

from datetime import timedelta

from bot.domain.draft import Draft
from bot.domain.refusal import Refusal
from bot.services import draft as drafts
from bot.services import flood, onbehalf, outage_announced, outage_join, supplement, tap, where
from handlers import awaited
from handlers.conversation import END
from handlers.home import unknown
from handlers.sent import sent_in
from handlers.settings import ask_home
from handlers.turn import Turn
from handlers.twin import is_digit

ALBUM_GATHERS = timedelta(seconds=1.2)  # the pictures of one album arrive one by one


async def add(turn: Turn) -> object:
    """Let what was sent join the draft, and ask for what is missing."""
    message = turn.message
    if message is None:
        return None
    if is_digit(turn.words) and await drafts.open_draft(turn.uow, turn.who) is None:
        await unknown(turn)  # it answers nothing, and says nothing
        return END
    draft = await drafts.add(turn.uow, turn.who, sent_in(turn))
    turn.react("👀")
    if message.media_group_id:
        wait = turn.now + ALBUM_GATHERS
        return await drafts.show(turn.uow, turn.who, draft, wait=wait)
    return await go_on(turn, draft)


async def say_place(turn: Turn) -> object:
    """Take the words for the place as far as they are one; the rest joins the report."""
    draft = await drafts.open_draft(turn.uow, turn.who)
    if draft is None:
        return await add(turn)
    return await go_on(turn, await where.say(turn.uow, turn.who, draft, sent_in(turn)))


async def say_unit(turn: Turn) -> object:
    """Take a typed number for the unit, anything else for a place."""
    draft = await drafts.open_draft(turn.uow, turn.who)
    if draft is None or not turn.words.isdecimal():
        return await say_place(turn)
    return await go_on(turn, await drafts.choose_unit(turn.uow, turn.who, draft, turn.words))


async def choose_building(turn: Turn) -> object:
    """Choose the building or the shared spot."""
    draft = await pressed_draft(turn)
    code = turn.pressed.choice
    return await _placed(turn, await drafts.choose_building(turn.uow, turn.who, draft, code))


async def choose_home(turn: Turn) -> object:
    """Choose the place of the last report, or where the person lives."""
    draft = await pressed_draft(turn)
    which = turn.pressed.choice
    return await _placed(turn, await drafts.choose_known(turn.uow, turn.who, draft, which))


async def choose_unit(turn: Turn) -> object:
    """Choose the unit."""
    draft = await pressed_draft(turn)
    code = turn.pressed.choice
    return await _placed(turn, await drafts.choose_unit(turn.uow, turn.who, draft, code))


async def _placed(turn: Turn, draft: Draft) -> object:
    """Go on; where the person has tapped the kind as well, nothing is left to check."""
    step = file_chosen if draft.facts.get(tap.TAPPED) else go_on
    return await step(turn, draft)


async def choose_kind(turn: Turn) -> object:
    """Choose the category; as the last thing missing it files the report."""
    draft = await pressed_draft(turn)
    chosen = await drafts.choose_kind(turn.uow, turn.who, draft, turn.pressed.choice)
    return await file_chosen(turn, chosen)


async def show_page(turn: Turn) -> object:
    """Show another page of places."""
    draft = await pressed_draft(turn)
    return await go_on(turn, drafts.note(turn.uow, draft, page=page_pressed(turn)))


def page_pressed(turn: Turn, otherwise: int = 0) -> int:
    """Return the page that a button names."""
    choice = turn.pressed.choice
    return int(choice) if choice.isascii() and choice.isdecimal() else otherwise


async def show_more(turn: Turn) -> object:
    """Show more categories."""
    page = page_pressed(turn, 1)
    return await go_on(turn, drafts.note(turn.uow, await pressed_draft(turn), kinds_page=page))


async def change_kind(turn: Turn) -> object:
    """Ask for the category again."""
    return await go_on(turn, drafts.forget(turn.uow, await pressed_draft(turn), "kind"))


async def change_place(turn: Turn) -> object:
    """Ask for the place again."""
    draft = drafts.note(turn.uow, await pressed_draft(turn), elsewhere=True)
    return await go_on(turn, drafts.forget(turn.uow, draft, "place", "building", "unit"))


async def invite_photos(turn: Turn) -> object:
    """Say that more pictures are welcome."""
    await pressed_draft(turn)
    turn.toast("toast.send_photos")
    return None


async def file(turn: Turn) -> object:
    """File the report."""
    return await file_draft(turn, await pressed_draft(turn))


async def drop(turn: Turn) -> object:
    """Drop the report."""
    return await drop_draft(turn, await pressed_draft(turn))


async def cancel(turn: Turn) -> object:
    """Drop the report by a word or by /cancel."""
    draft = await drafts.open_draft(turn.uow, turn.who)
    awaited.wait_no_more(turn, onbehalf.KEY)
    if draft is None and await supplement.wait_no_more(turn.uow, turn.who):
        turn.tell("case.supplement_left")
        return END
    if draft is None:
        turn.tell("common.nothing_to_cancel")
        return END
    return await drop_draft(turn, draft)


async def undrop(turn: Turn) -> object:
    """Take a dropped report up again."""
    return await go_on(turn, await drafts.take_back(turn.uow, turn.who, turn.pressed.id))


async def pressed_draft(turn: Turn) -> Draft:
    """Return the draft whose button was pressed; raises Refusal when it is over or another's."""
    return await drafts.current(turn.uow, turn.who, turn.pressed.id)


async def go_on(turn: Turn, draft: Draft) -> object:
    """Show the draft at its next step; what an outage explains joins it at once."""
    if await outage_join.absorb(turn.uow, turn.who, draft) is not None:
        return END
    return await drafts.show(turn.uow, turn.who, draft)


async def drop_draft(turn: Turn, draft: Draft) -> object:
    """Drop the draft."""
    await drafts.show(turn.uow, turn.who, drafts.drop(turn.uow, draft))
    return END


async def file_chosen(turn: Turn, draft: Draft) -> object:
    """File what a tap has completed; beyond the limit what was chosen stays, and that is said."""
    try:
        await flood.check_may_report(turn.uow, turn.who)
    except Refusal as refusal:
        turn.toast(refusal.key, alert=True, **refusal.facts)
        return await go_on(turn, draft)
    return await file_draft(turn, draft)


async def file_draft(turn: Turn, draft: Draft) -> object:
    """File the draft, or ask for what is missing."""
    if drafts.step_of(draft) != "check":
        return await go_on(turn, draft)
    if await outage_join.absorb(turn.uow, turn.who, draft) is not None:
        return END
    await flood.check_may_report(turn.uow, turn.who)
    if await drafts.similar(turn.uow, turn.who, draft):
        return await go_on(turn, draft)
    case = await outage_announced.report(turn.uow, turn.who, draft)
    if turn.callback_id:
        turn.toast("toast.filed", number=case.number)
    if draft.facts.get(onbehalf.KEY):
        turn.tell("desk.registered", number=case.number)
        return END
    await ask_home(turn)
    return END
