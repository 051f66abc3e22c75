"""Kills the bot at random moments while people keep reporting and claiming; counts what was lost.

`make crash KILLS=300`. The sandbox outlives the bot. Exit code 1 when a promise is broken. With
`DATABASE=postgres` everything is kept on the server of LINLI_POSTGRES, which ends all connections
now and then as well. With `WEBHOOK=1` updates are brought to the bot instead of fetched.
"""

import os
import random
import signal
import statistics
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from tests.crash.bots import Bot, running_over
from tests.crash.copies import MOST, Copies
from tests.crash.ledger import Ledger, examine
from tests.support.sandbox import Refused, Sandbox, brought

DATABASE = os.environ.get("DATABASE") or "sqlite"
WEBHOOK = bool(os.environ.get("WEBHOOK"))
KILLS = int(os.environ.get("KILLS", "300"))
SEED = int(os.environ.get("SEED", str(random.SystemRandom().randrange(10**6))))
RESIDENTS = 6
LONGEST_RESTART = 15.0  # seconds; machines are noisy
# Place and category are understood at once; neighbours would be shown each other's reports.
WORDS = "{building}号楼{unit}单元楼道灯不亮了"


class Resident(threading.Thread):
    """Reports one thing after the other, each with a mark of its own."""

    def __init__(self, address: str, at: int, ledger: Ledger, over: threading.Event) -> None:
        super().__init__(daemon=True)
        name = f"r{at}"
        self._town, self._name_, self._ledger, self._over = Sandbox(address), name, ledger, over
        self._words = WORDS.format(building=1 + at // 3, unit=1 + at % 3)
        self._id = self._town.post("/sim/people", name=name)["id"]
        self._seen = 0

    def run(self) -> None:
        """Report until it is over; a report counts as sent when Telegram has its last step."""
        number = 0
        while not self._over.is_set():
            number += 1
            mark = f"{self._name_}-{number:04d}"
            self._town.post("/sim/message", from_=self._id, text=f"{self._words} #{mark}")
            self._ledger.wrote(mark)
            if self._wait_for_card(mark):
                self._town.post("/sim/message", from_=self._id, text="1")
                self._ledger.passed_on(mark)
                self._wait_for_number()

    def _wait_for_card(self, mark: str) -> bool:
        return self._wait(lambda text, labels: mark in text and "✅ 对,提交" in labels)

    def _wait_for_number(self) -> bool:
        return self._wait(lambda text, _: "收到了,编号" in text)

    def _wait(self, fits: Callable[[str, set[str]], bool]) -> bool:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            for one in reversed(self._town.chat(self._id, self._seen)["messages"]):
                labels = {button["label"] for row in one["buttons"] for button in row}
                if one["from"] == "bot" and fits(one["text"], labels):
                    self._seen = one["seq"]
                    return True
            self._over.wait(0.02)
        return False


class Worker(threading.Thread):
    """Presses one label wherever it is seen: dispatches, claims."""

    def __init__(self, address: str, person: int, label: str, over: threading.Event) -> None:
        super().__init__(daemon=True)
        self._town, self._id, self._label, self._over = Sandbox(address), person, label, over

    def run(self) -> None:
        """Press until it is over; a press that comes too late is part of the game."""
        seen, left = 0, {}
        while not self._over.is_set():
            chat = self._town.chat(self._id, seen)
            for one in chat["messages"]:
                seen = max(seen, one["seq"])
                labels = {button["label"] for row in one["buttons"] for button in row}
                if self._label in labels:
                    left[one["message_id"]] = time.monotonic()
                else:
                    left.pop(one["message_id"], None)
            self._press_all(left)
            self._over.wait(0.05)

    def _press_all(self, left: dict[int, float]) -> None:
        for message, when in list(left.items()):
            if when <= time.monotonic():
                left[message] = time.monotonic() + 5  # a press lasts only so long: press again
                with suppress(Refused):
                    self._town.post(
                        "/sim/press", from_=self._id, message_id=message, label=self._label
                    )


def torment(
    bot: Bot, town: Sandbox, copies: Copies, chance: random.Random, stop: threading.Event
) -> list[float]:
    """Kill and start the bot until `stop`; return the seconds from each kill until it serves."""
    restarts: list[float] = []
    for number in range(KILLS):
        if stop.is_set():
            break
        time.sleep(chance.uniform(0.0, 0.4))
        bot.disturb()
        time.sleep(chance.uniform(0.0, 0.4))
        begun = time.monotonic()
        bot.kill()
        bot.start()
        restarts.append(time.monotonic() - begun)
        if (number + 1) % 10 == 0:  # the sandbox keeps the latest calls only
            count_copies(town, copies)
        if (number + 1) % 20 == 0:
            print(f"  {number + 1} kills", flush=True)
    return restarts


def count_copies(town: Sandbox, copies: Copies) -> None:
    """Count what was said since it was last counted."""
    copies.count(town.get(f"/sim/calls?after={copies.seen}"))


def _stop(stop: threading.Event) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    print("  it is brought to an end ...", flush=True)
    stop.set()


def main() -> int:
    """Run; return the exit code."""
    how = "a webhook" if WEBHOOK else "polling"
    print(f"crash: {KILLS} kills, SEED={SEED}, on {DATABASE}, by {how}", flush=True)
    stop = threading.Event()
    # Ctrl-C ends it after the kill at hand, with what was found so far; a second one at once.
    signal.signal(signal.SIGINT, lambda *_: _stop(stop))
    ended, ledger, copies = threading.Event(), Ledger(), Copies()
    with running_over(DATABASE, **(brought() if WEBHOOK else {})) as (town, bot):
        roles = {one["name"]: one for one in town.people()}
        desk = next(p["id"] for p in roles.values() if p["roles"] == ["dispatcher"])
        takers = [p["id"] for p in roles.values() if p["roles"] == ["volunteer"]]
        crowd: list[threading.Thread] = [
            Resident(town.address, n, ledger, ended) for n in range(RESIDENTS)
        ]
        crowd.append(Worker(town.address, desk, "🙋 放给志愿者", ended))
        crowd += [Worker(town.address, one, "🙋 我去", ended) for one in takers]
        for one in crowd:
            one.start()
        restarts = torment(bot, town, copies, random.Random(SEED), stop)
        ended.set()
        for one in crowd:
            one.join(90)
        town.settle(60)
        count_copies(town, copies)
        bot.stop()
        found = examine(bot.file, ledger) | {"most copies": copies.most()}
    print(f"kills            {len(restarts)}")
    for name, value in found.items():
        print(f"{name:16} {value}")
    if not restarts:
        print("it was ended before the first kill: nothing was shown")
        return 1
    slowest = max(restarts)
    print(f"restart          p50 {statistics.median(restarts):.2f} s, max {slowest:.2f} s")
    kept = not any(found[name] for name in ("lost", "doubled", "double owners", "unsettled"))
    kept = kept and found["most copies"] <= MOST and slowest <= LONGEST_RESTART
    kept = kept and found["reports sent"] > 0 and found["claims"] > 0
    print("every promise was kept" if kept else "A PROMISE WAS BROKEN")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
