"""A person of the neighbourhood, as every rule sees one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.domain.area import EVERYWHERE, Area
from bot.domain.role import Role

ERASED = "\ue5ed"  # in place of a name: of private use, so that nobody is called so
Part = tuple[Role, str]  # a role, and the scope in which it is held


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody known: everybody is a resident.

    `roles` are held at this instant in the whole community, `parts` in a part of it.
    """

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
    parts: frozenset[Part] = frozenset()
    left_at: datetime | None = None  # they have moved to another community

    def holds(self, *roles: Role) -> bool:
        """Say whether the person holds one of `roles` in the whole community."""
        return not self.roles.isdisjoint(roles)

    def roles_in(self, area: Area) -> frozenset[Role]:
        """Return the roles that count there; what lies nobody knows where concerns every part."""
        if not self.parts:
            return self.roles
        there = area.scopes
        anyhow = not area.is_known
        return self.roles | {role for role, scope in self.parts if anyhow or scope in there}

    def holds_in(self, area: Area, *roles: Role) -> bool:
        """Say whether one of `roles` counts there."""
        return not self.roles_in(area).isdisjoint(roles)

    @property
    def all_roles(self) -> frozenset[Role]:
        """Return the roles that are held anywhere."""
        return self.roles | {role for role, _ in self.parts}

    def holds_somewhere(self, *roles: Role) -> bool:
        """Say whether one of `roles` is held anywhere: for menus and lists, never for one case."""
        return not self.all_roles.isdisjoint(roles)

    def scopes_of(self, *roles: Role) -> frozenset[str]:
        """Return the scopes in which one of `roles` is held; the whole community is all there is.

        With no such role none, and then only what lies nobody knows where is left.
        """
        if self.holds(*roles):
            return frozenset({EVERYWHERE})
        return frozenset(scope for role, scope in self.parts if role in roles)
