"""The watchdog hears of us only while every loop goes on."""

import asyncio
import os
import socket
from contextlib import suppress
from pathlib import Path

import pytest

from bot import watchdog
from bot.pulse import STUCK, Pulse
from bot.watchdog import ALIVE, READY, interval, notify, watch


class Hand:
    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def test_a_loop_is_stuck_at_one_long_piece_of_work_and_never_at_rest() -> None:
    hand = Hand()
    pulse = Pulse(hand)
    assert not pulse.is_stuck
    pulse.works()
    hand.at += STUCK
    assert not pulse.is_stuck
    hand.at += 1
    assert pulse.is_stuck
    pulse.works()
    assert not pulse.is_stuck, "the next piece"
    pulse.rests()
    hand.at += 10 * STUCK
    assert not pulse.is_stuck


async def test_systemd_hears_nothing_while_a_loop_is_stuck(monkeypatch: pytest.MonkeyPatch) -> None:
    hand, heard = Hand(), list[str]()
    loops = {"worker": Pulse(hand), "delivery": Pulse(hand)}
    rounds: list[int] = []

    async def pause(_: float) -> None:
        rounds.append(len(heard))
        if len(rounds) == 2:
            loops["worker"].works()
            hand.at += STUCK + 1
        if len(rounds) == 4:
            loops["worker"].rests()
        if len(rounds) == 5:
            raise asyncio.CancelledError

    monkeypatch.setattr(watchdog, "pause", pause)
    with suppress(asyncio.CancelledError):
        await watch(loops, 1.0, heard.append)
    assert rounds == [1, 2, 2, 2, 3]
    assert set(heard) == {ALIVE}


async def test_without_a_watchdog_nothing_is_said() -> None:
    heard: list[str] = []
    await watch({}, None, heard.append)
    assert heard == []


@pytest.mark.parametrize(
    ("environ", "seconds"),
    [
        ({}, None),
        ({"WATCHDOG_USEC": "60000000"}, 30.0),
        ({"WATCHDOG_USEC": "60000000", "WATCHDOG_PID": str(os.getpid())}, 30.0),
        ({"WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "1"}, None),
        ({"WATCHDOG_USEC": "0"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
    ],
)
def test_half_of_the_patience_of_systemd(environ: dict[str, str], seconds: float | None) -> None:
    assert interval(environ) == seconds


@pytest.mark.parametrize("abstract", [False, True])
def test_what_is_said_arrives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, abstract: bool
) -> None:
    name = f"@linli-{os.getpid()}" if abstract else str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind("\0" + name[1:] if abstract else name)
        ear.settimeout(5)
        monkeypatch.setenv("NOTIFY_SOCKET", name)
        notify(READY)
        assert ear.recv(100) == b"READY=1"


def test_nobody_listens(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    notify(READY)
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "nobody"))
    notify(READY)
