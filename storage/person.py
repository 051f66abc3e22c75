"""People and the roles they hold."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import datetime

from sqlalchemy import and_, bindparam, insert, literal_column, or_, select, update

from bot.domain.area import EVERYWHERE, NOWHERE, Area
from bot.domain.person import Person
from bot.domain.role import Role
from storage import key, name_piece
from storage.person_row import people_of, sealed
from storage.tables import blocks, keys, people, roles
from storage.unit_of_work import UnitOfWork

_HELD = and_(
    roles.c.starts_at <= bindparam("now"),
    or_(roles.c.ends_at.is_(None), roles.c.ends_at > bindparam("now")),
)
_JOINED = (
    people.outerjoin(
        keys, and_(keys.c.community_id == people.c.community_id, keys.c.person_id == people.c.id)
    )
    .outerjoin(
        roles,
        and_(
            roles.c.community_id == people.c.community_id, roles.c.person_id == people.c.id, _HELD
        ),
    )
    .outerjoin(
        blocks,
        and_(
            blocks.c.community_id == people.c.community_id,
            blocks.c.person_id == people.c.id,
            blocks.c.status == literal_column("'stands'"),  # as the partial index says it
            or_(blocks.c.ends_at.is_(None), blocks.c.ends_at > bindparam("now")),
        ),
    )
)
_WITH_ROLES = select(
    people, keys.c.wrapped, roles.c.role, roles.c.scope, blocks.c.id.label("block_id")
).select_from(_JOINED)
_BY_TELEGRAM = _WITH_ROLES.where(
    people.c.telegram_id.in_(bindparam("telegram_ids", expanding=True)),
    people.c.left_at.is_(None),
).order_by(people.c.community_id)
_LEFT = _WITH_ROLES.where(
    people.c.telegram_id == bindparam("telegram"), people.c.left_at.is_not(None)
).order_by(people.c.community_id)
_BY_ID = _WITH_ROLES.where(
    people.c.community_id == bindparam("community"),
    people.c.id.in_(bindparam("ids", expanding=True)),
)
_HOLDERS = _WITH_ROLES.where(
    people.c.community_id == bindparam("community"),
    people.c.id.in_(
        select(roles.c.person_id).where(
            roles.c.community_id == bindparam("community"),
            roles.c.role.in_(bindparam("wanted", expanding=True)),
            _HELD,
        )
    ),
).order_by(people.c.id)
_NAMED = _WITH_ROLES.where(
    people.c.community_id == bindparam("community"),
    people.c.id.in_(name_piece.HAVING_ALL),
    people.c.left_at.is_(None),
).order_by(people.c.id)
_SERVING = _WITH_ROLES.where(
    people.c.community_id == bindparam("community"), roles.c.role != Role.RESIDENT.value
).order_by(people.c.id)
_ADD = insert(people)
_READ_BESIDE = {"roles", "parts", "block_id"}
_COLUMNS = tuple(field.name for field in fields(Person) if field.name not in _READ_BESIDE)
_CHANGE = (
    update(people)
    .where(people.c.community_id == bindparam("community"), people.c.id == bindparam("person"))
    .values(
        name=bindparam("new_name"),
        language=bindparam("new_language"),
        home=bindparam("new_home"),
        blocked_at=bindparam("new_blocked_at"),
        settings=bindparam("new_settings"),
        away_on=bindparam("new_away_on"),
        left_at=bindparam("new_left_at"),
    )
)
_GRANT = insert(roles)
_MARK = (
    update(people)
    .where(people.c.telegram_id == bindparam("telegram"))
    .values(blocked_at=bindparam("at"))
)


def _keep(uow: UnitOfWork, found: Sequence[Person]) -> Sequence[Person]:
    for person in found:
        uow.cache["person", person.community_id, person.id] = person
        if person.left_at is None:
            uow.cache["telegram", person.telegram_id] = person
    return found


async def load_by_telegram(uow: UnitOfWork, telegram_ids: Collection[int]) -> None:
    """Read the people behind `telegram_ids` into the unit of work, in one query."""
    wanted = [one for one in telegram_ids if ("telegram", one) not in uow.cache]
    if wanted:
        rows = await uow.read(_BY_TELEGRAM, {"telegram_ids": wanted, "now": uow.now})
        _keep(uow, people_of(uow, rows))
        for one in wanted:  # also remember who is not known, so that nobody asks again
            uow.cache.setdefault(("telegram", one), None)


async def find_by_telegram(uow: UnitOfWork, telegram_id: int) -> Person | None:
    """Return who writes from the Telegram account `telegram_id`, with the roles held now."""
    await load_by_telegram(uow, [telegram_id])
    found: Person | None = uow.cache.get(("telegram", telegram_id))
    return found


async def in_community(uow: UnitOfWork, community_id: int, telegram_id: int) -> Person | None:
    """Return who the account is in the community, or was before they moved to another."""
    found = await find_by_telegram(uow, telegram_id)
    if found is None or found.community_id == community_id:
        return found
    return (await left_by(uow, telegram_id)).get(community_id)


async def left_by(uow: UnitOfWork, telegram_id: int) -> dict[int, Person]:
    """Return who the account was in each community that they have left, by its id."""
    values = {"telegram": telegram_id, "now": uow.now}
    return {
        one.community_id: one for one in _keep(uow, people_of(uow, await uow.read(_LEFT, values)))
    }


async def find(uow: UnitOfWork, community_id: int, ids: Collection[int]) -> dict[int, Person]:
    """Return the people of the community with these ids, by id."""
    missing = [one for one in set(ids) if ("person", community_id, one) not in uow.cache]
    if missing:
        values = {"community": community_id, "ids": missing, "now": uow.now}
        _keep(uow, people_of(uow, await uow.read(_BY_ID, values)))
    cached = {one: uow.cache.get(("person", community_id, one)) for one in ids}
    return {one: person for one, person in cached.items() if person is not None}


async def holders(
    uow: UnitOfWork, community_id: int, wanted: Collection[Role], area: Area = NOWHERE
) -> list[Person]:
    """Return everybody who holds one of the roles there now, in the order in which they joined.

    In an area that is not known that is everybody who holds one anywhere. All are read at once
    and kept, so that the reports of many buildings cost one statement.
    """
    key = ("holders", community_id, frozenset(wanted))
    if key not in uow.cache:
        values = {
            "community": community_id,
            "wanted": [role.value for role in wanted],
            "now": uow.now,
        }
        found = _keep(uow, people_of(uow, await uow.read(_HOLDERS, values)))
        uow.cache[key] = [one for one in found if one.block_id is None]
    cached = [uow.cache.get(("person", one.community_id, one.id)) for one in uow.cache[key]]
    found = [now or was for now, was in zip(cached, uow.cache[key], strict=True)]
    return [one for one in found if one.holds_in(area, *wanted)]


async def acting(uow: UnitOfWork, community_id: int, role: Role) -> list[Person]:
    """Return who holds the role in the whole community now; whoever is shut out does not act."""
    return [one for one in await holders(uow, community_id, [role]) if one.holds(role)]


async def named(uow: UnitOfWork, community_id: int, words: str) -> list[Person]:
    """Return those whose name has `words`; without words everybody who serves now."""
    values: dict[str, object] = {"community": community_id, "now": uow.now}
    if words:
        found = people_of(uow, await uow.read(_NAMED, values | name_piece.wanted(uow, words)))
        return [one for one in found if name_piece.is_named(one.name, words)]
    return people_of(uow, await uow.read(_SERVING, values))


def add(uow: UnitOfWork, person: Person) -> None:
    """Add `person`, and the roles they hold, from now on."""
    key.add(uow, person.community_id, person.id)
    values = {name: getattr(person, name) for name in _COLUMNS}
    uow.write(_ADD, values | sealed(uow, person))
    name_piece.put(uow, person.community_id, person.id, person.name)
    for role in person.roles:
        grant(uow, person, role, person.joined_at)
    for role, scope in person.parts:
        grant(uow, person, role, person.joined_at, scope)
    _keep(uow, [person])


def change(uow: UnitOfWork, person: Person) -> None:
    """Write what may change of `person`: name, language, home, reachable, choices, gone or not.

    Raises LookupError when the person was not read in this unit of work.
    """
    at = person.community_id, person.id
    kept, before = sealed(uow, person), uow.cache.get(("person", *at))
    erased = key.at_hand(uow, *at) is None
    if erased or before is None or before.name != person.name:
        name_piece.forget(uow, *at)
        if not erased:
            name_piece.put(uow, *at, person.name)
    uow.write(
        _CHANGE,
        {
            "community": person.community_id,
            "person": person.id,
            "new_name": kept["name"],
            "new_language": person.language,
            "new_home": person.home,
            "new_blocked_at": person.blocked_at,
            "new_settings": kept["settings"],
            "new_away_on": person.away_on,
            "new_left_at": person.left_at,
        },
    )
    _keep(uow, [person])


def grant(
    uow: UnitOfWork, person: Person, role: Role, since: datetime, scope: str = EVERYWHERE
) -> None:
    """Give `person` the role in the scope from `since` on."""
    uow.write(
        _GRANT,
        {
            "community_id": person.community_id,
            "person_id": person.id,
            "role": role.value,
            "scope": scope,
            "starts_at": since,
            "ends_at": None,
        },
    )


def forget(uow: UnitOfWork, community_id: int, id_: int) -> None:
    """Read the person anew, and who holds a role: how they stand has changed."""
    known = uow.cache.pop(("person", community_id, id_), None)
    if known is not None:
        uow.cache.pop(("telegram", known.telegram_id), None)
    for one in [one for one in uow.cache if isinstance(one, tuple) and one[0] == "holders"]:
        del uow.cache[one]


async def mark_blocked(uow: UnitOfWork, telegram_id: int, at: datetime | None) -> None:
    """Note that the person has blocked the bot at `at`; None: can be reached again."""
    await uow.write_now(_MARK, {"telegram": telegram_id, "at": at})
    known = uow.cache.pop(("telegram", telegram_id), None)
    if known is not None:
        uow.cache.pop(("person", known.community_id, known.id), None)
