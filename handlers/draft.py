"""The report: anything sent opens or joins a draft; what is missing is asked, one thing a time.

The state of the conversation is the step that the draft has reached.
"""

from datetime import timedelta

from telegram.ext import MessageHandler

from bot.domain.draft import Draft
from bot.services import case as cases
from bot.services import draft as drafts
from bot.services import resume
from bot.services.draft import Sent
from handlers.conversation import END, Dialogue, Handlers
from handlers.home import unknown
from handlers.settings import ask_home
from handlers.turn import Step, Turn, on, on_presses
from handlers.twin import is_digit
from handlers.words import MEDIA, STOP, WORDS

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
    wait = turn.now + ALBUM_GATHERS if message.media_group_id else None
    return await drafts.show(turn.uow, turn.who, draft, wait=wait)


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
    return await _take_up(turn, await _pressed_draft(turn))


async def _take_up(turn: Turn, left: Draft) -> object:
    draft, later = resume.take_up(turn.uow, left)
    filed = await _file(turn, draft) if drafts.step_of(draft) == "check" else None
    return await _add_all(turn, later) or filed or await _go_on(turn, draft)


async def drop_left(turn: Turn) -> object:
    """Drop what was left; what came since begins a report of its own."""
    return await _let_go(turn, await _pressed_draft(turn))


async def _let_go(turn: Turn, left: Draft) -> object:
    draft, later = resume.take_up(turn.uow, left)
    dropped = await _drop(turn, draft)
    return await _add_all(turn, later) or dropped


async def _add_all(turn: Turn, later: list[Sent]) -> object:
    step: object = None
    for sent in later:
        draft = await drafts.add(turn.uow, turn.who, sent)
        step = await drafts.show(turn.uow, turn.who, draft)
    return step


def sent_in(turn: Turn) -> Sent:
    """Return the words of a message, and the picture, voice, film or paper it carries."""
    message = turn.message
    if message is None:
        return Sent(turn.words)
    carried = {
        "photo": message.photo[-1] if message.photo else None,
        "voice": message.voice,
        "video": message.video,
        "document": message.document,
    }
    for kind, one in carried.items():
        if one is not None:
            return Sent(turn.words, one.file_id, one.file_unique_id, kind)
    return Sent(turn.words)


async def say_place(turn: Turn) -> object:
    """Take the words for the place, or let them join the report."""
    draft = await drafts.open_draft(turn.uow, turn.who)
    if draft is None:
        return await add(turn)
    placed = await drafts.say_place(turn.uow, turn.who, draft, turn.words)
    return await add(turn) if placed is None else await _go_on(turn, placed)


async def say_unit(turn: Turn) -> object:
    """Take a typed number for the unit, anything else for a place."""
    draft = await drafts.open_draft(turn.uow, turn.who)
    if draft is None or not turn.words.isdecimal():
        return await say_place(turn)
    return await _go_on(turn, await drafts.choose_unit(turn.uow, turn.who, draft, turn.words))


async def choose_building(turn: Turn) -> object:
    """Choose the building or the shared spot."""
    draft = await _pressed_draft(turn)
    code = turn.pressed.choice
    return await _go_on(turn, await drafts.choose_building(turn.uow, turn.who, draft, code))


async def choose_home(turn: Turn) -> object:
    """Choose the place where the person lives."""
    draft = await _pressed_draft(turn)
    return await _go_on(turn, await drafts.choose_home(turn.uow, turn.who, draft))


async def choose_unit(turn: Turn) -> object:
    """Choose the unit."""
    draft = await _pressed_draft(turn)
    code = turn.pressed.choice
    return await _go_on(turn, await drafts.choose_unit(turn.uow, turn.who, draft, code))


async def choose_kind(turn: Turn) -> object:
    """Choose the category; as the last thing missing it files the report."""
    draft = await _pressed_draft(turn)
    return await _file(
        turn, await drafts.choose_kind(turn.uow, turn.who, draft, turn.pressed.choice)
    )


async def show_page(turn: Turn) -> object:
    """Show another page of places."""
    draft = await _pressed_draft(turn)
    page = int(turn.pressed.choice) if turn.pressed.choice.isdecimal() else 0
    return await _go_on(turn, drafts.note(turn.uow, draft, page=page))


async def show_more(turn: Turn) -> object:
    """Show all categories."""
    return await _go_on(turn, drafts.note(turn.uow, await _pressed_draft(turn), more=True))


async def change_kind(turn: Turn) -> object:
    """Ask for the category again."""
    return await _go_on(turn, drafts.forget(turn.uow, await _pressed_draft(turn), "kind"))


async def change_place(turn: Turn) -> object:
    """Ask for the place again."""
    draft = await _pressed_draft(turn)
    return await _go_on(turn, drafts.forget(turn.uow, draft, "place", "building", "unit"))


async def invite_photos(turn: Turn) -> object:
    """Say that more pictures are welcome."""
    await _pressed_draft(turn)
    turn.toast("toast.send_photos")
    return None


async def file(turn: Turn) -> object:
    """File the report."""
    return await _file(turn, await _pressed_draft(turn))


async def drop(turn: Turn) -> object:
    """Drop the report."""
    return await _drop(turn, await _pressed_draft(turn))


async def cancel(turn: Turn) -> object:
    """Drop the report by a word or by /cancel."""
    draft = await drafts.open_draft(turn.uow, turn.who)
    if draft is None:
        turn.tell("common.nothing_to_cancel")
        return END
    return await _drop(turn, draft)


async def undrop(turn: Turn) -> object:
    """Take a dropped report up again."""
    return await _go_on(turn, await drafts.take_back(turn.uow, turn.who, turn.pressed.id))


async def _pressed_draft(turn: Turn) -> Draft:
    return await drafts.current(turn.uow, turn.who, turn.pressed.id)


async def _go_on(turn: Turn, draft: Draft) -> object:
    return await drafts.show(turn.uow, turn.who, draft)


async def _drop(turn: Turn, draft: Draft) -> object:
    await drafts.show(turn.uow, turn.who, drafts.drop(turn.uow, draft))
    return END


async def _file(turn: Turn, draft: Draft) -> object:
    if drafts.step_of(draft) != "check":
        return await _go_on(turn, draft)
    case = await cases.report(turn.uow, turn.who, draft)
    if turn.callback_id:
        turn.toast("toast.filed", number=case.number)
    await ask_home(turn)
    return END


PRESSES: dict[str, Step] = {
    "building": choose_building,
    "home": choose_home,
    "unit": choose_unit,
    "kind": choose_kind,
    "page": show_page,
    "more": show_more,
    "change_kind": change_kind,
    "change_place": change_place,
    "back_place": change_place,
    "more_photos": invite_photos,
    "file": file,
    "drop": drop,
    "undrop": undrop,
    "resume": go_on_left,
    "resume_drop": drop_left,
}


def dialogue() -> Dialogue:
    """Return the conversation; its entries are everything that a person may send."""
    anything: Step = unless_left(add)
    joins: Handlers = [MessageHandler(kind, on(anything)) for kind in (MEDIA, WORDS)]
    presses: Handlers = [on_presses("draft", PRESSES)]
    stop: Handlers = [MessageHandler(STOP, on(cancel))]
    sent: Handlers = [*stop, *presses, *joins]
    steps: dict[object, Handlers] = dict.fromkeys(("kind", "check", "resume"), sent)
    for step, said in (("place", say_place), ("unit", say_unit)):
        steps[step] = [*stop, MessageHandler(WORDS, on(unless_left(said))), *presses, *joins]
    return Dialogue("report", entry=sent, steps=steps)
