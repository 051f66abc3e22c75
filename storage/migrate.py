"""Brings the tables to the newest revision, after a backup, on a connection of its own.

A rebuild of a table with foreign keys on deletes all child rows silently (measured), so they
are off here, and every table's rows are counted before and after.
"""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError, DBAPIError

from bot.logging import log
from storage import postgres, shape
from storage.backup import back_up
from storage.engine import sqlite_file
from storage.fault import DatabaseFault
from storage.vault import Vault

_log = log("migrate")
_SEALED = "0035"  # the revision with which the last plain fields were sealed
_SCRIPTS = Path(__file__).with_name("migrations")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    return config


def newest_revision() -> str:
    """Return the revision that the code wants."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise DatabaseFault("No migration was found: the installation is not complete.")
    return head


async def migrate(url: str, backups: Path, vault: Vault | None = None) -> str | None:
    """Migrate the database at `url`; return the revision it came from, None when it was new.

    An SQLite file that has rows is backed up into `backups` first. Raises DatabaseFault, with
    nothing committed, when a table has lost rows or a reference, and when the database is none
    or is newer than the code. With `vault` it seals what an older version had not sealed.
    """
    file = sqlite_file(url)
    if file is None:
        return await _migrate_server(url, vault)
    return await asyncio.to_thread(_migrate_file, file, backups, vault)


async def _migrate_server(url: str, vault: Vault | None) -> str | None:
    engine = postgres.open_for_migration(url)
    try:
        async with engine.begin() as connection:  # whoever else migrates waits here
            before = await connection.run_sync(_revision)
            if before not in {None, newest_revision()}:
                _log.warning(
                    "the tables are changed without a backup: Linli makes one of SQLite only, "
                    "pg_dump makes one of PostgreSQL",
                    before=before,
                )
            return await connection.run_sync(_upgrade, vault)
    except DBAPIError as error:
        raise DatabaseFault(postgres.sentence(url, error)) from None
    finally:
        await engine.dispose()


def _migrate_file(file: Path, backups: Path, vault: Vault | None = None) -> str | None:
    _make_folder(file.parent)
    engine = create_engine(make_url(f"sqlite:///{file}"), connect_args={"isolation_level": None})
    try:
        before = _look(engine, file)
        if before == newest_revision():
            return before
        if before is not None:
            back_up(file, backups, label=f"before-{newest_revision()}", vault=vault)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("PRAGMA synchronous=FULL")
            connection.exec_driver_sql("PRAGMA secure_delete=ON")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            _upgrade(connection, vault)
            shape.tell(connection)
            connection.exec_driver_sql("COMMIT")
            connection.rollback()
            if before is not None and before < _SEALED:
                _leave_nothing_plain(connection)
        return before
    finally:
        engine.dispose()


def _leave_nothing_plain(connection: Connection) -> None:
    """Write the file anew: in the gaps of its pages may stand what was sealed just now."""
    try:
        connection.exec_driver_sql("VACUUM")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    except DatabaseError as error:
        _log.warning("what was sealed may still stand in gaps of the file", why=str(error.orig))
    connection.rollback()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise DatabaseFault(f"{folder} cannot be used: {error.strerror}.") from None


def _look(engine: Engine, file: Path) -> str | None:
    try:
        with engine.connect() as connection:
            before = _revision(connection)
    except DatabaseError as error:
        raise DatabaseFault(f"{file.name} cannot be read: {error.orig}.") from None
    _check_known(before)
    return before


def _check_known(revision: str | None) -> None:
    known = {one.revision for one in ScriptDirectory.from_config(_config()).walk_revisions()}
    if revision is not None and revision not in known:
        raise DatabaseFault(
            f"The database is of revision {revision}, which this version of Linli does not know: "
            "it was used by a newer one."
        )


def _upgrade(connection: Connection, vault: Vault | None) -> str | None:
    before, counted = _revision(connection), _count_rows(connection)
    _check_known(before)
    config = _config()
    config.attributes.update(connection=connection, vault=vault)
    command.upgrade(config, "head")
    after = _count_rows(connection)
    lost = [name for name, rows in counted.items() if after.get(name, rows) < rows]
    if lost:
        raise DatabaseFault(f"The migration would have lost rows of: {', '.join(lost)}.")
    _check_references(connection)
    return before


def _check_references(connection: Connection) -> None:
    """Look at the foreign keys, which SQLite did not while they were off."""
    if connection.dialect.name != "sqlite":
        return
    broken = {row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check")}
    if broken:
        raise DatabaseFault(f"The migration would have broken: {', '.join(sorted(broken))}.")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _count_rows(connection: Connection) -> dict[str, int]:
    names = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
    return {
        name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()  # noqa: S608
        for name in names
    }
