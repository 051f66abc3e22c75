"""Fills a database file with a neighbourhood: bulk SQL, indexes made afterwards."""

import asyncio
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine

from bot.domain.figures import NAMES
from bot.services.organisation import import_organisation
from bot.services.organisation_file import check_organisation
from bot.texts import words
from storage import shape
from storage.migrate import migrate
from storage.unit_of_work import Database
from tests.bench.neighbourhood import ESTATES, FIRST, LATELY, LIVES, NOW, Town, organisation
from tests.support.database import VAULT

_MICRO = int(NOW.timestamp()) * 10**6
_HOUR = 3600 * 10**6
_BULKY = (
    *("cases", "case_history", "attachments", "callbacks", "co_signers", "case_pieces"),
    *("case_figures", "figures", "figure_hours", "people", "roles", "outbox", "inbox", "due"),
    *("keys", "name_pieces"),
)
# What follows from the cases: five lines of history, a picture of every third, who was asked,
# who joined one in ten, and a few dozen calls that wait to be made by hand.
_REST = (
    """INSERT INTO case_history
    SELECT community_id, number, v.version, v.move, 'submitted', cases.status,
           iif(v.version = 1, reporter_id, handler_id), 'dispatcher', NULL,
           reported_at + v.version * 3600000000, NULL
    FROM cases JOIN (SELECT 1 AS version, 'report' AS move UNION ALL SELECT 2, 'offer'
        UNION ALL SELECT 3, 'claim' UNION ALL SELECT 4, 'contact'
        UNION ALL SELECT 5, 'resolve') AS v""",
    """INSERT INTO attachments (community_id, case_number, file_unique_id, stage, kind, file_id,
        person_id, at, state, checks)
    SELECT community_id, number, 'u' || number, 'before', 'photo', 'f' || number, reporter_id,
        reported_at, 'clean', 0 FROM cases WHERE number % 3 = 0""",
    """INSERT INTO callbacks (community_id, case_number, round, person_id, status, asked_at,
        asked_times, solved, satisfied, answered_at, shown_at, check_status)
    SELECT community_id, number, round, reporter_id,
        CASE WHEN said.solved IS NOT NULL THEN 'answered'
            WHEN closed_at AND {is_new} AND number % 101 = 0 THEN 'phone' ELSE 'asked' END,
        resolved_at + 3600000000, 1, said.solved, said.solved,
        iif(said.solved IS NULL, NULL, resolved_at + 7200000000), resolved_at + 3600000000,
        iif(said.solved = 'yes' AND {is_new} AND number % 301 = 0, 'wanted', NULL)
    FROM cases JOIN said ON of_case = number WHERE resolved_at IS NOT NULL""",
    """INSERT INTO co_signers (community_id, case_number, person_id, joined_at, muted, kin)
    SELECT community_id, number, max(2, reporter_id - 1), reported_at, 0, 0 FROM cases
    WHERE number % 10 = 0""",
    """INSERT INTO figures
       SELECT community_id, {period}, estate, company, category, building, {sums}
    FROM case_figures GROUP BY 1, 2, 3, 4, 5, 6""",
    """INSERT INTO figures
       SELECT community_id, {period}, estate, company, category, '*', {sums}
    FROM case_figures GROUP BY 1, 2, 3, 4, 5, 6""",
    """INSERT INTO figure_hours SELECT community_id, {period}, estate, company, category, hours,
    count(*) FROM case_figures WHERE hours IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6""",
    """INSERT INTO figure_hours SELECT community_id, {period}, estate, company, '*', hours,
    count(*) FROM case_figures WHERE hours IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6""",
    """INSERT INTO due
       SELECT community_id, 'nudge', number, '0', reported_at + 86400000000, closed_at
    FROM cases WHERE reported_at > (SELECT max(reported_at) FROM cases) - 1209600000000""",
)


def fill(whole: Path, town: Town) -> None:
    """Make the database of the town; there is no file until it is whole."""
    file = whole.with_suffix(".half")
    file.unlink(missing_ok=True)
    asyncio.run(_begin(file))
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -400000")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("BEGIN")
        indexes = _without_indexes(connection)
        _fill(connection, town)
        for index in indexes:
            connection.execute(index)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    _tell_shape(file)
    file.rename(whole)


def _tell_shape(file: Path) -> None:
    """Say again what to expect behind each index: it was forgotten with those that were dropped."""
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        shape.tell(connection)
    engine.dispose()


async def _begin(file: Path) -> None:
    url = f"sqlite+aiosqlite:///{file}"
    await migrate(url, file.parent / "backups")
    database = Database(url, lambda: NOW, vault=VAULT, given={"place_words": words()["place"]})
    await database.open()
    async with database.begin() as uow:
        await import_organisation(uow, check_organisation(organisation(), "the bench"))
    await database.close()


def _without_indexes(connection: sqlite3.Connection) -> list[str]:
    """Drop the indexes of the big tables; return how to make them."""
    found = connection.execute(
        "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchall()
    dropped = [(name, sql) for name, table, sql in found if table in _BULKY]
    for name, _ in dropped:
        connection.execute(f"DROP INDEX {name}")
    return [sql for _, sql in dropped]


def _fill(connection: sqlite3.Connection, town: Town) -> None:
    _put_people(connection, town)
    connection.execute("CREATE TEMP TABLE said (of_case INTEGER PRIMARY KEY, solved TEXT)")
    rows = _chunks(town.cases())
    for chunk in rows:
        _put(connection, "cases", [row for row, _ in chunk])
        _put(connection, "case_figures", (_figures(town, *one) for one in chunk))
        connection.executemany(
            "INSERT INTO said VALUES (?, ?)",
            ((row["number"], LIVES[life].said) for row, life in chunk),
        )
    sums = ", ".join(f"sum({name})" for name in NAMES)
    is_new = f"number > {FIRST + town.size - LATELY}"
    for statement in _REST:
        for period in ("day", "substr(day, 1, 7)") if "{period}" in statement else ("",):
            connection.execute(statement.format(period=period, sums=sums, is_new=is_new))
    connection.executemany("INSERT INTO case_pieces VALUES (?, ?, ?)", town.pieces())
    _put_signals(connection, town)
    _put_letters(connection)


def _chunks(rows: Iterator[Any], size: int = 20_000) -> Iterator[list[Any]]:
    chunk = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == size:
            yield chunk
            chunk = []
    yield chunk


def _put(connection: sqlite3.Connection, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    held = iter(rows)
    first = next(held, None)
    if first is None:
        return
    names = ", ".join(first)
    places = ", ".join("?" * len(first))
    command = f"INSERT INTO {table} ({names}) VALUES ({places})"
    connection.execute(command, tuple(first.values()))
    connection.executemany(command, (tuple(row.values()) for row in held))


def _figures(town: Town, row: Mapping[str, Any], life: int) -> dict[str, Any]:
    """Return what the case adds to the figures."""
    parts = {name: row[name] for name in ("estate", "company", "category", "building")}
    key = {"community_id": 1, "case_number": row["number"], "day": row["due_on"]}
    return {**key, **parts, **town.adds[life]}


def _put_people(connection: sqlite3.Connection, town: Town) -> None:
    """Add a dispatcher and supervisor, one who is that in an estate, workers, and residents."""
    for table in ("roles", "keys", "name_pieces", "people"):
        connection.execute(f"DELETE FROM {table}")
    last = 2 + town.workers + town.people
    keys = {one: VAULT.new_key(1, one) for one in range(1, last + 2)}
    people = (
        {"community_id": 1, "id": one, "telegram_id": 10**6 + one,
         "name": VAULT.key(1, one, key).seal(f"people.name/1/{one}", f"Person {one}"),
         "language": "zh_CN", "home": "3-2", "joined_at": 0}
        for one, key in keys.items()
    )  # fmt: skip
    _put(connection, "people", people)
    held_by = {"community_id": 1}
    _put(connection, "keys", (held_by | {"person_id": n, "wrapped": k} for n, k in keys.items()))
    held = [(1, "dispatcher", ""), (1, "supervisor", "")]
    held += [(last + 1, "dispatcher", f"estate:{ESTATES[0]}")]
    held += [(one, "volunteer", "") for one in range(2, 2 + town.workers)]
    roles = [
        {"community_id": 1, "person_id": who, "role": role, "scope": scope, "starts_at": 0}
        for who, role, scope in held
    ]
    _put(connection, "roles", roles)


def _put_signals(connection: sqlite3.Connection, town: Town) -> None:
    """Add the signals of the year, of which twelve are open."""
    many = town.size // 500
    rows = (
        {"community_id": 1, "id": one, "kind": "reopened", "subject": str(FIRST + one),
         "occurrence": "2", "case_number": FIRST + one, "n": 2, "raised_at": _MICRO,
         "closed_at": None if one > many - 12 else _MICRO}
        for one in range(1, many + 1)
    )  # fmt: skip
    _put(connection, "signals", rows)


def _put_letters(connection: sqlite3.Connection, days: int = 3, a_day: int = 20_000) -> None:
    """Add what came in and went out lately, as much as is kept."""
    numbers: Sequence[int] = range(1, days * a_day + 1)
    step = 24 * _HOUR // a_day
    times = {one: _MICRO - (len(numbers) - one) * step for one in numbers}
    _put(connection, "inbox", (
        {"bot_id": 1, "update_id": one, "lane": f"p{one % 5000}", "raw": "{}", "received_at": at,
         "status": "done", "attempts": 1, "due_at": at, "done_at": at}
        for one, at in times.items()
    ))  # fmt: skip
    _put(connection, "outbox", (
        {"community_id": 1, "chat_id": 10**6 + one % 5000, "language": "zh_CN", "kind": "case.card",
         "facts": "{}", "subject": FIRST + one, "letter_class": "must_arrive", "silent": 0,
         "status": "sent", "due_at": at, "attempts": 1, "copies": 1, "created_at": at,
         "sent_at": at}
        for one, at in times.items()
    ))  # fmt: skip
