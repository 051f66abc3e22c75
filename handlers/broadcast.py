"""A notice in the making: anything is sent, to whom and when is pressed, and it is seen before.

What is sent joins the notice at every step. What is pressed under an older one does nothing.
"""

from datetime import datetime, timedelta

from telegram.ext import MessageHandler

from bot.domain.broadcast import SENDERS, times_offered
from bot.domain.draft import Draft
from bot.domain.moment import parse
from bot.domain.refusal import Refusal
from bot.services import broadcast, broadcast_draft, broadcast_edit, broadcast_shown
from bot.services import broadcast_series as series
from bot.services.community import community_of
from bot.services.sent import Sent
from handlers import broadcast_outage, broadcast_series, broadcast_whom, report
from handlers.broadcast_poll import poll_in
from handlers.broadcast_whom import pressed, preview, seen, when_facts
from handlers.conversation import END, Dialogue, Handlers
from handlers.dates import MOMENT
from handlers.formatted import behind_command, html_of
from handlers.sent import sent_in
from handlers.turn import Command, Step, Turn, on, on_presses
from handlers.words import EDITED, IN_PRIVATE, MEDIA, ODD, POLL, STOP, WORDS

NOUN = "announce"
COMMAND = "notice"
CUT = 4000  # characters: a message holds 4,096, so a longer one may be the first of several
TAIL = timedelta(seconds=3)  # in which the others come
GATHER = timedelta(seconds=1.2)  # pictures of an album come one by one


async def start(turn: Turn) -> object:
    """Ask for what is to be said; what stands behind the command is its beginning.

    One that was begun and left lying is gone on with: its card can begin it anew.
    """
    left = await broadcast_draft.unfinished(turn.uow, turn.who)
    draft = left or await broadcast_draft.begin(turn.uow, turn.who)
    if turn.message is not None and (words := behind_command(turn.words)):
        said = Sent(words, message_id=turn.message.message_id)
        html = behind_command(html_of(turn.message))
        return await _ask_whom(turn, broadcast_draft.add(turn.uow, draft, said, html))
    if left is not None:
        return await _ask_whom(turn, left)
    facts = await series.listing(turn.uow, turn.who)
    lists = {
        "series": len(facts["series"]),
        "recent": len(await broadcast_shown.listing(turn.uow, turn.who)),
    }
    turn.redraw("broadcast.compose", **broadcast_draft.facts(draft), **lists)
    return "compose"


async def correct(turn: Turn) -> object:
    """Ask for the right words of what was sent."""
    asked = turn.pressed
    one = await broadcast.allowed(turn.uow, turn.who, "correct", asked.id, asked.version)
    if await broadcast_draft.unfinished(turn.uow, turn.who) is not None:
        raise Refusal("refusal.notice_unfinished")
    draft = await broadcast_draft.begin(turn.uow, turn.who, corrects=one)
    turn.tell("broadcast.compose", **broadcast_draft.facts(draft))
    return "compose"


async def add(turn: Turn) -> object:
    """Let what was sent join the notice, and ask what comes next."""
    if not turn.who.holds_somewhere(*SENDERS):
        return await _may_not(turn)
    draft = await broadcast_draft.current(turn.uow, turn.who)
    album = turn.message and turn.message.media_group_id
    if _is_tail(turn, draft):
        return None
    try:
        draft = broadcast_draft.add(turn.uow, draft, sent_in(turn), html_of(turn.message))
    except Refusal as refusal:
        if album is None or draft.facts.get("refused") != album:  # once for all of its pictures
            cut = turn.now.isoformat() if len(turn.words) > CUT else None
            broadcast_draft.note(turn.uow, draft, refused=album, cut=cut)
            turn.tell(refusal.key, **refusal.facts)
        return None
    return await _ask_whom(turn, draft, wait=turn.now + GATHER if album else None)


def _is_tail(turn: Turn, draft: Draft) -> bool:
    """Say whether it is the rest of words that were just refused, which phones cut in pieces."""
    cut = draft.facts.get("cut")
    if cut is None or sent_in(turn).file_id:
        return False
    return turn.now - datetime.fromisoformat(cut) <= TAIL


async def edit(turn: Turn) -> object:
    """Let the notice say what the message says now; any other message is none of it."""
    draft = await broadcast_draft.current(turn.uow, turn.who)
    message = turn.message
    said = Sent(turn.words, message_id=message.message_id if message else 0)
    edited = broadcast_draft.edit(turn.uow, draft, said, html_of(message))
    if edited is not None:
        return await _ask_whom(turn, edited)
    await report.edit(turn)
    return None


async def _may_not(turn: Turn) -> object:
    """End the notice of somebody who was an organizer when they began it."""
    broadcast_draft.drop(turn.uow, await broadcast_draft.current(turn.uow, turn.who))
    turn.tell("refusal.not_a_sender")
    return END


async def add_poll(turn: Turn) -> object:
    """Let a poll be the notice, and ask to whom it goes."""
    draft = await broadcast_draft.current(turn.uow, turn.who)
    return await _ask_whom(turn, broadcast_draft.add_poll(turn.uow, draft, poll_in(turn)))


async def odd(_turn: Turn) -> object:
    """Say what a notice can be made of."""
    raise Refusal("refusal.nothing_to_say")


async def _ask_whom(turn: Turn, draft: Draft, wait: datetime | None = None) -> object:
    """Show what there is so far, and ask to whom; a correction goes to those who got it."""
    facts = broadcast_draft.facts(draft)
    if draft.facts["corrects"]:
        one = await broadcast_shown.find(turn.uow, turn.who, draft.facts["corrects"])
        said = await broadcast_edit.as_put_right(turn.uow, one, draft)
        await broadcast_draft.preview(turn.uow, turn.who, draft, said, anew=True)
        outage = await broadcast_outage.facts(turn, draft, one.whom)
        turn.tell("broadcast.fix", **facts, broadcast=one.id, version=one.version, outage=outage)
        return "compose"
    offered = await broadcast_draft.audience_facts(turn.uow, turn.who)
    turn.spoke = True
    await broadcast_draft.ask(turn.uow, turn.who, draft, {**facts, **offered}, wait)
    return "whom"


async def anew(turn: Turn) -> object:
    """Let it be written anew; to whom and how stays."""
    draft = broadcast_draft.empty(turn.uow, await pressed(turn))
    turn.redraw("broadcast.compose", **broadcast_draft.facts(draft))
    return "compose"


async def switch(turn: Turn) -> object:
    """Turn silence, the receipts, or what becomes of an outage, on and off."""
    draft, name = await pressed(turn), turn.pressed.verb
    draft = broadcast_draft.note(turn.uow, draft, **{name: not draft.facts.get(name, True)})
    await preview(turn, draft, anew=False)
    turn.redraw("broadcast.when", **await when_facts(turn, draft))
    return "when"


async def own(turn: Turn) -> object:
    """Ask for a time in words."""
    draft = await pressed(turn)
    turn.redraw("broadcast.time", **broadcast_draft.facts(draft), again=False)
    return "time"


async def say_time(turn: Turn) -> object:
    """Take the time that was written, or ask once more."""
    draft = await broadcast_draft.current(turn.uow, turn.who)
    calendar = (await community_of(turn.uow, turn.who.community_id)).calendar
    at = parse(turn.words, MOMENT, calendar.local(turn.now))
    if at is None:
        turn.tell("broadcast.time", **broadcast_draft.facts(draft), again=True)
        return "time"
    return await _hand_in(turn, draft, at)


async def send(turn: Turn) -> object:
    """Send it now, or at the time that was pressed."""
    draft, verb = await pressed(turn), turn.pressed.verb
    if verb in {"now", "urgent"}:
        return await _hand_in(turn, draft, turn.now, urgent=verb == "urgent")
    calendar = (await community_of(turn.uow, turn.who.community_id)).calendar
    at = times_offered(calendar, turn.now).get(verb)
    if at is None:
        raise Refusal("toast.stale")
    return await _hand_in(turn, draft, at)


async def _hand_in(turn: Turn, draft: Draft, at: datetime, *, urgent: bool = False) -> object:
    outage = await broadcast_outage.announced(turn, draft)
    one = await broadcast.hand_in(turn.uow, turn.who, draft, at, urgent=urgent, outage=outage)
    turn.spoke = True
    over = turn.message_id if turn.press is not None else None
    await broadcast_shown.show(turn.uow, one, over=over)
    return END


async def fix(turn: Turn) -> object:
    """Put right what was sent, in everybody's chat."""
    draft = await broadcast_draft.current(turn.uow, turn.who)
    if draft.facts["corrects"] != turn.pressed.id:
        raise Refusal("common.stale_draft")
    if turn.pressed.choice != str(broadcast_draft.edition(draft)):  # nobody has seen it like that
        raise Refusal("toast.stale")
    outage = await broadcast_outage.announced(turn, draft)
    one = await broadcast_edit.correct(turn.uow, turn.who, draft, turn.pressed.version, outage)
    turn.toast("toast.correcting")
    turn.redraw("broadcast.fixing", title=one.title)
    return END


async def cancel(turn: Turn) -> object:
    """Send nothing."""
    pressed = turn.pressed.id if turn.press is not None else None
    broadcast_draft.drop(turn.uow, await broadcast_draft.current(turn.uow, turn.who, pressed))
    turn.redraw("broadcast.dropped")
    return END


def dialogue() -> Dialogue:
    """Return the conversation."""
    steps: dict[str, Step] = {
        **broadcast_whom.STEPS,
        **broadcast_series.STEPS,
        "anew": anew,
        "own": seen(own),
        "cancel": cancel,
        **dict.fromkeys(("silent", "receipts", broadcast_outage.SWITCH), seen(switch)),
        **dict.fromkeys(("now", "urgent", "evening", "morning"), seen(send)),
    }
    presses: Handlers = [on_presses(NOUN, {**steps, "fix": fix, "correct": correct})]
    stop: Handlers = [MessageHandler(STOP, on(cancel))]
    content: Handlers = [
        *stop,
        MessageHandler(WORDS | MEDIA, on(add)),
        MessageHandler(POLL, on(add_poll)),
        MessageHandler(EDITED, on(edit)),
        MessageHandler(ODD, on(odd)),
    ]
    times: Handlers = [*stop, MessageHandler(WORDS, on(say_time)), *content[1:]]
    entry: Handlers = [Command(COMMAND, on(start), filters=IN_PRIVATE), *presses]
    numbers: Handlers = [*stop, MessageHandler(WORDS, on(broadcast_whom.say_case)), *content[1:]]
    rules: Handlers = [*stop, MessageHandler(WORDS, on(broadcast_series.hear_rule)), *content[1:]]
    compose = [*entry, *content]
    return Dialogue(
        broadcast_draft.NOUN,
        entry=entry,
        steps={
            **dict.fromkeys(("compose", "whom", "when"), compose),
            "time": [*entry, *times],
            "case": [*entry, *numbers],
            "rule": [*entry, *rules],
        },
    )
