"""A storm of 429: for a while Telegram refuses every message, and people go on asking.

`python -m tests.bench.storm`, or a section of `make bench`; `STORM=600` for ten minutes. The
bot is paced as it is by default. Afterwards it is measured how fast the letters that piled up go
out beside the limit, counted from the first that Telegram takes again, and then, once they are
out, how long people wait for answers.
"""

import os
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.settings import Settings
from tests.bench.goals import line
from tests.support.sandbox import Sandbox, running

STORM = float(os.environ.get("STORM", "20"))  # seconds
PEOPLE = 100
PILE = 3  # letters to each at least, as many as one chat may get at once
ASKED_LATER = 60  # people, one after another
GAP = 0.1  # seconds between them
RETRY_AFTER = 3  # seconds that Telegram asks for, again and again
PATIENCE = 120.0
LIMIT, CHAT, GROUP = (
    float(Settings.model_fields[f"pace_{name}"].default) for name in ("total", "chat", "group")
)
QUESTION = "☎ 找人帮忙"  # is answered with one message, and nothing comes of it later


class Watch:
    """Sees which messages Telegram takes, and when, in the order in which they come."""

    def __init__(self, town: Sandbox) -> None:
        self._town, self._seen = town, 0
        self.taken: list[tuple[float, int]] = []  # seconds, chat
        self.refused = 0

    def look(self) -> None:
        """Note what has come since the last look."""
        now = time.monotonic()
        for call in self._town.get(f"/sim/calls?method=sendMessage&after={self._seen}"):
            self._seen = call["seq"]
            if call["status"] == 200:
                self.taken.append((now, int(call["parameters"]["chat_id"])))
            else:
                self.refused += call["status"] == 429

    def until(self, count: int) -> None:
        """Look until so many were taken in all; gives up when none comes for long."""
        deadline = time.monotonic() + PATIENCE
        while len(self.taken) < count and time.monotonic() < deadline:
            before = len(self.taken)
            self.look()
            if len(self.taken) > before:
                deadline = time.monotonic() + PATIENCE
            time.sleep(0.01)


def run() -> Iterator[str]:
    """Let it storm; yield a line for each goal, and one about the storm."""
    pace = {"PACE_TOTAL": str(LIMIT), "PACE_CHAT": str(CHAT), "PACE_GROUP": str(GROUP)}
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), **pace) as town:
        people = [town.post("/sim/people", name=f"s{n}")["id"] for n in range(PEOPLE)]
        for one in people:
            town.post("/sim/message", from_=one, text="/start")
        town.settle(60)
        watch = Watch(town)
        watch.look()
        before = len(watch.taken)
        asked = let_it_storm(town, people)
        watch.look()
        refused = watch.refused
        town.call("DELETE", "/sim/faults")
        town.limit()
        watch.until(before + asked.total())
        town.settle(60)
        watch.look()
        drained = watch.taken[before:]
        yield f"  {STORM:.0f} s of 429: {refused} refusals, {asked.total()} letters piled up"
        got = Counter(chat for _, chat in drained)
        wrong = sum(abs(got[one] - asked[one]) for one in {*got, *asked})
        yield line("429 storm, letters lost or doubled", wrong, 0, at_most=True)
        seconds = drained[-1][0] - drained[0][0]
        yield line("429 storm, drained / limit", (len(drained) - 1) / seconds / LIMIT, 0.9)
        waited = answers(town, watch, people)
        p95 = statistics.quantiles(waited, n=20)[-1]
        refused = watch.refused - refused
        yield line("429 storm, refusals after it", refused, 0, at_most=True)
        yield line("429 storm, answers after it, p95 in seconds", p95, 3.0, at_most=True)


def let_it_storm(town: Sandbox, people: list[int]) -> Counter[int]:
    """Refuse everything for a while, in which each asks in turn; return who asked how often."""
    town.post("/sim/faults", method="sendMessage", times=-1, retry_after=RETRY_AFTER)
    count = PEOPLE * PILE
    begun, asked = time.monotonic(), Counter[int]()
    for number in range(count):
        one = people[number % PEOPLE]
        town.post("/sim/message", from_=one, text=QUESTION)
        asked[one] += 1
        time.sleep(max(0.0, begun + (number + 1) * STORM / count - time.monotonic()))
    return asked


def answers(town: Sandbox, watch: Watch, people: list[int]) -> list[float]:
    """Let one after another ask; return the seconds until each was answered."""
    asked: dict[int, float] = {}

    def ask() -> None:
        mine: Any = Sandbox(town.address)
        for one in people[:ASKED_LATER]:
            asked[one] = time.monotonic()
            mine.post("/sim/message", from_=one, text=QUESTION)
            time.sleep(GAP)
        mine.close()

    before = len(watch.taken)
    asking = threading.Thread(target=ask)
    asking.start()
    watch.until(before + ASKED_LATER)
    asking.join()
    return [when - asked[chat] for when, chat in watch.taken[before:]]


def main() -> int:
    """Print the lines."""
    for one in run():
        print(one, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
