"""Migrations: the tables are what the code thinks, nothing is lost, killed halfway is the old."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.command import upgrade
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine

from storage import migrate as migrating
from storage.fault import DatabaseFault
from storage.migrate import migrate, newest_revision
from storage.tables import metadata
from tests.support.database import VAULT, url_of

ROOT = Path(__file__).parents[2]
REVISION = """
from alembic import op

revision = "{revision}"
down_revision = {down!r}


def upgrade() -> None:
    {body}
"""
FIRST = """op.execute("CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT)")
    op.execute("CREATE TABLE children (id INTEGER PRIMARY KEY, parent_id INTEGER NOT NULL"
               " REFERENCES parents (id) ON DELETE CASCADE)")"""
REBUILD = """import sqlalchemy as sa
    with op.batch_alter_table("parents", recreate="always") as batch:
        batch.add_column(sa.Column("note", sa.Text()))"""
Script = Callable[[str, str], None]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "linli.db"


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Script:
    """Write a further revision of a small database of its own: `script("0002", body)`."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    (folder / "env.py").write_text((ROOT / "storage/migrations/env.py").read_text("utf-8"))
    monkeypatch.setattr(migrating, "_config", lambda: _fresh(folder))
    known: list[str] = []

    def write(revision: str, body: str) -> None:
        text = REVISION.format(revision=revision, down=known[-1] if known else None, body=body)
        (folder / "versions" / f"{revision}.py").write_text(text)
        known.append(revision)

    return write


def _fresh(folder: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder))
    return config


def sql(file: Path, statement: str) -> list[Any]:
    with closing(sqlite3.connect(file)) as connection, connection:
        return connection.execute(statement).fetchall()


def bring(file: Path, backups: Path) -> str | None:
    return asyncio.run(migrate(url_of(file), backups, VAULT))


def tables(file: Path) -> set[str]:
    return {row[0] for row in sql(file, "SELECT name FROM sqlite_master WHERE type = 'table'")}


def older(file: Path, backups: Path, script: Script) -> None:
    """Make a database of the first revision with three families."""
    script("0001", FIRST)
    bring(file, backups)
    sql(file, "INSERT INTO parents (id, name) VALUES (1, 'a'), (2, 'b'), (3, 'c')")
    sql(file, "INSERT INTO children (id, parent_id) VALUES (1, 1), (2, 2), (3, 3)")


def test_the_migrated_tables_are_those_of_the_code(file: Path, backups: Path) -> None:
    assert bring(file, backups) is None
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        connection.rollback()
    engine.dispose()
    assert tables(file) == {*metadata.tables, "alembic_version", "sqlite_stat1"}


def test_what_is_made_from_the_code_equals_what_is_migrated(
    file: Path, backups: Path, tmp_path: Path
) -> None:
    bring(file, backups)
    engine = create_engine(f"sqlite:///{tmp_path / 'made.db'}")
    metadata.create_all(engine)
    engine.dispose()
    for table in metadata.tables:
        for pragma, beside_its_number in (("table_info", 1), ("foreign_key_list", 2)):
            migrated, made = (
                {row[beside_its_number:] for row in sql(one, f"PRAGMA {pragma}({table})")}
                for one in (file, tmp_path / "made.db")
            )
            assert migrated == made, table
    query = "SELECT name FROM sqlite_master WHERE type = 'index' AND name LIKE 'ix_%' ORDER BY 1"
    assert sql(file, query) == sql(tmp_path / "made.db", query)


def test_migrating_again_changes_nothing_and_backs_up_nothing(file: Path, backups: Path) -> None:
    bring(file, backups)
    sql(file, "INSERT INTO meta (key, value) VALUES ('a', '1')")
    before = file.read_bytes()
    assert bring(file, backups) == newest_revision()
    assert file.read_bytes() == before
    assert not backups.exists()


def test_a_new_database_is_not_backed_up_but_made(file: Path, backups: Path) -> None:
    nested = file.parent / "new" / "linli.db"
    assert bring(nested, backups) is None
    assert nested.parent.stat().st_mode & 0o077 == 0
    assert not backups.exists()


def test_an_older_database_is_backed_up_before_it_is_migrated(
    file: Path, backups: Path, script: Script
) -> None:
    older(file, backups, script)
    script("0002", REBUILD)
    assert bring(file, backups) == "0001"
    (copy,) = backups.glob("*.db")
    assert copy.name == "linli-before-0002.db"
    assert len(sql(copy, "SELECT * FROM parents")) == 3
    assert "note" not in str(sql(copy, "PRAGMA table_info(parents)"))
    assert "note" in str(sql(file, "PRAGMA table_info(parents)"))


def _bring_to(file: Path, revision: str) -> None:
    config = migrating._config()
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        config.attributes.update(connection=connection, vault=VAULT)
        upgrade(config, revision)
    engine.dispose()


def test_a_card_of_before_stays_where_it_is(file: Path, backups: Path) -> None:
    _bring_to(file, "0003")
    for id_, chat, topic in ((1, 7001, "NULL"), (2, -100, "5")):
        sql(file, "INSERT INTO cards (community_id, id, chat_id, noun, subject_id, topic)"
                  f" VALUES (1, {id_}, {chat}, 'case', 1001, {topic})")  # fmt: skip
    bring(file, backups)
    found = sql(file, "SELECT id, chat_id, topic FROM cards ORDER BY id")
    assert found == [(1, 7001, 0), (2, -100, 5)]


def test_cases_and_files_of_before_are_looked_into(file: Path, backups: Path) -> None:
    _bring_to(file, "0002")
    sql(file, "INSERT INTO communities (id, code, organisation) VALUES (1, 'e', '{}')")
    sql(file, "INSERT INTO people (community_id, id, telegram_id, name, language, joined_at)"
              " VALUES (1, 1, 7001, 'a', 'en', 0)")  # fmt: skip
    for number in (1001, 1002):
        sql(file, "INSERT INTO cases (community_id, number, status, version, category, place,"
                  " words, channel, urgent, reporter_id, round, returns, appeals, reported_at)"
                  f" VALUES (1, {number}, 'submitted', 1, 'x', 'x', 'x', 'x', 0, 1, 0, 0, 0, 0)"
            )  # fmt: skip
    sql(file, "INSERT INTO case_pieces (community_id, piece, case_number) VALUES (1, 'x', 1002)")
    for kind in ("photo", "document"):
        sql(file, "INSERT INTO attachments (community_id, case_number, file_unique_id, stage, kind,"
                  f" file_id, person_id, at) VALUES (1, 1001, '{kind}', 'before', '{kind}', 'x', 1,"
                  " 5)")  # fmt: skip
    bring(file, backups)
    assert sql(file, "SELECT community_id, case_number FROM cases_to_index") == [
        (1, 1001),
        (1, 1002),
    ]
    found = sql(file, "SELECT kind, state, check_at FROM attachments ORDER BY kind")
    assert found == [("document", "waiting", 5), ("photo", None, None)]


def test_rebuilding_a_table_keeps_its_childrens_rows(
    file: Path, backups: Path, script: Script
) -> None:
    older(file, backups, script)
    script("0002", REBUILD)
    bring(file, backups)
    assert sql(file, "SELECT id, name FROM parents") == [(1, "a"), (2, "b"), (3, "c")]
    assert sql(file, "SELECT id, parent_id FROM children") == [(1, 1), (2, 2), (3, 3)]


@pytest.mark.parametrize(
    "losing",
    [
        "op.execute('DELETE FROM children WHERE id = 2')",
        "op.execute('DROP TABLE children')\n    op.execute('CREATE TABLE children (id INTEGER)')",
    ],
)
def test_a_migration_that_loses_rows_is_refused_by_name(
    file: Path, backups: Path, script: Script, losing: str
) -> None:
    older(file, backups, script)
    script("0002", f"op.execute('CREATE TABLE more (id INTEGER)')\n    {losing}")
    with pytest.raises(DatabaseFault, match="lost rows of: children"):
        bring(file, backups)
    assert len(sql(file, "SELECT * FROM children")) == 3
    assert "more" not in tables(file)
    assert sql(file, "SELECT version_num FROM alembic_version") == [("0001",)]


def test_a_migration_that_breaks_a_reference_is_refused(
    file: Path, backups: Path, script: Script
) -> None:
    """Foreign keys are off meanwhile, so that they are looked at afterwards."""
    older(file, backups, script)
    script("0002", "op.execute('UPDATE children SET parent_id = 99 WHERE id = 2')")
    with pytest.raises(DatabaseFault, match="children"):
        bring(file, backups)
    assert sql(file, "SELECT parent_id FROM children") == [(1,), (2,), (3,)]


def test_a_migration_that_fails_in_the_middle_leaves_the_old(
    file: Path, backups: Path, script: Script
) -> None:
    older(file, backups, script)
    script("0002", REBUILD)
    script("0003", "op.execute('CREATE TABLE more (id INTEGER)')\n    raise ValueError('halfway')")
    with pytest.raises(ValueError, match="halfway"):
        bring(file, backups)
    assert "note" not in str(sql(file, "PRAGMA table_info(parents)"))
    assert sql(file, "SELECT version_num FROM alembic_version") == [("0001",)]
    assert len(sql(file, "SELECT * FROM children")) == 3


def test_killed_in_the_middle_leaves_the_old(
    file: Path, backups: Path, script: Script, tmp_path: Path
) -> None:
    older(file, backups, script)
    script("0002", f"{REBUILD}\n    import os, signal\n    os.kill(os.getpid(), signal.SIGKILL)")
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from alembic.config import Config\n"
        "from storage import migrate as m\n"
        "config = Config()\n"
        "config.set_main_option('script_location', sys.argv[2])\n"
        "m._config = lambda: config\n"
        "m._migrate_file(Path(sys.argv[1]), Path(sys.argv[3]))\n"
    )
    arguments = [str(file), str(tmp_path / "migrations"), str(backups)]
    killed = subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, check=False)
    assert killed.returncode == -9
    assert sql(file, "SELECT version_num FROM alembic_version") == [("0001",)]
    assert sql(file, "SELECT id, parent_id FROM children") == [(1, 1), (2, 2), (3, 3)]
    assert "note" not in str(sql(file, "PRAGMA table_info(parents)"))
    assert sql(file, "PRAGMA integrity_check") == [("ok",)]


def test_a_database_of_the_future_is_refused_in_a_sentence(file: Path, backups: Path) -> None:
    bring(file, backups)
    sql(file, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseFault, match="9999"):
        bring(file, backups)


def test_a_file_that_is_no_database_is_refused_in_a_sentence(file: Path, backups: Path) -> None:
    file.write_bytes(b"this is no database at all" * 100)
    with pytest.raises(DatabaseFault, match=file.name):
        bring(file, backups)


def test_without_scripts_it_says_so(file: Path, backups: Path, script: Script) -> None:
    del script
    with pytest.raises(DatabaseFault, match="not complete"):
        bring(file, backups)
