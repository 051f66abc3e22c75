"""The audit as a chain: each row is sealed over what it says and over the seal before it.

So a row that was changed, taken out, put in or moved is noticed, and the first such row can be
named. Whoever can write into the database can also seal everything anew: that is noticed by a
head (the last row and its seal) that was kept somewhere else.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from bot.domain.grant import GIVERS
from bot.domain.person import Person


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One row: who, what (a verb), about what (noun and number), and further facts as JSON."""

    id: int  # 1, 2, 3, ... in its community, without a gap
    person_id: int | None
    what: str
    subject: str
    facts: dict[str, Any]
    at: datetime  # UTC
    update_id: int | None
    seal: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ends: the number of its last row, and that row's seal."""

    last: int = 0
    seal: str = ""


@dataclass(frozen=True, slots=True)
class Broken:
    """The first row that is not as it was written, and what is wrong with it."""

    id: int
    why: str


_START = Head()


def sealed(before: str, community_id: int, one: AuditEntry) -> str:
    """Return the seal of a row: 64 hexadecimal figures over all that it says."""
    at = one.at.isoformat(timespec="microseconds")
    said = [before, community_id, one.id, one.person_id, one.what, one.subject, one.facts, at,
            one.update_id]  # fmt: skip
    return sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


class Chain:
    """Looks at the rows of one community, in their order, from the first one on.

    It `begins` behind what was deleted because it was kept long enough.
    """

    def __init__(self, community_id: int, heads: Iterable[Head], begins: Head = _START) -> None:
        self._community_id = community_id
        wanted = {one for one in heads if one.last > begins.last}  # older ones were cut off
        self._heads = sorted(wanted, key=lambda one: one.last)  # the chain went through each
        self._reached = begins

    def follow(self, rows: Iterable[AuditEntry]) -> Broken | None:
        """Go on with further rows; return the first that is broken."""
        found = (self._step(one) for one in rows)
        return next((one for one in found if one is not None), None)

    def end(self) -> Broken | None:
        """Return the row that a head names and that never came."""
        beyond = [one for one in self._heads if one.last > self._reached.last]
        return Broken(self._reached.last + 1, "is missing at the end") if beyond else None

    def _step(self, one: AuditEntry) -> Broken | None:
        wanted = self._reached.last + 1
        if one.id != wanted:
            return Broken(min(wanted, one.id), "is missing" if one.id > wanted else "was put in")
        if one.seal != sealed(self._reached.seal, self._community_id, one):
            return Broken(one.id, "was changed")
        self._reached = Head(one.id, one.seal)
        if any(head.last == one.id and head.seal != one.seal for head in self._heads):
            return Broken(one.id, "has another seal than a head that was kept says")
        return None


def reads_audit(who: Person) -> bool:
    """Say whether the person reads the audit of their community: it is about the whole of it."""
    return who.holds(*GIVERS)
