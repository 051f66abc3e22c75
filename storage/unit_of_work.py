"""The unit of work: one transaction around everything that one update or one tick changes.

The only place that commits. A clean exit commits, anything else rolls back. Writes are
gathered and sent in groups, so that one statement serves a whole batch of updates; a read of
a table that has gathered writes sends them first. It knows no chat and no rule.
"""

import asyncio
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Collection,
    Hashable,
    Mapping,
    Sequence,
)
from contextlib import asynccontextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any, TypeVar, cast

from sqlalchemy import Executable, Row, Select, Table
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.visitors import iterate

from storage.engine import open_readers
from storage.guests import Guests
from storage.prepared import write_groups
from storage.vault import Vault
from storage.writer import Writer

Values = Mapping[str, Any]
Found = TypeVar("Found")

_open: ContextVar["UnitOfWork | None"] = ContextVar("open_unit_of_work", default=None)


@lru_cache(maxsize=512)
def _tables_of(query: Select[Any]) -> frozenset[Table]:
    """Return every table that `query` reads, joined ones and those of inner queries too."""
    return frozenset(one for one in iterate(query) if isinstance(one, Table))


FORGETS = timedelta(minutes=1)  # for which the database may tell what was written in which order
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class UnitOfWork:
    """One open transaction; handed to each service and each function of storage."""

    def __init__(
        self,
        connection: AsyncConnection,
        now: datetime,
        kept: dict[str, Any],
        given: Values,
        vault: Vault | None,
    ) -> None:
        self.now = now  # aware, UTC; the instant of everything written here
        self.kept = kept  # what outlives the transaction: read-only things, parsed once
        self._vault = vault
        self.given = given  # what the house hands to everybody: words to understand
        self.cause: int | None = None  # the id of the update that is being handled
        self.acting: Collection[int] = ()  # the chats whose people caused it: they get answers
        self.immediate: list[Any] = []  # toasts and reactions: kept in memory only
        self.cache: dict[Hashable, Any] = {}  # rows read or written in this transaction
        # By name, in their order; one may add others behind itself.
        self.before_commit: dict[str, Callable[[UnitOfWork], Awaitable[None] | None]] = {}
        self.writes = 0  # so far: whoever refuses has to do so before
        self.letters_queued = self.bulk_queued = self.pictures_planned = False  # bulk: to many
        self.pictures_dropped: list[str] = []  # names of files that nobody is to see any more
        self.keys_destroyed = False  # then no copy of the database may keep them either
        # Of what was written the database may not tell the order for longer than a minute, ...
        self.leaves_no_trace = False
        self.forgets_now = False  # ... or not at all
        self.dialect = connection.dialect.name
        self._connection = connection
        self._groups: list[tuple[UpdateBase, list[Values]]] = []
        self._last_group: dict[Table, int] = {}

    @property
    def vault(self) -> Vault:
        """Return what seals and opens; raises LookupError where none was handed in."""
        if self._vault is None:
            raise LookupError("this database was opened without its key file")
        return self._vault

    async def read(self, query: Select[Any], values: Values | None = None) -> Sequence[Row[Any]]:
        """Return all rows of `query`, seeing everything written before."""
        if self._groups and not _tables_of(query).isdisjoint(self._last_group):
            await self.flush()
        found: Sequence[Row[Any]] = (await self._connection.execute(query, values)).all()
        return found

    async def first(self, query: Select[Any], values: Values | None = None) -> Row[Any] | None:
        """Return the first row of `query` or None."""
        rows = await self.read(query, values)
        return rows[0] if rows else None

    def write(self, statement: UpdateBase, values: Values) -> None:
        """Gather one execution of `statement`, a constant; within a table the order is kept."""
        self.writes += 1
        table = cast("Table", statement.table)
        at = self._last_group.get(table)
        if at is not None and self._groups[at][0] is statement:
            self._groups[at][1].append(values)
            return
        self._last_group[table] = len(self._groups)
        self._groups.append((statement, [values]))

    async def write_now(
        self, statement: Executable, values: Values | Sequence[Values] | None = None
    ) -> int:
        """Execute `statement` at once, for one row or several; return how many it touched."""
        self.writes += 1
        await self.flush()
        result = await self._connection.execute(statement, values)
        return int(getattr(result, "rowcount", 0))

    async def fetch_now(self, statement: Executable, values: Values) -> Sequence[Row[Any]]:
        """Execute `statement` at once and return the rows that it gives back."""
        await self.flush()
        return (await self._connection.execute(statement, values)).all()

    async def flush(self) -> None:
        """Send the gathered writes."""
        groups, self._groups, self._last_group = self._groups, [], {}
        if groups:
            await write_groups(self._connection, groups)


class Database:
    """The database of one bot: the one writer, its readers, and who wants to know of commits."""

    def __init__(
        self,
        url: str,
        now: Callable[[], datetime],
        given: Values = MappingProxyType({}),
        *,
        vault: Vault | None = None,
    ) -> None:
        self.url = url
        self.on_commit: list[Callable[[UnitOfWork], None]] = []
        self.kept: dict[str, Any] = {}
        self._now, self._given, self.vault = now, dict(given), vault
        self._turn = asyncio.Lock()
        self._queue = 0  # how many wait for it
        self._guests = Guests()
        self._writer = Writer(url)
        self._read_engine: AsyncEngine = open_readers(url)
        self._traces: datetime | None = None  # since when they are there

    def give(self, name: str, thing: Any) -> None:
        """Hand one thing more to every unit of work from now on."""
        self._given[name] = thing

    async def open(self) -> None:
        """Connect and check the settings of the engine; raises DatabaseFault."""
        await self._writer.open()
        self._traces = _LONG_AGO  # what a run that was killed may have left

    async def close(self) -> None:
        """Close every connection."""
        await self._writer.close()
        await self._read_engine.dispose()

    @asynccontextmanager
    async def begin(self, *, takes_guests: bool = False) -> AsyncIterator[UnitOfWork]:
        """Open a unit of work; opening one inside another raises RuntimeError at once.

        One that `takes_guests` lets others write in it before it commits: see `join`.
        """
        if _open.get() is not None:
            raise RuntimeError("a unit of work is open already: pass it on instead")
        async with self._my_turn():
            writer, transaction = await self._writer.begin()
            uow = self._unit_on(writer)
            token, self._guests.welcome = _open.set(uow), takes_guests
            try:
                yield uow
                await self._serve_guests(uow)
                while uow.before_commit:
                    gathered = uow.before_commit.pop(next(iter(uow.before_commit)))
                    if (unfinished := gathered(uow)) is not None:
                        await unfinished
                await uow.flush()
                await self._writer.commit(writer, transaction, self._read_engine)
            except BaseException:
                self._guests.turn_away()
                await self._writer.roll_back(transaction)
                raise
            finally:
                _open.reset(token)
            self._guests.committed()
            await self._forget_traces(uow)
        for told in self.on_commit:
            told(uow)

    async def join(self, work: Callable[[UnitOfWork], Awaitable[Found]]) -> Found:
        """Do `work` at the end of the open transaction if it takes guests, else in one of its own.

        So two changes share one flush to disk. Raises HostFailedError when the other's transaction
        was rolled back: then nothing of the work was kept.
        """
        if self._guests.welcome:
            return cast("Found", await self._guests.come(work))
        async with self.begin() as uow:
            return await work(uow)

    async def _forget_traces(self, uow: UnitOfWork) -> None:
        if uow.leaves_no_trace or uow.forgets_now:
            self._traces = self._traces or uow.now
        if self._traces is not None and (uow.forgets_now or uow.now - self._traces >= FORGETS):
            await self._forget()

    async def _forget(self) -> None:
        if await self._writer.forget(self._read_engine):
            self._traces = None

    async def tidy(self) -> None:
        """Let nothing tell the order of what was to leave no trace, once that is a minute old.

        Emptying the log with each commit would cost more than the commit.
        """
        if self._traces is not None and self._now() - self._traces >= FORGETS:
            async with self._my_turn():
                await self._forget()

    async def _serve_guests(self, uow: UnitOfWork) -> None:
        """Let them write; no update is the cause of what they do, and nobody is acting."""
        before, (uow.cause, uow.acting) = (uow.cause, uow.acting), (None, ())
        await self._guests.serve(uow)
        uow.cause, uow.acting = before

    @property
    def others_wait(self) -> bool:
        """Whether somebody waits for a turn: time to come to an end."""
        return self._queue > 0 or bool(self._guests)

    @asynccontextmanager
    async def _my_turn(self) -> AsyncIterator[None]:
        self._queue += 1
        try:
            await self._turn.acquire()
        finally:
            self._queue -= 1
        try:
            yield
        finally:
            self._turn.release()

    @asynccontextmanager
    async def between_turns(self) -> AsyncIterator[None]:
        """Let nobody write meanwhile: a task that is cancelled here holds no transaction open."""
        async with self._turn:
            yield

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Lend a connection that can only read, outside the writer's turn."""
        async with self._read_engine.connect() as connection:
            yield connection

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[UnitOfWork]:
        """Lend a unit of work that can only read: what is written in it is lost."""
        async with self.reading() as connection:
            yield self._unit_on(connection)

    def _unit_on(self, connection: AsyncConnection) -> UnitOfWork:
        return UnitOfWork(connection, self._now(), self.kept, self._given, self.vault)


def open_unit_of_work() -> UnitOfWork:
    """Return the unit of work that is open around the caller; raises LookupError."""
    if (uow := _open.get()) is None:
        raise LookupError("no unit of work is open here")
    return uow
