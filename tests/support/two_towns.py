"""Two communities in one bot: the same codes and numbers on both sides, a canary in every name.

Whatever reaches a chat of one side is searched for the canaries of the other.
"""

import json
import tomllib
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from bot.domain.case import Status
from bot.domain.press import Press
from bot.services.code import posters
from bot.services.organisation import import_organisation
from bot.services.organisation_file import check_organisation
from storage import group as groups
from storage import person as people
from storage.group import Group
from tests.support.database import START
from tests.support.offline import ORGANISATION, Offline

A_MINUTE = 25  # updates: more would be a flood
BOTH = "青蛙"  # a word in cases of both sides
_NAMED = ("estates", "grids", "buildings", "spots", "companies", "committees", "groups", "teams")


_PUT = text(
    "UPDATE cases SET status = :status, version = version + 1, closed_at = NULL, master = NULL,"
    " handler_id = (SELECT id FROM people WHERE telegram_id = :handler)"
    " WHERE community_id = :side AND number = :number"
)


@dataclass(frozen=True)
class Side:
    """One community, and how its people are numbered."""

    id: int
    mark: str
    shift: int  # of Telegram ids, from those of the example
    group: int
    secrets: set[str] = field(default_factory=set)  # codes, links: beside the mark

    def who(self, telegram_id: int) -> int:
        """Return the account of this side that is like that of the example."""
        return telegram_id + self.shift

    def has(self, chat: int) -> bool:
        """Say whether the chat is one of this side."""
        return chat == self.group or 7_000_000 < chat - self.shift <= 7_000_100


EAST = Side(1, "甲麒", 0, -1001)
WEST = Side(2, "乙麟", 500, -2001)
SIDES = (EAST, WEST)


def other(side: Side) -> Side:
    """Return the side that must not be seen."""
    return WEST if side is EAST else EAST


def _document(side: Side) -> dict[str, Any]:
    """Return the example with a canary in everything that has a name."""
    whole = tomllib.loads(ORGANISATION.read_text("utf-8"))
    mark = side.mark
    community = whole["community"]
    community |= {"name": f"{mark}社区", "street": f"{mark}街", "phone": f"010-{mark}"}
    community["on_duty"] = [side.who(one) for one in community.get("on_duty", ())]
    if side is WEST:
        community["code"] = "west"
    for table in _NAMED:
        for row in whole[table]:
            row["name"] = mark + row["name"]
    for row in (*whole["categories"], *whole["emergencies"], *whole["templates"]):
        row["name"] = {name: (mark + one)[:8] for name, one in row["name"].items()}
    for row in whole["templates"]:
        row["text"] = {name: mark + one for name, one in row["text"].items()}
    for row in whole["people"]:
        row["telegram_id"] = side.who(row["telegram_id"])
        row["name"] = mark + row["name"]
        row["phone"] = f"020-{mark}"
    for row in whole["seats"]:
        row["telegram_id"] = side.who(row["telegram_id"])
        row["title"] = mark + row.get("title", "")
    return whole


async def found(bot: Offline) -> None:
    """Let the bot serve both; each has groups, codes, and cases that began in the same way."""
    async with bot.house.database.begin() as uow:
        for side in SIDES:
            await import_organisation(uow, check_organisation(_document(side), side.mark))
        for one in await people.named(uow, EAST.id, ""):
            people.change(uow, replace(one, name=f"{EAST.mark}{one.name}"))
        for side in SIDES:
            side.secrets.clear()
            side.secrets.update(one.code for one in await posters(uow, side.id))
            for purpose in ("dispatch", "supervise"):
                await groups.bind(uow, Group(side.id, side.group, 0, purpose, 1, START))


@dataclass
class Walk:
    """What was done, by whom; and what reached whose chat."""

    bot: Offline
    pressed: set[str] = field(default_factory=set)  # noun:verb
    real: set[str] = field(default_factory=set)  # of buttons that stood in the chat
    pressers: dict[str, int] = field(default_factory=dict)  # update -> account
    looked_at: int = 0
    faults: list[str] = field(default_factory=list)
    _sent: int = 0

    async def do(self, *updates: dict[str, Any]) -> None:
        """Let updates come in, a minute's worth at a time, and look at what comes of them."""
        for at in range(0, len(updates), A_MINUTE):
            some = updates[at : at + A_MINUTE]
            for one in some:
                press = one.get("callback_query")
                if press is not None:
                    self.pressers[press["id"]] = press["from"]["id"]
                    self._note(press["data"])
            self.bot.clock.instant += timedelta(minutes=1)
            await self.bot.take_in(*some)
            await self.bot.settle()
            self.look()

    async def put(self, side: Side, number: int, status: Status, handler: int) -> None:
        """Let the case stand in `status`, in the hands of the account `handler`."""
        async with self.bot.house.database.begin() as uow:
            await uow.write_now(
                _PUT,
                {"side": side.id, "number": number, "status": status.value, "handler": handler},
            )

    def _note(self, data: str) -> None:
        press = Press.parse(data)
        if press is not None:
            self.pressed.add(f"{press.noun}:{press.verb}")

    def look(self) -> None:
        """Search everything new for canaries of the other side."""
        for letter, drawing in self.bot.phones.sent[self._sent :]:
            shown = repr((drawing, json.dumps(letter.facts, ensure_ascii=False, default=str)))
            self._search(letter.chat_id, letter.kind, shown)
        self._sent = len(self.bot.phones.sent)
        for toast in self.bot.phones.toasts:
            self._search(self.pressers[toast.callback_id], "toast", toast.text)
        self.bot.phones.toasts.clear()
        self.faults += self.bot.defects
        self.bot.defects.clear()

    def _search(self, chat: int, kind: str, shown: str) -> None:
        self.looked_at += 1
        (side,) = [one for one in SIDES if one.has(chat)]
        theirs = other(side)
        if kind.startswith("moving."):  # whoever moves chooses by the names of the communities
            shown = shown.replace(f"{theirs.mark}社区", "")
        found_ = [one for one in (theirs.mark, *theirs.secrets) if one in shown]
        if found_:
            self.faults.append(f"{kind} in chat {chat} shows {found_}: {shown[:300]}")
