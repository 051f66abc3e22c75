"""A person of the neighbourhood, as every rule sees one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.domain.role import Role


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody known: everybody is a resident; `roles` are the ones held at this instant."""

    id: int
    community_id: int
    telegram_id: int
    name: str
    language: str
    home: str | None  # the unit they live in, such as "3-2" (building, unit)
    joined_at: datetime
    blocked_at: datetime | None
    roles: frozenset[Role]
    settings: Mapping[str, Any] = field(default_factory=dict, hash=False)  # as chosen; JSON
    away_on: str | None = None  # the local date (ISO) on which nothing is to be offered
    block_id: int | None = None  # they are shut out now, and their roles rest

    def holds(self, *roles: Role) -> bool:
        """Say whether the person holds one of `roles`."""
        return not self.roles.isdisjoint(roles)
