"""Phones that write down what arrives: when, with whom, about what, and whether it rang."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.letter import Button, Drawing, Letter
from tests.support.offline import Phones, StandingClock

Shown = tuple[int, Button]  # the message, and a button of it
_LATEST = 3  # messages among which somebody looks for what comes next


@dataclass(frozen=True, slots=True)
class Arrival:
    """One letter that somebody was sent; `at` is UTC."""

    at: datetime
    chat: int
    kind: str
    numbers: tuple[int, ...]  # of the cases that it is about
    rings: bool  # a new message with a sound
    edits: bool
    urgent: bool
    answers: bool  # the person has just written or pressed
    others: int  # cases that are asked about after it
    names: frozenset[str]  # of what is counted in it


class Recorder(Phones):
    """Keeps what arrived, and which buttons stand where."""

    def __init__(self, clock: StandingClock) -> None:
        super().__init__()
        self._clock = clock
        self.arrived: list[Arrival] = []
        self.acting: set[int] = set()  # whose message or press is being answered
        self._about: dict[tuple[int, int], dict[int, None]] = defaultdict(dict)
        self._latest: dict[int, list[int]] = defaultdict(list)

    async def send(self, letter: Letter, drawing: Drawing, over: int | None) -> int:
        made = over if over is not None and not drawing.photos else self.next_id()
        self.arrived.append(self._arrival(letter, edits=made == over))
        chat = self.chats.setdefault(letter.chat_id, {})
        chat[made] = drawing
        latest = self._latest[letter.chat_id]
        self._latest[letter.chat_id] = [*(one for one in latest if one != made), made][-_LATEST:]
        for number in {_number(one.data) for row in drawing.buttons for one in row} - {0}:
            known = self._about[letter.chat_id, number]
            known.pop(made, None)
            known[made] = None
        return made

    def _arrival(self, letter: Letter, *, edits: bool) -> Arrival:
        facts = letter.facts
        about = [facts["case"]] if isinstance(facts.get("case"), dict) else facts.get("cases", [])
        held = [one for one in about if isinstance(one, dict)]
        return Arrival(
            *(self._clock.now(), letter.chat_id, letter.kind),
            numbers=tuple(one["number"] for one in held if "number" in one),
            rings=not edits and not letter.silent,
            edits=edits,
            urgent=any(bool(one.get("urgent")) for one in held) or bool(facts.get("urgent")),
            answers=letter.chat_id in self.acting,
            others=int(facts.get("others") or 0),
            names=frozenset(facts.get("counts") or ()),
        )

    def find(self, chat: int, label: str, number: int) -> Shown | None:
        """Return the newest button about a case in a chat whose label begins so."""
        return self._find(chat, label, list(self._about[chat, number]), number)

    def find_next(self, chat: int, label: str) -> Shown | None:
        """Return such a button among the messages that came or changed last, whatever it is of."""
        return self._find(chat, label, self._latest[chat], 0)

    def _find(self, chat: int, label: str, messages: list[int], number: int) -> Shown | None:
        for message in reversed(messages):
            for row in self.chats[chat][message].buttons:
                for one in row:
                    here = number in {0, _number(one.data)}
                    if here and one.label.startswith(label):
                        return message, one
        return None

    def labels(self, chat: int) -> list[str]:
        """Return what can be pressed in the latest messages of a chat."""
        shown: list[Any] = [self.chats[chat][one] for one in self._latest[chat]]
        return [one.label for drawing in shown for row in drawing.buttons for one in row]


def _number(data: str) -> int:
    """Return the number that a button carries, 0 for none."""
    parts = data.split(":")
    return int(parts[3]) if len(parts) > 3 and parts[3].isdigit() else 0
