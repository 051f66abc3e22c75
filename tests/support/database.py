"""A real database, migrated, with a clock that a test moves by hand."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, text

from bot.domain.case import Status
from bot.domain.case_record import Case
from bot.domain.draft import Draft
from bot.domain.person import Person
from bot.domain.role import Role
from bot.services import consent
from bot.texts import words
from storage import person
from storage.migrate import migrate
from storage.tables import communities, people
from storage.unit_of_work import Database
from storage.vault import Vault

VAULT = Vault(bytes(32))
START = datetime(2026, 11, 17, 1, 10, tzinfo=UTC)  # a Tuesday, ten past nine in Shanghai


class HandClock:
    """A clock that stands still until it is moved; nothing that waits on it ever sleeps."""

    def __init__(self) -> None:
        self.instant = START

    def now(self) -> datetime:
        """Return the instant."""
        return self.instant

    def monotonic(self) -> float:
        """Return seconds that pass as the instant does."""
        return (self.instant - START).total_seconds()

    def pass_(self, **span: float) -> None:
        """Let time pass: `pass_(hours=2)`."""
        self.instant += timedelta(**span)


def url_of(file: Path) -> str:
    """Return the address of a database file."""
    return f"sqlite+aiosqlite:///{file}"


async def make_database(file: Path, *codes: str) -> None:
    """Make a migrated database file with a community for each code."""
    await migrate(url_of(file), file.parent / "backups")
    database = Database(url_of(file), lambda: START, vault=VAULT)
    await database.open()
    async with database.begin() as uow:
        for number, code in enumerate(codes, start=1):
            one = {"id": number, "code": code, "organisation": {}}
            await uow.write_now(insert(communities), one)
    await database.close()


@asynccontextmanager
async def opened(place: Path | str, clock: HandClock) -> AsyncIterator[Database]:
    """Open the database, a file or an address."""
    url = url_of(place) if isinstance(place, Path) else place
    database = Database(
        url,
        clock.now,
        vault=VAULT,
        given={
            "place_words": words()["place"],
            "outage_words": words()["outage"],
            "hazard_words": words()["hazard"],
            "chance": lambda: 0.5,
        },
    )
    await database.open()
    try:
        yield database
    finally:
        await database.close()


async def rows(database: Database, sql: str, **values: Any) -> Sequence[Any]:
    """Return what stands in the database, committed, as tuples."""
    async with database.reading() as connection:
        return [tuple(row) for row in await connection.execute(text(sql), values)]


async def everybody_knows(database: Database) -> None:
    """Let all who are there know where messages travel: tests of other things need not read it."""
    async with database.begin() as uow:
        here = select(people.c.community_id, people.c.id).order_by(people.c.community_id)
        for row in await uow.read(here):
            (who,) = (await person.find(uow, row.community_id, [row.id])).values()
            consent.agree(uow, who)


def a_person(number: int, *held: Role, community: int = 1, **changes: Any) -> Person:
    """Return somebody who is not in the database yet."""
    usual: dict[str, Any] = {
        "id": number,
        "community_id": community,
        "telegram_id": 7000 + number,
        "name": f"person {number}",
        "language": "en",
        "home": None,
        "joined_at": START,
        "blocked_at": None,
        "roles": frozenset(held),
    }
    return Person(**usual | changes)


def a_case(number: int, *, community: int = 1, **changes: Any) -> Case:
    """Return a case that is not in the database yet, reported by person 1."""
    usual: dict[str, Any] = {
        "community_id": community,
        "number": number,
        "status": Status.SUBMITTED,
        "version": 1,
        "category": "lighting",
        "place": "here",
        "words": "dark",
        "channel": "chat",
        "urgent": False,
        "reporter_id": 1,
        "reported_at": START,
    }
    return Case(**usual | changes)


def a_draft(number: int, person: int, *, community: int = 1, **changes: Any) -> Draft:
    """Return an open report that is not in the database yet."""
    usual: dict[str, Any] = {
        "id": number,
        "community_id": community,
        "person_id": person,
        "noun": "report",
        "facts": {"words": "dark"},
        "status": "open",
        "started_at": START,
        "changed_at": START,
    }
    return Draft(**usual | changes)
