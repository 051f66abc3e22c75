"""What happened, as the tables keep it: every version of every case, and who is who."""

import tomllib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.support.offline import ORGANISATION
from tests.year.days import TERMS, Terms
from tests.year.town import Town

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_VERSIONS = (
    "SELECT y.*, h.move, h.at FROM year_cases y JOIN case_history h"
    " ON h.case_number = y.number AND h.version = y.version ORDER BY y.number, y.version"
)
# Who changes their mind about the result has answered all the same when they did so first.
_CALLBACKS = (
    "SELECT c.*, s.said_at FROM callbacks c LEFT JOIN (SELECT case_number, round, person_id,"
    " min(answered_at) AS said_at FROM year_said GROUP BY case_number, round, person_id) s"
    " ON s.case_number = c.case_number AND s.round = c.round AND s.person_id = c.person_id"
)
_INSTANTS = (
    *("at", "reported_at", "dispatch_due", "claim_due", "contact_due", "solution_due"),
    *("promise_at", "hold_until", "first_contact_at", "arrived_at", "original_due"),
)
_ANSWERS = ("asked_at", "answered_at", "said_at", "later_at")
Row = dict[str, Any]


def instant(kept: int | None) -> datetime | None:
    """Return the instant that a table keeps as microseconds."""
    return None if kept is None else _EPOCH + timedelta(microseconds=kept)


@dataclass
class Record:
    """All of it; people are named by their Telegram ids."""

    cases: dict[int, list[Row]]
    chats: dict[int, int]  # by id
    holders: dict[str, list[int]]  # of each role
    joined: dict[int, list[tuple[datetime, int]]]  # co-signers of each case
    callbacks: list[Row]
    kinds: dict[str, str]  # of each category
    later: set[str]  # categories that are asked about weeks after
    begin: datetime
    end: datetime
    away: tuple[datetime, datetime]  # the day on which the bot was down
    staff: set[int] = field(default_factory=set)

    def done_at(self, due: datetime) -> datetime:
        """Return when the bot does what is due at an instant: at once, if it is there."""
        return self.away[1] if self.away[0] <= due < self.away[1] else due

    def terms(self, row: Row) -> Terms:
        """Return the limits of a case."""
        return TERMS["emergency" if row["urgent"] else self.kinds[row["category"]]]

    def at(self, number: int, when: datetime) -> Row | None:
        """Return the case as it was at an instant."""
        found = [row for row in self.cases[number] if row["at"] <= when]
        return found[-1] if found else None


async def read(town: Town, begin: datetime, away: tuple[datetime, datetime]) -> Record:
    """Read what happened since `begin`."""
    organisation = tomllib.loads(ORGANISATION.read_text("utf-8"))
    chats = {row["id"]: row["telegram_id"] for row in await town.rows("SELECT * FROM people")}
    cases: dict[int, list[Row]] = defaultdict(list)
    for found in await town.rows(_VERSIONS):
        row = _with_instants(found, _INSTANTS)
        for name in ("reporter_id", "handler_id"):
            row[name] = chats.get(row[name])
        cases[row["number"]].append(row)
    holders: dict[str, list[int]] = defaultdict(list)
    for row in await town.rows("SELECT * FROM roles"):
        holders[row["role"]].append(chats[row["person_id"]])
    joined: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    for row in await town.rows("SELECT * FROM co_signers ORDER BY joined_at"):
        since = _with_instants(row, ("joined_at",))["joined_at"]
        joined[row["case_number"]].append((since, chats[row["person_id"]]))
    said = [_with_instants(row, _ANSWERS) for row in await town.rows(_CALLBACKS)]
    for row in said:
        row["chat"] = chats[row["person_id"]]
    usual = {"utilities", "lift", "parking", "noise"}
    serve = [who for role, held in holders.items() if role != "resident" for who in held]
    return Record(
        *(cases, chats, holders, joined, said),
        kinds={one["code"]: one["kind"] for one in organisation["categories"]},
        later={o["code"] for o in organisation["categories"] if o.get("later", o["code"] in usual)},
        begin=begin,
        end=town.clock.instant,
        away=away,
        staff=set(serve),
    )


def _with_instants(found: Any, names: tuple[str, ...]) -> Row:
    convert: Callable[[int | None], datetime | None] = instant
    return {**found, **{name: convert(found[name]) for name in names}}
