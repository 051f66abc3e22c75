"""What was sent, held against what the database has."""

import json
import sqlite3
import threading
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any


class Ledger:
    """The marks of the reports that were sent; filled by several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.written: set[str] = set()
        self.sent: set[str] = set()

    def wrote(self, mark: str) -> None:
        """Note that Telegram has taken the words of a report."""
        with self._lock:
            self.written.add(mark)

    def passed_on(self, mark: str) -> None:
        """Note that Telegram has taken the last step of a report."""
        with self._lock:
            self.sent.add(mark)


def examine(database: Path, ledger: Ledger) -> dict[str, Any]:
    """Return the figures of the run, by name."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        words = [row[0] for row in connection.execute("SELECT words FROM cases")]
        drafts = [json.loads(row[0]) for row in connection.execute("SELECT facts FROM drafts")]
        owners = connection.execute(
            "SELECT case_number, from_status, version, count(DISTINCT person_id) "
            "FROM case_history WHERE move = 'claim' GROUP BY case_number HAVING count(*) > 1"
        ).fetchall()
        claims = connection.execute(
            "SELECT count(*) FROM case_history WHERE move = 'claim'"
        ).fetchone()[0]
        letters = dict(connection.execute("SELECT status, count(*) FROM outbox GROUP BY status"))
        waiting = connection.execute("SELECT count(*) FROM inbox WHERE status = 'new'").fetchone()
        aside = connection.execute("SELECT count(*) FROM inbox WHERE status = 'aside'").fetchone()
    filed = Counter(mark for text in words for mark in ledger.sent if text.endswith(f"#{mark}"))
    known = {mark for text in words for mark in ledger.written if f"#{mark}" in text}
    known |= {m for d in drafts for m in ledger.written if f"#{m}" in d.get("words", "")}
    return {
        "reports written": len(ledger.written),
        "reports sent": len(ledger.sent),
        "cases": len(filed),
        "claims": claims,
        "lost": len(ledger.sent - filed.keys()) + len(ledger.written - known),
        "doubled": sum(count > 1 for count in filed.values()),
        "double owners": len(owners),
        "unknown": letters.get("unknown", 0),
        "unsettled": letters.get("queued", 0) + letters.get("sending", 0) + waiting[0] + aside[0],
    }
