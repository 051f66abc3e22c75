"""The unit of work: all or nothing, one after the other, seen by its own reads."""

import asyncio

import pytest
from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import create_async_engine

from storage.tables import counters, meta
from storage.unit_of_work import Database, UnitOfWork, open_unit_of_work
from tests.support.database import HandClock, opened, rows

_VALUE = select(counters.c.value).where(counters.c.name == "n")
_SET = update(counters).where(counters.c.name == "n").values(value=bindparam("to"))
_BEGIN = {"community_id": 1, "name": "n", "value": 0}
PUT = insert(meta)
DROP = delete(meta).where(meta.c.key == bindparam("gone"))


async def count(database: Database) -> int:
    found = await rows(database, "SELECT value FROM counters WHERE name = 'n'")
    return int(found[0][0])


async def begin_counting(database: Database) -> None:
    async with database.begin() as uow:
        uow.write(insert(counters), _BEGIN)


async def increment(database: Database) -> None:
    async with database.begin() as uow:
        row = await uow.first(_VALUE)
        assert row is not None
        await asyncio.sleep(0)  # whoever may get in between gets in here
        uow.write(_SET, {"to": row.value + 1})


async def test_forty_increments_at_once_make_forty(database: Database) -> None:
    await begin_counting(database)
    await asyncio.gather(*(increment(database) for _ in range(40)))
    assert await count(database) == 40


async def test_two_houses_on_one_database_lose_no_increment(
    database: Database, url: str, clock: HandClock
) -> None:
    await begin_counting(database)
    async with opened(url, clock) as other:
        await asyncio.gather(*(increment(one) for _ in range(20) for one in (database, other)))
    assert await count(database) == 40


async def test_the_trap_is_real_the_default_engine_loses_increments(
    database: Database, url: str
) -> None:
    """Without the lock at the beginning two read the same value; one is refused or lost."""
    await begin_counting(database)
    engine = create_async_engine(url)

    async def naive() -> None:
        async with engine.begin() as connection:
            value = (await connection.execute(_VALUE)).scalar_one()
            await asyncio.sleep(0.01)
            await connection.execute(_SET, {"to": value + 1})

    done = await asyncio.gather(*(naive() for _ in range(5)), return_exceptions=True)
    await engine.dispose()
    assert any(isinstance(one, OperationalError) for one in done) or await count(database) < 5


async def test_one_inside_another_raises_at_once_and_the_outer_one_goes_on(
    database: Database,
) -> None:
    async with database.begin() as uow:
        with pytest.raises(RuntimeError, match="open already"):
            async with database.begin():
                pass
        uow.write(PUT, {"key": "outer", "value": 1})
    assert await rows(database, "SELECT key FROM meta") == [("outer",)]


async def test_the_open_one_is_known_inside_and_forgotten_outside(database: Database) -> None:
    with pytest.raises(LookupError):
        open_unit_of_work()
    async with database.begin() as uow:
        assert open_unit_of_work() is uow
    with pytest.raises(LookupError):
        open_unit_of_work()


@pytest.mark.parametrize("at", ["gathered", "sent", "before commit"])
async def test_a_block_that_fails_leaves_nothing(database: Database, at: str) -> None:
    told: list[UnitOfWork] = []
    database.on_commit.append(told.append)

    def fail(_uow: UnitOfWork) -> None:
        raise ValueError(at)

    async def write_and_fail() -> None:
        async with database.begin() as uow:
            uow.write(PUT, {"key": "a", "value": 1})
            if at == "before commit":
                uow.before_commit["fails"] = fail
                return
            if at == "sent":
                await uow.flush()
            raise ValueError(at)

    with pytest.raises(ValueError, match=at):
        await write_and_fail()
    assert await rows(database, "SELECT * FROM meta") == []
    assert told == []
    await begin_counting(database)
    assert await count(database) == 0  # the next one works
    assert len(told) == 1


async def test_a_cancelled_block_leaves_nothing(database: Database) -> None:
    inside = asyncio.Event()

    async def write_and_wait() -> None:
        async with database.begin() as uow:
            await uow.write_now(PUT, {"key": "a", "value": 1})
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write_and_wait())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await begin_counting(database)
    assert await rows(database, "SELECT * FROM meta") == []


async def test_a_row_that_belongs_to_nobody_fails_at_the_commit_and_leaves_nothing(
    database: Database,
) -> None:
    async def write_an_orphan() -> None:
        async with database.begin() as uow:
            uow.write(PUT, {"key": "a", "value": 1})
            uow.write(insert(counters), {"community_id": 99, "name": "n", "value": 1})

    with pytest.raises(IntegrityError):
        await write_an_orphan()
    assert await rows(database, "SELECT * FROM meta") == []
    assert await rows(database, "SELECT * FROM counters") == []


async def test_rows_of_one_update_may_be_written_in_any_order(database: Database) -> None:
    from storage.tables import communities  # noqa: PLC0415 - only here

    async with database.begin() as uow:
        uow.write(insert(counters), {"community_id": 9, "name": "n", "value": 1})
        uow.write(insert(communities), {"id": 9, "code": "later", "organisation": {}})
    assert await count(database) == 1


async def test_gathered_writes_are_seen_by_reads_of_their_table(database: Database) -> None:
    async with database.begin() as uow:
        uow.write(PUT, {"key": "a", "value": 1})
        assert [row.key for row in await uow.read(select(meta))] == ["a"]
        uow.write(DROP, {"gone": "a"})
        assert await uow.first(select(meta)) is None
        uow.write(PUT, {"key": "b", "value": 2})
        joined = select(counters.c.name).join(meta, meta.c.key == counters.c.name)
        uow.write(insert(counters), {"community_id": 1, "name": "b", "value": 1})
        assert [row.name for row in await uow.read(joined)] == ["b"]
        inner = select(counters.c.name).where(counters.c.name.in_(select(meta.c.key)))
        uow.write(PUT, {"key": "c", "value": 2})
        uow.write(insert(counters), {"community_id": 1, "name": "c", "value": 1})
        assert len(await uow.read(inner)) == 2


async def test_a_write_at_once_comes_after_what_was_gathered(database: Database) -> None:
    async with database.begin() as uow:
        uow.write(PUT, {"key": "a", "value": 1})
        assert await uow.write_now(DROP, {"gone": "a"}) == 1
        assert await uow.write_now(DROP, {"gone": "a"}) == 0
    assert await rows(database, "SELECT * FROM meta") == []


def _sent(uow: UnitOfWork) -> list[tuple[Table, int]]:
    return [(statement.table, len(values)) for statement, values in uow._groups]  # type: ignore[misc]


async def test_the_order_within_a_table_is_kept_and_equal_statements_share_one(
    database: Database,
) -> None:
    change = update(meta).where(meta.c.key == bindparam("of")).values(value=bindparam("to"))
    async with database.begin() as uow:
        for key in ("a", "b", "c"):
            uow.write(PUT, {"key": key, "value": 0})
            uow.write(insert(counters), {"community_id": 1, "name": key, "value": 0})
        assert _sent(uow)[0] == (meta, 3)
        uow.write(change, {"of": "a", "to": 1})
        uow.write(DROP, {"gone": "b"})
        uow.write(PUT, {"key": "b", "value": 5})
        uow.write(change, {"of": "a", "to": 2})
        uow.write(change, {"of": "b", "to": 6})
    found = await rows(database, "SELECT key, value FROM meta ORDER BY key")
    assert found == [("a", 2), ("b", 6), ("c", 0)]


async def test_whoever_reads_beside_the_writer_sees_only_what_is_committed(
    database: Database,
) -> None:
    async with database.begin() as uow:
        await uow.write_now(PUT, {"key": "a", "value": 1})
        assert await rows(database, "SELECT * FROM meta") == []
    assert len(await rows(database, "SELECT * FROM meta")) == 1


async def test_a_long_reader_does_not_hold_up_the_writer(database: Database) -> None:
    async with database.reading() as connection:
        await connection.execute(select(meta))
        async with asyncio.timeout(5), database.begin() as uow:
            uow.write(PUT, {"key": "a", "value": 1})
        assert len((await connection.execute(select(meta))).all()) == 1


async def test_what_is_written_carries_the_instant_of_its_unit_of_work(
    database: Database, clock: HandClock
) -> None:
    async with database.begin() as first:
        clock.pass_(hours=1)
        begun = first.now
    async with database.begin() as second:
        assert (second.now - begun).total_seconds() == 3600
        assert second.kept is first.kept
        assert second.cache == {}


async def test_whoever_wants_to_know_is_told_after_the_commit(database: Database) -> None:
    told: list[int] = []
    database.on_commit.append(lambda uow: told.append(len(uow.immediate)))
    async with database.begin() as uow:
        uow.immediate.append("toast")
        assert told == []
    assert told == [1]


async def test_words_do_not_stand_in_the_text_of_an_error(database: Database) -> None:
    async def write_twice() -> None:
        async with database.begin() as uow:
            uow.write(PUT, {"key": "same", "value": "a secret word"})
            uow.write(PUT, {"key": "same", "value": "a secret word"})

    with pytest.raises(IntegrityError) as failed:
        await write_twice()
    assert "secret" not in str(failed.value)
