"""The bot as a child: the control line, the clock, idleness, killing, starting, beginning anew."""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import aiohttp
import pytest

from bot.app import DRAIN
from bot.clock import pause
from bot.sandbox.bot_process import fake_token
from bot.sandbox.errors import SandboxFault
from bot.sandbox.guest import EXAMPLE
from bot.sandbox.server import Sandbox, build_state, serve
from tests.unit.sandbox.conftest import NOW, RESIDENT, Hands

FAKE = Path(__file__).with_name("fake_bot.py")
DUE = "2026-11-17T12:00:00+08:00 2026-11-17T10:00:00+08:00 2026-11-19T10:00:00+08:00"


@pytest.fixture
async def family(
    organisation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Hands]:
    monkeypatch.setenv("DUE", DUE)
    sandbox = Sandbox(build_state(organisation, NOW, fake_token()))
    sandbox.listen(0)
    sandbox.adopt(tmp_path / "data", organisation, [sys.executable, str(FAKE)])
    try:
        assert sandbox.state.process is not None
        await sandbox.state.process.start()
        async with asyncio.timeout(60), aiohttp.ClientSession() as session:
            yield Hands(sandbox, session)
    finally:
        await sandbox.close()


async def _bot_says(hands: Hands) -> list[str]:
    return [m["text"] for m in (await hands.chat(RESIDENT))["messages"] if m["from"] == "bot"]


async def test_idle_waits_for_the_answer(family: Hands) -> None:
    await family.say(RESIDENT, "hello")
    assert await family.sim("GET", "idle") == {"idle": True}
    assert await _bot_says(family) == ["echo hello"]


async def test_idle_gives_up_after_its_time(family: Hands) -> None:
    await family.sim("POST", "faults", {"method": "getUpdates", "times": -1, "status": 500})
    await family.say(RESIDENT, "hello")
    told = await family.sim("GET", "idle", timeout="0.2", status=408)
    assert "1 updates" in told["error"]


async def test_the_clock_runs_through_everything_that_falls_due(family: Hands) -> None:
    now = (await family.sim("POST", "clock", {"advance": "PT3H"}))["now"]
    assert now.startswith("2026-11-17T12:10:")
    assert await _bot_says(family) == [
        "due 2026-11-17T10:00:00+08:00 at 2026-11-17T02:00",
        "due 2026-11-17T12:00:00+08:00 at 2026-11-17T04:00",
    ]
    dates = [m["date"] for m in (await family.chat(RESIDENT))["messages"]]
    assert [date[:16] for date in dates] == ["2026-11-17T10:00", "2026-11-17T12:00"]
    told = await family.sim("POST", "clock", {"to": "2026-11-17T11:00"}, status=400)
    assert "forward" in told["error"]
    await family.sim("POST", "clock", {"to": "2026-11-20T08:00"})
    assert len(await _bot_says(family)) == 3


async def test_a_bot_that_never_does_what_is_due_does_not_hold_the_clock_for_ever(
    family: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = family.sandbox.state.process
    assert process is not None
    await process.kill()
    process._environ = dict(process._environ) | {"STUCK": "1"}
    monkeypatch.setattr("bot.sandbox.driving._STEP", 0.3)
    await process.start()
    told = await family.sim("POST", "clock", {"advance": "PT2H"}, status=408)
    assert "something to do" in told["error"]


async def test_the_clock_moves_while_telegram_is_down(family: Hands) -> None:
    await family.say(RESIDENT, "before")
    await family.sim("GET", "idle")
    await family.sim("POST", "faults", {"method": "*", "times": -1, "status": 500})
    await family.say(RESIDENT, "meanwhile")
    now = (await family.sim("POST", "clock", {"advance": "PT6H"}))["now"]
    assert now.startswith("2026-11-17T15:10:")
    await family.sim("DELETE", "faults")
    await family.sim("GET", "idle")
    assert await _bot_says(family) == ["echo before", "echo meanwhile"]


@pytest.mark.parametrize("action", ["kill", "stop"])
async def test_the_bot_ends_and_starts_again(family: Hands, action: str) -> None:
    assert await family.sim("POST", "bot", {"action": action}) == {"bot": "down", "own": True}
    told = await family.sim("GET", "idle", status=409)
    assert "stopped" in told["error"]
    await family.say(RESIDENT, "while away")
    await family.sim("POST", "clock", {"to": "2026-11-17T11:00:00+08:00"})
    await family.sim("POST", "reset", {}, status=409)
    assert await _bot_says(family) == []
    assert await family.sim("POST", "bot", {"action": "start"}) == {"bot": "up", "own": True}
    await family.sim("GET", "idle")
    assert sorted(await _bot_says(family)) == [
        "due 2026-11-17T10:00:00+08:00 at 2026-11-17T03:00",
        "echo while away",
    ]


async def _end_from_outside(hands: Hands) -> None:
    process = hands.sandbox.state.process
    assert process is not None
    assert process._process is not None
    os.kill(process._process.pid, signal.SIGKILL)
    await hands.sandbox.state.control.gone.wait()
    await process._process.wait()


async def test_a_bot_that_dies_by_itself_is_noticed(family: Hands) -> None:
    await _end_from_outside(family)
    assert (await family.sim("GET", "bot"))["bot"] == "down"
    told = await family.sim("GET", "idle", status=409, timeout="600")
    assert "stopped" in told["error"]
    assert await family.sim("POST", "bot", {"action": "start"}) == {"bot": "up", "own": True}
    assert await family.sim("GET", "idle") == {"idle": True}


async def test_who_waits_for_a_bot_that_dies_meanwhile_is_told(family: Hands) -> None:
    await family.sim("POST", "faults", {"method": "getUpdates", "times": -1, "status": 500})
    await family.say(RESIDENT, "nobody fetches this")
    waiting = asyncio.create_task(family.sim("GET", "idle", status=409, timeout="600"))
    await asyncio.sleep(0)
    await _end_from_outside(family)
    assert (await waiting)["error"].endswith(".")


async def test_who_waits_for_a_bot_that_cannot_start_is_told(family: Hands) -> None:
    process = family.sandbox.state.process
    assert process is not None
    await process.kill()
    process._environ = dict(process._environ) | {"DIE": "3"}
    starting = asyncio.create_task(family.sim("POST", "bot", {"action": "start"}, status=409))
    told = await family.sim("GET", "idle", status=409, timeout="600")
    assert "stopped" in told["error"]
    assert "code 3" in (await starting)["error"]


async def test_a_bot_whose_call_hangs_drains_and_still_ends_by_itself(tmp_path: Path) -> None:
    sandbox = Sandbox(build_state(EXAMPLE, NOW, fake_token()))
    sandbox.listen(0)
    sandbox.adopt(tmp_path, EXAMPLE)
    process, (person, *_) = sandbox.state.process, sandbox.state.world.people
    assert process is not None
    try:
        await process.start()
        async with asyncio.timeout(60), aiohttp.ClientSession() as session:
            hands = Hands(sandbox, session)
            await hands.sim("POST", "faults", {"method": "sendMessage", "delay": DRAIN + 5})
            await hands.say(person, "你好")
            while sandbox.state.faults.shown():  # until the call has begun
                await pause(0.02)
            await hands.sim("POST", "bot", {"action": "stop"})
    finally:
        await sandbox.close()
    assert process._process is not None
    assert process._process.returncode == 0


async def test_wrong_actions_are_sentences(family: Hands) -> None:
    told = await family.sim("POST", "bot", {"action": "dance"}, status=400)
    assert "kill, stop, start" in told["error"]


async def test_reset_is_quick_and_complete(family: Hands) -> None:
    await family.say(RESIDENT, "old")
    await family.sim("GET", "idle")
    await family.sim("POST", "clock", {"advance": "PT1H"})
    await family.sim("POST", "faults", {"method": "getMe", "status": 500})
    before = await family.chat(RESIDENT)
    begun = time.monotonic()
    assert await family.sim("POST", "reset", {}) == {"reset": True}
    assert time.monotonic() - begun < 1
    after = await family.chat(RESIDENT)
    assert after["messages"] == []
    assert after["seq"] > before["seq"]
    assert (await family.sim("GET", "clock"))["now"].startswith("2026-11-17T09:10:")
    assert (await family.sim("GET", "faults"))["faults"] == []


async def test_roles_are_granted_by_the_bot(family: Hands) -> None:
    wish = {"name": "小刘", "roles": ["volunteer", "resident"], "language": "en"}
    new = await family.sim("POST", "people", wish)
    assert (new["roles"], new["chats"][0]) == (["volunteer", "resident"], new["id"])
    await family.sim("POST", "people", {"name": "小白", "roles": ["admin"], "language": "zh"})
    assert await _bot_says(family) == [
        "granted 小刘 ['volunteer', 'resident'] en",
        "granted 小白 ['admin'] zh_CN",
    ]
    told = await family.sim("POST", "people", {"name": "nobody", "roles": ["admin"]}, status=409)
    assert told["error"] == "There is no such person."
    assert len(await family.sim("GET", "people")) == 5


async def test_events_tell_what_happens(family: Hands) -> None:
    async with family.session.get(f"{family.url}/sim/events") as stream:
        assert await _event(stream) == {"bot": "up"}
        assert str((await _event(stream))["clock"]).startswith("2026-11-17T09:10:")
        await family.sim("POST", "bot", {"action": "kill"})
        assert await _event(stream) == {"bot": "down"}
        await family.say(RESIDENT, "x")
        assert await _event(stream) == {
            "chat": RESIDENT,
            "seq": (await family.chat(RESIDENT))["seq"],
        }


async def _event(stream: aiohttp.ClientResponse) -> dict[str, object]:
    async for line in stream.content:
        if line.startswith(b"data: "):
            found: dict[str, object] = json.loads(line[6:])
            return found
    raise AssertionError("the stream ended")


async def test_without_a_bot_what_needs_one_says_so(hands: Hands) -> None:
    for method, path, body in (
        ("GET", "idle", None),
        ("POST", "clock", {"advance": "PT1H"}),
        ("POST", "reset", {}),
        ("POST", "bot", {"action": "start"}),
    ):
        told = await hands.sim(method, path, body, status=409)
        assert told["error"].endswith(".")
    assert (await hands.sim("GET", "bot")) == {"bot": "down", "own": False}


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({}, "Exactly one"),
        ({"advance": "PT1H", "to": "2026-11-18T09:00"}, "Exactly one"),
        ({"advance": "1h"}, "'1h'"),
        ({"advance": "P"}, "'P'"),
        ({"advance": "P400D"}, "366 days"),
        ({"advance": "P3000000D"}, "366 days"),
        ({"advance": "P99999999999D"}, "366 days"),
        ({"advance": f"PT{'9' * 5000}S"}, "366 days"),
        ({"to": "9999-12-31T23:59-14:00"}, "too far"),
        ({"to": "0001-01-01T00:00+14:00"}, "too far"),
        ({"to": "0001-01-01T00:00"}, "too far"),
        ({"to": "9999-01-01T00:00"}, "366 days"),
        ({"to": "1000-01-01T00:00"}, "only moves forward"),
        ({"to": "tomorrow"}, "'tomorrow'"),
        ({"advance": 5}, "'advance'"),
    ],
)
async def test_wrong_moves_are_sentences(hands: Hands, wish: dict[str, object], words: str) -> None:
    told = await hands.sim("POST", "clock", wish, status=400)
    assert words in told["error"]


async def test_a_child_that_cannot_start_ends_the_sandbox(
    organisation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIE", "2")
    monkeypatch.setattr("bot.sandbox.server.COMMAND", (sys.executable, str(FAKE)))
    lines: list[str] = []
    with pytest.raises(SandboxFault, match="code 2"):
        await serve(
            port=0,
            data_dir=tmp_path,
            organisation=organisation,
            now=NOW,
            with_bot=True,
            announce=lines.append,
        )
    assert lines[0].startswith("Linli's sandbox: http://127.0.0.1:")


async def test_ctrl_c_ends_everything_and_a_busy_port_is_named(
    organisation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox
) -> None:
    monkeypatch.setattr("bot.sandbox.server.COMMAND", (sys.executable, str(FAKE)))
    left = tmp_path / "sandbox" / "left-over.db"
    left.parent.mkdir()
    left.touch()
    lines: asyncio.Queue[str] = asyncio.Queue()
    async with asyncio.timeout(30):
        serving = asyncio.create_task(
            serve(
                port=sandbox.port,
                data_dir=tmp_path,
                organisation=organisation,
                now=NOW,
                with_bot=True,
                announce=lines.put_nowait,
            )
        )
        line = await lines.get()
        assert f"(port {sandbox.port}" in line  # the next may be busy, too
        assert "is busy)" in line
        assert not left.exists()
        address = line.split()[2]
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{address}sim/events") as stream,
        ):
            while await _event(stream) != {"bot": "up"}:
                pass
        os.kill(os.getpid(), signal.SIGINT)
        await serving


async def test_without_a_setting_the_clock_starts_last_tuesday(organisation: Path) -> None:
    start = build_state(organisation, None, None).start
    assert (start.weekday(), start.hour, start.minute, str(start.tzinfo)) == (
        1, 9, 10, "Asia/Shanghai",
    )  # fmt: skip
    assert 0 < (datetime.now(start.tzinfo) - start).total_seconds() < 8 * 86400
