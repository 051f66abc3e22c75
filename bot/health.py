"""Says on this machine how Linli is: /healthz for whoever restarts it, /metrics for Prometheus.

Numbers of the whole bot only: no label names a person, a place or a community.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from sqlalchemy.exc import SQLAlchemyError
from tornado.web import Application, HTTPError, RequestHandler

from bot.clock import Clock
from bot.pulse import Pulse
from bot.web import Server
from storage import backup, health, meta
from storage.health import Waiting
from storage.unit_of_work import Database

SILENT = 180.0  # seconds without an answer of Telegram's
WAITS_LONG = 300.0  # seconds that an update may wait


@dataclass(frozen=True, slots=True)
class Health:
    """How it is now; ages are in seconds, None for what never happened."""

    waiting: Waiting
    now: datetime
    heard_from_telegram: float | None
    backup: float | None
    drill_good: bool | None
    stuck: tuple[str, ...]

    def age(self, instant: datetime | None) -> float | None:
        """Return how old an instant is."""
        return None if instant is None else max(0.0, (self.now - instant).total_seconds())

    @property
    def faults(self) -> list[str]:
        """Return a sentence for each thing that is not well."""
        found = [f"The loop {name!r} does not go on." for name in self.stuck]
        if self.heard_from_telegram is None or self.heard_from_telegram > SILENT:
            found.append("Telegram does not answer.")
        if (self.age(self.waiting.oldest_update) or 0.0) > WAITS_LONG:
            found.append("An update waits for long.")
        return found


@dataclass(frozen=True, slots=True)
class Physician:
    """Looks how it is, whenever somebody asks."""

    database: Database
    clock: Clock
    loops: Mapping[str, Pulse]
    heard: Callable[[], float | None]  # when Telegram last answered, in monotonic seconds
    backups: Path | None

    async def look(self) -> Health:
        """Return how it is; raises SQLAlchemyError when nothing can be read."""
        now, heard = self.clock.now(), self.heard()
        async with self.database.looking() as uow:
            waiting, drill = await health.waiting(uow), await meta.get(uow, meta.DRILL)
        made = await asyncio.to_thread(backup.by_time, self.backups) if self.backups else {}
        return Health(
            waiting,
            now,
            None if heard is None else self.clock.monotonic() - heard,
            (now - max(made)).total_seconds() if made else None,
            None if drill is None else not drill["fault"],
            tuple(name for name, pulse in self.loops.items() if pulse.is_stuck),
        )


def as_metrics(found: Health) -> bytes:
    """Return it as Prometheus reads it; what never happened is left out."""
    registry, waits = CollectorRegistry(), found.waiting
    letters = Gauge("linli_letters", "Letters by state.", ["state"], registry=registry)
    for state, number in waits.letters.items():
        letters.labels(state).set(number)
    update, letter, late = map(
        found.age, (waits.oldest_update, waits.oldest_letter, waits.oldest_due)
    )
    for name, help_, value in (
        ("updates_waiting", "Updates that are not handled yet.", waits.updates),
        (
            "updates_oldest_seconds",
            "Age of the oldest of them.",
            update or 0,
        ),
        (
            "letters_late_seconds",
            "How late the oldest letter is.",
            letter or 0,
        ),
        ("due_late", "Things that should be done by now.", waits.due),
        ("due_late_seconds", "How late the oldest of them is.", late or 0),
        ("telegram_seconds", "Since Telegram last answered.", found.heard_from_telegram),
        ("backup_seconds", "Age of the newest backup.", found.backup),
        ("drill_good", "Whether the last restore drill went well.", found.drill_good),
        ("loops_stuck", "Loops that do not go on.", len(found.stuck)),
        ("healthy", "Whether all is well.", not found.faults),
    ):
        if value is not None:
            Gauge(f"linli_{name}", help_, registry=registry).set(float(value))
    return generate_latest(registry)


class _Handler(RequestHandler):
    def initialize(self, physician: Physician) -> None:
        self.physician = physician

    def set_default_headers(self) -> None:
        self.set_header("Server", "linli")
        self.set_header("Cache-Control", "no-store")

    def write_error(self, status_code: int, **_kwargs: Any) -> None:
        self.finish(f"{status_code}\n")

    async def look(self) -> Health:
        """Return how it is; raises HTTPError 503 when the database cannot be read."""
        try:
            return await self.physician.look()
        except (SQLAlchemyError, OSError):
            raise HTTPError(503) from None


class _Healthz(_Handler):
    """200 while all is well, else 503 with a line for each fault."""

    async def get(self) -> None:
        faults = (await self.look()).faults
        self.set_status(503 if faults else 200)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish("\n".join(faults or ["ok"]) + "\n")


class _Metrics(_Handler):
    """Everything as Prometheus reads it."""

    async def get(self) -> None:
        self.set_header("Content-Type", CONTENT_TYPE_LATEST)
        self.finish(as_metrics(await self.look()))


def health_server(physician: Physician) -> Server:
    """Return the server of both."""
    given = {"physician": physician}
    pages: list[Any] = [(r"/healthz", _Healthz, given), (r"/metrics", _Metrics, given)]
    return Server(Application(pages, log_function=lambda _: None), "HEALTH_PORT")
