"""What to do when a letter could not be sent: a pure decision, taken from what went wrong.

What was certainly not carried out is tried for ever, at least every five minutes, so that
nothing is lost while Telegram is away. A gateway's refusal counts as that, too: a 5xx in
Telegram's own JSON (`{"ok": false, "error_code": 502, ...}`) says that the request was not
carried out, and a must-arrive letter must outlive hours of it. Only a connection that broke
off, a time-out or an answer that cannot be read leaves open whether the letter went out.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
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
    DELETED = "deleted"  # the account is no longer there
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
    """What to do now; `again_at` (UTC) for a retry, `counts` when a copy may have arrived."""

    outcome: Outcome
    again_at: datetime | None = None
    counts: bool = False
    blocked: bool = False


# Telegram's words, which PTB hands over with a capital letter of its own.
_BAD = {
    "message is not modified": Trouble.UNCHANGED,
    "message to edit not found": Trouble.GONE,
    "message can't be edited": Trouble.GONE,
    "message_id_invalid": Trouble.GONE,
    "there is no text in the message to edit": Trouble.GONE,
    "too many requests": Trouble.TOO_MANY,
    "user is deactivated": Trouble.DELETED,
    "message thread not found": Trouble.BLOCKED,  # the topic of a group was deleted
}
_KINDS: tuple[tuple[type[TelegramError] | tuple[type[TelegramError], ...], Trouble], ...] = (
    (RetryAfter, Trouble.TOO_MANY),
    (Forbidden, Trouble.BLOCKED),
    ((NotSentError, InvalidToken, Conflict), Trouble.NOT_SENT),
    ((BadRequest, ChatMigrated, EndPointNotFound), Trouble.REFUSED),
    (TelegramError, Trouble.UNKNOWN),
)


def classify(error: Exception) -> Trouble:
    """Return what kind of trouble `error` means; one that is not PTB's is a refusal of ours."""
    text = str(error).lower()
    if isinstance(error, TelegramError):
        for part, trouble in _BAD.items():
            if part in text:
                return trouble
    return next((one for kind, one in _KINDS if isinstance(error, kind)), Trouble.REFUSED)


def pause_of(error: Exception) -> timedelta:
    """Return how long a 429 asks everybody to wait; PTB gives seconds or a timedelta."""
    # The public attribute of PTB's own class warns when it is read, the private one is exact.
    asked = getattr(error, "_retry_after", timedelta(seconds=1))
    return (asked if isinstance(asked, timedelta) else timedelta(seconds=asked)) + GRACE


def decide(
    trouble: Trouble,
    letter_class: LetterClass,
    *,
    tries: int,
    copies: int,
    now: datetime,
    pause: timedelta = GRACE,
) -> Decision:
    """Return what becomes of a letter at `now` (UTC).

    `tries` counts the failures before this one, `copies` those that may have arrived. `pause`
    is what a 429 asks for; it is nobody's failure and does not count.
    """
    settled = {
        Trouble.UNCHANGED: Decision(Outcome.SENT),
        Trouble.GONE: Decision(Outcome.ANEW),
        Trouble.BLOCKED: Decision(Outcome.DEAD, blocked=True),
        Trouble.DELETED: Decision(Outcome.DEAD, blocked=True),
        Trouble.REFUSED: Decision(Outcome.DEAD),
        Trouble.TOO_MANY: Decision(Outcome.RETRY, now + pause),
    }
    if trouble in settled:
        return settled[trouble]
    again_at = now + BACKOFF[min(tries, len(BACKOFF) - 1)]
    if trouble is Trouble.NOT_SENT:
        return Decision(Outcome.RETRY, again_at)
    if may_be_repeated(letter_class, copies):
        return Decision(Outcome.RETRY, again_at, counts=True)
    return Decision(Outcome.UNKNOWN, counts=True)


def is_spent(letter_class: LetterClass, copies: int) -> bool:
    """Say whether as many copies may have arrived already as there may ever be."""
    most = {LetterClass.MUST_ARRIVE: MOST_COPIES, LetterClass.AT_MOST_ONCE: 1}
    return letter_class in most and copies >= most[letter_class]


def may_be_repeated(letter_class: LetterClass, copies: int) -> bool:
    """Say whether a letter may be sent again after an attempt whose fate is unknown.

    `copies` may have arrived before that attempt.
    """
    if letter_class is LetterClass.MUST_ARRIVE:
        return copies + 1 < MOST_COPIES
    return letter_class is LetterClass.IDEMPOTENT
