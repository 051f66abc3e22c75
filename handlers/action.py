"""What was decided, in the chat: done, half way, more time, following it."""

from telegram.ext import BaseHandler, filters

from bot.services import action_item
from bot.services.community import community_of
from handlers.awaited import AGAIN, hearing, wait
from handlers.context import Context
from handlers.minutes import day_of, days
from handlers.turn import Step, Turn, on_presses
from handlers.words import IN_PRIVATE, WORDS

DONE, WHY, HAND = "action_done", "action_why", "action_hand"  # waited for
LEFT = "meeting.left"  # said to who would rather leave it
_WITH_PHOTO = WORDS | (IN_PRIVATE & filters.PHOTO)


async def listing(turn: Turn) -> None:
    """List what a meeting has decided; a further page is drawn over the one before."""
    choice = turn.pressed.choice
    page = int(choice) if choice.isascii() and choice.isdecimal() else 0
    facts = await action_item.of_meeting(turn.uow, turn.who, turn.pressed.id, page)
    (turn.redraw if choice else turn.tell)("action.list", **facts)


async def show(turn: Turn) -> None:
    """Show one."""
    await _show(turn, turn.pressed.id)


async def _show(turn: Turn, id_: int) -> None:
    one = await action_item.find(turn.uow, turn.who, id_)
    community = await community_of(turn.uow, turn.who.community_id)
    facts = await action_item.facts(turn.uow, community, one, turn.who)
    turn.redraw("action.card", **facts)


async def ask_done(turn: Turn) -> None:
    """Ask what was done."""
    await action_item.to_do(turn.uow, turn.who, turn.pressed.id)
    wait(turn, DONE, str(turn.pressed.id))
    turn.tell("action.write_done")


async def hear_done(turn: Turn, about: str) -> str | None:
    """Take what was done; a picture alone waits for its words."""
    id_, _, photo = about.partition(" ")
    pictures = turn.message.photo if turn.message else ()
    photo = pictures[-1].file_id if pictures else photo
    if not turn.words:
        wait(turn, DONE, f"{id_} {photo}")
        turn.tell("action.write_photo")
        return AGAIN
    await action_item.finish(turn.uow, turn.who, int(id_), turn.words, photo or None)
    turn.tell("action.kept")
    return None


async def half(turn: Turn) -> None:
    """Note that half is done."""
    await action_item.half(turn.uow, turn.who, turn.pressed.id)
    turn.toast("toast.kept")
    await _show(turn, turn.pressed.id)


async def extend(turn: Turn) -> None:
    """Ask until when."""
    one = await action_item.to_do(turn.uow, turn.who, turn.pressed.id)
    community = await community_of(turn.uow, turn.who.community_id)
    facts = await action_item.facts(turn.uow, community, one, turn.who)
    turn.redraw("action.days", **facts, days=await days(turn.uow, turn, one.last_day))


async def hand(turn: Turn) -> None:
    """Ask who does it instead."""
    await action_item.check_may_hand_over(turn.uow, turn.who, turn.pressed.id)
    wait(turn, HAND, str(turn.pressed.id))
    turn.tell("minutes.owner_write")


async def hear_hand(turn: Turn, about: str) -> None:
    """Take the name."""
    one = await action_item.hand_over(turn.uow, turn.who, int(about), turn.words)
    community = await community_of(turn.uow, turn.who.community_id)
    turn.tell("action.card", **await action_item.facts(turn.uow, community, one, turn.who))


async def until(turn: Turn) -> None:
    """Ask why."""
    await action_item.to_do(turn.uow, turn.who, turn.pressed.id)
    day = day_of(turn.pressed.choice)
    wait(turn, WHY, f"{turn.pressed.id} {day:%Y%m%d}")
    turn.tell("action.write_why")


async def hear_why(turn: Turn, about: str) -> None:
    """Take the reason, and move the day."""
    id_, _, day = about.partition(" ")
    await action_item.extend(turn.uow, turn.who, int(id_), day_of(day), turn.words)
    turn.tell("action.moved")


async def follow(turn: Turn) -> None:
    """Let the person hear what comes of it."""
    await action_item.follow(turn.uow, turn.who, turn.pressed.id)
    turn.toast("toast.following")
    await _show(turn, turn.pressed.id)


async def good(turn: Turn) -> None:
    """Hear that it is good."""
    await action_item.judge(turn.uow, turn.who, turn.pressed.id, action_item.GOOD)
    turn.toast("toast.thanks")


async def bad(turn: Turn) -> None:
    """Hear that it is not."""
    await action_item.judge(turn.uow, turn.who, turn.pressed.id, action_item.BAD)
    turn.toast("toast.thanks")


def handlers() -> list[BaseHandler[None, Context, object]]:
    """Return the handlers of these buttons and of the words that they ask for."""
    steps: dict[str, Step] = {
        "list": listing,
        "show": show,
        "done": ask_done,
        "half": half,
        "extend": extend,
        "hand": hand,
        "until": until,
        "follow": follow,
        "good": good,
        "bad": bad,
    }
    return [on_presses("action", steps), hearing(DONE, LEFT, hear_done, _WITH_PHOTO),
            hearing(WHY, LEFT, hear_why), hearing(HAND, LEFT, hear_hand)]  # fmt: skip
