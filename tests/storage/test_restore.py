"""A backup is good when it was restored; a damaged one is named, and never put into the place."""

import json
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage import restore as restoring
from storage.backup import back_up, beside, put_in_place
from storage.fault import DatabaseFault
from storage.restore import Drill, newest_good, rehearse, restore

CHANCE = random.Random(3)


def put(file: Path, key: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("INSERT INTO meta (key, value) VALUES (?, '1')", (key,))


def keys(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return [row[0] for row in connection.execute("SELECT key FROM meta ORDER BY key")]


@pytest.fixture
def backup(file: Path, tmp_path: Path) -> Path:
    put(file, "first")
    return back_up(file, tmp_path / "backups", label="20261117T010000Z")


def test_a_good_one_is_counted_and_stays_as_it_is(backup: Path) -> None:
    before = backup.read_bytes()
    drill = rehearse(backup)
    assert (drill.fault, drill.counted) == ("", True)
    assert drill.rows > 2
    assert backup.read_bytes() == before
    assert {one.name for one in backup.parent.iterdir()} == {backup.name, beside(backup).name}


def test_a_hundred_changed_bytes_are_all_found(backup: Path) -> None:
    whole = backup.read_bytes()
    for _ in range(100):
        at = CHANCE.randrange(len(whole))
        harmed = bytearray(whole)
        harmed[at] ^= 1 << CHANCE.randrange(8)
        backup.write_bytes(harmed)
        assert rehearse(backup).fault, at
    backup.write_bytes(whole)
    assert not rehearse(backup).fault


@pytest.mark.parametrize("content", [b"", b"no database" * 999, None])
def test_what_is_cut_or_no_database_is_damaged(backup: Path, content: bytes | None) -> None:
    backup.write_bytes(backup.read_bytes()[:-5000] if content is None else content)
    assert rehearse(backup).fault
    beside(backup).unlink()  # without what it has to hold, too
    assert rehearse(backup).fault


def test_one_that_is_not_there_is_damaged(tmp_path: Path) -> None:
    assert "cannot be read" in rehearse(tmp_path / "none.db").fault


def test_rows_that_are_not_there_are_named(backup: Path) -> None:
    wanted = json.loads(beside(backup).read_text("utf-8"))
    wanted["tables"]["meta"] += 1
    beside(backup).write_text(json.dumps(wanted), "utf-8")
    assert rehearse(backup).fault == "meta has 1 rows instead of 2"


def test_one_of_which_nothing_was_written_down_is_looked_at_all_the_same(backup: Path) -> None:
    beside(backup).unlink()
    drill = rehearse(backup)
    assert (drill.fault, drill.counted) == ("", False)
    with closing(sqlite3.connect(backup)) as connection, connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("INSERT INTO audit_heads (community_id, last, seal) VALUES (99, 1, 'x')")
    assert rehearse(backup).fault == "rows of audit_heads refer to nothing"


def test_the_newest_good_one_is_taken_and_the_damaged_are_named(file: Path, backup: Path) -> None:
    newer = back_up(file, backup.parent, label="20261117T020000Z")
    newer.write_bytes(b"\xff" * 4096)
    heard: list[Drill] = []
    assert newest_good([newer, backup], heard.append) == backup
    assert [bool(one.fault) for one in heard] == [True, False]
    with pytest.raises(DatabaseFault, match="no good backup"):
        newest_good([newer], heard.append)


def test_the_former_database_is_kept_with_what_stood_in_its_log(file: Path, backup: Path) -> None:
    writer = sqlite3.connect(file)
    writer.execute("PRAGMA wal_autocheckpoint=0")
    with writer:
        writer.execute("INSERT INTO meta (key, value) VALUES ('later', '1')")
    crashed = file.with_name("crashed.db")  # with a log beside it, as after a kill
    for end in ("", "-wal"):
        crashed.with_name(crashed.name + end).write_bytes(Path(f"{file}{end}").read_bytes())
    writer.close()
    assert Path(f"{crashed}-wal").stat().st_size > 0

    aside = restore(backup, crashed, label="20261117T030000Z")
    assert aside is not None
    assert aside.name == "crashed-before-restore-20261117T030000Z.db"
    assert keys(crashed) == ["first"]
    assert keys(aside) == ["first", "later"]
    assert crashed.stat().st_mode & 0o077 == 0


def test_a_damaged_database_is_put_aside_with_its_log_as_it_is(file: Path, backup: Path) -> None:
    file.write_bytes(b"\xff" * 9000)
    log = Path(f"{file}-wal")
    log.write_bytes(b"what was left")
    aside = restore(backup, file, label="x")
    assert aside is not None
    assert aside.read_bytes() == b"\xff" * 9000
    assert Path(f"{aside}-wal").read_bytes() == b"what was left"
    assert not log.exists(), "else SQLite would read it into the restored one"
    assert keys(file) == ["first"]


def test_where_there_was_none_it_is_simply_put(backup: Path, tmp_path: Path) -> None:
    new = tmp_path / "a" / "b" / "linli.db"
    assert restore(backup, new, label="x") is None
    assert keys(new) == ["first"]


def test_there_is_a_database_at_every_instant(
    file: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(file, "second")
    seen: list[tuple[str, list[str]]] = []
    really = put_in_place

    def look(new: Path, old: Path) -> None:
        seen.append((old.name, keys(file)))
        really(new, old)

    monkeypatch.setattr(restoring, "put_in_place", look)
    restore(backup, file, label="x")
    assert seen == [
        ("linli-before-restore-x.db", ["first", "second"]),
        ("linli.db", ["first", "second"]),
    ]
    assert keys(file) == ["first"]
