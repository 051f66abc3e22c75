"""The doctor: what is fine, what is not, and what to do, without touching anything."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.delivery.checkup import Greeting, greet
from bot.sandbox.guest import EXAMPLE
from bot.services import doctor
from bot.services.doctor import Diagnosis, examine, of_telegram
from bot.settings import Settings, setting_names
from storage import audit, meta, person
from storage.backup import back_up
from storage.keys_apart import KEYS
from storage.unit_of_work import Database
from storage.vault import open_vault
from tests.support.database import START, VAULT, HandClock, a_person, opened

TOKEN = "123456789:ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghi"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in setting_names():
        monkeypatch.delenv(name, raising=False)


async def look(**given: Any) -> list[Diagnosis]:
    held = Settings(**given)
    return await examine(held, Database(held.database, lambda: START), START)


async def ill(**given: Any) -> list[str]:
    return [one.sentence for one in await look(**given) if one.is_bad]


async def test_a_fresh_folder_is_fine_and_stays_empty(tmp_path: Path) -> None:
    found = await look(data_dir=tmp_path / "data")
    assert [one.sentence for one in found if one.is_bad] == []
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - a path must not block
    assert "no database yet" in found[-1].sentence


async def test_with_a_token_an_organisation_is_needed(tmp_path: Path) -> None:
    (sentence,) = await ill(data_dir=tmp_path, bot_token=TOKEN)
    assert sentence.startswith("ORGANISATION is not set")
    assert await ill(data_dir=tmp_path, bot_token=TOKEN, organisation=EXAMPLE) == []


async def test_without_pillow_it_says_what_that_means(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "find_spec", lambda name: None if name == "PIL" else object())
    (sentence,) = await ill(data_dir=tmp_path)
    assert sentence.startswith("Pillow is not installed")


async def test_the_token_is_not_shown(tmp_path: Path) -> None:
    found = await look(data_dir=tmp_path, bot_token=TOKEN)
    assert TOKEN not in repr(found)


async def test_the_faults_of_the_organisation_are_named(tmp_path: Path) -> None:
    file = tmp_path / "town.toml"
    file.write_text("[community]\n", "utf-8")
    (sentence,) = await ill(data_dir=tmp_path, organisation=file)
    assert "town.toml: community, name" in sentence


async def test_a_database_in_use_is_fine_and_unchanged(file: Path, tmp_path: Path) -> None:
    found = await look(data_dir=tmp_path, database_url=f"sqlite+aiosqlite:///{file}")
    assert not any(one.is_bad for one in found)
    assert any("can be written" in one.sentence for one in found)
    with sqlite3.connect(file) as connection:
        tables = connection.execute("SELECT count(*) FROM communities").fetchone()
    connection.close()
    assert tables == (2,)


async def test_what_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "linli.db").write_bytes(b"not a database" * 1000)
    (sentence,) = await ill(data_dir=tmp_path)
    assert "cannot be used" in sentence
    assert "not a database" in sentence


async def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_given: False)
    (sentence,) = await ill(data_dir=tmp_path)
    assert "cannot be written" in sentence
    assert str(tmp_path) in sentence


async def test_a_folder_below_one_that_is_not_there_is_looked_at_where_it_will_be(
    tmp_path: Path,
) -> None:
    assert await ill(data_dir=tmp_path / "a" / "b" / "c") == []


async def test_a_full_disk_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1024**2))
    (sentence,) = await ill(data_dir=tmp_path)
    assert "1 MiB" in sentence


@pytest.mark.parametrize(("sound", "piece"), [(True, "SQLite"), (False, "one connection only")])
async def test_the_version_of_sqlite_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sound: bool, piece: str
) -> None:
    monkeypatch.setattr(doctor, "sqlite_is_sound", lambda: sound)
    found = await look(data_dir=tmp_path)
    (sentence,) = [one.sentence for one in found if one.sentence.startswith("SQLite")]
    assert sqlite3.sqlite_version in sentence
    assert piece in sentence


async def test_an_old_python_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.version_info", (3, 10, 1, "final", 0))
    (sentence,) = await ill(data_dir=tmp_path)
    assert sentence == "Python 3.10.1 (3.11 or newer is wanted)."


async def said(level: str, **given: Any) -> list[str]:
    return [one.sentence for one in await look(**given) if one.level == level]


async def test_what_others_can_read_is_named(file: Path, tmp_path: Path) -> None:
    os.chmod(file, 0o644)  # noqa: PTH101 - a path must not block
    os.chmod(file.parent, 0o755)  # noqa: PTH101 - likewise
    found = await said("warn", data_dir=tmp_path)
    assert any(f"can read {file.name}" in one for one in found)
    os.chmod(file.parent, 0o700)  # noqa: PTH101 - nobody comes so far
    assert not any("can read" in one for one in await said("warn", data_dir=tmp_path))


async def test_a_missing_backup_an_old_one_and_one_that_could_not_be_restored(
    file: Path, tmp_path: Path, clock: HandClock
) -> None:
    assert any("no backup yet" in one for one in await said("warn", data_dir=tmp_path))
    back_up(file, tmp_path / "backups", label="20261116T201000Z")
    assert any("5.0 hours old" in one for one in await said("warn", data_dir=tmp_path))
    back_up(file, tmp_path / "backups", label="20261117T010000Z")
    assert any("0.2 hours old" in one for one in await said("ok", data_dir=tmp_path))
    async with opened(file, clock) as database, database.begin() as uow:
        await meta.put(uow, meta.DRILL, {"at": "", "backup": "linli-x.db", "fault": "bad"})
    (sentence,) = await ill(data_dir=tmp_path)
    assert sentence == "linli-x.db could not be restored: run `linli backup verify`."


@pytest.mark.usefixtures("file")
async def test_where_no_backups_are_made_it_says_so(tmp_path: Path) -> None:
    given = {"data_dir": tmp_path}
    assert not any("HOURLY_BACKUPS" in one for one in await said("warn", **given))
    assert any("HOURLY_BACKUPS" in one for one in await said("warn", **given, hourly_backups=False))


async def test_a_broken_audit_is_named(file: Path, tmp_path: Path, clock: HandClock) -> None:
    async with opened(file, clock) as database, database.begin() as uow:
        for _ in range(3):
            await audit.add(uow, 1, 5, "denied", "case:1")
    assert any("(3 rows)" in one for one in await said("ok", data_dir=tmp_path))
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE audit SET person_id = 6 WHERE id = 2")
    assert await ill(data_dir=tmp_path) == [
        "The audit of east is broken at row 2: `linli audit verify`."
    ]


async def test_extras_and_fonts_that_are_missing_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.paper.charts.fonts", list)
    assert any("No font has Chinese" in one for one in await said("warn", data_dir=tmp_path))
    monkeypatch.setattr(doctor, "find_spec", lambda name: object() if name == "PIL" else None)
    found = await said("warn", data_dir=tmp_path)
    assert any("linli[reports]" in one for one in found)
    assert any("linli[print]" in one for one in found)


async def test_another_library_than_the_one_that_was_measured_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "version", lambda _name: "23.0")
    (sentence,) = await ill(data_dir=tmp_path)
    assert "python-telegram-bot 22.8 is wanted" in sentence


@pytest.mark.parametrize(
    ("status", "skew", "found"),
    [
        (None, None, ["warn"]),
        (401, 0.0, ["bad"]),
        (404, None, ["bad"]),
        (200, None, ["ok"]),
        (200, 2.0, ["ok", "ok"]),
        (200, -30.0, ["ok", "warn"]),
        (200, 600.0, ["ok", "bad"]),
        (502, 0.0, ["warn", "ok"]),
    ],
)
def test_what_telegram_says_of_the_token_and_of_the_clock(
    status: int | None, skew: float | None, found: list[str]
) -> None:
    assert [one.level for one in of_telegram(status, skew)] == found


async def test_telegram_is_asked_and_what_it_says_of_the_time_is_heard() -> None:
    async def answer(request: web.Request) -> web.Response:
        assert request.path == f"/bot{TOKEN}/getMe"
        return web.json_response({"ok": True}, headers={"Date": "Tue, 17 Nov 2026 01:10:00 GMT"})

    application = web.Application()
    application.router.add_get("/{rest:.*}", answer)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    here = f"http://127.0.0.1:{runner.addresses[0][1]}/bot"
    found = await greet(Settings(bot_token=SecretStr(TOKEN), bot_api_url=here))
    assert found == Greeting(200, START)
    await runner.cleanup()
    assert await greet(Settings(bot_token=SecretStr(TOKEN), bot_api_url=here)) is None


async def test_a_community_that_was_imported_needs_no_file(file: Path, tmp_path: Path) -> None:
    assert file.parent == tmp_path, "it is where the settings look"
    assert await ill(data_dir=tmp_path, bot_token=TOKEN) == []


async def test_the_key_file_is_looked_at(file: Path, tmp_path: Path, clock: HandClock) -> None:
    at = tmp_path / "linli.key"
    assert not any("key file" in one.sentence for one in await look(data_dir=tmp_path))
    vault, _ = open_vault(at)
    async with opened(file, clock) as database:
        database.vault = vault
        async with database.begin() as uow:
            person.add(uow, a_person(1))
    assert any(
        "is there a copy of it" in one.lower() for one in await said("ok", data_dir=tmp_path)
    )
    os.chmod(at, 0o640)  # noqa: PTH101 - a path must not block
    assert any("chmod 600" in one for one in await said("warn", data_dir=tmp_path))
    inside = tmp_path / "backups" / "linli.key"
    inside.parent.mkdir()
    inside.write_bytes(at.read_bytes())
    (sentence,) = await ill(data_dir=tmp_path, key_file=inside)
    assert "lies among the backups" in sentence
    at.unlink()
    (sentence,) = await ill(data_dir=tmp_path)
    assert "is not there: put your copy" in sentence
    open_vault(at)  # another one
    (sentence,) = await ill(data_dir=tmp_path)
    assert "does not belong to this database" in sentence


async def test_damaged_keys_of_the_copies_and_former_files_are_named(
    file: Path, tmp_path: Path
) -> None:
    back_up(file, tmp_path / "backups", label="20261117T010000Z", vault=VAULT)
    assert await ill(data_dir=tmp_path) == []
    (tmp_path / "backups" / KEYS).write_text("1/1 x y\n", "ascii")
    (sentence,) = await ill(data_dir=tmp_path)
    assert "is damaged: without it no copy can be read" in sentence
    former = tmp_path / "linli-before-restore-20261117T010000Z.db"
    former.touch()
    assert any(former.name in one for one in await said("warn", data_dir=tmp_path))
