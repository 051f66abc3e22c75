"""systemd hears when Linli is ready, that it goes on, and that it ends."""

import os
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.watchdog import notify
from tests.support.sandbox import bot_by_hand, running
from tests.support.town import Town


def words(ear: socket.socket) -> Iterator[str]:
    """Yield what the bot says, to its last word."""
    said = ""
    while said != "STOPPING=1":
        said = ear.recv(100).decode()
        yield said


def test_ready_alive_and_stopping(tmp_path: Path) -> None:
    name = f"linli-story-{os.getpid()}"
    with (
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear,
        ThreadPoolExecutor() as beside,
    ):
        ear.bind(f"\0{name}")
        ear.settimeout(30)
        heard = beside.submit(lambda: list(words(ear)))
        told = {"NOTIFY_SOCKET": f"@{name}", "WATCHDOG_USEC": "100000"}
        with running(tmp_path, "--no-bot") as sandbox:
            with bot_by_hand(tmp_path, sandbox, **told):  # type: ignore[arg-type]
                Town(sandbox).person("李阿姨").sends("/help")
            said = heard.result()
    assert set(said) == {"READY=1", "WATCHDOG=1", "STOPPING=1"}
    assert said.count("READY=1") == said.count("STOPPING=1") == 1


def test_a_systemd_that_does_not_read_holds_up_nobody(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(tmp_path / "ear"))
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "ear"))
        for number in range(5000):  # more than any queue holds
            notify(f"{number:0100}")
        assert int(ear.recv(200)) == 0
