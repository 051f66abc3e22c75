"""After 200 nameless answers nothing that is kept leads from an answer to a person.

Looked through are the database, its log, a backup and what is written to the log of the bot:
for joins by any value, for order, and for time.
"""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from storage.backup import back_up
from storage.engine import sqlite_file
from tests.support.offline import Offline, offline
from tests.unit.survey_room import FIRST_ID, account, answer, begin

pytestmark = pytest.mark.asyncio(loop_scope="module")
N = 200
LOGGED: list[str] = []
LITTLE = 0.3  # a rank correlation that 200 rows by chance do not reach: four times its spread


def said_by(n: int) -> tuple[int, int, str]:
    """Return what neighbour number `n` answers; no two write the same."""
    return n % 3, n * 7 % 3, f"话{n:03d}号canary"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Offline]:
    folder: Path = tmp_path_factory.mktemp("urn")
    async with offline(folder) as made:
        for kind in ("error", "warning", "info"):  # what the loops would write to the log
            setattr(made.defects, kind, lambda event, **facts: LOGGED.append(f"{event} {facts}"))
        await begin(made, N)
        for n in range(N):
            await answer(made, n, *said_by(n))
        await made.pass_(timedelta(minutes=20))
        yield made


async def everything(bot: Offline) -> dict[str, list[str]]:
    """Return every row of every table as text."""
    names = await bot.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {
        one["name"]: [
            json.dumps(dict(row), default=str, ensure_ascii=False)
            for row in await bot.rows(f'SELECT * FROM "{one["name"]}"')
        ]
        for one in names
    }


async def test_all_have_answered_and_all_counts(bot: Offline) -> None:
    assert len(await bot.rows("SELECT id FROM survey_papers WHERE done")) == N
    assert len(await bot.rows("SELECT id FROM survey_lines")) == N
    done = "SELECT person_id FROM survey_guests WHERE status = 'answered'"
    assert len(await bot.rows(done)) == N


async def test_no_value_joins_a_paper_or_a_line_with_anything(bot: Offline) -> None:
    tables = await everything(bot)
    ids = [row["id"] for row in await bot.rows("SELECT id FROM survey_papers")]
    ids += [row["id"] for row in await bot.rows("SELECT id FROM survey_lines")]
    lines = [said_by(n)[2] for n in range(N)]
    for name, rows in tables.items():
        if name not in {"survey_papers", "survey_lines"}:
            held = "\n".join(rows)
            assert [one for one in (*ids, *lines) if one in held] == [], name
    people = {str(FIRST_ID + n) for n in range(N)} | {str(account(n)) for n in range(N)}
    for name in ("survey_papers", "survey_lines"):
        assert [one for one in tables[name] if any(f'"{who}"' in one for who in people)] == []
    assert all(row["person_id"] is None for row in await bot.rows("SELECT * FROM survey_papers"))


async def test_updates_and_letters_tell_no_answer(bot: Offline) -> None:
    raw = await bot.rows("SELECT raw FROM inbox WHERE status = 'done'")
    assert not [one for one in raw if "survey" in one["raw"] or "canary" in one["raw"]]
    assert await bot.rows("SELECT id FROM outbox WHERE kind = 'survey.secret'") == []
    whose = await bot.rows("SELECT lane FROM inbox WHERE raw = '{}'")
    assert len(whose) == 4 * N
    assert {one["lane"] for one in whose} == {""}


async def test_what_is_kept_has_no_time(bot: Offline) -> None:
    paper, line, guest = [
        set((await bot.rows(f"SELECT * FROM {table} LIMIT 1"))[0])
        for table in ("survey_papers", "survey_lines", "survey_guests")
    ]
    assert paper == {"community_id", "survey_id", "id", "answers", "done", "person_id"}
    assert line == {"community_id", "survey_id", "id", "question", "words"}
    assert not {one for one in guest if one.endswith("_at")} - {"asked_at"}
    asked = await bot.rows("SELECT DISTINCT asked_at FROM survey_guests")
    assert len(asked) <= 2, "when they were asked says nothing of when they answered"
    due = await bot.rows("SELECT * FROM due WHERE subject LIKE '1/%' AND kind = 'survey_ask'")
    began = min(one["done_at"] for one in due if one["done_at"])
    assert all(one["done_at"] in {None, began} for one in due), "nor is it told by the clock"


async def test_rows_lie_in_no_order_of_time(bot: Offline) -> None:
    for table in ("survey_papers", "survey_lines", "survey_guests"):
        made = await bot.rows(f"SELECT sql FROM sqlite_master WHERE name = '{table}'")
        assert made[0]["sql"].strip().endswith("WITHOUT ROWID")
    rows = await bot.rows("SELECT words FROM survey_lines")  # as they lie
    came = [int(row["words"][1:4]) for row in rows]
    middle = (N - 1) / 2
    spread = sum((one - middle) ** 2 for one in range(N))
    rho = sum((at - middle) * (one - middle) for at, one in enumerate(came)) / spread
    assert abs(rho) < LITTLE


async def test_the_log_of_the_database_holds_nothing_of_it(bot: Offline) -> None:
    file = sqlite_file(bot.house.database.url)
    assert file is not None
    log = file.with_name(f"{file.name}-wal").read_bytes()
    assert b"canary" not in log
    ids = [row["id"].encode() for row in await bot.rows("SELECT id FROM survey_papers")]
    assert not [one for one in ids if one in log]


async def test_bytes_of_the_file_and_of_a_backup_hold_each_word_once(bot: Offline) -> None:
    file = sqlite_file(bot.house.database.url)
    assert file is not None
    copy = back_up(file, bot.folder / "backups", label="urn")
    for where in (file, copy):
        held: Any = where.read_bytes()
        lines = [said_by(n)[2].encode() for n in range(N)]
        assert {held.count(one) for one in lines} == {1}, where
    assert not [one for one in LOGGED if "canary" in one or "survey" in one]
