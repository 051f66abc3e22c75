"""To whom a case is offered, whom it fits, and who is asked next.

Source: the rules of the neighbourhood, "Moves" (next_tier): linked party member of the building,
then the pool, then staff on duty, then the property lead, then back to the dispatchers.
An audience is one short text: "pool", "staff", "lead", "linked:<building>", "team:<code>" or
"people:<id>,<id>".
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from bot.domain.case import MAY_TAKE
from bot.domain.case_record import Case
from bot.domain.person import Person
from bot.domain.role import Role

POOL, STAFF, LEAD, LINKED, TEAM = "pool", "staff", "lead", "linked", "team"
LADDER = (LINKED, POOL, STAFF, LEAD)
ON_DUTY = (Role.PROPERTY_STAFF, Role.GRID_WORKER)  # until there are rosters: in service hours
POOL_ROLES = (Role.VOLUNTEER, Role.PROPERTY_STAFF)  # who is asked when a case goes to the pool
KEPT = "serves"  # where a person's settings hold what the organisation file says of them
AGREED = "volunteers"  # and where, what was agreed on with a volunteer: it counts before the file
_LISTS = ("skills", "buildings", "teams", "linked")
_PEOPLE = "people:"
_CHOSEN = frozenset({_PEOPLE.strip(":"), TEAM, LEAD})


def people(ids: Iterable[int]) -> str:
    """Return the audience of these people alone, in the order in which they are asked."""
    return _PEOPLE + ",".join(map(str, ids))


def ids_of(audience: str | None) -> tuple[int, ...]:
    """Return whom an audience names one by one; nobody when it is not that kind."""
    if audience is None or not audience.startswith(_PEOPLE):
        return ()
    return tuple(int(one) for one in audience.removeprefix(_PEOPLE).split(",") if one)


@dataclass(frozen=True, slots=True)
class Serving:
    """How somebody serves, as the file or an organizer says; nothing said: anything, anywhere."""

    skills: tuple[str, ...] = ()
    buildings: tuple[str, ...] = ()  # where they go; none: everywhere
    teams: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()  # the buildings whose linked party member they are
    lead: bool = False  # leads the property staff
    phone: str | None = None  # where who has taken a case may call them

    @classmethod
    def of(cls, person: Person) -> "Serving":
        """Return how the person serves."""
        agreed = person.settings.get(AGREED) if person.holds_somewhere(Role.VOLUNTEER) else None
        held = {**(person.settings.get(KEPT) or {}), **(agreed or {})}
        said = {name: tuple(held.get(name, ())) for name in _LISTS}
        return cls(**said, lead=bool(held.get("lead")), phone=held.get("phone"))


def following(audience: str | None, building: str | None) -> str | None:
    """Return who is asked when these did not take it; None: nobody is left.

    A team and a person stand before the ladder. Without a building nobody is linked to it.
    """
    rung = (audience or "").partition(":")[0]
    rungs = LADDER[LADDER.index(rung) + 1 :] if rung in LADDER else LADDER
    for one in rungs:
        if one == LINKED and building is None:
            continue
        return f"{LINKED}:{building}" if one == LINKED else one
    return None


def is_asked(case: Case, who: Person) -> bool:
    """Say whether the case is offered to the person."""
    if case.audience is None or who.id in {case.reporter_id, case.former_handler_id}:
        return False
    rung, _, whom = case.audience.partition(":")
    if rung == POOL:
        return who.holds_in(case.area, *POOL_ROLES)
    if rung == STAFF:
        return who.holds_in(case.area, *ON_DUTY)
    if who.parts and not is_called(case, who) and not who.holds_in(case.area, *MAY_TAKE):
        return False
    serving = Serving.of(who)
    found = {
        TEAM: whom in serving.teams,
        LEAD: serving.lead,
        LINKED: whom in serving.linked,
    }
    return found.get(rung, who.id in ids_of(case.audience))


def audiences_of(who: Person) -> tuple[list[str], list[str]]:
    """Return which audiences mean the person, beside the pool, staff and those by name.

    First those that mean them anyhow, then those that do if the case fits.
    """
    serving = Serving.of(who)
    chosen = [f"{TEAM}:{one}" for one in serving.teams] + [LEAD] * serving.lead
    return chosen, [f"{LINKED}:{one}" for one in serving.linked]


def is_called(case: Case, who: Person) -> bool:
    """Say whether an emergency calls the person by name: that counts in whatever part it is."""
    return case.urgent and who.id in ids_of(case.audience) and who.holds_somewhere(*MAY_TAKE)


def may_be_called(case: Case, who: Person) -> bool:
    """Say whether an emergency that calls the person by name really asks them."""
    return who.blocked_at is None and is_asked(replace(case, audience=people([who.id])), who)


def fits(who: Person, skills: Collection[str], building: str | None) -> bool:
    """Say whether the case is one for this person: it needs one of `skills`, if it needs any."""
    serving = Serving.of(who)
    able = not skills or not set(skills).isdisjoint(serving.skills)
    return able and (building is None or not serving.buildings or building in serving.buildings)


def is_chosen(case: Case) -> bool:
    """Say whether it is offered to people who were chosen; then it fits by that."""
    return (case.audience or "").partition(":")[0] in _CHOSEN
