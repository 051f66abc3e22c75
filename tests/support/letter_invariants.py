"""What must hold of all letters at every moment, read from the tables alone.

Times and limits are written out here once more, so that a mistake in the rules is found too.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from storage import case as cases
from tests.support.offline import Offline

SHANGHAI = ZoneInfo("Asia/Shanghai")
NIGHT = time(21, 30), time(8)
MOST_ALERTS = 3
PROGRESS = {
    *("case.taken", "case.promised", "case.promise_moved", "case.promise_missed"),
    *("case.extended", "case.unmerged"),
}
SURVEYS = {"survey.q1", "survey.later"}
NEVER_HELD = ("admin.", "common.", "toast.", "refusal.", "menu.commands", "group.place")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LETTERS = "SELECT * FROM outbox ORDER BY id"
_A_DAY = 24 * 3600 * 1_000_000  # as the tables keep a span


async def wrong_letters(bot: Offline) -> list[str]:
    """Return what does not hold of the letters, as sentences."""
    letters = [dict(row) for row in await bot.rows(_LETTERS)]
    people = {row["telegram_id"]: row for row in await bot.rows("SELECT * FROM people")}
    now = _micros(bot.clock.now())
    found = [*_misspoken(letters), *_stuck(letters, now), *_unflagged(letters)]
    found += [*_at_night(letters, people), *_too_often(letters), *_asked_twice(letters)]
    return found + _doors_in_groups(letters, await _doors(bot))


def _micros(of: datetime | timedelta) -> int:
    """Return an instant or a span as the tables keep it: whole microseconds."""
    return (of if isinstance(of, timedelta) else of - _EPOCH) // timedelta(microseconds=1)


def _named(letter: dict[str, Any]) -> str:
    return f"letter {letter['id']} ({letter['kind']}) to {letter['chat_id']}"


def _misspoken(letters: list[dict[str, Any]]) -> list[str]:
    return [
        f"{_named(one)}: {one['status']} {one['error']}"
        for one in letters
        if one["copies"] > 2
        or one["status"] == "sending"
        or (one["error"] or "").startswith("cannot be drawn")
    ]


def _stuck(letters: list[dict[str, Any]], now: int) -> list[str]:
    """Look for a letter that could go and does not."""
    waiting = [one for one in letters if one["status"] == "queued" and one["due_at"] <= now]
    return [f"{_named(one)} is due since {one['due_at']} and waits" for one in waiting]


def _unflagged(letters: list[dict[str, Any]]) -> list[str]:
    """Look for a letter that had to arrive, may not have, and of which nobody was told."""
    alarms = [json.loads(one["facts"]) for one in letters if one["kind"] == "admin.alarm"]
    told = {one["facts"].get("letter") for one in alarms}
    return [
        f"{_named(one)} is {one['status']} and nobody was told"
        for one in letters
        if one["letter_class"] == "must_arrive"
        and one["status"] in {"dead", "unknown"}
        and not _was_blocked(one)
        and one["id"] not in told
    ]


def _was_blocked(letter: dict[str, Any]) -> bool:
    return "Forbidden" in (letter["error"] or "")


def _rings(letter: dict[str, Any]) -> bool:
    """Say whether somebody heard it who had not just done something."""
    news = letter["reason"] in {"news", "quiet"} and letter["letter_class"] != "idempotent"
    return news and letter["status"] == "sent" and not letter["silent"]


def _is_urgent(letter: dict[str, Any]) -> bool:
    facts = json.loads(letter["facts"])
    about = facts["case"] if isinstance(facts.get("case"), dict) else facts
    return bool(about.get("urgent")) or letter["kind"] in {"case.urgent", "desk.urgent"}


def _at_night(letters: list[dict[str, Any]], people: dict[int, Any]) -> list[str]:
    found = []
    for one in letters:
        who = people.get(one["chat_id"])
        if not _rings(one) or one["kind"].startswith(NEVER_HELD):
            continue
        local = (_EPOCH + timedelta(microseconds=one["sent_at"])).astimezone(SHANGHAI).time()
        if NIGHT[1] <= local < NIGHT[0] or _is_urgent(one):
            continue
        chosen = json.loads(who["settings"] or "{}") if who is not None else {}
        if chosen.get("quiet", True) and not chosen.get("begins"):  # no hours of their own
            found.append(f"{_named(one)} rang at {local}")
    return found


def _too_often(letters: list[dict[str, Any]]) -> list[str]:
    """Count the alerts of progress since the last time that the result was told."""
    rung: dict[Any, int] = defaultdict(int)
    found = []
    for one in letters:
        about = one["community_id"], one["chat_id"], one["subject"]
        if one["kind"] == "survey.result":
            rung[about] = 0
        if one["kind"] in PROGRESS and one["status"] != "superseded":
            rung[about] += 1
            if rung[about] > MOST_ALERTS:
                found.append(f"{_named(one)} is alert {rung[about]} about {one['subject']}")
    return found


def _asked_twice(letters: list[dict[str, Any]]) -> list[str]:
    """Look for two surveys to one person within a day; what follows an answer is none."""
    asked: dict[int, int] = {}
    found = []
    for one in letters:
        if one["kind"] not in SURVEYS or one["reason"] not in {"news", "quiet"}:
            continue
        last = asked.get(one["chat_id"])
        if last is not None and one["created_at"] - last < _A_DAY:
            found.append(f"{_named(one)} comes within a day of another survey")
        asked[one["chat_id"]] = one["created_at"]
    return found


def _all_words(letter: dict[str, Any]) -> str:
    """Return all texts among the facts; figures in them are no doors."""
    return " ".join(_texts(json.loads(letter["facts"])))


def _texts(held: Any) -> Iterator[str]:
    if isinstance(held, dict):
        held = list(held.values())
    if isinstance(held, list):
        for one in held:
            yield from _texts(one)
    elif isinstance(held, str):
        yield held


async def _doors(bot: Offline) -> dict[tuple[int, int], str]:
    """Return the doors of cases, by community and number."""
    rows = await bot.rows("SELECT community_id, number FROM cases WHERE door IS NOT NULL")
    found = {}
    async with bot.house.database.looking() as uow:
        for row in rows:
            case = await cases.find(uow, row["community_id"], row["number"])
            if case is not None and case.door:
                found[case.community_id, case.number] = case.door
    return found


def _doors_in_groups(letters: list[dict[str, Any]], doors: dict[tuple[int, int], str]) -> list[str]:
    """Look for the door of a case in what a group is shown about it."""
    found = []
    for one in letters:
        door = doors.get((one["community_id"], one["subject"])) if one["chat_id"] < 0 else None
        if door and re.search(rf"(?<!\d){re.escape(door)}(?!\d)", _all_words(one)):
            found.append(f"{_named(one)} shows the door {door}")
    return found
