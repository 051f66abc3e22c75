"""The audit as a chain: whatever is changed, taken out, put in or moved is found and named."""

import asyncio
import json
import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from alembic.command import upgrade
from sqlalchemy import create_engine, text

from bot.domain.audit import Broken, Head
from storage import audit
from storage import migrate as migrating
from storage.migrate import migrate
from storage.unit_of_work import Database, UnitOfWork
from tests.support.database import HandClock, opened

EAST, WEST = 1, 2
ROWS = 40
CHANCE = random.Random(8)
ALL = ("person_id", "what", "subject", "facts", "at", "update_id", "seal")
Harm = Callable[[UnitOfWork], Any]


class RolledBack(Exception):
    pass


async def write(database: Database, clock: HandClock, rows: int = ROWS) -> None:
    for n in range(1, rows + 1):
        clock.pass_(minutes=1)
        async with database.begin() as uow:
            uow.cause = n % 3 or None
            await audit.add(uow, EAST, n % 5 or None, "denied", f"case:{n}", why="拒", n=(1, n))
            if n % 4 == 0:  # several of one transaction, and of two communities
                await audit.add(uow, WEST, n, "phone_seen", f"case:{n}")
                await audit.add(uow, EAST, n, "phone_seen", f"case:{n}")


async def broken(database: Database, community: int = EAST, *kept: Head) -> Broken | None:
    async with database.looking() as uow:
        return await audit.first_broken(uow, community, kept)


async def head(database: Database, community: int = EAST) -> Head:
    async with database.looking() as uow:
        return await audit.head(uow, community)


async def run(uow: UnitOfWork, sql: str, **values: Any) -> None:
    assert await uow.write_now(text(sql), values) > 0, sql


async def harmed_and_healed(database: Database, harm: Harm) -> Broken | None:
    """Return what is found while the harm is done; it is rolled back."""
    found: Broken | None = None
    with suppress(RolledBack):
        async with database.begin() as uow:
            await harm(uow)
            found = await audit.first_broken(uow, EAST, [])
            raise RolledBack
    return found


async def test_what_was_written_holds_and_each_community_has_a_chain_of_its_own(
    database: Database, clock: HandClock
) -> None:
    await write(database, clock)
    assert (await broken(database), await broken(database, WEST)) == (None, None)
    assert (await head(database)).last == ROWS + ROWS // 4
    assert (await head(database, WEST)).last == ROWS // 4
    async with database.looking() as uow:
        assert await audit.communities(uow) == [EAST, WEST]
        newest = await audit.page(uow, EAST, 2, 1)
        assert [one.id for one in newest] == [ROWS + ROWS // 4 - 1, ROWS + ROWS // 4 - 2]
        assert newest[1].facts == {"why": "拒", "n": [1, ROWS - 1]}


async def test_nothing_is_written_by_a_transaction_that_is_rolled_back(
    database: Database, clock: HandClock
) -> None:
    await write(database, clock, 3)
    with suppress(RolledBack):
        async with database.begin() as uow:
            await audit.add(uow, EAST, 1, "denied", "case:1")
            raise RolledBack
    await write(database, clock, 3)
    assert await broken(database) is None
    assert (await head(database)).last == 6


async def test_a_community_without_a_row_is_whole(database: Database) -> None:
    assert await broken(database) is None
    assert await head(database) == Head()


async def test_a_thousand_harms_are_all_found_at_the_first_row_that_they_touch(
    file: Path, clock: HandClock
) -> None:
    async with opened(file, clock) as database:
        await write(database, clock)
        async with database.looking() as uow:
            rows = {one.id: one for one in await audit.of(uow, EAST)}
        for _ in range(1000):
            harm, first = CHANCE.choice([edited, deleted, swapped, cut, doubled, moved])(rows)
            found = await harmed_and_healed(database, harm)
            assert found is not None
            assert found.id == first, found
        assert await broken(database) is None, "each harm was healed"


def edited(rows: dict[int, Any]) -> tuple[Harm, int]:
    number, column = CHANCE.choice(list(rows)), CHANCE.choice(ALL)
    value: Any = CHANCE.randrange(10**6, 10**9)
    if column == "facts":
        value = json.dumps({"why": value})
    sql = f"UPDATE audit SET {column} = :value WHERE community_id = {EAST} AND id = {number}"
    return lambda uow: run(uow, sql, value=value), number


def deleted(rows: dict[int, Any]) -> tuple[Harm, int]:
    number = CHANCE.choice(list(rows))
    sql = f"DELETE FROM audit WHERE community_id = {EAST} AND id = {number}"
    return lambda uow: run(uow, sql), number


def cut(rows: dict[int, Any]) -> tuple[Harm, int]:
    number = CHANCE.choice(list(rows))
    sql = f"DELETE FROM audit WHERE community_id = {EAST} AND id >= {number}"
    return lambda uow: run(uow, sql), number


def swapped(rows: dict[int, Any]) -> tuple[Harm, int]:
    one, other = sorted(CHANCE.sample(list(rows), 2))
    step = f"UPDATE audit SET id = :to WHERE community_id = {EAST} AND id = :of"

    async def swap(uow: UnitOfWork) -> None:
        for of, to in ((one, 9999), (other, one), (9999, other)):
            await run(uow, step, of=of, to=to)

    return swap, one


def doubled(rows: dict[int, Any]) -> tuple[Harm, int]:
    """Put a copy of a row before or behind all the others."""
    number, at = CHANCE.choice(list(rows)), CHANCE.choice([0, max(rows) + 1])
    columns = ", ".join(("community_id", *ALL))
    sql = (
        f"INSERT INTO audit (id, {columns}) SELECT {at}, {columns} FROM audit"
        f" WHERE community_id = {EAST} AND id = {number}"
    )
    return lambda uow: run(uow, sql), at


def moved(rows: dict[int, Any]) -> tuple[Harm, int]:
    """Give a row to the other community, whose chain ends earlier."""
    number = CHANCE.choice([one for one in rows if one > ROWS // 4])
    sql = f"UPDATE audit SET community_id = {WEST} WHERE community_id = {EAST} AND id = {number}"
    return lambda uow: run(uow, sql), number


async def test_whoever_seals_everything_anew_is_found_by_a_head_that_was_kept(
    database: Database, clock: HandClock
) -> None:
    await write(database, clock, 6)
    kept = await head(database)
    async with database.begin() as uow:  # the same rows, but one who was never there
        await run(uow, "DELETE FROM audit")
        await run(uow, "DELETE FROM audit_heads")
        uow.cache.clear()
        for n in range(kept.last):
            await audit.add(uow, EAST, n, "denied", "case:1")
    assert await broken(database) is None
    found = await broken(database, EAST, kept)
    assert found is not None
    assert found.id == kept.last
    assert "head that was kept" in found.why


async def test_a_chain_that_was_taken_away_with_its_head_is_missed(
    database: Database, clock: HandClock
) -> None:
    await write(database, clock, 3)
    kept = await head(database)
    async with database.begin() as uow:
        await run(uow, "DELETE FROM audit WHERE id > 1")
        await run(uow, "DELETE FROM audit_heads")
    assert await broken(database, EAST, kept) == Broken(2, "is missing at the end")
    assert await broken(database, EAST, kept, Head(1, "another")) is not None


async def test_more_rows_than_are_read_at_once_are_followed(
    database: Database, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "AT_ONCE", 7)
    await write(database, clock)
    assert await broken(database) is None


def test_rows_from_before_are_sealed_when_the_tables_are_changed(tmp_path: Path) -> None:
    file = tmp_path / "linli.db"
    config = migrating._config()
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        upgrade(config, "0020")
        connection.execute(text("INSERT INTO communities (id, code, organisation) VALUES"
                                " (1, 'east', '{}'), (2, 'west', '{}')"))  # fmt: skip
        connection.execute(text(
            "INSERT INTO audit (community_id, id, person_id, what, subject, facts, at, update_id)"
            " VALUES (1, 1, 5, 'denied', 'case:1', '{\"why\": \"拒\"}', 1795000000000001, 7),"
            " (1, 2, NULL, 'denied', 'x', '{}', 1795000000000000, NULL),"
            " (2, 1, 5, 'denied', 'y', '{}', 1795000000000000, NULL)"
        ))  # fmt: skip
    engine.dispose()
    asyncio.run(migrate(f"sqlite+aiosqlite:///{file}", tmp_path / "backups"))

    async def look() -> list[Broken | None]:
        async with opened(file, HandClock()) as database:
            assert (await head(database)).last == 2
            return [await broken(database, community) for community in (EAST, WEST)]

    assert asyncio.run(look()) == [None, None]
