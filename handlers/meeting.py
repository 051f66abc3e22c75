"""Meetings in the chat: the list, the answers, topics, words, and changing a single meeting."""

from telegram.ext import BaseHandler, filters

from bot.domain.refusal import Refusal
from bot.services import ahead, invitation, meeting, meeting_list, topic
from handlers import recurrence
from handlers.awaited import hearing, wait
from handlers.context import Context
from handlers.turn import Step, Turn, on_presses
from handlers.words import IN_PRIVATE, WORDS

TOPIC, WORD, OFF, WHY = "topic", "meeting_word", "meeting_off", "agenda_why"  # waited for
LEFT = "meeting.left"  # said to who would rather leave it
NO, OTHER = "no", "other"
OFF_REASONS = ("holiday", "weather", "few", OTHER)
_SPOKEN = WORDS | (IN_PRIVATE & filters.VOICE)


async def command(turn: Turn) -> None:
    """List the meetings."""
    turn.tell("meeting.list", **await meeting_list.listing(turn.uow, turn.who, 0))


async def calendar(turn: Turn) -> None:
    """Show what the person has ahead."""
    turn.tell("meeting.ahead", **await ahead.shown(turn.uow, turn.who))


async def listing(turn: Turn) -> None:
    """Show a page of the meetings."""
    choice = turn.pressed.choice
    page = int(choice) if choice.isascii() and choice.isdecimal() else 0
    turn.redraw("meeting.list", **await meeting_list.listing(turn.uow, turn.who, page))


async def show(turn: Turn) -> None:
    """Show one meeting in a message of its own: an invitation stays what it is."""
    turn.tell("meeting.card", **await meeting_list.show(turn.uow, turn.who, turn.pressed.id))


async def _redraw(turn: Turn, id_: int) -> None:
    turn.redraw("meeting.card", **await meeting_list.show(turn.uow, turn.who, id_))


async def answer(turn: Turn) -> None:
    """Hear whether the person comes."""
    said = turn.pressed.choice
    one = await invitation.take_answer(turn.uow, turn.who, turn.pressed.id, said)
    turn.toast("toast.meeting_answered")
    await _redraw(turn, one.id)
    if said == NO:
        turn.tell("meeting.sorry", **await meeting_list.about(turn.uow, turn.who, one.id))


async def ask_topic(turn: Turn) -> None:
    """Ask for a topic, in words or spoken."""
    wait(turn, TOPIC, str(turn.pressed.id))
    turn.tell("meeting.topic")


async def hear_topic(turn: Turn, about: str) -> None:
    """Take the topic."""
    voice = turn.message.voice if turn.message else None
    spoken = voice.file_id if voice else None
    facts = await topic.propose(turn.uow, turn.who, int(about), turn.words, spoken)
    turn.tell("agenda.received", **facts)


async def ask_word(turn: Turn) -> None:
    """Ask for a word from somebody who cannot come."""
    await meeting_list.about(turn.uow, turn.who, turn.pressed.id)
    wait(turn, WORD, str(turn.pressed.id))
    turn.tell("meeting.word")


async def hear_word(turn: Turn, about: str) -> None:
    """Take it along."""
    await invitation.send_words(turn.uow, turn.who, int(about), turn.words)
    turn.tell("meeting.word_kept")


async def file(turn: Turn) -> None:
    """Hand over the entry for a calendar."""
    turn.tell("meeting.file", **await meeting_list.entry(turn.uow, turn.who, turn.pressed.id))


async def pack(turn: Turn) -> None:
    """Hand over the pack of the quarter."""
    turn.tell("meeting.pack", **await meeting_list.pack(turn.uow, turn.who, turn.pressed.id))


# --- organizers -------------------------------------------------------------------------


async def pick(turn: Turn) -> None:
    """Ask for another day and time, and hold the meeting then."""
    asked = turn.pressed
    await meeting.to_change(turn.uow, turn.who, asked.id, asked.version, "move")
    at = await recurrence.pick(turn, "meeting")
    if at is not None:
        await meeting.move(turn.uow, turn.who, asked.id, asked.version, at)
        turn.toast("toast.meeting_moved")
        await _redraw(turn, asked.id)


async def back(turn: Turn) -> None:
    """Leave the meeting as it is."""
    await _redraw(turn, turn.pressed.id)


async def ask_off(turn: Turn) -> None:
    """Ask why it is called off."""
    asked = turn.pressed
    await meeting.to_change(turn.uow, turn.who, asked.id, asked.version, "cancel")
    facts = await meeting_list.about(turn.uow, turn.who, asked.id)
    turn.redraw("meeting.off_why", **facts, reasons=list(OFF_REASONS))


async def call_off(turn: Turn) -> None:
    """Call it off for the reason; one that is typed is waited for."""
    asked = turn.pressed
    if asked.choice not in OFF_REASONS:
        raise Refusal("toast.stale")
    if asked.choice == OTHER:
        await meeting.to_change(turn.uow, turn.who, asked.id, asked.version, "cancel")
        wait(turn, OFF, f"{asked.id} {asked.version}")
        turn.tell("meeting.off_write")
        return
    await meeting.cancel(turn.uow, turn.who, asked.id, asked.version, asked.choice)
    turn.toast("toast.meeting_cancelled")
    await _redraw(turn, asked.id)


async def hear_off(turn: Turn, about: str) -> None:
    """Take the reason in words."""
    id_, _, version = about.partition(" ")
    await meeting.cancel(turn.uow, turn.who, int(id_), int(version), turn.words)
    turn.tell("meeting.card", **await meeting_list.show(turn.uow, turn.who, int(id_)))


# --- topics: the secretary decides ------------------------------------------------------


async def accept(turn: Turn) -> None:
    """Let a topic come onto the agenda."""
    await topic.accept(turn.uow, turn.who, turn.pressed.id)
    turn.redraw("agenda.decided")


async def later(turn: Turn) -> None:
    """Ask why it is not on this time."""
    await _ask_why(turn, later=True)


async def refuse(turn: Turn) -> None:
    """Ask why it is not on at all."""
    await _ask_why(turn, later=False)


async def _ask_why(turn: Turn, *, later: bool) -> None:
    facts = await topic.to_show(turn.uow, turn.who, turn.pressed.id)
    turn.redraw("agenda.reason", **facts, reasons=list(topic.REASONS), later=later)


async def why_later(turn: Turn) -> None:
    """Keep it for the next meeting, with a reason."""
    await _why(turn, later=True)


async def why_not(turn: Turn) -> None:
    """Say no, with a reason."""
    await _why(turn, later=False)


async def _why(turn: Turn, *, later: bool) -> None:
    asked = turn.pressed
    if asked.choice not in topic.REASONS:
        raise Refusal("toast.stale")
    if asked.choice == OTHER:
        await topic.to_decide(turn.uow, turn.who, asked.id)
        wait(turn, WHY, f"{asked.id} {'later' if later else 'not'}")
        turn.tell("agenda.write")
        return
    await topic.refuse(turn.uow, turn.who, asked.id, asked.choice, later=later)
    turn.redraw("agenda.decided")


async def hear_why(turn: Turn, about: str) -> None:
    """Take the reason in words."""
    id_, _, which = about.partition(" ")
    await topic.refuse(turn.uow, turn.who, int(id_), turn.words, later=which == "later")
    turn.tell("agenda.decided")


async def show_topic(turn: Turn) -> None:
    """Show the topic that waits for a decision."""
    facts = await topic.to_show(turn.uow, turn.who, turn.pressed.id)
    turn.redraw("agenda.proposed", **facts)


def handlers() -> list[BaseHandler[None, Context, object]]:
    """Return the handlers of these buttons and of the words that they ask for."""
    everybody: dict[str, Step] = {
        "list": listing,
        "show": show,
        "answer": answer,
        "topic": ask_topic,
        "word": ask_word,
        "file": file,
    }
    organizers: dict[str, Step] = {
        "pack": pack,
        "pick": pick,
        "back": back,
        "off": ask_off,
        "off_for": call_off,
    }
    topics: dict[str, Step] = {
        "accept": accept,
        "later": later,
        "refuse": refuse,
        "why_later": why_later,
        "why_not": why_not,
        "show": show_topic,
    }
    return [
        on_presses("meeting", {**everybody, **organizers}),
        on_presses("agenda", topics),
        hearing(TOPIC, LEFT, hear_topic, _SPOKEN),
        hearing(WORD, LEFT, hear_word),
        hearing(OFF, LEFT, hear_off),
        hearing(WHY, LEFT, hear_why),
    ]
