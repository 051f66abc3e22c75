"""Whatever people do, in whatever order, with kills in between: what must hold holds.

A Hypothesis state machine over the whole bot without Telegram. NEIGHBOURHOOD_EXAMPLES makes it
try more (a night, say); without it the same examples run each time.
"""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Coroutine
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import text as statement
from telegram.error import BadRequest, NetworkError

from bot.domain.role import Role
from storage import person
from tests.support.invariants import broken
from tests.support.offline import Offline, listening, offline
from tests.unit.matrix_room import STRANGER, THEIRS, found_another_community
from tests.unit.test_pictures import png

LI, ZHOU, XIAOLI, NEW, EMMA = 7000001, 7000002, 7000003, 7000004, 7000005
DESK, LIU, CHEN, WANG, SUN, ZHAO = 7000006, 7000007, 7000008, 7000009, 7000010, 7000011
PEOPLE = (LI, ZHOU, XIAOLI, NEW, EMMA, DESK, LIU, CHEN, WANG, SUN, ZHAO, STRANGER, THEIRS)
GROUP = -4001  # of the staff
ELSEWHERE = "别处的灯不亮了"  # in the other community: nobody else may ever read it
SHANGHAI = ZoneInfo("Asia/Shanghai")
REMEMBERED = timedelta(hours=24)  # how long Telegram keeps an update to hand it over again
WORDS = (
    *("3楼灯不亮了", "3号楼2单元电梯停了", "垃圾没人收", "在吗", "楼道有煤气味", "谢谢"),
    *("5号楼1单元", "1", "2", "0", "好了", "没好", "不报了", "/start", "/my", "/todo", "/tasks"),
    *("/help", "/settings", "/cancel", "/nonsense", "修好了", "<b>&", "\u202e倒", "长" * 4000),
    *("📝 报问题", "📋 我的事", "☎ 找人帮忙", "建议装路灯", "明天下午3点", "The light is broken"),
)
FILES: dict[str, bytes | Exception] = {
    "paper": b"%PDF-1.7",
    "iPhone": b"\x00\x00\x00\x18ftypheic",
    "out of reach": NetworkError("no line"),
    "gone": BadRequest("wrong file_id"),
    "picture": png(8, 8),
}
SPANS = (
    *(timedelta(seconds=5), timedelta(minutes=2), timedelta(minutes=11), timedelta(hours=2)),
    *(timedelta(hours=14), timedelta(days=1), timedelta(days=3), timedelta(days=6)),
)
people = st.sampled_from(PEOPLE)
picks = st.integers(min_value=0, max_value=10_000)
_ready: list[Path] = []


def ready() -> Path:
    """Return a folder with the database of a bot that has just been set up."""
    if not _ready:
        folder = Path(tempfile.mkdtemp(prefix="neighbourhood"))

        async def make() -> None:
            async with offline(folder) as bot:
                await found_another_community(bot)
                await bot.take_in(bot.message(THEIRS, ELSEWHERE))
                await bot.settle()
                message_id, button = next(iter(bot.phones.buttons(THEIRS)))
                await bot.take_in(bot.press(THEIRS, message_id, button.data))
                await bot.settle()

        asyncio.run(make())
        _ready.append(folder)
    return _ready[0]


def in_group(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the update as if it had come in the staff's group."""
    held = raw.get("message") or raw["callback_query"]["message"]
    held["chat"] = {"id": GROUP, "type": "group", "title": "工作群"}
    return raw


class Neighbourhood(RuleBasedStateMachine):
    """People, their phones, the clock, kills."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="neighbourhood"))
        shutil.copy(ready() / "linli.db", self.folder / "linli.db")
        self.loop = asyncio.new_event_loop()
        self.bot = Offline(self.folder)
        self.seen: list[str] = []  # what stood on any button at any time
        self.past: list[tuple[datetime, dict[str, Any]]] = []
        self.written: list[dict[str, Any]] = []  # messages of people, as they are now

    def do(self, step: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(step)

    @initialize()
    def begin(self) -> None:
        self.listening = listening()
        self.listening.__enter__()
        self.do(self.bot.start())
        self.bot._update = 1000  # what set it up came before

    def comes(self, *raw: dict[str, Any]) -> None:
        self.past += [(self.bot.clock.now(), one) for one in raw]
        self.written += [one["message"] for one in raw if "text" in one.get("message", {})]
        self.do(self.bot.take_in(*raw))
        self.do(self.bot.settle())

    @rule(who=people, text=st.sampled_from(WORDS))
    def says(self, who: int, text: str) -> None:
        entities = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        more = {"entities": entities} if text.startswith("/") else {}
        self.comes(self.bot.message(who, text, **more))

    @rule(who=people, number=st.integers(0, 3))
    def sends_a_picture(self, who: int, number: int) -> None:
        photo = {"file_id": f"f{number}", "file_unique_id": f"u{number}", "width": 9, "height": 9}
        self.comes(self.bot.message(who, photo=[photo]))

    @rule(text=st.sampled_from(WORDS), pick=picks)
    def edits(self, text: str, pick: int) -> None:
        if self.written:
            message = self.written[pick % len(self.written)]
            message["text"], message["edit_date"] = text, int(self.bot.clock.now().timestamp())
            message.pop("entities", None)
            self.comes({"update_id": self.bot._next(), "edited_message": dict(message)})

    @rule(who=people, order=st.permutations(range(3)), slow=st.booleans(), pick=picks)
    def sends_an_album(self, who: int, order: list[int], *, slow: bool, pick: int) -> None:
        """Send three photos with words under one of them, which come in any order."""
        parts = []
        for number in range(3):
            photo = {"file_id": f"a{pick}{number}", "file_unique_id": f"a{pick}{number}"}
            words = {"caption": WORDS[pick % len(WORDS)][:1000]} if number == pick % 3 else {}
            sizes = [photo | {"width": 9, "height": 9}]
            parts.append(self.bot.message(who, photo=sizes, media_group_id=f"g{pick}", **words))
        self.comes(*[parts[number] for number in order[:2]])
        if slow:
            self.do(self.bot.pass_(timedelta(seconds=4)))
        self.comes(parts[order[2]])

    @rule(who=people, text=st.sampled_from(("/bind", "/unbind", "这件谁去?", "3楼灯不亮了")))
    def says_in_the_group(self, who: int, text: str) -> None:
        entities = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        more = {"entities": entities} if text.startswith("/") else {}
        self.comes(in_group(self.bot.message(who, text, **more)))

    @rule(who=people, pick=picks)
    def presses_in_the_group(self, who: int, pick: int) -> None:
        buttons = list(self.bot.phones.buttons(GROUP))
        if buttons:
            message_id, button = buttons[pick % len(buttons)]
            self.seen.append(button.data)
            self.comes(in_group(self.bot.press(who, message_id, button.data)))

    @rule(who=people, role=st.sampled_from(Role))
    def is_given_or_loses_a_role(self, who: int, role: Role) -> None:
        self.do(self._change_role(who, role))

    async def _change_role(self, who: int, role: Role) -> None:
        async with self.bot.house.database.begin() as uow:
            found = await person.find_by_telegram(uow, who)
            if found is None:
                return
            if found.holds(role):
                of = "community_id = :community AND person_id = :person AND role = :role"
                given = {"community": found.community_id, "person": found.id, "role": role.value}
                await uow.write_now(statement(f"DELETE FROM roles WHERE {of}").bindparams(**given))
            else:
                person.grant(uow, found, role, uow.now)

    @rule(who=people, number=st.sampled_from(sorted(FILES)))
    def sends_a_file(self, who: int, number: str) -> None:
        self.bot.files = dict(FILES)
        paper = {"file_id": number, "file_unique_id": number}
        self.comes(self.bot.message(who, document=paper))

    @rule(who=people, pick=picks)
    def presses(self, who: int, pick: int) -> None:
        buttons = list(self.bot.phones.buttons(who))
        if buttons:
            message_id, button = buttons[pick % len(buttons)]
            self.seen.append(button.data)
            self.comes(self.bot.press(who, message_id, button.data))

    @rule(who=people, pick=picks)
    def presses_the_newest(self, who: int, pick: int) -> None:
        buttons = list(self.bot.phones.buttons(who))[-6:]
        if buttons:
            message_id, button = buttons[pick % len(buttons)]
            self.seen.append(button.data)
            self.comes(self.bot.press(who, message_id, button.data))

    @rule(who=people, pick=picks)
    def replays(self, who: int, pick: int) -> None:
        """Press what stood on anybody's button at any time, a forged press among them."""
        if self.seen:
            self.comes(self.bot.press(who, 1, self.seen[pick % len(self.seen)]))

    @rule(pick=picks)
    def comes_again(self, pick: int) -> None:
        """Telegram hands over once more what it has handed over before."""
        since = self.bot.clock.now() - REMEMBERED
        known = [raw for at, raw in self.past if at > since]
        if known:
            before = self.bot.phones.next_id()
            at = pick % len(known)
            self.do(self.bot.take_in(*known[at : at + 3]))
            self.do(self.bot.settle())
            assert self.bot.phones.next_id() == before + 1, "nothing was said about it"

    @rule(pairs=st.lists(st.tuples(people, picks), min_size=2, max_size=5))
    def several_at_once(self, pairs: list[tuple[int, int]]) -> None:
        raw = []
        for who, pick in pairs:
            buttons = list(self.bot.phones.buttons(who))
            if buttons:
                message_id, button = buttons[pick % len(buttons)]
                raw.append(self.bot.press(who, message_id, button.data))
        if raw:
            self.comes(*raw)

    @rule(who=people, text=st.sampled_from(WORDS))
    def is_killed_before_an_answer(self, who: int, text: str) -> None:
        raw = self.bot.message(who, text)
        self.past.append((self.bot.clock.now(), raw))
        self.do(self.bot.take_in(raw))
        self.do(self.bot.restart())
        self.do(self.bot.settle())

    @rule(span=st.sampled_from(SPANS))
    def time_passes(self, span: timedelta) -> None:
        self.do(self.bot.pass_(span))

    @rule(whole_month=st.booleans())
    def midnight_strikes(self, *, whole_month: bool) -> None:
        """Wait until a second before midnight, of the month's last day maybe, and go over it."""
        now = self.bot.clock.now().astimezone(SHANGHAI)
        day = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        if whole_month:
            day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        self.do(self.bot.pass_(day - now - timedelta(seconds=1)))
        self.do(self.bot.pass_(timedelta(seconds=2)))

    @rule(who=people)
    def blocks_or_comes_back(self, who: int) -> None:
        self.bot.phones.blocked ^= {who}

    @invariant()
    def all_holds(self) -> None:
        if hasattr(self.bot, "house"):
            assert self.do(broken(self.bot)) == []
            for letter, drawing in self.bot.phones.sent:
                told = letter.chat_id in {STRANGER, THEIRS} or ELSEWHERE[:3] not in drawing.text
                assert told, f"{letter.chat_id} reads of another community"

    def teardown(self) -> None:
        if hasattr(self.bot, "house"):
            self.do(self.bot.stop())
            self.listening.__exit__(None, None, None)
        self.loop.close()
        shutil.rmtree(self.folder)


Neighbourhood.TestCase.settings = settings(
    max_examples=int(os.environ.get("NEIGHBOURHOOD_EXAMPLES", "3")),
    stateful_step_count=40,
    deadline=None,
    derandomize="NEIGHBOURHOOD_EXAMPLES" not in os.environ,
    suppress_health_check=list(HealthCheck),
    # A failure is shown as it came; making it small takes minutes, so that is asked for.
    phases=[Phase.generate, *([Phase.shrink] if "NEIGHBOURHOOD_SHRINK" in os.environ else [])],
)
TestNeighbourhood = Neighbourhood.TestCase
