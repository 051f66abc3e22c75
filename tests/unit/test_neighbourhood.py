"""Whatever people do, in whatever order, with kills in between: what must hold holds.

A Hypothesis state machine over the whole bot without Telegram. NEIGHBOURHOOD_EXAMPLES makes it
try more (a night, say); without it the same examples run each time.
"""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from telegram.error import BadRequest, NetworkError

from tests.support.invariants import broken
from tests.support.offline import Offline, listening, offline
from tests.unit.test_pictures import png

LI, ZHOU, XIAOLI, NEW, EMMA = 7000001, 7000002, 7000003, 7000004, 7000005
DESK, LIU, CHEN, WANG, SUN, ZHAO = 7000006, 7000007, 7000008, 7000009, 7000010, 7000011
PEOPLE = (LI, ZHOU, XIAOLI, NEW, EMMA, DESK, LIU, CHEN, WANG, SUN, ZHAO)
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
            async with offline(folder):
                pass

        asyncio.run(make())
        _ready.append(folder)
    return _ready[0]


class Neighbourhood(RuleBasedStateMachine):
    """People, their phones, the clock, kills."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="neighbourhood"))
        shutil.copy(ready() / "linli.db", self.folder / "linli.db")
        self.loop = asyncio.new_event_loop()
        self.bot = Offline(self.folder)
        self.seen: list[str] = []  # what stood on any button at any time
        self.past: list[dict[str, Any]] = []

    def do(self, step: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(step)

    @initialize()
    def begin(self) -> None:
        self.listening = listening()
        self.listening.__enter__()
        self.do(self.bot.start())

    def comes(self, *raw: dict[str, Any]) -> None:
        self.past += raw
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
        if self.past:
            before = self.bot.phones.next_id()
            at = pick % len(self.past)
            self.do(self.bot.take_in(*self.past[at : at + 3]))
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
        self.past.append(raw)
        self.do(self.bot.take_in(raw))
        self.do(self.bot.restart())
        self.do(self.bot.settle())

    @rule(span=st.sampled_from(SPANS))
    def time_passes(self, span: timedelta) -> None:
        self.do(self.bot.pass_(span))

    @rule(who=people)
    def blocks_or_comes_back(self, who: int) -> None:
        self.bot.phones.blocked ^= {who}

    @invariant()
    def all_holds(self) -> None:
        if hasattr(self.bot, "house"):
            assert self.do(broken(self.bot)) == []

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
