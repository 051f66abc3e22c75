"""Polls of notices: what one asks, how its votes stand, and a kind answer to any other poll."""

from typing import Any

from telegram import Update
from telegram.constants import PollType
from telegram.ext import BaseHandler, PollHandler

from bot.domain.broadcast import SENDERS
from bot.domain.poll import Poll
from bot.domain.refusal import Refusal
from bot.services import broadcast_poll
from handlers.context import Context
from handlers.turn import Turn


def poll_in(turn: Turn) -> Poll:
    """Return what the poll of a message asks; raises Refusal for one that cannot be sent on."""
    if turn.message is None or turn.message.poll is None:
        raise LookupError("there is no poll in the message")
    # Asked of its JSON: the types of the attributes are changing.
    held = turn.message.poll.to_dict()
    options = held["options"]
    if "media" in held or "explanation_media" in held or any("media" in one for one in options):
        raise Refusal("refusal.poll_with_media")
    quiz = held["type"] == PollType.QUIZ
    right = tuple(held.get("correct_option_ids", ()))
    if quiz and not right:  # forwarded: Telegram does not tell
        raise Refusal("refusal.quiz_unknown")
    return Poll(
        question=held["question"],
        options=tuple(one["text"] for one in options),
        quiz=quiz,
        anonymous=held["is_anonymous"],
        multiple=held["allows_multiple_answers"],
        revoting=held.get("allows_revoting", not quiz),
        right=right,
        explanation=held.get("explanation", "") if quiz else "",
        marks=tuple(held.get("explanation_entities", ())) if quiz else (),
        seconds=_whole(held.get("open_period")),
        until=None if "open_period" in held else _whole(held.get("close_date")),
    )


def _whole(number: Any) -> int | None:
    return None if number is None else int(number)


async def count(update: Update, context: Context) -> None:
    """Keep how the votes of a poll stand; nobody is named in what Telegram tells."""
    poll = update.poll
    if poll is None:
        return
    counts = [one.voter_count for one in poll.options]
    voters, closed = poll.total_voter_count, poll.is_closed
    await broadcast_poll.count(context.uow, poll.id, counts, voters, closed=closed)


async def elsewhere(turn: Turn) -> None:
    """Say what a poll is good for, to who sends one out of the blue."""
    may_send = turn.who.holds_somewhere(*SENDERS)
    turn.tell("broadcast.poll_elsewhere" if may_send else "broadcast.poll_of_resident")


def votes() -> BaseHandler[Any, Context, Any]:
    """Return what hears of votes."""
    return PollHandler(count)
