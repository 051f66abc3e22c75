"""Imports communities from an organisation file: all or nothing.

Importing again changes what has changed. Nothing that others refer to is taken away: a place, a
team or a home that the file no longer has is closed, and opened again when it is back.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, product
from zoneinfo import ZoneInfo

from bot.domain.area import EVERYWHERE
from bot.domain.audience import KEPT
from bot.domain.calendar import whole_days
from bot.domain.grant import Held
from bot.services import morning_letter, organisation_diff, seat
from bot.services.community_places import area_in
from bot.services.organisation_diff import Change, What
from bot.services.organisation_file import OrganisationFault
from bot.services.organisation_model import Member, Organisation
from bot.services.person import Account, AlreadyElsewhereError, grant, serve, settle
from bot.services.unit_of_work import UnitOfWork
from storage import area, community, home
from storage import person as people
from storage.counter import set_number
from storage.home import Home

FIRST_NUMBER = 1000  # the case before the first: numbers have four digits from the start
_ELSEWHERE = {
    "homes",
    "people",
    "seats",
}  # in tables of their own, not in the document that is kept
_HUNDREDTHS = 100
_SHOWN = 8  # rows of one kind that a description names


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import has changed in one community."""

    id: int
    code: str
    name: str
    is_new: bool
    changes: Sequence[Change]
    homes: Mapping[What, int]
    seats: Mapping[What, int]
    people: int  # whose roles were read


def describe(one: Imported) -> Iterator[str]:
    """Return what an import changes, a sentence a line."""
    yield f"{one.name} ({one.code}): {'new' if one.is_new else 'is there already'}"
    for (table, what), held in groupby(one.changes, lambda change: (change.table, change.what)):
        rows = list(held)
        shown = ", ".join(filter(None, map(_row, rows[:_SHOWN])))
        more = f" and {len(rows) - _SHOWN} more" if len(rows) > _SHOWN else ""
        yield f"  {table}: {len(rows)} {what}{': ' if shown else ''}{shown}{more}"
    for table, counted in (("homes", one.homes), ("seats", one.seats)):
        yield from (f"  {table}: {count} {what}" for what, count in counted.items())
    if not one.changes and not one.homes and not one.seats:
        yield "  nothing changes"


def _row(change: Change) -> str:
    fields = f" ({', '.join(change.fields)})" if change.fields else ""
    return f"{change.code}{fields}".strip()


async def is_needed(uow: UnitOfWork) -> bool:
    """Say whether no community was imported yet."""
    return await community.is_empty(uow)


async def import_organisation(uow: UnitOfWork, organisation: Organisation) -> Imported:
    """Add the community, or change it, and give its people their roles; return what changed.

    Raises OrganisationFault when somebody who serves belongs to another community.
    """
    code = organisation.community.code
    held = await community.find(uow, code)
    old = None if held is None else Organisation.model_validate(held)
    new = organisation_diff.merged(old, organisation)
    document = new.model_dump(mode="json", exclude=_ELSEWHERE)
    community_id, is_new = await community.keep(uow, code, document)
    if is_new:
        set_number(uow, community_id, "case", FIRST_NUMBER)
    _settle_cases(uow, community_id, new)
    await morning_letter.plan(uow, community_id, ZoneInfo(new.community.time_zone))
    homes = await _keep_homes(uow, community_id, organisation)
    for rows in _by_person(organisation.people):
        await _welcome(uow, community_id, rows, organisation)
    seats = await seat.keep(uow, community_id, organisation)
    return Imported(
        community_id,
        code,
        organisation.community.name,
        is_new,
        organisation_diff.changes(old, new),
        homes,
        seats,
        len(organisation.people),
    )


def _settle_cases(uow: UnitOfWork, community_id: int, new: Organisation) -> None:
    """Let open cases lie in the estates and grids of now."""
    area.lie(uow, community_id, (area_in(new, one) for one in new.buildings))


async def _keep_homes(
    uow: UnitOfWork, community_id: int, organisation: Organisation
) -> dict[What, int]:
    """Add, change, close and open homes, if the file speaks of them; return how many of each."""
    if "homes" not in organisation.model_fields_set:
        return {}
    known = {one.key: one for one in await home.all_of(uow, community_id)}
    wanted = {one.key: _home(one.building, one.unit, one.number, one.area)
              for one in organisation.homes if not one.closed}  # fmt: skip
    added = [one for key, one in wanted.items() if key not in known]
    same = [(known[key], one) for key, one in wanted.items() if key in known]
    opened = [one for was, one in same if was.closed_at is not None]
    changed = [one for was, one in same if was.closed_at is None and was.area != one.area]
    closed = [
        replace(was, closed_at=uow.now)
        for key, was in known.items()
        if key not in wanted and was.closed_at is None
    ]
    home.add(uow, community_id, added)
    home.change(uow, community_id, [*changed, *opened, *closed])
    counted = {
        What.ADDED: len(added),
        What.CHANGED: len(changed),
        What.CLOSED: len(closed),
        What.REOPENED: len(opened),
    }
    return {what: count for what, count in counted.items() if count}


def _home(building: str, unit: int, number: str, area: float | None) -> Home:
    return Home(building, unit, number, None if area is None else round(area * _HUNDREDTHS))


def _by_person(members: Iterable[Member]) -> Collection[list[Member]]:
    """Return the rows of each person: one may serve differently in several parts."""
    rows: dict[int, list[Member]] = {}
    for one in members:
        rows.setdefault(one.telegram_id, []).append(one)
    return rows.values()


def _in_one(rows: Sequence[Member]) -> Member:
    """Return how the person serves by all their rows; what stands once is taken from the first."""
    if len(rows) == 1:
        return rows[0]
    lists = ("teams", "skills", "buildings", "linked")
    joined = {name: tuple(chain(*(getattr(one, name) for one in rows))) for name in lists}
    single = {name: next(filter(None, (getattr(one, name) for one in rows)), None)
              for name in ("home", "phone")}  # fmt: skip
    return rows[0].model_copy(update={**joined, **single, "lead": any(r.lead for r in rows)})


def _is_plain(one: Member) -> bool:
    return one.since is None and one.until is None and one.scopes == (EVERYWHERE,)


async def _welcome(
    uow: UnitOfWork, community_id: int, rows: Sequence[Member], organisation: Organisation
) -> None:
    member = _in_one(rows)
    plain = frozenset(chain(*(one.roles for one in rows if _is_plain(one))))
    account = Account(member.telegram_id, member.name, member.language)
    try:
        who = await grant(uow, account, plain, community_id)
    except AlreadyElsewhereError:
        raise OrganisationFault(
            f"people: {member.name} ({member.telegram_id}) belongs to another community."
        ) from None
    if member.home is not None and who.home != member.home:
        who = await settle(uow, who, member.home)
    settings = {**who.settings, KEPT: _serving(member, organisation)}
    serves = who.roles or member.teams or not all(map(_is_plain, rows))
    if settings != who.settings and serves:
        people.change(uow, replace(who, settings=settings))
    for held in _held(uow, rows, organisation):
        await serve(uow, who, held)


def _held(uow: UnitOfWork, rows: Sequence[Member], organisation: Organisation) -> Iterator[Held]:
    """Return the roles that hold in a part, or from or until a day: whole days, local."""
    zone = ZoneInfo(organisation.community.time_zone)
    for row in rows:
        if _is_plain(row):
            continue
        starts, ends = whole_days(row.since, row.until, zone)
        for role, scope in product(row.roles, row.scopes):
            yield Held(role, scope, starts or uow.now, ends)


def _serving(member: Member, organisation: Organisation) -> dict[str, object]:
    """Return how the member serves: what is said of them, and of their teams."""
    teams = [one for one in organisation.teams if one.code in member.teams]
    everywhere = not member.buildings and any(not one.buildings for one in teams)
    buildings = () if everywhere else (*member.buildings, *chain(*(t.buildings for t in teams)))
    return {
        "skills": sorted({*member.skills, *chain(*(one.skills for one in teams))}),
        "buildings": sorted(set(buildings)),
        "teams": sorted(member.teams),
        "linked": sorted(member.linked),
        "lead": member.lead,
        "phone": member.phone,
    }
