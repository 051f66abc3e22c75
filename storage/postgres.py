"""Talks to PostgreSQL: how it is opened, how its one writer holds its turn, what its errors mean.

The rest of the storage is written once for both databases; what differs stands here.
"""

import asyncio
import re
from typing import Any

from sqlalchemy import Integer, NullPool, event
from sqlalchemy.dialects.postgresql.asyncpg import AsyncpgBigInteger
from sqlalchemy.engine import URL, ExceptionContext, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.fault import DatabaseFault

OLDEST = (13,)  # the first that tells what became of a transaction by its long number
_STATEMENTS = 1000  # kept prepared; a list of values makes a statement of its own for each length
_CONNECT = 10.0  # seconds
_ANSWER = 60.0  # seconds until a server that says nothing counts as gone
_PAUSE = 0.2  # seconds between two looks at a server that is away
_PATIENCE = 30.0  # seconds that the outcome of a commit is waited for
_SETTINGS = {
    "application_name": "linli",
    "jit": "off",  # our statements are small: compiling one costs more than running it
    "lock_timeout": "5000",  # ms, as long as SQLite waits
}
# In SQLite a transaction takes the only lock at its beginning; so it does here, which is why
# nothing that it reads can change under it, whoever else has opened the database.
_BEGIN = (
    "SELECT pg_advisory_xact_lock(hashtext('linli'), hashtext(current_schema())),"
    " pg_current_xact_id()::text"
)
# Where nobody may see who wrote what; where the update and the letter of it were.
_CLEARED = (
    *("VACUUM FULL survey_papers", "VACUUM FULL survey_lines", "VACUUM FULL survey_guests"),
    *("VACUUM inbox", "VACUUM outbox"),
)
_QUOTED = re.compile(r"(query argument \$\d+[^:\n]*): .*|\nDETAIL: .*", re.DOTALL)
_NUMBER = "linli_transaction"
# Classes of SQLSTATE: connection, resources, operator, system, conflict, authorisation, catalogue.
_TROUBLES = ("08", "53", "57", "58", "40", "28", "3D", "55000", "55P03", "25006")


def is_postgres(url: str | URL) -> bool:
    """Say whether `url` is the address of a PostgreSQL database."""
    return make_url(url).get_backend_name() == "postgresql"


def open_writer(url: str, **common: Any) -> AsyncEngine:
    """Return the engine that holds the one connection that writes."""
    engine = _open(url, {"synchronous_commit": "on"}, pool_size=1, max_overflow=0, **common)
    event.listen(engine.sync_engine, "begin", _take_the_lock)
    return engine


def open_readers(url: str, **common: Any) -> AsyncEngine:
    """Return an engine whose connections can only read."""
    reads_only = {"default_transaction_read_only": "on"}
    return _open(url, reads_only, pool_size=4, pool_pre_ping=True, **common)


def open_for_migration(url: str) -> AsyncEngine:
    """Return an engine that changes tables: the types are as the revisions name them."""
    engine = _connecting(url, {}, answers_within=None, poolclass=NullPool)
    event.listen(engine.sync_engine, "begin", _take_the_lock)
    return engine


def _open(url: str, settings: dict[str, str], **more: Any) -> AsyncEngine:
    engine = _connecting(url, settings, answers_within=_ANSWER, **more)
    # A number that a person has typed may be larger than any of a column: then it is not found,
    # as on SQLite, and no error.
    dialect: Any = engine.dialect
    dialect.colspecs = {**dialect.colspecs, Integer: AsyncpgBigInteger}
    return engine


def _connecting(
    url: str, settings: dict[str, str], *, answers_within: float | None, **more: Any
) -> AsyncEngine:
    arguments = {
        "server_settings": _SETTINGS | settings,
        "timeout": _CONNECT,
        "command_timeout": answers_within,
        "statement_cache_size": _STATEMENTS,
        "prepared_statement_cache_size": _STATEMENTS,
    }
    try:
        engine = create_async_engine(url, connect_args=arguments, **more)
    except ModuleNotFoundError as error:
        if error.name != "asyncpg":
            raise
        raise DatabaseFault(
            "PostgreSQL needs one more package: pip install 'linli[postgres]'."
        ) from None
    event.listen(engine.sync_engine, "do_connect", _connect)
    event.listen(engine.sync_engine, "handle_error", _hide_words)
    event.listen(engine.sync_engine, "handle_error", _take_for_gone)
    return engine


def _connect(dialect: Any, _record: Any, arguments: Any, named: Any) -> Any:
    """Connect; let a server that cannot be reached be an error of the database like any other."""
    try:
        return dialect.connect(*arguments, **named)
    except OSError as error:
        raise _away(dialect, error) from error


def _away(dialect: Any, error: OSError) -> Exception:
    away: Any = dialect.loaded_dbapi.OperationalError(str(error) or type(error).__name__, error)
    away.sqlstate = away.pgcode = "08001"
    made: Exception = away
    return made


def _take_for_gone(context: ExceptionContext) -> DBAPIError | None:
    """Let a server that says nothing be an error of the database, and the connection be over."""
    error = context.original_exception
    if not isinstance(error, OSError):
        return None
    context.is_disconnect = True
    away = _away(context.dialect, error)
    return DBAPIError(
        context.statement, None, away, hide_parameters=True, connection_invalidated=True
    )


def _hide_words(context: ExceptionContext) -> None:
    """Take people's words out of an error: the driver and the server quote what they refuse."""
    adapted = context.original_exception
    of_driver: list[Any] = [one for one in (adapted, adapted.__cause__) if one is not None]
    for error in of_driver:
        if hasattr(error, "detail"):
            error.detail = None
    for error in (*of_driver, context.sqlalchemy_exception):
        if error is not None and error.args and isinstance(error.args[0], str):
            error.args = (_QUOTED.sub(r"\1", error.args[0]), *error.args[1:])


def _take_the_lock(connection: Any) -> None:
    connection.info[_NUMBER] = connection.exec_driver_sql(_BEGIN).one()[1]


def transaction_of(connection: AsyncConnection) -> str | None:
    """Return the number of the transaction that the writer is in, None on another database."""
    number: str | None = connection.sync_connection.info.get(_NUMBER)  # type: ignore[union-attr]
    return number


async def check(connection: AsyncConnection) -> None:
    """Look at what the database must be; raises DatabaseFault."""
    version: Any = connection.dialect.server_version_info
    if version < OLDEST:
        raise DatabaseFault(f"PostgreSQL {version[0]} is too old: {OLDEST[0]} or newer is wanted.")
    encoding = (await connection.exec_driver_sql("SHOW server_encoding")).scalar_one()
    if encoding != "UTF8":
        raise DatabaseFault(f"The database keeps text as {encoding}; make it with ENCODING 'UTF8'.")


async def look_at(connection: AsyncConnection) -> tuple[str, bool]:
    """Return the server's version, and whether it survives a power cut."""
    question = (
        "SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync"
    )
    found = (await connection.exec_driver_sql(question)).mappings().one()
    return str(found["version"]).partition(" ")[0], found["fsync"] == "on"


async def was_committed(readers: AsyncEngine, transaction: str) -> bool:
    """Say what became of a commit whose answer was lost with the connection.

    Waits for a server that is away; raises TimeoutError when it does not come back. A number that
    the server has not given out yet was lost with everything that it had written.
    """
    question = f"SELECT pg_xact_status('{int(transaction)}'::xid8)"
    async with asyncio.timeout(_PATIENCE):
        while True:
            try:
                async with readers.connect() as connection:
                    status = (await connection.exec_driver_sql(question)).scalar_one()
            except DBAPIError as error:
                if not is_trouble(error):
                    return False
                status = "in progress"
            if status != "in progress":
                return bool(status == "committed")
            await _pause()


async def _pause() -> None:
    over = asyncio.Event()
    asyncio.get_running_loop().call_later(_PAUSE, over.set)
    await over.wait()


async def forget(readers: AsyncEngine) -> bool:
    """Take away what rows were before: it lies in the files until then, with its transaction.

    Returns False when somebody is in the way: then it has to be tried again. Other tables are
    cleared by the server in its own time.
    """
    try:
        async with readers.connect() as connection:
            alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
            for one in _CLEARED:
                await alone.exec_driver_sql(one)
    except DBAPIError:
        return False  # what was committed stays so
    return True


def is_trouble(error: BaseException) -> bool:
    """Say whether `error` is the server's own trouble (away, full), not that of its user."""
    if isinstance(error, DBAPIError):
        if error.connection_invalidated:
            return True
        error = error.orig or error
    state = getattr(error, "sqlstate", None)
    return isinstance(state, str) and state.startswith(_TROUBLES)


def sentence(url: str | URL, error: DBAPIError) -> str:
    """Return what an operator is told when the database cannot be opened; without the password."""
    at = make_url(url)
    place = f"{at.host or 'localhost'}:{at.port or 5432}/{at.database or ''}"
    return f"PostgreSQL at {place} cannot be used: {cause_of(error)}."


def cause_of(error: DBAPIError) -> str:
    """Return the first line of what the driver says, without the name of its class."""
    return str(error.orig).partition("\n")[0].rpartition(">: ")[2]
