"""systemd hears when Linli is ready, that it goes on, and that it ends."""

import os
import socket
from pathlib import Path

from tests.support.sandbox import bot_by_hand, running
from tests.support.town import Town


def test_ready_alive_and_stopping(tmp_path: Path) -> None:
    name = f"linli-story-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(f"\0{name}")
        ear.settimeout(30)
        told = {"NOTIFY_SOCKET": f"@{name}", "WATCHDOG_USEC": "100000"}
        with running(tmp_path, "--no-bot") as sandbox:
            with bot_by_hand(tmp_path, sandbox, **told):  # type: ignore[arg-type]
                heard = [ear.recv(100) for _ in range(4)]
                assert set(heard) == {b"READY=1", b"WATCHDOG=1"}
                assert heard.count(b"READY=1") == 1
                Town(sandbox).person("李阿姨").sends("/help")
            while (last := ear.recv(100)) == b"WATCHDOG=1":
                pass
            assert last == b"STOPPING=1"
