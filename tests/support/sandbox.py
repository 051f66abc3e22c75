"""A real sandbox in a process of its own, driven over HTTP as docs/sandbox.md says."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[2]
CANARY = "987654321:CANARYcanaryCANARYcanaryCANARYcan"  # a token that must never be seen again
UNPACED = {"PACE_TOTAL": "0", "PACE_CHAT": "0", "PACE_GROUP": "0", "PACE_BROADCAST": "0"}
UNCOPIED = {"HOURLY_BACKUPS": "false"}  # stories let hours pass; those about copies have them
_STOP = 30.0  # seconds that a planned stop may take before the test gives up


def brought() -> dict[str, str]:
    """Return the settings of a bot that updates are brought to, at a port that is free now."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        where = f"127.0.0.1:{door.getsockname()[1]}"
    return {"WEBHOOK_URL": f"http://{where}/telegram", "WEBHOOK_ADDRESS": where}


def files_with_token(folder: Path, names: str = "*") -> list[str]:
    """Return the files below `folder`, or those with such names, that hold the token's secret."""
    secret = CANARY.partition(":")[2].encode()
    written = [one for one in folder.rglob(names) if one.is_file()]
    assert written, f"{folder} holds no {names}"
    return [str(one) for one in written if secret in _bytes_of(one)]


def _bytes_of(file: Path) -> bytes:
    """Return what is in the file; nothing when it was deleted meanwhile, as a drill's is."""
    with suppress(FileNotFoundError):
        return file.read_bytes()
    return b""


_PERSONAL = re.compile(
    r"[\u3400-\u9fff]"  # names, places and words: what the bot logs is English
    r"|(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"  # a mobile number
    r"|(?<![\d-])\d{1,2}-\d{1,2}-\d{3,4}(?![\d-])"  # a door
)


def lines_about_people(lines: Iterable[str], *canaries: str) -> list[str]:
    """Return the lines that tell of somebody, or that hold one of the canaries."""
    return [
        one for one in lines if _PERSONAL.search(one) or any(canary in one for canary in canaries)
    ]


class Refused(Exception):
    """The sandbox answered 4xx; `status` and the sentence say why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(f"{status}: {sentence}")
        self.status, self.sentence = status, sentence


class Sandbox:
    """The person side of a running sandbox."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.address, self._host, self._port = address, parts.hostname or "", parts.port
        self._line: http.client.HTTPConnection | None = None
        self.before_reset: Callable[[], None] = lambda: None  # a last look at what is emptied

    def call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Return the JSON answer; raises Refused for 4xx."""
        sent = None if body is None else json.dumps(body)
        try:
            status, read = self._ask(method, path, sent)
        except (http.client.HTTPException, ConnectionError):
            self.close()  # a kept connection may be over
            status, read = self._ask(method, path, sent)
        if status >= 400:
            raise Refused(status, read["error"])
        return read

    def _ask(self, method: str, path: str, sent: str | None) -> tuple[int, Any]:
        if self._line is None:
            self._line = http.client.HTTPConnection(self._host, self._port, timeout=60)
        self._line.request(method, path, sent, {"Content-Type": "application/json"})
        answer = self._line.getresponse()
        return answer.status, json.loads(answer.read())

    def close(self) -> None:
        """Close the connection; the next call opens another one."""
        if self._line is not None:
            self._line.close()
        self._line = None

    def get(self, path: str) -> Any:
        """GET."""
        return self.call("GET", path)

    def post(self, path: str, **body: Any) -> Any:
        """POST; a trailing underscore of a name is dropped (`from_`)."""
        return self.call("POST", path, {name.rstrip("_"): value for name, value in body.items()})

    def limit(self, a_second: int = 30) -> None:
        """Let Telegram refuse messages beyond its own limit."""
        self.post("/sim/faults", method="messages", times=-1, above=a_second)

    def settle(self, timeout: int = 20) -> None:
        """Wait until the bot has nothing left to do."""
        self.get(f"/sim/idle?timeout={timeout}")

    def reset(self) -> None:
        """Begin again from the seed."""
        self.before_reset()
        self.post("/sim/reset")

    def people(self) -> list[dict[str, Any]]:
        """Return everybody known."""
        found: list[dict[str, Any]] = self.get("/sim/people")
        return found

    def chat(self, chat: int, after: int = 0) -> dict[str, Any]:
        """Return what changed in a chat."""
        found: dict[str, Any] = self.get(f"/sim/chats/{chat}?after={after}")
        return found


EXAMPLE = ROOT / "bot" / "sandbox" / "organisation.toml"


def without_meetings(example: str) -> str:
    """Return the organisation file without its series of meetings.

    Whoever tests something else lets days pass, and would read invitations in between.
    """
    quiet, found = re.subn(r"(?m)^\[\[series\]\]\n(?:(?!\[|#).*\n)*", "", example)
    assert found, "the example has series of meetings"
    return quiet


def unhurried(folder: Path) -> str:
    """Write the example organisation with room for any number of reports; return where it is.

    Whoever tests something else than floods sends more in a minute than a person does.
    """
    folder.mkdir(parents=True, exist_ok=True)
    example = without_meetings(EXAMPLE.read_text("utf-8"))
    limits = r"(?m)^(updates|reports_hour|reports_day) = \d+$"
    roomy, found = re.subn(limits, r"\1 = 10000", example)
    assert found == 3, "the example names three limits"
    file = folder / "unhurried.toml"
    file.write_text(roomy, "utf-8")
    return str(file)


@contextmanager
def running(folder: Path, *arguments: str, **settings: str) -> Iterator[Sandbox]:
    """Start `linli sandbox`, hand it out, and end it; its output is in `folder`/output.txt."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PYTHONUNBUFFERED": "1",
        "DATA_DIR": str(folder / "data"),
        "SANDBOX_PORT": "0",
        "BOT_TOKEN": CANARY,
        "ORGANISATION": unhurried(folder),
        **UNPACED,
        **UNCOPIED,
        **settings,
    }
    with (folder / "output.txt").open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "sandbox", *arguments],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=output,
            text=True,
            start_new_session=True,  # Ctrl-C is for who started it, who ends it in order
        )
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert "http://" in line, (folder / "output.txt").read_text("utf-8")
            sandbox = Sandbox(line[line.index("http://") :].split()[0])
            if "--no-bot" not in arguments:
                sandbox.settle(60)
            try:
                yield sandbox
            finally:
                sandbox.close()
        finally:
            process.send_signal(signal.SIGTERM)
            rest, _ = process.communicate(timeout=_STOP)
            output.write(rest.encode())


@contextmanager
def bot_by_hand(
    folder: Path,
    sandbox: Sandbox,
    telegram: str = "",
    program: tuple[str, ...] = ("-m", "bot"),
    **settings: str,
) -> Iterator[int]:
    """Start a bot for a sandbox without one, and end it; yields its pid.

    `telegram` stands in the place of the sandbox's Bot API, `program` in that of the bot.
    """
    telegram = telegram or sandbox.address.rstrip("/")
    control = sandbox.address.replace("http", "ws").rstrip("/") + "/control"
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "DATA_DIR": str(folder / "data"),
        "BOT_TOKEN": CANARY,
        "BOT_API_URL": f"{telegram}/bot",
        "BOT_FILE_URL": f"{telegram}/file/bot",
        "SANDBOX_CONTROL": control,
        "ORGANISATION": unhurried(folder),
        **UNPACED,
        **UNCOPIED,
        **settings,
    }
    with (folder / "bot.txt").open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, *program, "run"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=output,
            start_new_session=True,  # Ctrl-C is for who started it, who ends it in order
        )
        try:
            _until_up(sandbox, process)
            yield process.pid
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(_STOP)


def _until_up(sandbox: Sandbox, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _STOP
    while sandbox.get("/sim/bot")["bot"] == "down":
        assert process.poll() is None, "the bot has ended"
        assert time.monotonic() < deadline, "the bot does not serve"
        time.sleep(0.02)
