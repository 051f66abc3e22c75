"""What must hold at every moment, read from the tables alone."""

from collections import defaultdict
from itertools import groupby
from typing import Any

from bot.domain.case import MOVES, Move, Special, Status, destinations
from bot.domain.figures import NAMES
from bot.domain.picture import CHECKED, CLEAN, WAITING, Key
from storage import roll_up
from tests.support.letter_invariants import wrong_letters
from tests.support.offline import Offline

MOST_ASKED = 12  # people and rungs that are asked one after another before somebody acts
_AS_REPORTER = {"reporter", "co_signer", "resident"}
Numbered = tuple[int, int]  # the community, and the number of a case in it


async def broken(bot: Offline) -> list[str]:
    """Return what does not hold, as sentences."""
    found = list(bot.defects)
    rows = await bot.rows("SELECT * FROM cases")
    cases = {(row["community_id"], row["number"]): row for row in rows}
    history: dict[Numbered, list[Any]] = defaultdict(list)
    for row in await bot.rows("SELECT * FROM case_history ORDER BY case_number, version"):
        history[row["community_id"], row["case_number"]].append(row)
    for key, case in cases.items():
        found += [f"case {key}: {one}" for one in _wrong_with(case, history[key])]
    found += await _wrong_callbacks(bot)
    found += await wrong_letters(bot)
    found += await _wrong_drafts(bot, set(cases))
    found += await _wrong_files(bot)
    found += await _wrong_crossings(bot)
    left = await bot.rows("SELECT update_id, status FROM inbox WHERE status != 'done'")
    found += [f"update {row['update_id']} is {row['status']}" for row in left]
    return found


def _wrong_with(case: Any, history: list[Any]) -> list[str]:
    found = []
    versions = [row["version"] for row in history]
    if versions != list(range(1, case["version"] + 1)):
        found.append(f"history has versions {versions}, the case is at {case['version']}")
    if case["handler_id"] is not None and case["handler_id"] == case["reporter_id"]:
        found.append("its reporter handles it")
    before = None
    for row in history:
        found += _wrong_move(row, before)
        before = row["to_status"]
    if in_circles([row["move"] for row in history]):
        found.append("people are asked in circles")
    if before != case["status"]:
        found.append(f"history ends in {before}, the case is {case['status']}")
    return found + _wrong_people(case, history)


def in_circles(moves: list[str]) -> bool:
    """Say whether the next ones were asked again and again, with nothing else in between."""
    longest = max(
        (len(list(all_)) for move, all_ in groupby(moves) if move == "next_tier"), default=0
    )
    return longest > MOST_ASKED


def _wrong_people(case: Any, history: list[Any]) -> list[str]:
    """Look for a reporter who works on their own case, and for a handler who closes theirs."""
    found = [
        f"its reporter made {row['move']} as {row['role']}"
        for row in history
        if row["person_id"] == case["reporter_id"] and row["role"] not in _AS_REPORTER
    ]
    last = history[-1]
    while last["to_status"] == last["from_status"]:  # what was added afterwards
        last = history[last["version"] - 2]
    move, handler = MOVES.get(last["move"]), case["handler_id"]
    if move is not None and move.closes and handler is not None and last["person_id"] == handler:
        found.append(f"its handler made {last['move']}")
    return found


def _wrong_move(row: Any, before: str | None) -> list[str]:
    if row["from_status"] != before:
        return [f"{row['move']} comes from {row['from_status']}, it was {before}"]
    if row["move"] == "report":
        return [] if before is None else ["it was reported twice"]
    move = MOVES.get(row["move"])
    if move is None:
        return [f"{row['move']} is no move"]
    found = []
    if Status(str(before)) not in move.from_:
        found.append(f"{move.name} from {before}")
    if not _leads(move, str(before), row["to_status"]):
        found.append(f"{move.name} leads from {before} to {row['to_status']}")
    if row["role"] not in {party.value for party in move.needs}:
        found.append(f"{move.name} was made as {row['role']}")
    return found


def _leads(move: Move, before: str, to: str) -> bool:
    if move.to is Special.SAME:
        return to == before
    return move.to is Special.BACK or Status(to) in set(destinations(move))


async def _wrong_callbacks(bot: Offline) -> list[str]:
    """Look for somebody who is asked although nothing is open, or about their own work.

    Nobody writes down or checks what residents say about their own work either.
    """
    rows = await bot.rows(
        "SELECT c.number, b.*, c.status AS stands, c.handler_id, c.reporter_id, c.round AS now"
        " FROM callbacks b JOIN cases c ON c.number = b.case_number"
        " AND c.community_id = b.community_id"
    )
    found = []
    for row in rows:
        about, who = f"case {row['number']}", row["person_id"]
        current = row["round"] == row["now"]
        if row["status"] in {"planned", "asked", "phone"}:
            if row["stands"] != "resolved" or not current:
                found.append(f"{about}: {who} is {row['status']}, but it is {row['stands']}")
            if who == row["handler_id"]:
                found.append(f"{about}: {who} is asked about their own work")
        handler = row["handler_id"] if current else None
        if handler is not None and row["answered_by"] == handler:
            found.append(f"{about}: its handler wrote down what {who} says")
        if row["checked_by"] is not None and row["checked_by"] in {handler, row["reporter_id"]}:
            found.append(f"{about}: {row['checked_by']} checked their own case")
    return found


async def miscounted(bot: Offline) -> list[str]:
    """Return the tables of figures that say something else than all cases counted anew."""
    tables = ("figures", "figure_hours", "case_figures")
    kept = {table: await _filled(bot, table) for table in tables}
    for of in await bot.rows("SELECT id FROM communities"):
        async with bot.house.database.begin() as uow:
            await roll_up.rebuild(uow, of["id"])
    return [table for table in tables if await _filled(bot, table) != kept[table]]


async def _filled(bot: Offline, table: str) -> list[tuple[Any, ...]]:
    """Return the rows of a table of figures, without those that have come down to nothing."""
    rows = [dict(row) for row in await bot.rows(f"SELECT * FROM {table}")]
    counts = ("cases",) if table == "figure_hours" else NAMES
    full = [row for row in rows if table == "case_figures" or any(row[name] for name in counts)]
    return sorted(tuple((name, str(row[name])) for name in sorted(row)) for row in full)


async def _wrong_drafts(bot: Offline, numbers: set[Numbered]) -> list[str]:
    rows = await bot.rows(
        "SELECT community_id, json_extract(facts, '$.number') AS number FROM drafts"
        " WHERE noun = 'report' AND status = 'filed'"
    )
    filed = [(row["community_id"], row["number"]) for row in rows]
    twice = {one for one in filed if filed.count(one) > 1}
    return [f"report {one} was filed twice" for one in twice] + [
        f"report {one} has no case" for one in set(filed) - numbers
    ]


async def _wrong_files(bot: Offline) -> list[str]:
    """Look for a file that waits for nothing, is clean and not there, or was shown as it came."""
    found = []
    for row in await bot.rows("SELECT * FROM attachments WHERE kind = 'document'"):
        key = Key(row["community_id"], row["case_number"], row["stage"], row["file_unique_id"])
        if (row["state"] == WAITING) != (row["check_at"] is not None):
            found.append(f"file {key} is {row['state']}, to be checked at {row['check_at']}")
        if row["state"] == CLEAN and not (bot.folder / "pictures" / key.file_name).exists():
            found.append(f"file {key} is clean, but it is not there")
    shown = [drawing.file for _, drawing in bot.phones.sent if drawing.file is not None]
    return found + [f"{file} was shown unchecked" for file in shown if file[0] in CHECKED]


async def _wrong_crossings(bot: Offline) -> list[str]:
    """Look for somebody who acts in, belongs to or hears from a community that is not theirs."""
    acting = await bot.rows(
        "SELECT h.case_number, h.move FROM case_history h WHERE h.person_id IS NOT NULL AND NOT"
        " EXISTS (SELECT 1 FROM people p WHERE p.id = h.person_id"
        " AND p.community_id = h.community_id)"
    )
    hearing = await bot.rows(
        "SELECT o.id, o.kind FROM outbox o JOIN people p ON p.telegram_id = o.chat_id"
        " WHERE p.community_id != o.community_id"
    )
    return [f"case {row['case_number']}: {row['move']} by nobody of it" for row in acting] + [
        f"letter {row['id']} ({row['kind']}) goes to another community" for row in hearing
    ]
