"""Whatever people do, in whatever order, with kills in between: what must hold holds.

A Hypothesis state machine over the whole bot without Telegram, which goes on from a busy
neighbourhood. The environment variable NEIGHBOURHOOD_EXAMPLES says how many days are tried (18 by
default, the same ones each time; with the variable set, others each time: 2000 are a night's
work), and NEIGHBOURHOOD_SHRINK=1 has a failure made small, which takes minutes. What all of them
together came to is asserted at the end, so that they cannot quietly stop trying anything.
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
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text as statement

from bot.domain.role import Role
from storage import person
from tests.support.busy_town import (
    CHEN,
    DESK,
    EMMA,
    LI,
    LIU,
    NEW,
    SUN,
    WANG,
    XIAOLI,
    ZHAO,
    ZHOU,
    in_group,
)
from tests.support.invariants import broken, miscounted
from tests.support.offline import Offline, listening
from tests.unit.matrix_room import STRANGER, THEIRS
from tests.unit.neighbourhood_room import (
    ELSEWHERE,
    FILES,
    GROUPS,
    OUTSIDE,
    SPANS,
    WORDS,
    Seen,
    Shown,
    buttons,
    by_verb,
    drafts,
    pressed,
    ready,
    to_edit,
)

PEOPLE = (LI, ZHOU, XIAOLI, NEW, EMMA, DESK, LIU, CHEN, WANG, SUN, ZHAO, STRANGER, THEIRS)
STAFF = (DESK, DESK, ZHAO, ZHAO, WANG, LIU, LI, STRANGER)  # who is in the groups
SHANGHAI = ZoneInfo("Asia/Shanghai")
REMEMBERED = timedelta(hours=24)  # how long Telegram keeps an update to hand it over again
people = st.sampled_from(PEOPLE)
picks = st.integers(min_value=0, max_value=10_000)
seen = Seen()


class Neighbourhood(RuleBasedStateMachine):
    """People, their phones, the clock, kills."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="neighbourhood"))
        begun = ready()
        self.loop = asyncio.new_event_loop()
        self.bot = Offline(self.folder)
        begun.give(self.bot)
        self.since = begun.update
        self.seen: list[str] = []  # what stood on any button at any time
        self.past: list[tuple[datetime, dict[str, Any]]] = []
        self.written = [dict(one) for one in begun.said]  # messages of people, as they are now

    def do(self, step: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(step)

    @initialize()
    def begin(self) -> None:
        self.listening = listening()
        self.listening.__enter__()
        self.do(self.bot.start())

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
        """Edit what an open report was made of, or else one of the latest messages."""
        before = self.do(drafts(self.bot))
        message = to_edit(self.written, before, pick)
        message["text"], message["edit_date"] = text, int(self.bot.clock.now().timestamp())
        message.pop("entities", None)
        self.comes({"update_id": self.bot._next(), "edited_message": dict(message)})
        after = self.do(drafts(self.bot))
        changed = [one for one in before.keys() & after.keys() if before[one] != after[one]]
        seen.did["edit of a draft" if changed else "edit"] += 1

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

    @rule(who=st.sampled_from(STAFF), pick=picks)
    def presses_in_a_group(self, who: int, pick: int) -> None:
        found = buttons(self.bot, *GROUPS)
        if found:
            self.press(who, by_verb(found, pick))

    def press(self, who: int, shown: Shown) -> None:
        seen.pressed(shown[0], shown[2])
        self.seen.append(shown[2].data)
        self.comes(pressed(self.bot, who, shown))

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

    @rule(steps=st.lists(picks, min_size=1, max_size=4))
    def presses(self, steps: list[int]) -> None:
        """Press buttons in whosever chat they stand, each kind as often as the others."""
        for pick in steps:
            self.press_in(PEOPLE, pick)

    def press_in(self, chats: tuple[int, ...], pick: int) -> bool:
        found = buttons(self.bot, *chats)
        if found:
            shown = by_verb(found, pick)
            self.press(shown[0], shown)
        return bool(found)

    @rule(who=people, text=st.sampled_from(WORDS), steps=st.lists(picks, min_size=2, max_size=6))
    def goes_through_a_dialogue(self, who: int, text: str, steps: list[int]) -> None:
        """Press something, then what stands below the newest messages; words where nothing does."""
        if not self.press_in((who,), steps[0]):
            self.says(who, text)
        for pick in steps[1:]:
            found = buttons(self.bot, who)[-8:]
            if pick % 5 == 0 or not found:
                self.says(who, text)
            elif pick % 11 == 0:
                self.sends_a_picture(who, pick)
            else:
                self.press(who, found[pick % len(found)])

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
            found = buttons(self.bot, who)
            if found:
                shown = by_verb(found, pick)
                seen.pressed(shown[0], shown[2])
                raw.append(pressed(self.bot, who, shown))
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
                told = letter.chat_id in OUTSIDE or ELSEWHERE[:3] not in drawing.text
                assert told, f"{letter.chat_id} reads of another community"

    def teardown(self) -> None:
        if hasattr(self.bot, "house"):
            self.do(seen.note(self.bot, self.since))
            assert self.do(miscounted(self.bot)) == []
            self.do(self.bot.stop())
            self.listening.__exit__(None, None, None)
        self.loop.close()
        shutil.rmtree(self.folder)


TRIED = settings(
    max_examples=int(os.environ.get("NEIGHBOURHOOD_EXAMPLES", "18")),
    stateful_step_count=40,
    deadline=None,
    derandomize="NEIGHBOURHOOD_EXAMPLES" not in os.environ,
    database=None,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
    # A failure is shown as it came; making it small takes minutes, so that is asked for.
    phases=[Phase.generate, *([Phase.shrink] if "NEIGHBOURHOOD_SHRINK" in os.environ else [])],
)


def test_whatever_people_do_what_must_hold_holds() -> None:
    run_state_machine_as_test(Neighbourhood, settings=TRIED)
    assert len(seen.moves) >= 15, seen
    assert seen.did["press"] >= 200, seen
    assert seen.did["press in a group"] >= 3, seen
    assert seen.did["edit of a draft"] >= 1, seen
