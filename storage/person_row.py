"""A person as they stand in their rows, and back: the one place that seals and opens their fields.

What names somebody, or tells how to reach them, is sealed with their key.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Row

from bot.domain.area import EVERYWHERE
from bot.domain.onbehalf import PHONE
from bot.domain.person import ERASED, Person
from bot.domain.role import Role
from storage import key
from storage.unit_of_work import UnitOfWork
from storage.vault import Key


def people_of(uow: UnitOfWork, rows: Sequence[Row[Any]]) -> list[Person]:
    """Return the people of the rows, of which each person has one a role, in their order."""
    found: dict[tuple[int, int], Person] = {}
    for row in rows:
        at = row.community_id, row.id
        person = found.get(at) or _person(uow, row)
        rests = row.block_id is not None
        found[at] = person if rests else _with_role(person, row.role, row.scope)
    return list(found.values())


def _person(uow: UnitOfWork, row: Row[Any]) -> Person:
    mine = key.unwrapped(uow, row.community_id, row.id, row.wrapped)
    return Person(
        id=row.id,
        community_id=row.community_id,
        telegram_id=row.telegram_id,
        name=row.name or ERASED if mine is None else mine.open(_row("name", row), row.name),
        language=row.language,
        home=row.home,
        joined_at=row.joined_at,
        blocked_at=row.blocked_at,
        roles=frozenset(),
        settings=_opened(mine, row),
        away_on=row.away_on,
        block_id=row.block_id,
        left_at=row.left_at,
    )


def _with_role(person: Person, role: str | None, scope: str) -> Person:
    if role is None:
        return person
    if scope == EVERYWHERE:
        return replace(person, roles=person.roles | {Role(role)})
    return replace(person, parts=person.parts | {(Role(role), scope)})


def _opened(mine: Key | None, row: Row[Any]) -> Mapping[str, Any]:
    at = _row("phone", row)
    return _with_phones(row.settings or {}, lambda one: mine.open(at, one) if mine else None)


def _with_phones(
    settings: Mapping[str, Any], turned: Callable[[str], str | None]
) -> Mapping[str, Any]:
    """Return the settings with each telephone number turned, also those of who serves."""
    found: dict[str, Any] = {}
    for name, one in settings.items():
        if name == PHONE and isinstance(one, str):
            found[name] = turned(one)
        elif isinstance(one, dict) and PHONE in one:
            found[name] = _with_phones(one, turned)
        else:
            found[name] = one
    return found


def sealed(uow: UnitOfWork, person: Person) -> dict[str, Any]:
    """Return name and settings as they are kept.

    Raises LookupError when the person was neither read nor added in this unit of work.
    """
    mine = key.at_hand(uow, person.community_id, person.id)
    at = _row("phone", person)
    settings = _with_phones(person.settings, lambda one: mine.seal(at, one) if mine else None)
    name = "" if mine is None else mine.seal(_row("name", person), person.name)
    return {"name": name, "settings": dict(settings)}


def _row(field: str, of: Person | Row[Any]) -> str:
    return f"people.{field}/{of.community_id}/{of.id}"
