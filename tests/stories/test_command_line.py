"""The command line as an operator meets it: one line, sentences, exit codes; never a traceback."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from urllib.request import urlopen

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.settings import setting_names

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "bot" / "sandbox" / "organisation.toml"
TOKEN = "123456789:ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghi"
PATIENCE = 60.0  # seconds until a command counts as stuck; machines are noisy


def start(folder: Path, *arguments: str, **settings: str) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if name not in setting_names()}
    own = {"HOME": str(folder), "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,  # so that nobody's .env counts
        env=kept | own | {"DATA_DIR": str(folder / "data")} | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def refused(folder: Path, *arguments: str, **settings: str) -> str:
    """Return what a command says that ends with the exit code for what the operator can mend."""
    process = start(folder, *arguments, **settings)
    out, said = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (2, "")
    assert "Traceback" not in said
    return said


def end(process: subprocess.Popen[str], number: signal.Signals = signal.SIGINT) -> str:
    """Stop it and return what else it said; it must end as if nothing had happened."""
    process.send_signal(number)
    out, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    assert "Traceback" not in said
    return out + said


@contextmanager
def busy_port(*, free_after: int) -> Iterator[int]:
    """Occupy a port, and those behind it up to the one that is left free."""
    for first in range(21_000, 29_000, 7):
        with suppress(OSError), ExitStack() as doors:
            for port in range(first, first + free_after):
                doors.enter_context(socket.create_server(("127.0.0.1", port)))
            yield first
            return


@contextmanager
def telegram(status: int, description: str) -> Iterator[str]:
    """Serve a Telegram that gives everybody this answer."""

    class Refusing(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"] or 0))
            answer = {"ok": False, "error_code": status, "description": description}
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Refusing) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/bot"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_without_a_token_one_line_says_where_the_page_is(
    tmp_path: Path, number: signal.Signals
) -> None:
    process = start(tmp_path, SANDBOX_PORT="0")
    assert process.stdout is not None
    assert "http://127.0.0.1:" in process.stdout.readline()
    assert end(process, number) == ""


def test_a_busy_port_is_named_and_the_next_is_taken(tmp_path: Path) -> None:
    with busy_port(free_after=1) as port:
        process = start(tmp_path, "sandbox", "--no-bot", SANDBOX_PORT=str(port))
        assert process.stdout is not None
        line = process.stdout.readline()
        end(process)
    assert f"port {port} is busy" in line
    assert any(f"http://127.0.0.1:{port + n}/" in line for n in (1, 2, 3))


def test_when_every_port_is_busy_it_says_so(tmp_path: Path) -> None:
    with busy_port(free_after=4) as port:
        said = refused(tmp_path, "sandbox", "--no-bot", SANDBOX_PORT=str(port))
    assert f"{port}, {port + 1}, {port + 2}, {port + 3} are busy" in said
    assert "SANDBOX_PORT" in said


def test_every_bad_setting_is_named_at_once(tmp_path: Path) -> None:
    bad = {
        "BOT_TOKEN": "nonsense-that-is-secret",
        "BOT_API_URL": "ftp://example.org/bot",
        "BOT_FILE_URL": "https://example.org/files",
        "ADMIN_IDS": "me",
        "DATABASE_URL": "mysql://me:password@example.org/linli",
        "LOG_LEVEL": "LOUD",
        "SANDBOX_PORT": "99999",
        "SANDBOX_NOW": "2026-11-17T09:10",
        "SANDBOX_CONTROL": "http://127.0.0.1:8088/control",
        "PACE_TOTAL": "-1",
        "PACE_CHAT": "much",
        "PACE_GROUP": "-0.5",
    }
    said = refused(tmp_path, **bad)
    assert [line.partition(":")[0] for line in said.splitlines()] == [
        name for name in setting_names() if name in bad
    ]
    assert "secret" not in said
    assert "password" not in said


def test_a_slip_of_the_pen_is_noticed(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("BOT_TOKN=1\nEDITOR=vi\nPACE_CHAT=\n", "utf-8")
    process = start(tmp_path, "doctor")
    _, said = process.communicate(timeout=PATIENCE)
    assert said.splitlines() == [".env line 1: BOT_TOKN is unknown; is BOT_TOKEN meant?"]
    assert process.returncode == 0


@pytest.mark.parametrize("command", ["run", "sandbox", "doctor", "backup"])
def test_settings_in_another_encoding_are_one_sentence(tmp_path: Path, command: str) -> None:
    (tmp_path / ".env").write_bytes("# 幸福里\n".encode("gb18030"))
    assert refused(tmp_path, command) == ".env is not UTF-8 (at line 1).\n"


def test_with_a_token_the_organisation_file_is_needed(tmp_path: Path) -> None:
    said = refused(tmp_path, "run", BOT_TOKEN=TOKEN)
    assert "ORGANISATION" in said
    assert str(EXAMPLE) in said


@pytest.mark.parametrize(
    ("command", "content", "wanted"),
    [
        ("run", None, "organisation.toml cannot be read"),
        ("run", "[community\n", "line 1"),
        ("run", "[community]\n", "name"),
        ("sandbox", None, "organisation.toml cannot be read"),
        ("sandbox", "[community\n", "line 1"),
    ],
)
def test_a_faulty_organisation_file_is_named_with_its_fault(
    tmp_path: Path, command: str, content: str | None, wanted: str
) -> None:
    file = tmp_path / "organisation.toml"
    if content is not None:
        file.write_text(content, "utf-8")
    token = {"BOT_TOKEN": TOKEN} if command == "run" else {}
    said = refused(tmp_path, command, ORGANISATION=str(file), SANDBOX_PORT="0", **token)
    assert wanted in said


def test_a_wrong_token_is_one_sentence(tmp_path: Path) -> None:
    with telegram(401, "Unauthorized") as url:
        said = refused(tmp_path, "run", BOT_TOKEN=TOKEN, BOT_API_URL=url, ORGANISATION=str(EXAMPLE))
    made, sentence = said.splitlines()  # the first start of this place
    assert "a key file was made: keep a copy of it" in made
    assert sentence == "Telegram does not know this BOT_TOKEN. Ask @BotFather for it again."


def test_without_a_network_it_says_so_once_and_keeps_trying(tmp_path: Path) -> None:
    tried: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as door:
        url = f"http://127.0.0.1:{door.getsockname()[1]}/bot"
        process = start(
            tmp_path, "run", BOT_TOKEN=TOKEN, BOT_API_URL=url, ORGANISATION=str(EXAMPLE)
        )
        door.settimeout(PATIENCE)
        for _ in range(2):  # it comes back although nobody ever answers
            line, _address = door.accept()
            with line:
                tried.append(line.recv(200).decode())
    said = end(process)
    assert len(tried) == 2
    assert said.count("Telegram cannot be reached") == 1
    assert TOKEN.partition(":")[2] not in said


def test_a_demo_does_not_speak_to_real_people(tmp_path: Path) -> None:
    process = start(tmp_path, "sandbox", SANDBOX_PORT="0")
    assert process.stdout is not None
    address = process.stdout.readline().split()[2]
    assert address.startswith("http://127.0.0.1:")
    seeded = tmp_path / "data" / "sandbox" / "linli.db"
    with urlopen(f"{address}sim/idle?timeout=60") as answer:
        assert answer.status == 200
    end(process)
    there = {"DATABASE_URL": f"sqlite+aiosqlite:///{seeded}"}
    said = refused(
        tmp_path, "run", BOT_TOKEN=TOKEN, KEY_FILE=str(seeded.with_name("linli.key")), **there
    )
    assert "demo" in said
    said = refused(tmp_path, "run", BOT_TOKEN=TOKEN, **there)
    assert "The key file does not belong to this database" in said


@pytest.mark.parametrize(
    ("settings", "wanted"),
    [
        ({"DATA_DIR": str(EXAMPLE)}, f"{EXAMPLE} cannot be used"),
        ({"DATABASE_URL": f"sqlite+aiosqlite:///{EXAMPLE}"}, "not a database"),
        (
            {"DATABASE_URL": "postgresql+asyncpg://me:password@127.0.0.1:9/linli"},
            "PostgreSQL at 127.0.0.1:9/linli cannot be used",
        ),
        ({"SANDBOX_CONTROL": "ws://127.0.0.1:1/control"}, "no sandbox answers"),
    ],
)
def test_what_cannot_be_used_is_named(
    tmp_path: Path, settings: dict[str, str], wanted: str
) -> None:
    said = refused(tmp_path, "run", BOT_TOKEN=TOKEN, ORGANISATION=str(EXAMPLE), **settings)
    assert wanted in said
    assert "password" not in said


@pytest.mark.parametrize("command", ["run", "doctor"])
def test_postgres_without_its_driver_is_one_sentence(tmp_path: Path, command: str) -> None:
    absent = tmp_path / "absent"
    absent.mkdir()
    (absent / "asyncpg.py").write_text("raise ModuleNotFoundError('none', name='asyncpg')\n")
    said = refused(
        tmp_path,
        command,
        BOT_TOKEN=TOKEN,
        DATABASE_URL="postgresql+asyncpg://127.0.0.1/linli",
        PYTHONPATH=f"{ROOT}{os.pathsep}{absent}",
    )
    assert said.splitlines() == [
        "PostgreSQL needs one more package: pip install 'linli[postgres]'."
    ]


def test_there_is_nothing_to_back_up_before_the_first_start(tmp_path: Path) -> None:
    assert "no SQLite database" in refused(tmp_path, "backup")
    server = {"DATABASE_URL": "postgresql+asyncpg://127.0.0.1/linli"}
    assert "pg_dump" in refused(tmp_path, "backup", **server)


@pytest.mark.parametrize("arguments", [["dance"], ["run", "--port", "9"]])
def test_an_unknown_command_or_option_is_refused(arguments: list[str]) -> None:
    ended = CliRunner().invoke(cli, arguments)
    assert ended.exit_code == 2
    assert "No such" in ended.output
