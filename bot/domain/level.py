"""The levels that may have a case in hand, from the one on the spot upwards; who acts at each.

Source: the rules of the neighbourhood, "transfer" and the two reopenings below "Moves". Nobody of
the street is in the chat: there the community goes on writing, and telephones.
"""

from bot.domain.audience import Serving
from bot.domain.case_record import Case
from bot.domain.person import Person
from bot.domain.role import WORKERS, Role

LEVELS = GRID, PROPERTY, COMMUNITY, STREET = ("grid", "property", "community", "street")
USUAL = PROPERTY  # whose it is until somebody says otherwise
REOPENINGS = 2  # after so many it goes up, and onto the weekly agenda
_ACTS = {GRID: Role.GRID_WORKER, COMMUNITY: Role.ORGANIZER, STREET: Role.ORGANIZER}


def next_level(level: str | None) -> str:
    """Return the level above; above the street there is none."""
    at = LEVELS.index(level or USUAL)
    return LEVELS[min(at + 1, len(LEVELS) - 1)]


def is_above(level: str, other: str | None) -> bool:
    """Say whether a level stands above another one, None being the usual one."""
    return LEVELS.index(level) > LEVELS.index(other or USUAL)


def has_risen(before: Case, after: Case) -> bool:
    """Say whether the case was passed on to a level above."""
    return is_above(after.level or USUAL, before.level)


def goes_up(round_: int) -> bool:
    """Say whether a case that was reopened `round_` times belongs to the next level."""
    return round_ >= REOPENINGS


def role_at(level: str | None) -> Role:
    """Return the role of those who act at the level."""
    return _ACTS.get(level or USUAL, Role.DISPATCHER)


def acts(case: Case, who: Person) -> bool:
    """Say whether the case is in the person's hands by its level: they decide as a dispatcher does.

    In a grid these are the grid workers of the building, or of everywhere.
    """
    role = _ACTS.get(case.level or USUAL)
    if role is None or not who.holds_in(case.area, role):
        return False
    buildings = Serving.of(who).buildings
    return role is not Role.GRID_WORKER or not buildings or case.building in {None, *buildings}


def scopes_by_level(who: Person) -> dict[str, frozenset[str]]:
    """Return where the person acts at each level; as grid worker only in their buildings there."""
    return {level: who.scopes_of(role) for level, role in _ACTS.items()}


def takers(case: Case) -> frozenset[Role]:
    """Return the roles of those to whom the case can be given."""
    return WORKERS | {role_at(case.level)} - {Role.DISPATCHER}


def lead_of(case: Case) -> int | None:
    """Return who had the case first and so stays responsible, None when nobody has had it.

    After a reopening that is who had it in the round before.
    """
    before = case.former_handler_id if case.round else None
    return case.lead_id or before or case.handler_id
