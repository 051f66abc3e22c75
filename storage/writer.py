"""The one connection that writes: it begins, commits and rolls back, and is replaced when it fails.

Whose turn it is, storage.unit_of_work decides.
"""

from contextlib import suppress

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncTransaction

from storage import postgres
from storage.engine import check_pragmas, end_by_hand, forget_log, open_writer
from storage.fault import DatabaseFault


class Writer:
    """The read-write connection to `url`."""

    def __init__(self, url: str) -> None:
        self._url, self._is_postgres = url, postgres.is_postgres(url)
        self._engine: AsyncEngine = open_writer(url)
        self._connection: AsyncConnection | None = None

    async def open(self) -> None:
        """Connect and check the settings of the engine; raises DatabaseFault."""
        try:
            self._connection = await self._engine.connect()
            await (postgres.check if self._is_postgres else check_pragmas)(self._connection)
            await self._connection.rollback()
        except DBAPIError as error:
            if not self._is_postgres:
                raise
            raise DatabaseFault(postgres.sentence(self._url, error)) from None

    async def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            await self._connection.close()
        await self._engine.dispose()

    async def begin(self) -> tuple[AsyncConnection, AsyncTransaction]:
        """Begin a transaction, on a new connection when a server has closed the former one."""
        try:
            return await self._begin_once()
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
        return await self._begin_once()

    async def _begin_once(self) -> tuple[AsyncConnection, AsyncTransaction]:
        try:
            connection = await self._connected()
            return connection, await connection.begin()
        except BaseException:
            await self._let_go()
            raise

    async def _connected(self) -> AsyncConnection:
        found = self._connection
        if found is None or found.closed or found.invalidated:
            found = self._connection = await self._engine.connect()
        return found

    async def commit(
        self, connection: AsyncConnection, transaction: AsyncTransaction, readers: AsyncEngine
    ) -> None:
        """Commit; a server that goes away meanwhile is asked by a reader whether it had done so."""
        number = postgres.transaction_of(connection) if self._is_postgres else None
        try:
            await transaction.commit()
        except DBAPIError as error:
            # The server may have committed and gone before it could say so: then doing it again
            # would do it twice.
            if number is None or not error.connection_invalidated:
                raise
            with suppress(TimeoutError):
                if await postgres.was_committed(readers, number):
                    return
            raise

    async def forget(self, readers: AsyncEngine) -> bool:
        """Let the database keep no former state of a row; False when it has to be tried again."""
        if self._is_postgres:
            return await postgres.forget(readers)
        return await forget_log(await self._connected())

    async def roll_back(self, transaction: AsyncTransaction) -> None:
        """Roll back, whatever state the connection is in."""
        with suppress(DBAPIError):
            await transaction.rollback()
            found = self._connection
            if not (self._is_postgres or found is None or found.invalidated):
                await end_by_hand(found)
            return
        await self._let_go()

    async def _let_go(self) -> None:
        """Start the next turn on a new connection: this one has failed (a full disk, say)."""
        found, self._connection = self._connection, None
        if found is not None:
            with suppress(DBAPIError):
                await found.invalidate()
                await found.close()
