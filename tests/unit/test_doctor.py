"""The doctor: what is fine, what is not, and what to do, without touching anything."""

import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.guest import EXAMPLE
from bot.services import doctor
from bot.services.doctor import Finding, examine
from bot.settings import Settings, setting_names
from storage.unit_of_work import Database
from tests.support.database import START

TOKEN = "123456789:ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghi"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in setting_names():
        monkeypatch.delenv(name, raising=False)


async def look(**given: Any) -> list[Finding]:
    held = Settings(**given)
    return await examine(held, Database(held.database, lambda: START))


async def ill(**given: Any) -> list[str]:
    return [one.sentence for one in await look(**given) if not one.fine]


async def test_a_fresh_folder_is_fine_and_stays_empty(tmp_path: Path) -> None:
    found = await look(data_dir=tmp_path / "data")
    assert [one.sentence for one in found if not one.fine] == []
    assert len(found) == 7
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - a path must not block
    assert "no database yet" in found[-1].sentence


async def test_with_a_token_an_organisation_is_needed(tmp_path: Path) -> None:
    (sentence,) = await ill(data_dir=tmp_path, bot_token=TOKEN)
    assert sentence.startswith("ORGANISATION is not set")
    assert await ill(data_dir=tmp_path, bot_token=TOKEN, organisation=EXAMPLE) == []


async def test_without_pillow_it_says_what_that_means(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "find_spec", lambda _: None)
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
    assert found[-1].fine
    assert "can be written" in found[-1].sentence
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
