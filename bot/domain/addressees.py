"""To whom something is said at once: by where they live, by role or team, of a case, a meeting.

Not to be mixed up with the audience of a case (audience.py), who are asked to take it. What is
kept is this description; who that is, is looked up when it is said, so that nobody who moved in
meanwhile is left out.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.area import EVERYWHERE, Area
from bot.domain.audience import Serving
from bot.domain.person import Person
from bot.domain.role import Role

WHOLE = (EVERYWHERE,)


@dataclass(frozen=True, slots=True)
class Addressees:
    """Who is meant; what is not said narrows nothing. At most one of the last four.

    `scopes` are parts of the community: where people live, or with `roles` where they serve.
    """

    scopes: tuple[str, ...] = WHOLE
    roles: tuple[Role, ...] = ()
    team: str | None = None
    case: int | None = None  # who reported it, and who joined
    people: tuple[int, ...] = ()
    meeting: int | None = None  # who was invited to it, and who came

    @property
    def is_everybody(self) -> bool:
        """Say whether nothing narrows it."""
        return self == Addressees()

    @property
    def is_of_places(self) -> bool:
        """Say whether it means people by where they live."""
        return not (self.roles or self.team or self.case or self.people or self.meeting)

    def stored(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "scopes": list(self.scopes),
            "roles": [one.value for one in self.roles],
            "team": self.team,
            "case": self.case,
            "people": list(self.people),
            "meeting": self.meeting,
        }

    @classmethod
    def read(cls, held: Mapping[str, Any]) -> "Addressees":
        """Return what was stored."""
        return cls(
            scopes=tuple(held["scopes"]),
            roles=tuple(Role(one) for one in held["roles"]),
            team=held["team"],
            case=held["case"],
            people=tuple(held["people"]),
            meeting=held.get("meeting"),
        )

    def mean(self, who: Person, areas: Collection[Area], of_case: Collection[int] = ()) -> bool:
        """Say whether it means the person, who lives in `areas`; `of_case` are those of its case.

        The same rule as the one by which they are looked up, for somebody who asks later on.
        """
        if self.people:
            return who.id in self.people
        if self.case is not None:
            return who.id in of_case
        if self.team is not None:
            return self.team in Serving.of(who).teams
        if self.roles:
            return self._serves(who)
        there: set[str] = set().union(*(area.scopes for area in areas))
        return EVERYWHERE in self.scopes or not there.isdisjoint(self.scopes)

    def _serves(self, who: Person) -> bool:
        if who.holds(*self.roles) or EVERYWHERE in self.scopes:
            return who.holds_somewhere(*self.roles)
        return not who.scopes_of(*self.roles).isdisjoint(self.scopes)


@dataclass(frozen=True, slots=True)
class Count:
    """How many are meant: reached by a message, who stopped Linli, who has no chat at all."""

    reached: int = 0
    blocked: int = 0
    without_chat: int = 0
    homes: int | None = None  # of those meant, without anybody to be reached; None: not known
