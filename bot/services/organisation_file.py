"""Reads the organisation file: TOML in, the checked organisations out, or every fault at once."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.services.organisation_links import Fault, find_faults
from bot.services.organisation_model import Organisation
from bot.services.organisation_split import Piece, split

__all__ = [
    "Organisation",
    "OrganisationFault",
    "Source",
    "check_organisation",
    "check_source",
    "read_organisation",
    "read_toml",
]


class OrganisationFault(Exception):
    """The organisation file cannot be used; one sentence a fault."""


def as_a_list(table: str, row: int | None) -> str:
    """Return the place of a fault as a person counts: `buildings no. 2`."""
    table = "communities" if table == "community" and row is not None else table
    return table if row is None else f"{table} no. {row + 1}"


@dataclass(frozen=True, slots=True)
class Source:
    """What stands in a file, and how a row of it is named to the person who wrote it."""

    name: str
    document: Mapping[str, Any]
    place: Callable[[str, int | None], str] = as_a_list
    faults: tuple[str, ...] = ()  # found while reading
    title: Callable[[str], str] = str  # what a field is called there


def read_organisation(path: Path) -> Organisation:
    """Return the one organisation of a TOML file; raises OrganisationFault naming every fault."""
    source = read_toml(path)
    found = check_source(source)
    if len(found) > 1:
        raise OrganisationFault(f"{source.name}: several communities; import it: linli import.")
    return found[0]


def read_toml(path: Path) -> Source:
    """Return what stands in a TOML file; raises OrganisationFault when it is none."""
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
    return Source(path.name, document)


def check_organisation(document: dict[str, Any], source: str) -> Organisation:
    """Return the checked `document`; raises OrganisationFault naming every fault of `source`."""
    return check_source(Source(source, document))[0]


def check_source(source: Source) -> list[Organisation]:
    """Return the organisation of each community; raises OrganisationFault naming every fault."""
    pieces, lost = split(source.document)
    faults = [*source.faults, *(_sentence(source, one) for one in lost)]
    found: list[Organisation] = []
    for piece in pieces:
        faults += [_sentence(source, piece.at(one)) for one in find_faults(piece.document)]
        try:
            found.append(Organisation.model_validate(piece.document))
        except ValidationError as error:
            faults += [_sentence(source, one) for one in _invalid(piece, error)]
    if faults:  # what counts for several communities is named once
        named = [f"{source.name}: {one}." for one in dict.fromkeys(faults)]
        raise OrganisationFault("\n".join(named))
    return found


def _sentence(source: Source, fault: Fault) -> str:
    place = source.place(fault.table, fault.row)
    field = f", {source.title(fault.field)}" if fault.field else ""
    return f"{place}{field}: {fault.text}"


def _invalid(piece: Piece, error: ValidationError) -> Iterator[Fault]:
    for one in error.errors():
        table, *inner = one["loc"] or ("the file",)
        row = inner[0] if inner and isinstance(inner[0], int) else None
        inner = inner if row is None else inner[1:]
        where = "".join(
            f" no. {part + 1}" if isinstance(part, int) else f", {part}" for part in inner
        )
        text = str(one["msg"]).removeprefix("Value error, ")
        yield piece.at(Fault(str(table), row, text, where.removeprefix(", ")))
