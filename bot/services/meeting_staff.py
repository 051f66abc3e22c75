"""Who keeps the minutes of a meeting, and who may do what about one."""

from bot.domain.meeting import MOVES, Meeting, Party
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.role import Role
from bot.services.unit_of_work import UnitOfWork
from storage import meeting as meetings
from storage import person as people

_ORGANIZERS = (Role.ORGANIZER, Role.ADMIN)  # the admins, where no organizer can be reached


async def find(uow: UnitOfWork, who: Person, id_: int) -> Meeting:
    """Return a meeting of the person's community; raises Refusal when there is none."""
    one = await meetings.find(uow, who.community_id, id_)
    if one is None:
        raise Refusal("toast.stale")
    return one


def is_staff(who: Person, one: Meeting) -> bool:
    """Say whether somebody is the secretary of the meeting, or stands in."""
    return who.telegram_id == one.secretary or who.holds(*_ORGANIZERS)


def check(who: Person, one: Meeting, move: str) -> None:
    """Raise Refusal where the move is not theirs: for the secretary, and organizers."""
    assert Party.SECRETARY in MOVES[move].needs
    if not is_staff(who, one):
        raise Refusal("refusal.not_yours", who=[Role.ORGANIZER.value])


async def secretaries(uow: UnitOfWork, one: Meeting) -> list[Person]:
    """Return who keeps the minutes: the secretary; organizers where none can be reached."""
    return await in_charge(uow, one.community_id, one.secretary)


async def in_charge(uow: UnitOfWork, community_id: int, wanted: int | None) -> list[Person]:
    """Return whom a Telegram id names, if they are there; else the organizers, else the admins."""
    if wanted is not None:
        named = await people.find_by_telegram(uow, wanted)
        if named is not None and named.community_id == community_id and _is_there(named):
            return [named]
    for role in _ORGANIZERS:
        found = [who for who in await people.acting(uow, community_id, role) if _is_there(who)]
        if found:
            return found
    return []


async def one_named(uow: UnitOfWork, who: Person, words: str) -> Person:
    """Return whom the words name; raises Refusal unless one person fits."""
    found = await people.named(uow, who.community_id, words.strip()) if words.strip() else []
    exact = [each for each in found if each.name == words.strip()] or found
    if len(exact) != 1:
        raise Refusal("refusal.nobody_named", n=len(exact))
    return exact[0]


def _is_there(who: Person) -> bool:
    return who.blocked_at is None and who.block_id is None
