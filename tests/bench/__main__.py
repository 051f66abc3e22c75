"""Measures Linli beside echo bots in one run; only ratios of one run count.

`make bench`. Three interleaved rounds, medians. The bots do nothing and store nothing; Linli
keeps four-step reports with every commit forced to disk. Pacing is off. Then a storm of 429 over
the sandbox, paced; STORM=600 lets it last ten minutes; a notice to 2,000. Last the queries, see
queries.py, which also runs by itself.
"""

import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from tests.bench import broadcast, plans, queries, storm
from tests.bench.echo import TOKEN
from tests.bench.goals import line

ROOT = Path(__file__).parents[2]
ROUNDS = int(os.environ.get("ROUNDS", "3"))
TEXTS, SLOW_TEXTS = 3000, 60
REPORTS = 5  # of each person: as many as anybody may send in an hour
DELAY = 0.05  # seconds that each call takes at a distance
ORGANISATION = ROOT / "bot" / "sandbox" / "organisation.toml"
Figures = dict[str, float]


@contextmanager
def telegram(folder: Path, plan: dict[str, Any]) -> Iterator[tuple[int, Callable[[], Figures]]]:
    """Run the fake Bot API; hand out its port and a way to wait for its figures."""
    (folder / "plan.json").write_text(json.dumps(plan), "utf-8")
    command = [sys.executable, "-m", "tests.bench.telegram", str(folder / "plan.json")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        out = process.stdout
        try:
            yield int(out.readline()), lambda: json.loads(out.readline())
        finally:
            process.kill()


@contextmanager
def bot(*command: str, **settings: str) -> Iterator[None]:
    """Run a bot as a process of its own."""
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", **settings}
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=None if os.environ.get("LOUD") else subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.kill()
        process.wait()


def echo(kind: str, delay: float = 0.0) -> Figures:
    """Return the rates of an echo bot."""
    count = SLOW_TEXTS if delay and kind != "aiogram" else TEXTS
    plan = {"updates": plans.texts(count), "delay": delay, "letters": count}
    with (
        tempfile.TemporaryDirectory() as folder,
        telegram(Path(folder), plan) as (port, figures),
        bot("tests.bench.echo", kind, str(port)),
    ):
        found = figures()
    return {"updates": count / found["letters_in"], "letters": count / found["letters_in"]}


def linli(delay: float = 0.0) -> Figures:
    """Return the rates of Linli: updates committed as handled, letters that went out."""
    updates = plans.reports(REPORTS)
    reports = plans.CHATS * REPORTS
    plan = {"updates": updates, "delay": delay, "letters": reports}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        organisation = folder / "organisation.toml"
        # Nobody serves here: a dispatcher's one chat would be measured instead of the spine.
        nobody = ORGANISATION.read_text("utf-8").split("[[people]]")[0]
        organisation.write_text(nobody + plans.buildings(), "utf-8")
        database = folder / "data" / "linli.db"
        with (
            telegram(folder, plan) as (port, figures),
            bot("bot", "run", **settings(port, folder, organisation)),
        ):
            figures()
            return measured(database, len(updates), reports)


def measured(database: Path, updates: int, reports: int) -> Figures:
    """Wait until everything is handled and sent; return the rates by the instants of the rows."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        waiting = (
            "SELECT (SELECT count(*) FROM inbox WHERE status = 'new')"
            " + (SELECT count(*) FROM outbox WHERE status IN ('queued', 'sending'))"
        )
        while connection.execute(waiting).fetchone()[0]:
            time.sleep(0.1)
        handled, took = connection.execute(
            "SELECT count(*), max(done_at) - min(received_at) FROM inbox WHERE status = 'done'"
        ).fetchone()
        letters, sent_in = connection.execute(
            "SELECT count(*), max(sent_at) - min(created_at) FROM outbox WHERE status = 'sent'"
        ).fetchone()
        filed = connection.execute("SELECT count(*) FROM cases").fetchone()[0]
    assert (handled, filed) == (updates, reports), (handled, filed)
    return {"updates": handled / took * 1e6, "letters": letters / sent_in * 1e6}


def settings(port: int, folder: Path, organisation: Path) -> dict[str, str]:
    """Return the environment of Linli."""
    return {
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": f"http://127.0.0.1:{port}/bot",
        "DATA_DIR": str(folder / "data"),
        "ORGANISATION": str(organisation),
        "LOG_LEVEL": "WARNING",
        "PACE_TOTAL": "0",
        "PACE_CHAT": "0",
        "PACE_GROUP": "0",
    }


def measure() -> dict[str, Figures]:
    """Run every bot `ROUNDS` times in turn; return the medians."""
    runs: dict[str, Callable[[], Figures]] = {
        "stock PTB echo": lambda: echo("stock"),
        "same-transport echo": lambda: echo("same"),
        "aiogram echo": lambda: echo("aiogram"),
        "Linli, four-step reports": linli,
        "stock PTB echo, 50 ms": lambda: echo("stock", DELAY),
        "same-transport echo, 50 ms": lambda: echo("same", DELAY),
        "aiogram echo, 50 ms": lambda: echo("aiogram", DELAY),
        "Linli, 50 ms": lambda: linli(DELAY),
    }
    found: dict[str, list[Figures]] = {name: [] for name in runs}
    for number in range(ROUNDS):
        for name, run in runs.items():
            print(f"  round {number + 1}: {name} ...", file=sys.stderr, flush=True)
            found[name].append(run())
    return {
        name: {key: statistics.median(one[key] for one in rounds) for key in rounds[0]}
        for name, rounds in found.items()
    }


def main() -> int:
    """Print the table and one line a goal."""
    found = measure()
    base = found["stock PTB echo"]["updates"]
    print(f"{'bot':28} {'updates/s':>10} {'letters/s':>10} {'ratio':>7}")
    for name, one in found.items():
        print(f"{name:28} {one['updates']:10.0f} {one['letters']:10.0f} "
              f"{one['updates'] / base:7.2f}")  # fmt: skip
    near, far = found["Linli, four-step reports"], found["Linli, 50 ms"]
    stock_far = found["stock PTB echo, 50 ms"]["letters"]
    goals = (
        ("durable four-step report / stock echo", near["updates"] / base, 1.5),
        ("updates at 50 ms / at 0 ms", far["updates"] / near["updates"], 0.9),
        ("letters at 50 ms / stock echo at 50 ms", far["letters"] / stock_far, 7.0),
    )
    for name, figure, wanted in goals:
        print(line(name, figure, wanted), flush=True)
    for section in (storm, broadcast):
        for said in section.run():
            print(said, flush=True)
    queries.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
