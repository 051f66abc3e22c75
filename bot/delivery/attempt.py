"""One attempt at one letter: drawn, sent, and what became of it. Knows no table and no order."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.clock import Clock
from bot.delivery.pace import Pacer
from bot.delivery.retry import (
    Outcome,
    Trouble,
    classify,
    decide,
    is_spent,
    may_be_repeated,
    pause_of,
)
from bot.delivery.telegram import Sender
from bot.domain.letter import EDITS_ONLY, Drawing, Letter
from bot.logging import log
from storage import outbox
from storage.outbox import Going, Result

Render = Callable[[Letter, datetime], Drawing]

_STATUS = {
    Outcome.SENT: outbox.SENT,
    Outcome.RETRY: outbox.QUEUED,
    Outcome.ANEW: outbox.QUEUED,
    Outcome.DEAD: outbox.DEAD,
    Outcome.UNKNOWN: outbox.UNKNOWN,
}
_log = log("delivery")


async def attempt(
    going: Going, sender: Sender, render: Render, clock: Clock, pacer: Pacer
) -> Result:
    """Draw the letter as it is now and send it; never raises but for being cancelled."""
    letter, now = going.letter, clock.now()
    if is_spent(going.letter_class, letter.copies):  # earlier drawings of the card, all lost
        return Result(
            going, outbox.UNKNOWN, now, letter.attempts, letter.copies, error="copies are spent"
        )
    try:
        drawing = render(letter, now)
    except Exception as error:  # noqa: BLE001 - one letter must not stop the others
        _log.error("a letter cannot be drawn", letter=letter.id, kind=letter.kind,
                   exc_info=error)  # fmt: skip
        return Result(
            going, outbox.DEAD, now, letter.attempts, letter.copies, error="cannot be drawn"
        )
    try:
        if drawing.asks_for is not None:
            reply = await sender.ask_place(letter.chat_id, drawing.asks_for)
            return replace(_sent(going, 0, clock.now()), reply=reply)
        if drawing.poll is not None:
            shown = await sender.send_poll(letter, drawing, going.over)
            sent = _sent(going, shown.message, clock.now())
            return replace(sent, reply={"message": shown.message, "poll": shown.poll})
        shown_by = await sender.send(letter, drawing, going.over)
    except Exception as error:  # noqa: BLE001 - whatever it was, it is this letter's
        return _failed(going, error, clock.now(), pacer)
    return _sent(going, shown_by, clock.now())


def after_kill(going: Going) -> Result:
    """Return what becomes of a letter that was in flight when the process was ended."""
    letter = going.letter
    again = may_be_repeated(going.letter_class, letter.copies)
    return Result(
        going,
        outbox.QUEUED if again else outbox.UNKNOWN,
        letter.due_at,  # as before: so it stays ahead of the later letters of its chat
        letter.attempts + 1,
        letter.copies + 1,
        error="killed in flight",
    )


def _sent(going: Going, shown_by: int | None, now: datetime) -> Result:
    letter = going.letter
    return Result(
        going,
        outbox.SENT,
        letter.due_at,
        letter.attempts + 1,
        letter.copies + 1,
        message_id=shown_by,
        sent_at=now,
    )


def _failed(going: Going, error: Exception, now: datetime, pacer: Pacer) -> Result:
    letter, trouble = going.letter, classify(error)
    if trouble is Trouble.GONE and going.over is None:
        trouble = Trouble.REFUSED  # there was nothing to edit
    elif trouble is Trouble.GONE and letter.kind in EDITS_ONLY:
        trouble = Trouble.UNCHANGED  # what was to disappear is gone
    pause = pause_of(error)
    if trouble is Trouble.TOO_MANY:
        pacer.halt(pause.total_seconds())
    decision = decide(
        trouble,
        going.letter_class,
        tries=letter.attempts,
        copies=letter.copies,
        now=now,
        pause=pause,
    )
    if decision.outcome is Outcome.SENT:
        return _sent(going, going.over, now)
    anew = decision.outcome is Outcome.ANEW
    return Result(
        going,
        _STATUS[decision.outcome],
        decision.again_at or letter.due_at,
        letter.attempts + (trouble is not Trouble.TOO_MANY),
        0 if anew else letter.copies + decision.counts,  # edits that came through are no copies
        anew=anew,
        error=f"{trouble}: {type(error).__name__}",
        blocked=decision.blocked,
    )
