"""What is done about a letter that could not be sent: the whole table, and Telegram's own words."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.delivery.retry import (
    BACKOFF,
    Decision,
    Outcome,
    Trouble,
    classify,
    decide,
    may_be_repeated,
    pause_of,
)
from bot.delivery.telegram import HalfSentError
from bot.delivery.transport import NotSentError, SlowDownError
from bot.domain.letter import LetterClass

NOW = datetime(2026, 11, 17, 1, 10, tzinfo=UTC)
MUST, ONCE, IDEM = LetterClass.MUST_ARRIVE, LetterClass.AT_MOST_ONCE, LetterClass.IDEMPOTENT


def decided(trouble: Trouble, of: LetterClass, **given: Any) -> Decision:
    usual: dict[str, Any] = {"tries": 0, "copies": 0, "now": NOW}
    return decide(trouble, of, **usual | given)


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (NotSentError("No connection (ClientConnectorError)"), Trouble.NOT_SENT),
        (NotSentError("Bad Gateway"), Trouble.NOT_SENT),
        (NetworkError("Connection broke off (ServerDisconnectedError)"), Trouble.UNKNOWN),
        (NetworkError("Bad Gateway (502). Parsing the server response failed"), Trouble.UNKNOWN),
        (TimedOut(), Trouble.UNKNOWN),
        (TelegramError("Invalid server response"), Trouble.UNKNOWN),  # a 200 cut short
        (HalfSentError("Only a part was sent (BadRequest)"), Trouble.UNKNOWN),
        (SlowDownError(timedelta(seconds=3)), Trouble.TOO_MANY),
        (NetworkError("Too Many Requests"), Trouble.TOO_MANY),
        (
            BadRequest("Message is not modified: specified new message content and reply markup"),
            Trouble.UNCHANGED,
        ),
        (BadRequest("Message to edit not found"), Trouble.GONE),
        (BadRequest("Message can't be edited"), Trouble.GONE),
        (BadRequest("There is no text in the message to edit"), Trouble.GONE),
        (BadRequest("Chat not found"), Trouble.REFUSED),
        (BadRequest("Can't parse entities: unsupported start tag"), Trouble.REFUSED),
        (BadRequest("Button_data_invalid"), Trouble.REFUSED),
        (ChatMigrated(-1001), Trouble.REFUSED),
        (Forbidden("Forbidden: bot was blocked by the user"), Trouble.BLOCKED),
        (Forbidden("Forbidden: user is deactivated"), Trouble.DELETED),
        (Forbidden("Forbidden: bot was kicked from the group chat"), Trouble.BLOCKED),
        (InvalidToken("Not Found"), Trouble.NOT_SENT),
        (Conflict("terminated by other getUpdates request"), Trouble.NOT_SENT),
        (ValueError("message is not modified"), Trouble.REFUSED),  # a defect of ours
    ],
)
def test_every_error_is_known_for_what_it_means(error: Exception, trouble: Trouble) -> None:
    assert classify(error) is trouble


@pytest.mark.parametrize("letter_class", LetterClass)
def test_what_was_not_sent_is_tried_for_ever(letter_class: LetterClass) -> None:
    waits = []
    for tries in range(100):
        decision = decided(Trouble.NOT_SENT, letter_class, tries=tries)
        assert (decision.outcome, decision.counts) == (Outcome.RETRY, False)
        assert decision.again_at is not None
        waits.append(decision.again_at - NOW)
    assert [wait.total_seconds() for wait in waits[:7]] == [1, 5, 25, 60, 120, 300, 300]
    assert max(waits) == BACKOFF[-1]


def test_what_may_have_arrived_goes_by_class() -> None:
    again = decided(Trouble.UNKNOWN, MUST)
    assert (again.outcome, again.counts) == (Outcome.RETRY, True)
    assert decided(Trouble.UNKNOWN, MUST, copies=1).outcome is Outcome.UNKNOWN
    assert decided(Trouble.UNKNOWN, ONCE).outcome is Outcome.UNKNOWN
    assert decided(Trouble.UNKNOWN, IDEM, copies=50, tries=50).outcome is Outcome.RETRY


def test_many_failures_that_sent_nothing_leave_the_second_copy_in_hand() -> None:
    assert decided(Trouble.UNKNOWN, MUST, tries=70).outcome is Outcome.RETRY


@pytest.mark.parametrize(
    ("letter_class", "copies", "again"),
    [(MUST, 0, True), (MUST, 1, False), (ONCE, 0, False), (IDEM, 0, True), (IDEM, 9, True)],
)
def test_a_kill_is_an_attempt_of_unknown_fate(
    letter_class: LetterClass, copies: int, *, again: bool
) -> None:
    assert may_be_repeated(letter_class, copies) is again


@pytest.mark.parametrize("letter_class", LetterClass)
def test_the_rest_is_the_same_for_every_class(letter_class: LetterClass) -> None:
    pause = timedelta(seconds=7)
    slowed = decided(Trouble.TOO_MANY, letter_class, pause=pause, tries=9)
    assert slowed == Decision(Outcome.RETRY, NOW + pause)
    assert decided(Trouble.UNCHANGED, letter_class).outcome is Outcome.SENT
    assert decided(Trouble.GONE, letter_class).outcome is Outcome.ANEW
    assert decided(Trouble.REFUSED, letter_class) == Decision(Outcome.DEAD)
    assert decided(Trouble.BLOCKED, letter_class) == Decision(Outcome.DEAD, blocked=True)


def test_a_pause_is_what_telegram_asks_for_and_a_little_more() -> None:
    assert pause_of(SlowDownError(timedelta(seconds=30))) == timedelta(seconds=30.1)
    assert pause_of(NetworkError("Too Many Requests")) == timedelta(seconds=1.1)


@pytest.mark.parametrize("given", [30, timedelta(seconds=30)])
def test_the_pause_of_ptbs_own_error_is_read_without_a_warning(
    given: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # it would warn when it is made
    error = RetryAfter(given)
    monkeypatch.delenv("PTB_TIMEDELTA")
    assert pause_of(error) == timedelta(seconds=30.1)
