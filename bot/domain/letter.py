"""What Linli says: a notification (kind and facts), its recipient, and the drawing of it.

A letter is stored as kind and facts and drawn only when it is sent. Nothing here knows
Telegram's types, the tables or any language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain.poll import Poll


class LetterClass(StrEnum):
    """How often a letter may be sent when it is unknown whether it has arrived."""

    MUST_ARRIVE = "must_arrive"  # at most two copies ever
    AT_MOST_ONCE = "at_most_once"
    IDEMPOTENT = "idempotent"  # edits, reactions: sent again freely


QUESTIONS = frozenset({"group.place"})  # ask Telegram something, instead of saying it
TELL_BACK = QUESTIONS | {"broadcast.poll"}  # what Telegram answers is told, or that it did not
IDEMPOTENT_KINDS = frozenset({"menu.commands"}) | QUESTIONS  # sent again, they do no harm
EDITS_ONLY = frozenset(  # not worth a message when theirs is gone
    {
        *("common.card_moved", "privacy.case_gone"),
        *("broadcast.corrected", "broadcast.recalled", "broadcast.poll_end"),
        "survey.ended",
    }
)
SECRET_KINDS = frozenset(  # no row is kept of them once they have gone: how many tells the way
    {
        *("survey.secret", "survey.line_kept", "survey.left_open", "survey.ended"),
        *("refusal.survey_number", "refusal.survey_free_words", "refusal.survey_picture"),
    }
)
AT_MOST_ONCE_KINDS = frozenset({"broadcast.letter", "case.thanks"})


def class_of(kind: str, *, edits: bool) -> LetterClass:
    """Return the class of a letter of `kind`; `edits` says that it redraws a known message."""
    if edits or kind in IDEMPOTENT_KINDS:
        return LetterClass.IDEMPOTENT
    return LetterClass.AT_MOST_ONCE if kind in AT_MOST_ONCE_KINDS else LetterClass.MUST_ARRIVE


@dataclass(frozen=True, slots=True)
class Recipient:
    """One chat to speak to. `chat_id` of a private chat is the person's Telegram id."""

    community_id: int
    chat_id: int
    language: str
    large: bool = False  # short lines, one button a row
    topic: int | None = None  # of a group with topics


@dataclass(frozen=True, slots=True)
class Notification:
    """What is to be said: a kind (a key of the texts) and its facts, JSON only."""

    kind: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Letter:
    """A row of the outbox as delivery sees it."""

    id: int
    community_id: int
    chat_id: int
    language: str
    kind: str
    facts: Mapping[str, Any]
    letter_class: LetterClass
    silent: bool
    due_at: datetime
    attempts: int  # tries so far
    copies: int = 0  # of those, the ones that may have arrived
    card_id: int | None = None  # the live card that this letter draws or redraws
    message_id: int | None = None  # redraw this very message (a press on an old one)
    reply_to: int | None = None
    large: bool = False
    topic: int | None = None
    bulk: bool = False  # says the same to many


class Over(StrEnum):
    """How a letter changes the message that it redraws."""

    ANEW = "anew"  # what has pictures is sent anew
    WORDS = "words"  # the text, or the words below its one picture
    ENDED = "ended"  # its poll is closed
    GONE = "gone"  # it is deleted; where that is no longer possible its text is changed


@dataclass(frozen=True, slots=True)
class Button:
    """A button below a message: a label and up to 64 bytes of data."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A page to put on file, or to hang up where people pass by, in plain words."""

    name: str  # of the file, without its ending
    title: str
    lines: tuple[str, ...]
    foot: str = ""
    hangs: bool = False  # read from afar: as large as the words allow
    photos: tuple[str, ...] = ()  # file ids


class FigureFile(StrEnum):
    """What is made of the figures of a period, whose two days stand in the facts of the letter."""

    CHARTS = "charts"
    TREND = "trend"
    WORKBOOK = "workbook"


class EventFile(StrEnum):
    """An entry for somebody's own calendar; the facts of the letter say of what and when."""

    SHIFT = "shift"


class MeetingFile(StrEnum):
    """What is made of a meeting, whose id stands in the facts of the letter."""

    ENTRY = "entry"  # for somebody's own calendar
    PACK = "pack"
    WORD = "word"  # the minutes, to be edited
    PAGE = "page"  # the minutes, to be printed


class SurveyFile(StrEnum):
    """What is made of the answers to a survey, whose id stands in the facts of the letter."""

    CHARTS = "charts"
    WORKBOOK = "workbook"


class PersonFile(StrEnum):
    """What is made of all that is kept of whom the letter is for."""

    EVERYTHING = "everything"


Makes = Paper | FigureFile | EventFile | MeetingFile | SurveyFile | PersonFile


@dataclass(frozen=True, slots=True)
class Drawing:
    """A letter as it will be seen: HTML text, buttons below it, keyboard, pictures above."""

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    keyboard: tuple[tuple[str, ...], ...] = ()  # the persistent keyboard of words
    placeholder: str = ""
    photos: tuple[str, ...] = ()  # file ids; one is a photo, more are an album
    file: tuple[str, str] | None = None  # voice, video, document or location, and its file id
    commands: tuple[tuple[str, str], ...] = ()  # sets the menu of the chat, and says nothing
    makes: Makes | None = None  # files that are made when it goes out
    instead: str = ""  # said where those cannot be made; the text itself when empty
    together: bool = False  # one picture or file, its words and the buttons are one message
    over: Over = Over.ANEW
    poll: Poll | None = None  # with the text below its question
    poll_at: tuple[int, int] | None = None  # chat and message: that very poll is sent on
    asks_for: int | None = None  # whose place in the group is asked for; says nothing


@dataclass(frozen=True, slots=True)
class Toast:
    """The answer to a press; best effort, never stored."""

    callback_id: str
    text: str = ""
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Reaction:
    """An emoji on a person's own message; best effort, never stored."""

    chat_id: int
    message_id: int
    emoji: str


Immediate = Toast | Reaction
