"""The same promise on PostgreSQL: after 200 nameless answers nothing leads from one to a person.

There a row tells more than its columns: in which transaction it was written (`xmin`), and where it
lies (`ctid`), and what it was before lies in the files until they are cleared.
"""

import json
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.support.offline import Offline, offline
from tests.support.postgres import new_database
from tests.unit.survey_room import FIRST_ID, account, answer, begin, press

pytestmark = pytest.mark.asyncio(loop_scope="module")
N = 200
LITTLE = 0.3  # a rank correlation that 200 rows by chance do not reach: four times its spread
NAMELESS = ("survey_papers", "survey_lines")


def said_by(n: int) -> tuple[int, int, str]:
    """Return what neighbour number `n` answers; no two write the same."""
    return n % 3, n * 7 % 3, f"话{n:03d}号canary"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with new_database() as made:
        yield made


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory, url: str) -> AsyncIterator[Offline]:
    folder: Path = tmp_path_factory.mktemp("urn")
    async with offline(folder, url) as made:
        await begin(made, N + 1)
        for n in range(N):
            await answer(made, n, *said_by(n))
        await made.pass_(timedelta(minutes=20))
        await press(made, account(N), "begin")  # and one never ends it
        await press(made, account(N), "say", "1")
        await made.pass_(timedelta(minutes=2))
        await made.house.runner.tick()
        yield made


async def tables(bot: Offline) -> list[str]:
    """Return the names of all tables."""
    found = await bot.rows("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'")
    return [row["name"] for row in found]


async def transactions(bot: Offline, table: str) -> list[int]:
    """Return the numbers of the transactions in which the rows of a table were written."""
    return [row["x"] for row in await bot.rows(f"SELECT xmin::text::bigint AS x FROM {table}")]


async def test_all_have_answered(bot: Offline) -> None:
    assert len(await bot.rows("SELECT id FROM survey_papers WHERE done")) == N
    assert len(await bot.rows("SELECT id FROM survey_papers")) == N + 1
    done = "SELECT person_id FROM survey_guests WHERE status = 'answered'"
    assert len(await bot.rows(done)) == N


async def test_no_value_joins_a_paper_or_a_line_with_anything(bot: Offline) -> None:
    ids = [row["id"] for table in NAMELESS for row in await bot.rows(f"SELECT id FROM {table}")]
    lines = [said_by(n)[2] for n in range(N)]
    people = [str(FIRST_ID + n) for n in range(N)] + [str(account(n)) for n in range(N)]
    for table in await tables(bot):
        rows = [dict(row) for row in await bot.rows(f'SELECT * FROM "{table}"')]
        held = json.dumps(rows, default=str, ensure_ascii=False)
        secrets = people if table in NAMELESS else [*ids, *lines]
        assert [one for one in secrets if one in held] == [], table


async def test_no_transaction_joins_them(bot: Offline) -> None:
    wrote = {one for table in NAMELESS for one in await transactions(bot, table)}
    assert len(wrote) == 1, "all were written anew together, the unfinished one too"
    for table in await tables(bot):
        if table not in {*NAMELESS, "survey_guests"}:
            shared = [one for one in await transactions(bot, table) if one in wrote]
            assert shared == [] or table in {"due", "inbox"}, table
    told = "SELECT DISTINCT kind FROM due WHERE xmin::text::bigint = ANY(:wrote)"
    assert [row["kind"] for row in await bot.rows(told, wrote=list(wrote))] == ["survey_shuffle"]
    whose = "SELECT DISTINCT lane FROM inbox WHERE xmin::text::bigint = ANY(:wrote)"
    assert {row["lane"] for row in await bot.rows(whose, wrote=list(wrote))} <= {""}
    assert set(await transactions(bot, "survey_guests")) == wrote


def rho(came: list[int]) -> float:
    """Return the rank correlation of an order with the one in which they answered."""
    middle = (N - 1) / 2
    spread = sum((one - middle) ** 2 for one in range(N))
    return sum((at - middle) * (one - middle) for at, one in enumerate(came)) / spread


async def test_rows_lie_in_no_order_of_time(bot: Offline) -> None:
    rows = await bot.rows("SELECT words FROM survey_lines ORDER BY ctid")  # as a dump writes them
    assert abs(rho([int(row["words"][1:4]) for row in rows])) < LITTLE
    papers = [row["id"] for row in await bot.rows("SELECT id FROM survey_papers ORDER BY ctid")]
    steps = sum(one < other for one, other in pairwise(papers))
    assert steps >= N - 3, "they lie by their ids, which are chance, page after page"


async def test_what_rows_were_before_is_gone(bot: Offline) -> None:
    held = await bot.rows(
        "SELECT pg_relation_size('survey_papers') AS papers, pg_relation_size('survey_lines') AS"
        " lines, (SELECT sum(pg_column_size(p.*)) FROM survey_papers p) AS alive"
    )
    sizes: dict[str, Any] = dict(held[0])
    # Every press rewrote one and every minute all: uncleared, that would be hundreds of pages.
    assert sizes["papers"] < 2 * sizes["alive"] + 16_384
    assert sizes["lines"] <= 32_768


async def test_updates_and_letters_tell_no_answer(bot: Offline) -> None:
    raw = await bot.rows("SELECT raw FROM inbox WHERE status = 'done'")
    assert not [one for one in raw if "survey" in one["raw"] or "canary" in one["raw"]]
    assert await bot.rows("SELECT id FROM outbox WHERE kind = 'survey.secret'") == []
