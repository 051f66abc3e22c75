"""The command line in this process: exit codes and sentences for what an operator can mend."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from telegram.error import InvalidToken

from bot import __main__ as command_line
from bot.app import StartFault
from bot.sandbox.guest import EXAMPLE
from bot.sandbox.server import SandboxFault
from bot.services.organisation_file import OrganisationFault
from bot.settings import SettingsFault, setting_names
from storage.fault import DatabaseFault
from storage.vault import open_vault

ROOT = Path(__file__).parents[2]
TOKEN = "123456789:ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghi"

pytestmark = pytest.mark.usefixtures("logging_restored")


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in setting_names():
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would be started, instead of starting it."""
    noted: list[str] = []

    def run_bot(_settings: Any) -> str:
        return "bot"

    def serve(**given: Any) -> str:
        return f"sandbox with_bot={given['with_bot']} {given['organisation'].name}"

    monkeypatch.setattr(command_line, "_run_bot", run_bot)
    monkeypatch.setattr(command_line, "serve", serve)
    monkeypatch.setattr(command_line, "_run", noted.append)
    return noted


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["linli", *arguments])
    with pytest.raises(SystemExit) as ended:
        command_line.main()
    code = ended.value.code
    return code if isinstance(code, int) else 0


@pytest.mark.parametrize(
    ("arguments", "token", "what"),
    [
        ([], False, "sandbox with_bot=True organisation.toml"),
        (["run"], False, "sandbox with_bot=True organisation.toml"),
        (["sandbox"], False, "sandbox with_bot=True organisation.toml"),
        (["sandbox"], True, "sandbox with_bot=True organisation.toml"),
        (["sandbox", "--no-bot"], False, "sandbox with_bot=False organisation.toml"),
        ([], True, "bot"),
        (["run"], True, "bot"),
    ],
)
def test_what_is_started(
    monkeypatch: pytest.MonkeyPatch,
    started: list[str],
    arguments: list[str],
    token: bool,
    what: str,
) -> None:
    if token:
        monkeypatch.setenv("BOT_TOKEN", TOKEN)
    assert run(monkeypatch, *arguments) == 0
    assert started == [what]


@pytest.mark.parametrize(
    "fault",
    [
        SettingsFault(["LOG_LEVEL: wrong.", "ADMIN_IDS: wrong."]),
        StartFault("This database was seeded as a demo."),
        DatabaseFault("SQLite keeps synchronous at 1 instead of 2."),
        OrganisationFault("town.toml: community, name: Field required."),
        SandboxFault("The ports are busy."),
        InvalidToken("Unauthorized"),
    ],
    ids=lambda one: type(one).__name__,
)
def test_what_can_be_mended_is_a_sentence_and_two(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], fault: Exception
) -> None:
    def fail(_work: Any) -> None:
        raise fault

    monkeypatch.setattr(command_line, "_run", fail)
    monkeypatch.setattr(command_line, "serve", lambda **_given: None)
    assert run(monkeypatch, "sandbox") == 2
    out, err = capsys.readouterr()
    assert out == ""
    expected = (
        "Telegram does not know this BOT_TOKEN. Ask @BotFather for it again."
        if isinstance(fault, InvalidToken)
        else str(fault)
    )
    assert err == f"{expected}\n"


def test_a_defect_is_not_dressed_up_as_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_work: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(command_line, "_run", fail)
    monkeypatch.setattr(command_line, "serve", lambda **_given: None)
    monkeypatch.setattr(sys, "argv", ["linli"])
    with pytest.raises(ZeroDivisionError):
        command_line.main()


@pytest.mark.parametrize("command", ["run", "sandbox", "doctor", "backup"])
def test_every_command_looks_at_the_settings_first(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    started: list[str],
    command: str,
) -> None:
    monkeypatch.setenv("LOG_LEVEL", "LOUD")
    monkeypatch.setenv("PACE_TOTAL", "-1")
    assert run(monkeypatch, command) == 2
    assert [line.partition(":")[0] for line in capsys.readouterr().err.splitlines()] == [
        "LOG_LEVEL",
        "PACE_TOTAL",
    ]
    assert started == []


def test_the_doctor_says_what_is_fine_and_what_is_not(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "doctor") == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 8
    assert all(line.startswith(("ok    ", "warn  ")) for line in lines)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:9/bot")
    assert run(monkeypatch, "doctor") == 1
    ill = [line for line in capsys.readouterr().out.splitlines() if line.startswith("bad")]
    assert len(ill) == 1
    assert ill[0].startswith("bad   ORGANISATION")


def test_a_backup_names_its_copy(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    file: Path,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    open_vault(tmp_path / "linli.key")
    assert run(monkeypatch, "backup") == 0
    copy = Path(capsys.readouterr().out.strip())
    assert copy.parent == tmp_path / "backups"
    with closing(sqlite3.connect(copy)) as made, closing(sqlite3.connect(file)) as source:
        assert [*made.iterdump()] == [*source.iterdump()]


@pytest.mark.usefixtures("file")
def test_without_the_key_file_nothing_is_backed_up_in_plain(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    assert run(monkeypatch, "backup") == 2
    assert "put your copy of the key file back" in capsys.readouterr().err
    assert not (tmp_path / "backups").exists()


def test_without_a_database_there_is_nothing_to_back_up(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(monkeypatch, "backup") == 2
    assert "no SQLite database" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_slips_of_the_pen_are_said_on_every_start(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    started: list[str],
    tmp_path: Path,
) -> None:
    (tmp_path / ".env").write_text("BOT_TOKN=1\n", "utf-8")
    run(monkeypatch)
    assert "is BOT_TOKEN meant?" in capsys.readouterr().err
    assert started


@pytest.mark.parametrize("arguments", [["fly"], ["run", "--fast"], ["sandbox", "now"]])
def test_what_is_no_command_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert run(monkeypatch, *arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err


def test_help_names_every_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "--help") == 0
    said = capsys.readouterr().out
    assert all(command in said for command in ("run", "sandbox", "doctor", "backup"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_bot_that_cannot_reach_telegram_ends_cleanly_when_it_is_asked_to(
    tmp_path: Path, number: signal.Signals
) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": "http://127.0.0.1:9/bot",
        "DATA_DIR": str(tmp_path / "data"),
        "ORGANISATION": str(EXAMPLE),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "bot"], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    made, first = (process.stderr.readline() for _ in range(2))
    assert "a key file was made" in made
    assert "Telegram cannot be reached" in first
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Traceback" not in said
    assert TOKEN not in first + said
