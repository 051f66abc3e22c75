"""A notice to 2,000: its pace, who waits meanwhile, a storm of 429 and a kill in the middle.

Telegram takes 30 messages in any second, as the real one does, and refuses what is above.

`python -m tests.bench.broadcast`, or a section of `make bench`. 3 % have blocked the bot and 1 %
have no account any more, and it does not know. In the first part nothing disturbs it: the pace,
what it costs of a core, how long residents wait for an answer. Then comes the storm, then SIGKILL,
then a new start. At the end everybody has it at most once, and every row stands in the report.
"""

import json
import os
import signal
import sqlite3
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.bench.goals import line
from tests.support.sandbox import Sandbox, bot_by_hand, running

PEOPLE = int(os.environ.get("RECIPIENTS", "2000"))  # more than 500: a second person agrees
BLOCKED, DELETED = PEOPLE * 3 // 100, PEOPLE // 100
PACE = 25  # a second, of the notice; a person's answers have the rest
LIMIT = 30  # messages that Telegram takes in any second, edits too
SPARE = 2  # what leaves within a second may arrive within a little less
PACED: dict[str, Any] = {
    "PACE_TOTAL": str(LIMIT - SPARE),
    "PACE_BROADCAST": str(PACE),
    "PACE_CHAT": "1",
}
CALM = min(30.0, PEOPLE / PACE / 3)  # seconds in which nothing disturbs it
STORM, RETRY_AFTER = 12, 2  # refusals, and the seconds for which each asks
ORGANIZER, SECOND = 7000012, 7000013
WORDS, QUESTION = "bench notice", "☎ 找人帮忙"
PATIENCE = 240.0


class Seen:
    """What Telegram was asked to send, in order: when, to whom, what came of it."""

    def __init__(self, town: Sandbox) -> None:
        self._town, self._after = town, 0
        self.notices: list[tuple[float, int]] = []
        self.answers: list[tuple[float, int]] = []
        self.refused: list[float] = []

    def look(self) -> None:
        """Note what has come since the last look."""
        now = time.monotonic()
        for call in self._town.get(f"/sim/calls?method=sendMessage&after={self._after}"):
            self._after = call["seq"]
            chat = int(call["parameters"]["chat_id"])
            if call["status"] == 429:
                self.refused.append(now)
            elif call["status"] == 200 and WORDS in call["parameters"]["text"]:
                self.notices.append((now, chat))
            elif call["status"] == 200:
                self.answers.append((now, chat))

    def watch(self, seconds: float) -> None:
        """Look for a while."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.look()
            time.sleep(0.02)

    def answer(self, person: int) -> float:
        """Let somebody ask; return the seconds until they were answered."""
        self.look()
        begun, before = time.monotonic(), len(self.answers)
        self._town.post("/sim/message", from_=person, text=QUESTION)
        while not any(chat == person for _, chat in self.answers[before:]):
            self.look()
            if time.monotonic() - begun > PATIENCE:
                return PATIENCE
            time.sleep(0.005)
        return time.monotonic() - begun


def run() -> Iterator[str]:
    """Send it; yield a line for each goal."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with running(folder, "--no-bot") as town:
            people = fill(folder, town)
            yield from send(folder, town, people)


def fill(folder: Path, town: Sandbox) -> list[int]:
    """Let everybody say hello; some block the bot or close their account, and it forgets that."""
    with bot_by_hand(folder, town):
        people = [town.post("/sim/people", name=f"b{n}")["id"] for n in range(PEOPLE)]
        for one in (*people, ORGANIZER, SECOND):
            town.post("/sim/message", from_=one, text="/start")
        town.settle(120)
        for one in people[:BLOCKED]:
            town.post("/sim/block", from_=one)
        for one in people[BLOCKED : BLOCKED + DELETED]:
            town.post("/sim/deactivate", from_=one)
        town.settle(60)
    with closing(sqlite3.connect(folder / "data" / "linli.db")) as database, database:
        database.execute("UPDATE people SET blocked_at = NULL")
    return people


def send(folder: Path, town: Sandbox, people: list[int]) -> Iterator[str]:
    """Send it to all of them."""
    seen, askers = Seen(town), iter(people[-100:])
    with bot_by_hand(folder, town, **PACED) as pid:
        town.limit(LIMIT)
        idle = [seen.answer(next(askers)) for _ in range(8)]
        begin(town)
        yield from in_calm(seen, pid, askers, idle)
        refused = len(seen.refused)
        town.post("/sim/faults", method="sendMessage", times=STORM, retry_after=RETRY_AFTER)
        seen.watch(STORM * RETRY_AFTER / 4)
        town.call("DELETE", "/sim/faults")
        town.limit(LIMIT)
        stormy = len(seen.refused)
        seen.watch(5)
        yield line("notice, refusals in the storm", stormy - refused, STORM, at_most=True)
        os.kill(pid, signal.SIGKILL)
        time.sleep(1)
        after = len(seen.refused) - stormy
    with bot_by_hand(folder, town, **PACED):
        before = len(seen.refused)
        fates = until_sent(folder, seen)
        after += len(seen.refused) - before
    yield line("notice, refusals outside the storm", refused + after, 0, at_most=True)
    yield from at_the_end(folder, seen, people, fates)


def begin(town: Sandbox) -> None:
    """Write it, and let a second person agree: it is for more than 500."""
    for words in ("/notice", WORDS):
        town.post("/sim/message", from_=ORGANIZER, text=words)
        town.settle(30)
    for who, label in ((ORGANIZER, "👥"), (ORGANIZER, "✅ 现在发"), (SECOND, "✅ 同意发送")):
        press(town, who, label)
        if who == ORGANIZER:
            town.settle(30)


def press(town: Sandbox, who: int, label: str) -> None:
    """Press the newest button that begins so."""
    for message in reversed(town.chat(who)["messages"]):
        labels = [one["label"] for row in message["buttons"] for one in row]
        found = [one for one in labels if one.startswith(label)]
        if found and not message["deleted"]:
            wish = {"message_id": message["message_id"], "label": found[0], "chat": who}
            town.post("/sim/press", from_=who, **wish)
            return
    raise LookupError(label)


def in_calm(seen: Seen, pid: int, askers: Iterator[int], idle: list[float]) -> Iterator[str]:
    """Measure it while nothing disturbs it."""
    seen.watch(4)  # until it goes evenly
    begun, spent, before = time.monotonic(), cpu(pid), len(seen.notices)
    waited = []
    while time.monotonic() - begun < CALM:
        waited.append(seen.answer(next(askers)))
        seen.watch(1)
    seconds = time.monotonic() - begun
    rate = (len(seen.notices) - before) / seconds
    core = (cpu(pid) - spent) / seconds
    usual, busy = statistics.median(idle), statistics.median(waited)
    yield f"  an answer: idle {usual:.3f} s, meanwhile {busy:.3f} s, ratio {busy / usual:.1f}"
    yield line(f"notice, rate / {PACE} a second", rate / PACE, 0.97)
    yield line("notice, part of a core", core, 0.1, at_most=True)
    yield line("notice, answers meanwhile, slowest in seconds", max(waited), 1.0, at_most=True)


def cpu(pid: int) -> float:
    """Return the seconds of a core that a process has used."""
    parts = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def rows(folder: Path, sql: str) -> list[Any]:
    """Return what stands in the database."""
    with closing(sqlite3.connect(folder / "data" / "linli.db", timeout=10)) as database:
        return database.execute(sql).fetchall()


def until_sent(folder: Path, seen: Seen) -> Counter[str]:
    """Wait until it has ended; return what became of each."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        seen.watch(1)
        if rows(folder, "SELECT 1 FROM broadcasts WHERE ended_at IS NOT NULL"):
            break
    sql = "SELECT coalesce(fate, 'none'), count(*) FROM broadcast_people GROUP BY 1"
    return Counter(dict(rows(folder, sql)))


def at_the_end(folder: Path, seen: Seen, people: list[int], fates: Counter[str]) -> Iterator[str]:
    """Hold what came of it against who was meant."""
    got = Counter(chat for _, chat in seen.notices if chat in set(people))
    (total,) = rows(folder, "SELECT total FROM broadcasts")[0]
    yield f"  {total} meant: {json.dumps(dict(fates), sort_keys=True)}"
    yield line("notice, people who got it twice", sum(n > 1 for n in got.values()), 0, at_most=True)
    settled = sum(n for fate, n in fates.items() if fate not in {"none", "waiting"})
    yield line("notice, rows without an end in the report", total - settled, 0, at_most=True)
    missing = PEOPLE - BLOCKED - DELETED - len(got)
    unknown = fates["unknown"]
    yield line("notice, missing beyond the unknown", missing - unknown, 0, at_most=True)
    yield line("notice, unknown after a kill", unknown, 8, at_most=True)
    known = fates["blocked"] == BLOCKED and fates["deleted"] == DELETED
    yield line("notice, blocked and deleted told apart", int(known), 1)


def main() -> int:
    """Print the lines."""
    for one in run():
        print(one, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
