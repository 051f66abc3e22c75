"""A neighbourhood in a sandbox, so that a story reads as a chat: who sends, who sees, who presses.

Whoever acts waits until the bot has nothing left to do; `sees` looks at what was shown or
changed since somebody last acted. Times are those of the sandbox's clock.
"""

import base64
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from tests.support.sandbox import ROOT, Refused, Sandbox

Message = dict[str, Any]
_LIGHT = ROOT / "bot" / "sandbox" / "samples" / "light.jpg"
POLLING = "getUpdates"
PATIENCE = 30.0  # seconds of real time


def picture(number: int) -> str:
    """Return a picture of its own for each number, as base64."""
    return base64.b64encode(_LIGHT.read_bytes() + bytes([number])).decode()


def labels(message: Message) -> list[str]:
    """Return the labels of the buttons on a message."""
    return [button["label"] for row in message["buttons"] for button in row]


class Neighbour:
    """One person with a phone, in the private chat or (`enters`) in a group."""

    def __init__(self, town: "Town", id_: int, name: str) -> None:
        self.town, self.id, self.name = town, id_, name
        self.mark = 0  # what came after it is new
        self.room, self.topic = id_, ""

    def enters(self, title: str, topic: str = "") -> "Neighbour":
        """Return the same person with a group open, or one topic of it."""
        return self.town.inside(self, title, topic)

    def chat(self, after: int = 0) -> dict[str, Any]:
        """Return what stands in the open chat, or changed after `after`; of a topic, only that."""
        chat = self.town.sandbox.chat(self.room, after)
        if self.topic:
            (id_,) = [one["id"] for one in chat["topics"] if one["name"] == self.topic]
            chat["messages"] = [one for one in chat["messages"] if one["topic"] == id_]
        return chat

    def hand_in(self, **content: Any) -> list[int]:
        """Send something without waiting for the bot; return the ids of the messages."""
        if self.room != self.id:
            content = {"chat": self.room} | ({"topic": self.topic} if self.topic else {}) | content
        said = self.town.sandbox.post("/sim/message", from_=self.id, **content)
        sent: list[int] = said["message_ids"]
        return sent

    def sends(self, text: str = "", **content: Any) -> list[int]:
        """Send a text, or what `content` names; return the ids of the messages."""
        given = content | ({"text": text} if text else {})
        with self.town.acting():
            return self.hand_in(**given)

    def push(self, label: str, message: Message | None = None) -> None:
        """Press a button without waiting for the bot; the newest message with it, if not said."""
        where = message or self.with_button(label)
        self.town.sandbox.post(
            "/sim/press",
            from_=self.id,
            message_id=where["message_id"],
            label=label,
            chat=self.room,
        )

    def presses(self, label: str, message: Message | None = None) -> None:
        """Press a button."""
        with self.town.acting():
            self.push(label, message)

    def votes(self, *options: int) -> None:
        """Vote in the newest poll that the bot has sent; no option takes the vote back."""
        polls = [one for one in self.shown() if one["poll"]]
        said = {"message_id": polls[-1]["message_id"], "options": list(options), "chat": self.room}
        with self.town.acting():
            self.town.sandbox.post("/sim/vote", from_=self.id, **said)

    def deletes(self, message: Message) -> None:
        """Delete a message of the private chat."""
        self.town.sandbox.post("/sim/delete", from_=self.id, message_id=message["message_id"])

    def with_button(self, label: str) -> Message:
        """Return the newest message that has the button."""
        found = [one for one in self.shown() if label in labels(one)]
        assert found, f"{self.name} has no button {label}:\n{self.transcript()}"
        return found[-1]

    def shown(self, after: int = 0) -> list[Message]:
        """Return what the bot shows in the chat now, or has shown or changed after `after`."""
        messages = self.chat(after)["messages"]
        return [one for one in messages if one["from"] == "bot" and not one["deleted"]]

    def news(self) -> list[Message]:
        """Return what the bot has shown or changed since somebody last acted."""
        return self.shown(self.mark)

    def sees(self, *pieces: str) -> Message:
        """Hold that one message shown or changed since has all the pieces; return it."""
        found = [one for one in self.news() if all(piece in one["text"] for piece in pieces)]
        assert found, f"{self.name} does not see {pieces}:\n{self.transcript()}"
        return found[-1]

    def sees_nothing(self) -> None:
        """Hold that nothing was shown or changed."""
        assert not self.news(), f"{self.name} sees something:\n{self.transcript()}"

    def comes_to_have(self, *pieces: str) -> list[Message]:
        """Look again and again until a message has all the pieces; for a bot that is never idle."""
        deadline = time.monotonic() + PATIENCE
        while not (found := self.has(*pieces)):
            assert time.monotonic() < deadline, f"{pieces} never came:\n{self.transcript()}"
            time.sleep(0.02)
        return found

    def has(self, *pieces: str) -> list[Message]:
        """Return all messages that stand in the chat now with all the pieces."""
        return [one for one in self.shown() if all(piece in one["text"] for piece in pieces)]

    def toasts(self) -> list[str]:
        """Return what flashed over the chat since somebody last acted."""
        return [one["text"] for one in self.chat(self.mark)["toasts"]]

    def transcript(self) -> str:
        """Return the chat as lines, what is new with a star."""
        chat = self.chat()
        lines = [
            f"{'*' if one['seq'] > self.mark else ' '} [{one['message_id']}] {one['from']}:"
            f" {one['text']!r} {labels(one)}{' deleted' if one['deleted'] else ''}"
            for one in chat["messages"]
        ]
        return "\n".join([*lines, *(f"  toast {one['text']!r}" for one in chat["toasts"])])


class Town:
    """The neighbourhood of one sandbox."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self._known: dict[str, Neighbour] = {}

    def person(self, name: str) -> Neighbour:
        """Return somebody whom the organisation file names."""
        if name not in self._known:
            found = next(one for one in self.sandbox.people() if one["name"] == name)
            self._known[name] = Neighbour(self, found["id"], name)
        return self._known[name]

    def inside(self, who: Neighbour, title: str, topic: str = "") -> Neighbour:
        """Return somebody with a group open, or one topic of it."""
        key = f"{who.name} in {title} {topic}"
        if key not in self._known:
            groups = self.sandbox.get("/sim/groups")
            self._known[key] = Neighbour(self, who.id, who.name)
            self._known[key].room = next(one["id"] for one in groups if one["title"] == title)
            self._known[key].topic = topic
        return self._known[key]

    def people(self, *names: str) -> tuple[Neighbour, ...]:
        """Return several of them."""
        return tuple(self.person(name) for name in names)

    def newcomer(self, name: str, **more: Any) -> Neighbour:
        """Return somebody who has just moved in."""
        made = self.sandbox.post("/sim/people", name=name, **more)
        self._known[name] = Neighbour(self, made["id"], name)
        return self._known[name]

    @contextmanager
    def acting(self) -> Iterator[None]:
        """From here on things are new; at the end wait until the bot is done."""
        for one in self._known.values():
            one.mark = one.chat(one.mark)["seq"]
        yield
        self.sandbox.settle()

    @contextmanager
    def all_at_once(self) -> Iterator[None]:
        """What is done within comes to the bot in one go: until then it fetches nothing."""
        self.fault(method=POLLING, status=502, times=-1)
        with self.acting():
            yield
            self.mend()

    def fault(self, **order: Any) -> None:
        """Let Telegram fail, as docs/sandbox.md says."""
        self.sandbox.post("/sim/faults", **order)

    def mend(self) -> None:
        """Let Telegram work again."""
        self.sandbox.call("DELETE", "/sim/faults")

    def block(self, who: Neighbour) -> None:
        """Let somebody block the bot."""
        with self.acting():
            self.sandbox.post("/sim/block", from_=who.id)

    def unblock(self, who: Neighbour) -> None:
        """Let somebody take the bot back."""
        with self.acting():
            self.sandbox.post("/sim/unblock", from_=who.id)

    def kill_bot(self) -> None:
        """End the bot with SIGKILL, wherever it is."""
        self.sandbox.post("/sim/bot", action="kill")

    def start_bot(self) -> None:
        """Start the bot and wait until it serves and is done with what was left."""
        self.sandbox.post("/sim/bot", action="start")
        self.sandbox.settle()

    def restart_bot(self) -> None:
        """Kill the bot and start it again."""
        self.kill_bot()
        self.start_bot()

    @property
    def now(self) -> datetime:
        """What time it is in the neighbourhood."""
        return datetime.fromisoformat(self.sandbox.get("/sim/clock")["now"])

    def wait(self, span: str) -> None:
        """Let time pass, with all that falls due meanwhile."""
        with self.acting():
            self.sandbox.post("/sim/clock", advance=span)

    def until(self, happens: Callable[[], bool]) -> None:
        """Look again and again until something has happened that nobody can be asked about."""
        deadline = time.monotonic() + PATIENCE
        while not happens():
            assert time.monotonic() < deadline, "it never happened"
            time.sleep(0.02)

    def calls(self, method: str, after: int = 0) -> list[dict[str, Any]]:
        """Return the Bot API calls of a method since the sandbox was last reset."""
        found: list[dict[str, Any]] = self.sandbox.get(f"/sim/calls?method={method}&after={after}")
        return found

    def sent_to(self, who: Neighbour, piece: str) -> list[dict[str, Any]]:
        """Return the calls that put a message with `piece` into somebody's chat, carried out."""
        return [
            call
            for call in self.calls("sendMessage")
            if str(call["parameters"]["chat_id"]) == str(who.id)
            and piece in call["parameters"]["text"]
            and call["status"] == 200
        ]

    def begin(self) -> None:
        """Begin a story: seed, clock and faults as at the start, and a bot that serves."""
        self.mend()
        if self.sandbox.get("/sim/bot")["bot"] == "down":
            self.start_bot()
        self.sandbox.reset()
        self._known.clear()


def refusal(act: Any, *given: Any) -> str:
    """Return the sentence with which the sandbox refuses what somebody tries."""
    try:
        act(*given)
    except Refused as refused:
        return refused.sentence
    raise AssertionError("it was not refused")
