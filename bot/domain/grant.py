"""Roles that are given: by whom, to whom, where, and who has to agree. Pure rules.

Source: "Security" of the promises: one grants only below oneself and inside one's own scope, a
second person agrees from dispatcher upward, and the last admin stays.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.area import EVERYWHERE
from bot.domain.role import Role

PREFIX = "i_"  # of what stands behind /start in the link of an invitation
INVITED_FOR = timedelta(hours=24)
Within = Mapping[str, frozenset[str]]  # the scopes that lie wholly in a scope
_NOTHING: Within = {}
RANK = (
    Role.RESIDENT,
    Role.VOLUNTEER,
    Role.GRID_WORKER,
    Role.PROPERTY_STAFF,
    Role.DISPATCHER,
    Role.SUPERVISOR,
    Role.ORGANIZER,
    Role.ADMIN,
)
GIVERS = frozenset({Role.ORGANIZER, Role.ADMIN})
GIVEN = tuple(role for role in RANK if role is not Role.RESIDENT)
_AGREED_BY_TWO = frozenset(RANK[RANK.index(Role.DISPATCHER) :])
TERMS = {"month": timedelta(days=30), "quarter": timedelta(days=90), "year": timedelta(days=365)}


class GrantStatus(StrEnum):
    """How it stands with a role that somebody is to get."""

    INVITED = "invited"  # a link waits to be opened
    ASKED = "asked"  # a second person has to agree
    GRANTED = "granted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Held:
    """A role that somebody holds or held, and where; instants are UTC."""

    role: Role
    scope: str
    starts_at: datetime
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that somebody is to get; instants are UTC."""

    community_id: int
    id: int
    person_id: int | None  # None: whoever opens the link
    role: Role
    scope: str
    ends_at: datetime | None
    asked_by: int
    asked_at: datetime
    status: GrantStatus
    code_hash: str | None = None
    decided_by: int | None = None
    decided_at: datetime | None = None

    def can_be_opened(self, now: datetime) -> bool:
        """Say whether the link is still good at `now` (UTC): used once, within a day."""
        return self.status is GrantStatus.INVITED and now - self.asked_at <= INVITED_FOR


def hashed(payload: str) -> str:
    """Return what is kept of a link's payload."""
    return hashlib.sha256(payload.encode()).hexdigest()


def covers(scope: str, other: str, within: Within = _NOTHING) -> bool:
    """Say whether who serves in `scope` serves in all of `other`."""
    return scope in {EVERYWHERE, other} or other in within.get(scope, ())


def meets(scope: str, other: str, within: Within = _NOTHING) -> bool:
    """Say whether one of them lies in the other."""
    return covers(scope, other, within) or covers(other, scope, within)


def needs_second(role: Role) -> bool:
    """Say whether a second person has to agree."""
    return role in _AGREED_BY_TWO


def may_give(held: Iterable[Held], role: Role, scope: str, within: Within = _NOTHING) -> bool:
    """Say whether somebody who holds `held` now may give the role there, or take it away.

    An admin may make another admin; nobody else gives what is not below their own.
    """
    for one in held:
        if one.role not in GIVERS or not covers(one.scope, scope, within):
            continue
        if one.role is Role.ADMIN or RANK.index(role) < RANK.index(one.role):
            return True
    return False


def may_agree(
    held: Iterable[Held], grant: Grant, person_id: int, within: Within = _NOTHING
) -> bool:
    """Say whether the person may be the second one: neither who asked nor who gets it."""
    if person_id in {grant.asked_by, grant.person_id}:
        return False
    return may_give(held, grant.role, grant.scope, within)


def to_give(held: Collection[Held]) -> list[Role]:
    """Return the roles that somebody may give somewhere, lowest first."""
    scopes = {one.scope for one in held if one.role in GIVERS}
    return [role for role in GIVEN if any(may_give(held, role, scope) for scope in scopes)]
