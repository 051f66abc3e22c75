"""Polls: sent anew, sent on from where the one poll stands, closed, taken away."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from telegram.constants import ParseMode, PollType
from telegram.error import BadRequest, TelegramError

from bot.delivery.calls import Calls
from bot.domain.letter import Drawing, Letter, Over

_OVER = "poll has already been closed"
_NOT_THERE = "message to forward not found"


@dataclass(frozen=True, slots=True)
class Shown:
    """The message that shows a poll, and Telegram's number of the poll (of a new one)."""

    message: int
    poll: str = ""


async def show(calls: Calls, letter: Letter, drawing: Drawing, over: int | None) -> Shown:
    """Send the poll, or change the one in the message `over`; raises PTB's TelegramError.

    What is sent on costs no Stars whatever the settings say: Telegram offers no such thing.
    """
    if over is not None and drawing.over is not Over.ANEW:
        return await _change(calls, drawing, letter.chat_id, over)
    common: dict[str, Any] = {
        "chat_id": letter.chat_id,
        "disable_notification": letter.silent or None,
    }
    if drawing.poll_at is None:
        below = {"description": drawing.text, "description_parse_mode": ParseMode.HTML}
        sent = await calls.call("sendPoll", **common, **below, **_asked(drawing))
    else:
        sent = await _send_on(calls, drawing, drawing.poll_at, common)
    try:
        return Shown(int(sent["message_id"]), str(sent.get("poll", {}).get("id", "")))
    except (AttributeError, TypeError, LookupError, ValueError):
        raise TelegramError("Invalid server response") from None


async def _send_on(
    calls: Calls, drawing: Drawing, at: tuple[int, int], common: dict[str, Any]
) -> dict[str, Any]:
    """Send the poll on from where it stands; where its author has deleted it, say so instead."""
    here = {"from_chat_id": at[0], "message_id": at[1]}
    try:
        sent: dict[str, Any] = await calls.call("forwardMessage", **common, **here)
    except BadRequest as error:
        if _NOT_THERE not in str(error).lower() or not drawing.instead:
            raise
        words = {"text": drawing.instead, "parse_mode": ParseMode.HTML}
        sent = await calls.call("sendMessage", **common, **words)
    return sent


async def _change(calls: Calls, drawing: Drawing, chat_id: int, over: int) -> Shown:
    """Take the message away or close its poll; nothing else of a poll can be changed.

    What can no longer be deleted stays: its poll is closed.
    """
    where = {"chat_id": chat_id, "message_id": over}
    if drawing.over is Over.GONE:
        with suppress(BadRequest):
            await calls.call("deleteMessage", **where)
    elif drawing.over is Over.ENDED:
        try:
            await calls.call("stopPoll", **where)
        except BadRequest as error:
            if _OVER not in str(error).lower():
                raise
    return Shown(over)


def _asked(drawing: Drawing) -> dict[str, Any]:
    """Return what is asked; a closed one has no time in which it is open."""
    poll = drawing.poll
    assert poll is not None
    times = {} if poll.closed else {"open_period": poll.seconds, "close_date": poll.until}
    quiz = {
        "correct_option_ids": list(poll.right),
        "explanation": poll.explanation or None,
        "explanation_entities": [dict(one) for one in poll.marks] or None,
    }
    return {
        "question": poll.question,
        "options": [{"text": one} for one in poll.options],
        "type": str(PollType.QUIZ if poll.quiz else PollType.REGULAR),
        "is_anonymous": poll.anonymous,
        "allows_multiple_answers": poll.multiple,
        "allows_revoting": poll.revoting,
        "is_closed": poll.closed or None,
        **(quiz if poll.quiz else {}),
        **times,
    }
