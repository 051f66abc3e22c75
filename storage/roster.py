"""Rosters, who belongs to them with which wishes, and when people cannot come."""

from collections.abc import Collection
from dataclasses import asdict, replace
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from bot.domain.recurrence import OnHoliday, Rule
from bot.domain.roster import Absence, Member, Roster
from storage.tables import absences, roster_members, rosters
from storage.unit_of_work import UnitOfWork

_HERE = rosters.c.community_id == bindparam("community")
_IN = (roster_members.c.community_id == bindparam("community")) & (
    roster_members.c.roster_id == bindparam("of_roster")
)
_THIS = _IN & (roster_members.c.person_id == bindparam("whose"))
_AWAY = absences.c.community_id == bindparam("community")
_ADD = insert(rosters)
_ONE = select(rosters).where(_HERE, rosters.c.id == bindparam("wanted"))
_LIVE = select(rosters).where(_HERE, rosters.c.ended_at.is_(None)).order_by(rosters.c.id)
_CHANGE = (
    update(rosters)
    .where(_HERE, rosters.c.id == bindparam("wanted"), rosters.c.version == bindparam("seen"))
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in (
                *("version", "name", "place", "rule", "at", "minutes", "on_holiday", "begins"),
                *("needed", "leader_id", "skills", "ended_at"),
            )
        }
    )
)
_JOIN = insert(roster_members)
_MEMBERS = select(roster_members).where(_IN).order_by(roster_members.c.person_id)
_MINE = (
    select(roster_members)
    .where(
        roster_members.c.community_id == bindparam("community"),
        roster_members.c.person_id == bindparam("whose"),
    )
    .order_by(roster_members.c.roster_id)
)
_WISH = (
    update(roster_members)
    .where(_THIS)
    .values(
        most=bindparam("at_most"), not_on=bindparam("never_on"), partner_id=bindparam("together")
    )
)
_LEAVE = delete(roster_members).where(_THIS)
_GO = insert(absences)
_COME_BACK = delete(absences).where(
    _AWAY, absences.c.person_id == bindparam("whose"), absences.c.last >= bindparam("today")
)
_ABSENT = (
    select(absences)
    .where(
        _AWAY,
        absences.c.last >= bindparam("today"),
        absences.c.person_id.in_(bindparam("ids", expanding=True)),
    )
    .order_by(absences.c.first, absences.c.person_id, absences.c.only_cover)
)


def _values(one: Roster) -> dict[str, Any]:
    return {
        "version": one.version,
        "name": one.name,
        "place": one.place,
        "rule": one.rule.text,
        "at": f"{one.rule.at:%H:%M}",
        "minutes": one.rule.lasts // timedelta(minutes=1),
        "on_holiday": one.rule.on_holiday.value,
        "begins": one.rule.begins.isoformat(),
        "needed": one.needed,
        "leader_id": one.leader_id,
        "skills": list(one.skills),
        "ended_at": one.ended_at,
    }


def _roster(row: Row[Any]) -> Roster:
    rule = Rule(
        row.rule,
        time.fromisoformat(row.at),
        timedelta(minutes=row.minutes),
        OnHoliday(row.on_holiday),
        date.fromisoformat(row.begins),
    )
    return Roster(
        row.community_id,
        row.id,
        row.name,
        row.place,
        rule,
        row.needed,
        row.leader_id,
        tuple(row.skills),
        row.version,
        row.ended_at,
    )


def add(uow: UnitOfWork, one: Roster) -> Roster:
    """Add one; return it."""
    uow.write(_ADD, {"community_id": one.community_id, "id": one.id, **_values(one)})
    return one


async def change(uow: UnitOfWork, one: Roster) -> bool:
    """Write it, one version further; False when it is no longer the version that was read."""
    after = replace(one, version=one.version + 1)
    values = {f"new_{name}": value for name, value in _values(after).items()}
    key = {"community": one.community_id, "wanted": one.id, "seen": one.version}
    return await uow.write_now(_CHANGE, {**key, **values}) == 1


async def find(uow: UnitOfWork, community_id: int, id_: int) -> Roster | None:
    """Return the one with this id."""
    row = await uow.first(_ONE, {"community": community_id, "wanted": id_})
    return None if row is None else _roster(row)


async def live(uow: UnitOfWork, community_id: int) -> list[Roster]:
    """Return those that go on, the oldest first."""
    return [_roster(row) for row in await uow.read(_LIVE, {"community": community_id})]


def _member(row: Row[Any]) -> Member:
    return Member(row.person_id, row.most, frozenset(row.not_on), row.partner_id)


def _wishes(one: Member) -> dict[str, Any]:
    return {"at_most": one.most, "never_on": sorted(one.not_on), "together": one.partner_id}


def join(uow: UnitOfWork, community_id: int, roster_id: int, one: Member) -> None:
    """Let somebody belong to the roster who does not yet."""
    uow.write(
        _JOIN,
        {
            "community_id": community_id,
            "roster_id": roster_id,
            "person_id": one.person_id,
            "most": one.most,
            "not_on": sorted(one.not_on),
            "partner_id": one.partner_id,
        },
    )


def wish(uow: UnitOfWork, community_id: int, roster_id: int, one: Member) -> None:
    """Write what somebody has wished for."""
    key = {"community": community_id, "of_roster": roster_id, "whose": one.person_id}
    uow.write(_WISH, {**key, **_wishes(one)})


def leave(uow: UnitOfWork, community_id: int, roster_id: int, person_id: int) -> None:
    """Let somebody belong to the roster no longer."""
    uow.write(_LEAVE, {"community": community_id, "of_roster": roster_id, "whose": person_id})


async def members(uow: UnitOfWork, community_id: int, roster_id: int) -> list[Member]:
    """Return who belongs to the roster, with their wishes; skills are not known here."""
    values = {"community": community_id, "of_roster": roster_id}
    return [_member(row) for row in await uow.read(_MEMBERS, values)]


async def memberships(uow: UnitOfWork, community_id: int, person_id: int) -> dict[int, Member]:
    """Return the rosters of the person, by id, with what they wished for in each."""
    values = {"community": community_id, "whose": person_id}
    return {row.roster_id: _member(row) for row in await uow.read(_MINE, values)}


def be_away(uow: UnitOfWork, community_id: int, one: Absence) -> None:
    """Write that somebody cannot come, or is not to be asked to stand in."""
    values = asdict(one) | {"first": one.first.isoformat(), "last": one.last.isoformat()}
    uow.write(_GO, {"community_id": community_id, **values})


def come_back(uow: UnitOfWork, community_id: int, person_id: int, today: date) -> None:
    """Take back all that the person has said of days from the local date on."""
    values = {"community": community_id, "whose": person_id, "today": today.isoformat()}
    uow.write(_COME_BACK, values)


async def away(
    uow: UnitOfWork, community_id: int, ids: Collection[int], today: date
) -> list[Absence]:
    """Return what these people have said of the local date and later ones."""
    values = {"community": community_id, "ids": sorted(ids), "today": today.isoformat()}
    return [
        Absence(
            row.person_id,
            date.fromisoformat(row.first),
            date.fromisoformat(row.last),
            row.only_cover,
        )
        for row in await uow.read(_ABSENT, values)
    ]
