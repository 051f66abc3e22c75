"""What is pressed on a notice that is there: by who sent it, who agrees, and who got it."""

from bot.domain.broadcast import MOST_PHONES, SENDERS
from bot.domain.refusal import Refusal
from bot.services import (
    broadcast,
    broadcast_edit,
    broadcast_poll,
    broadcast_reader,
    broadcast_shown,
)
from handlers import broadcast_series, guarded
from handlers.turn import Presses, Step, Turn, on_presses, or_as_it_is

NOUN = "broadcast"
LISTED, LISTS = 10, 10  # people in a message, and messages
_DONE = {
    "approve": "toast.broadcast_approve",
    "refuse": "toast.broadcast_refuse",
    "cancel": "toast.broadcast_cancel",
    "pause": "toast.broadcast_pause",
    "resume": "toast.broadcast_resume",
    "stop": "toast.broadcast_stop",
}

_OFTEN = {
    "each": "toast.notices_each",
    "daily": "toast.notices_daily",
    "less": "toast.notices_less",
}


async def move(turn: Turn) -> None:
    """Approve, refuse, cancel, pause, resume or stop it."""
    asked = turn.pressed
    one = await broadcast.move(turn.uow, turn.who, asked.verb, asked.id, asked.version)
    turn.toast(_DONE[asked.verb])
    if turn.who.id != one.author_id:
        await _redraw(turn, one.id)


async def show(turn: Turn) -> None:
    """Show how it stands; the live card of whoever wrote it comes here."""
    asked = turn.pressed
    one = await broadcast_shown.find(turn.uow, turn.who, asked.id)
    if one.author_id != turn.who.id or turn.message_id is None:
        await _redraw(turn, one.id)
    else:
        await broadcast_shown.card(turn.uow, turn.who, one.id)  # or they may not see it
        turn.spoke = True
        await broadcast_shown.show(turn.uow, one, over=turn.message_id)


async def listing(turn: Turn) -> None:
    """List what was sent lately, and what is to be sent."""
    items = await broadcast_shown.listing(turn.uow, turn.who)
    if not items:
        own = turn.who.holds_somewhere(*SENDERS)
        raise Refusal("toast.stale" if own else "refusal.not_a_sender")
    turn.redraw("broadcast.list", items=items)


async def _redraw(turn: Turn, id_: int) -> None:
    kind, facts = await broadcast_shown.card(turn.uow, turn.who, id_)
    turn.redraw(kind, **facts)


async def close(turn: Turn) -> None:
    """Let nobody vote any more in its poll."""
    asked = turn.pressed
    one = await broadcast_poll.close(turn.uow, turn.who, asked.id, asked.version)
    turn.toast("toast.broadcast_close")
    if turn.who.id != one.author_id:
        await _redraw(turn, one.id)


async def recall(turn: Turn) -> None:
    """Ask whether it is to be taken back from everybody."""
    asked = turn.pressed
    one = await broadcast.allowed(turn.uow, turn.who, "recall", asked.id, asked.version)
    turn.redraw("broadcast.recall_ask", broadcast=one.id, version=one.version, title=one.title)


async def recall_yes(turn: Turn) -> None:
    """Take it back from everybody."""
    asked = turn.pressed
    one = await broadcast_edit.recall(turn.uow, turn.who, asked.id, asked.version)
    turn.toast("toast.broadcast_recall")
    if turn.who.id != one.author_id:
        await _redraw(turn, one.id)


async def lost(turn: Turn) -> None:
    """List whom it did not reach, with their numbers, a few in each message."""
    facts = await broadcast_shown.look_at_lost(turn.uow, turn.who, turn.pressed.id)
    people = facts["people"]
    shown = people[: LISTED * LISTS] or [None]
    for at in range(0, len(shown), LISTED):
        more = len(people) - at - LISTED if at + LISTED >= len(shown) else 0
        page = {"people": people[at : at + LISTED], "n": len(people), "more": max(0, more)}
        page["first"] = at
        turn.tell("broadcast.lost", **{**facts, **page})


async def phones(turn: Turn) -> None:
    """Tell a few of their numbers over the chat, where messages show none."""
    guarded.check_tapped(turn)
    asked = turn.pressed
    at = int(asked.choice) if asked.choice.isdecimal() else 0
    found = await broadcast_shown.phones(turn.uow, turn.who, asked.id, at, MOST_PHONES)
    turn.toast("toast.guarded_people", alert=True, **found)


async def paper(turn: Turn) -> None:
    """Give it as a page to be printed and hung up."""
    turn.tell("broadcast.paper", **await broadcast_shown.paper(
        turn.uow, turn.who, turn.pressed.id
    ))  # fmt: skip


async def received(turn: Turn) -> None:
    """Note that somebody has read it."""
    fresh = await broadcast_reader.receive(turn.uow, turn.who, turn.pressed.id)
    turn.toast("toast.received" if fresh else "toast.received_before")


async def less(turn: Turn) -> None:
    """Let such notices ring less for this person."""
    wish = await broadcast_reader.want_less(turn.uow, turn.who, turn.pressed.id)
    turn.toast(_OFTEN[wish], alert=True)


async def read(turn: Turn) -> None:
    """Show a notice of the digest, or of the news, in full."""
    facts = await broadcast_reader.read(turn.uow, turn.who, turn.pressed.id)
    turn.tell("broadcast.read", **facts)


async def every(turn: Turn) -> None:
    """Show a page of all the notices that still count."""
    choice = turn.pressed.choice
    number = int(choice) if choice.isascii() and choice.isdecimal() else 0
    facts = await broadcast_reader.page(turn.uow, turn.who, number)
    (turn.redraw if choice else turn.tell)("broadcast.every", **facts)


async def preview(turn: Turn) -> None:
    """Say that this is what everybody will see."""
    turn.toast("toast.preview")


def presses() -> Presses:
    """Return the handler of its buttons."""
    steps: dict[str, Step] = {
        **dict.fromkeys(_DONE, or_as_it_is(move, show)),
        "show": show,
        "list": listing,
        "close": close,
        "recall": recall,
        "recall_yes": recall_yes,
        "lost": lost,
        "phones": phones,
        "paper": paper,
        "got": received,
        "less": less,
        "read": read,
        "every": every,
        "preview": preview,
        **broadcast_series.STANDING,
    }
    return on_presses(NOUN, steps)
