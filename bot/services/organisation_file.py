"""Reads the organisation file: TOML in, the checked organisation out, or every fault at once."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unicodedata import category

from pydantic import ValidationError

from bot.services.organisation_model import Member, Organisation, Team

__all__ = ["Organisation", "OrganisationFault", "check_organisation", "read_organisation"]


class OrganisationFault(Exception):
    """The organisation file cannot be used; one sentence a fault."""


def read_organisation(path: Path) -> Organisation:
    """Return the organisation; raises OrganisationFault naming every fault by file and field."""
    try:
        document = tomllib.loads(path.read_text("utf-8-sig"))  # some editors put a mark in front
    except OSError as error:
        raise OrganisationFault(f"{path.name} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise OrganisationFault(
            f"{path.name} is not valid TOML: no UTF-8 (at line {line})."
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise OrganisationFault(f"{path.name} is not valid TOML: {error}.") from None
    return check_organisation(document, path.name)


def check_organisation(document: dict[str, Any], source: str) -> Organisation:
    """Return the checked `document`; raises OrganisationFault naming every fault of `source`."""
    try:
        checked = Organisation.model_validate(document)
        faults = [f"{_where(place)}: control characters are not wanted" for place in _odd(document)]
    except ValidationError as error:
        faults = [f"{_where(one['loc'])}: {_what(one)}" for one in error.errors()]
    else:
        faults += _contradictions(checked)
        if not faults:
            return checked
    raise OrganisationFault("\n".join(f"{source}: {fault}." for fault in faults))


def _odd(found: Any, *place: int | str) -> Iterator[tuple[int | str, ...]]:
    """Yield the places of texts and names with control characters, line breaks within as well."""
    if isinstance(found, str):
        if any(category(one) == "Cc" for one in found.strip(" \t\r\n")):
            yield place
    elif isinstance(found, dict):
        for name, value in found.items():
            yield from _odd(name, *place)
            yield from _odd(value, *place, name)
    elif isinstance(found, list):
        for number, value in enumerate(found):
            yield from _odd(value, *place, number)


def _where(location: tuple[int | str, ...]) -> str:
    """Return the place of a fault as a person counts: `buildings no. 2, units`."""
    parts = [f"no. {part + 1}" if isinstance(part, int) else part for part in location]
    return ", ".join(parts).replace(", no.", " no.") or "the file"


def _what(one: Any) -> str:
    return str(one["msg"]).removeprefix("Value error, ")


def _contradictions(organisation: Organisation) -> Iterator[str]:
    yield from _doubles(organisation)
    estates = {one.code for one in organisation.estates}
    located = [("buildings", one.code, one.estate) for one in organisation.buildings]
    located += [("spots", one.code, one.estate) for one in organisation.spots]
    for table, code, estate in located:
        if estate not in estates:
            yield f"{table} {code!r}: there is no estate {estate!r}"
    yield from _misplaced_people(organisation)


def _doubles(organisation: Organisation) -> Iterator[str]:
    yield from _twice("estates", "code", [one.code for one in organisation.estates])
    yield from _twice("categories", "code", [one.code for one in organisation.categories])
    yield from _twice("teams", "code", [one.code for one in organisation.teams])
    places = [one.code for one in organisation.buildings]
    places += [one.code for one in organisation.spots]
    yield from _twice("buildings and spots", "code", places)
    yield from _twice("clocks", "kind", [one.kind for one in organisation.clocks])
    yield from _twice("templates", "code", [one.code for one in organisation.templates])
    yield from _twice("people", "telegram_id", [one.telegram_id for one in organisation.people])


def _misplaced_people(organisation: Organisation) -> Iterator[str]:
    teams = {one.code for one in organisation.teams}
    homes = {
        f"{one.code}-{unit}" for one in organisation.buildings for unit in range(1, one.units + 1)
    }
    for team in organisation.teams:
        yield from _unknown_buildings(f"teams {team.code!r}", organisation, team)
    for member in organisation.people:
        if member.home is not None and member.home not in homes:
            yield f"people {member.name!r}: there is no home {member.home!r}"
        yield from _unknown_buildings(f"people {member.name!r}", organisation, member)
        for code in member.teams:
            if code not in teams:
                yield f"people {member.name!r}: there is no team {code!r}"


def _unknown_buildings(where: str, organisation: Organisation, one: Member | Team) -> Iterator[str]:
    known = {building.code for building in organisation.buildings}
    linked = one.linked if isinstance(one, Member) else ()
    for code in dict.fromkeys((*one.buildings, *linked)):
        if code not in known:
            yield f"{where}: there is no building {code!r}"


def _twice(table: str, field: str, values: list[Any]) -> Iterator[str]:
    seen: set[Any] = set()
    for value in values:
        if value in seen:
            yield f"{table}: {field} {value!r} stands twice"
        seen.add(value)
