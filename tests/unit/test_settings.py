"""Settings: every fault at once and in a sentence, the token never seen, slips of the pen named."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import (
    Settings,
    SettingsFault,
    near_misses,
    read_settings,
    setting_names,
)

TOKEN = "123456789:ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghi"
SECRET = TOKEN.partition(":")[2]


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in setting_names():
        monkeypatch.delenv(name, raising=False)


def faults() -> list[str]:
    with pytest.raises(SettingsFault) as fault:
        read_settings()
    assert str(fault.value) == "\n".join(fault.value.faults)
    return fault.value.faults


def test_the_defaults() -> None:
    found = read_settings()
    assert found.bot_token is None
    assert found.bot_api_url == "https://api.telegram.org/bot"
    assert found.database == "sqlite+aiosqlite:///data/linli.db"
    assert (found.sandbox_port, found.log_level, found.admin_ids) == (8088, "INFO", ())
    assert (found.pace_total, found.pace_chat, found.pace_group) == (25, 1, 20)


def test_every_setting_is_in_the_example_and_nothing_else() -> None:
    example = (Path(__file__).parents[2] / ".env.example").read_text("utf-8")
    named = [line.partition("=")[0] for line in example.splitlines() if line[:1] not in {"", "#"}]
    assert sorted(named) == sorted(setting_names())


def test_the_example_as_it_is_changes_nothing(tmp_path: Path) -> None:
    plain = read_settings()
    example = (Path(__file__).parents[2] / ".env.example").read_text("utf-8")
    (tmp_path / ".env").write_text(example, "utf-8")
    assert read_settings() == plain
    assert near_misses() == []


@pytest.mark.parametrize("name", setting_names())
def test_empty_counts_as_not_set(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    plain = read_settings()
    monkeypatch.setenv(name, "")
    assert read_settings() == plain


def test_the_environment_wins_over_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=DEBUG\nSANDBOX_PORT=1\nUNRELATED=1\n", "utf-8")
    monkeypatch.setenv("SANDBOX_PORT", "2")
    found = read_settings()
    assert (found.log_level, found.sandbox_port) == ("DEBUG", 2)


def test_the_database_lies_under_the_folder_or_where_it_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATA_DIR", "/srv/linli")
    assert read_settings().database == "sqlite+aiosqlite:////srv/linli/linli.db"
    monkeypatch.setenv("DATABASE_URL", "sqlite+aiosqlite:////elsewhere/a.db")
    assert read_settings().database == "sqlite+aiosqlite:////elsewhere/a.db"


@pytest.mark.parametrize(
    ("written", "ids"),
    [
        ("7", (7,)),
        ("7,8", (7, 8)),
        (" 7 , 8 ,", (7, 8)),
        ("7;8", (7, 8)),
        ("7123456789012", (7123456789012,)),
        (",", ()),
    ],
)
def test_admins_are_one_or_several_numbers(
    monkeypatch: pytest.MonkeyPatch, written: str, ids: tuple[int, ...]
) -> None:
    monkeypatch.setenv("ADMIN_IDS", written)
    assert read_settings().admin_ids == ids


@pytest.mark.parametrize("written", ["me", "7 8", "@me", "-7", "7,x", "[7]", "1.5", "７"])
def test_admins_are_nothing_else(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("ADMIN_IDS", written)
    (sentence,) = faults()
    assert sentence.startswith("ADMIN_IDS: numbers separated by commas")
    assert written in sentence


@pytest.mark.parametrize("written", ["9" * 23, f"7,{1 << 60}", "9" * 5000, "0"])
def test_admins_are_ids_as_telegram_gives_them(
    monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    monkeypatch.setenv("ADMIN_IDS", written)
    (sentence,) = faults()
    assert sentence.startswith("ADMIN_IDS: ids as Telegram gives them are wanted")


@pytest.mark.parametrize(
    "written",
    ["0001-01-01T00:00+14:00", "9999-12-31T23:59+00:00", "1969-01-01T00:00Z", "2200-01-01T00:00Z"],
)
def test_the_sandboxs_time_is_one_in_which_it_can_live(
    monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    monkeypatch.setenv("SANDBOX_NOW", written)
    (sentence,) = faults()
    assert sentence.startswith("SANDBOX_NOW: a time between 2000 and 2100")


@pytest.mark.parametrize("path", ["", ":memory:", "?cache=shared"])
def test_an_address_of_sqlite_names_a_file(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{path}")
    (sentence,) = faults()
    assert sentence.startswith("DATABASE_URL: an address such as")


def test_a_file_that_is_no_utf_8_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("LOG_LEVEL=INFO\n# 幸福里\n".encode("gb18030"))
    assert faults() == [".env is not UTF-8 (at line 2)."]


def test_a_file_that_cannot_be_read_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=INFO\n", "utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("dotenv.main.open", refuse, raising=False)
    assert faults() == [".env cannot be read: Permission denied."]


BAD = {
    "BOT_TOKEN": f"{SECRET}:nonsense",
    "BOT_API_URL": "https://example.org/api",
    "BOT_FILE_URL": "example.org",
    "DATABASE_URL": "mysql://me:password@example.org/linli",
    "ADMIN_IDS": "me",
    "LOG_LEVEL": "LOUD",
    "SANDBOX_PORT": "99999",
    "SANDBOX_NOW": "2026-11-17T09:10",
    "PACE_TOTAL": "-1",
    "PACE_CHAT": "inf",
    "PACE_GROUP": "nan",
}


@pytest.mark.parametrize(
    ("address", "fine"),
    [
        ("postgresql+asyncpg://linli:wo%40rd@127.0.0.1:5433/linli", True),
        ("postgresql+asyncpg://db.example.org/linli", True),
        ("postgresql+asyncpg:///linli", False),
        ("postgresql+asyncpg://linli:word@127.0.0.1:port/linli", False),
        ("postgresql://linli:word@127.0.0.1/linli", False),
    ],
)
def test_an_address_of_postgres_names_driver_and_host(
    monkeypatch: pytest.MonkeyPatch, address: str, fine: bool
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    if fine:
        assert read_settings().database == address
    else:
        (sentence,) = faults()
        assert "word" not in sentence


def test_every_fault_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in BAD.items():
        monkeypatch.setenv(name, value)
    assert {sentence.partition(":")[0] for sentence in faults()} == set(BAD)


@pytest.mark.parametrize("name", BAD)
def test_each_fault_is_one_sentence_that_begins_with_its_name(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, BAD[name])
    (sentence,) = faults()
    assert sentence.startswith(f"{name}: ")
    assert sentence.endswith(".")
    assert "Traceback" not in sentence
    if name not in {"BOT_TOKEN", "DATABASE_URL"}:
        assert BAD[name] in sentence


@pytest.mark.parametrize("name", ["BOT_TOKEN", "DATABASE_URL"])
def test_what_is_secret_is_not_shown_even_when_it_is_wrong(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, f"{SECRET} with a slip")
    (sentence,) = faults()
    assert SECRET not in sentence


def test_the_token_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    found = read_settings()
    assert found.token == TOKEN
    for shown in (repr(found), str(found), str(found.model_dump()), found.model_dump_json()):
        assert SECRET not in shown


def test_without_a_token_asking_for_it_is_a_defect() -> None:
    with pytest.raises(LookupError):
        _ = read_settings().token


@pytest.mark.parametrize("wrong", ["12:abc", "abc", f"x{TOKEN}", f"{TOKEN} {TOKEN}", "1" * 50])
def test_what_does_not_look_like_a_token_is_refused(
    monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    monkeypatch.setenv("BOT_TOKEN", wrong)
    (sentence,) = faults()
    assert "BotFather" in sentence


def test_settings_do_not_change_afterwards() -> None:
    found = read_settings()
    with pytest.raises(ValidationError):
        found.log_level = "DEBUG"


@pytest.mark.parametrize("level", ["debug", "Info", " WARNING "])
def test_a_level_is_understood_however_it_is_written(
    monkeypatch: pytest.MonkeyPatch, level: str
) -> None:
    monkeypatch.setenv("LOG_LEVEL", level)
    assert read_settings().log_level == level.strip().upper()


def test_the_sandboxs_time_keeps_its_instant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANDBOX_NOW", "2026-11-17T09:10+08:00")
    assert read_settings().sandbox_now == datetime(2026, 11, 17, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("BOT_TOKN=1", "BOT_TOKEN"),
        ("BOTTOKEN=1", "BOT_TOKEN"),
        ("export ADMIN_ID=7", "ADMIN_IDS"),
        ("DATABASE_URI=x", "DATABASE_URL"),
        ("organization=x", "ORGANISATION"),
        ("LOGLEVEL=x", "LOG_LEVEL"),
        ("PACE_TOTALS = 3", "PACE_TOTAL"),
    ],
)
def test_a_slip_of_the_pen_is_named_with_its_line(tmp_path: Path, line: str, meant: str) -> None:
    (tmp_path / ".env").write_text(f"# a comment\n\n{line}\n", "utf-8")
    (sentence,) = near_misses()
    assert sentence.startswith(".env line 3: ")
    assert f"is {meant} meant?" in sentence


@pytest.mark.parametrize(
    "line", ["EDITOR=vi", "# BOT_TOKN=1", "BOT_TOKN", "bot_token=x", "", "PATH=/bin", "=x"]
)
def test_lines_of_others_are_left_alone(tmp_path: Path, line: str) -> None:
    (tmp_path / ".env").write_text(f"{line}\n", "utf-8")
    assert near_misses() == []


def test_a_slip_never_shows_what_stands_behind_it(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"BOT_TOKN={TOKEN}\n", "utf-8")
    assert SECRET not in "".join(near_misses())


def test_without_a_file_there_is_nothing_to_say(tmp_path: Path) -> None:
    assert near_misses(tmp_path / "none") == []
    assert Settings.model_config["frozen"] is True
