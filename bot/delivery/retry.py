"""What to do when a letter could not be sent: a pure decision, taken from what went wrong.

A gateway's answer (5xx with Telegram's own JSON) says that nothing was carried out; only a
connection that broke off, or an answer that cannot be read, leaves it open.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.delivery.transport import NotSentError
from bot.domain.letter import LetterClass

BACKOFF = tuple(timedelta(seconds=n) for n in (1, 5, 25, 60, 120, 300))
MOST_COPIES = 2
GRACE = timedelta(seconds=0.1)  # beyond what Telegram asks for


class Trouble(StrEnum):
    """What went wrong, as far as it matters."""

    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"
    TOO_MANY = "too_many"
    UNCHANGED = "unchanged"
    GONE = "gone"  # the message to be edited is no longer there or too old
    BLOCKED = "blocked"
    REFUSED = "refused"


class Outcome(StrEnum):
    """What becomes of the letter."""

    SENT = "sent"
    RETRY = "retry"
    ANEW = "anew"  # send it as a new message instead of editing
    DEAD = "dead"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do now; `again_at` (UTC) for a retry, `counts` when it may have been a copy."""

    outcome: Outcome
    again_at: datetime | None = None
    counts: bool = False
    blocked: bool = False


_BAD = {
    "message is not modified": Trouble.UNCHANGED,
    "message to edit not found": Trouble.GONE,
    "message can't be edited": Trouble.GONE,
    "message_id_invalid": Trouble.GONE,
}
_GATEWAY = ("bad gateway", "internal server error", "service unavailable", "gateway time")


def classify(error: Exception) -> Trouble:
    """Return what kind of trouble `error` (of PTB) means."""
    text = str(error).lower()
    if isinstance(error, RetryAfter):
        return Trouble.TOO_MANY
    if isinstance(error, Forbidden):
        return Trouble.BLOCKED
    if isinstance(error, BadRequest):
        return next((one for part, one in _BAD.items() if part in text), Trouble.REFUSED)
    if isinstance(error, NotSentError | InvalidToken | Conflict):
        return Trouble.NOT_SENT
    if isinstance(error, NetworkError) and not isinstance(error, TimedOut):
        return Trouble.NOT_SENT if text.startswith(_GATEWAY) else Trouble.UNKNOWN
    return Trouble.UNKNOWN if isinstance(error, TelegramError) else Trouble.REFUSED


def pause_of(error: Exception) -> timedelta:
    """Return how long a 429 asks everybody to wait."""
    asked = getattr(error, "_retry_after", timedelta(seconds=1))
    return (asked if isinstance(asked, timedelta) else timedelta(seconds=asked)) + GRACE


def decide(
    trouble: Trouble,
    letter_class: LetterClass,
    *,
    attempts: int,
    copies: int,
    now: datetime,
    pause: timedelta = GRACE,
) -> Decision:
    """Return what becomes of a letter.

    `attempts` counts all tries before this one, `copies` those that may have arrived. What was
    certainly not sent is tried for ever; what may have arrived, by the letter's class.
    """
    settled = {
        Trouble.UNCHANGED: Decision(Outcome.SENT),
        Trouble.GONE: Decision(Outcome.ANEW),
        Trouble.BLOCKED: Decision(Outcome.DEAD, blocked=True),
        Trouble.REFUSED: Decision(Outcome.DEAD),
        Trouble.TOO_MANY: Decision(Outcome.RETRY, now + pause),
    }
    if trouble in settled:
        return settled[trouble]
    again_at = now + BACKOFF[min(attempts, len(BACKOFF) - 1)]
    if trouble is Trouble.NOT_SENT or letter_class is LetterClass.IDEMPOTENT:
        return Decision(Outcome.RETRY, again_at)
    if letter_class is LetterClass.MUST_ARRIVE and copies + 1 < MOST_COPIES:
        return Decision(Outcome.RETRY, again_at, counts=True)
    return Decision(Outcome.UNKNOWN, counts=True)
