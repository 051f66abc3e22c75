"""Reads the organisation file: TOML in, checked and frozen models out, or every fault at once."""

import re
import tomllib
from collections.abc import Iterator
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from bot.domain.limits import DEFAULTS
from bot.domain.role import Role

LANGUAGES = ("zh_CN", "en")
_HOURS = re.compile(r"\d\d:\d\d(:00)?")


class OrganisationFault(Exception):
    """The organisation file cannot be used; one sentence a fault."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Community(_Part):
    """The community itself."""

    code: str = Field(min_length=1, max_length=32, pattern=r"^[a-z0-9_-]+$")
    name: str = Field(min_length=1, max_length=40)
    street: str = ""
    time_zone: str
    phone: str = Field(min_length=3, max_length=30)
    opens: time = time(8)
    closes: time = time(20)
    urgent_words: tuple[str, ...] = ()

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError(f"{value!r} is no time zone, such as Asia/Shanghai") from None
        return value

    @field_validator("opens", "closes", mode="before")
    @classmethod
    def _local_time(cls, value: Any) -> Any:
        written = value.isoformat("minutes") if isinstance(value, time) else value
        if not isinstance(written, str) or not _HOURS.fullmatch(written):
            raise ValueError("a time such as 08:00 is wanted")
        return written

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError("opens must be earlier than closes")
        return self


class Named(_Part):
    """A text in each language."""

    zh_CN: str = Field(min_length=1, max_length=12)  # noqa: N815 - the code of the language
    en: str = Field(min_length=1, max_length=24)


class Emergency(_Part):
    """A number to call first."""

    phone: str
    name: Named


class Company(_Part):
    """The property company and its party branch."""

    name: str
    branch: str


class Estate(_Part):
    """An estate of the community."""

    code: str = Field(pattern=r"^[A-Za-z0-9_]{1,12}$")
    name: str


class Building(_Part):
    """A building and how many units (stairwells) it has."""

    code: str = Field(pattern=r"^[A-Za-z0-9_]{1,12}$")
    estate: str
    name: str = Field(min_length=1, max_length=16)
    units: int = Field(ge=0, le=30)


class Spot(_Part):
    """A place that everybody shares."""

    code: str = Field(pattern=r"^[A-Za-z0-9_]{1,16}$")
    estate: str
    name: str = Field(min_length=1, max_length=16)


Keyword = Annotated[str, Field(min_length=1)]
Weight = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class Category(_Part):
    """What a case may be about."""

    code: str = Field(pattern=r"^[a-z_]{1,20}$")
    icon: str = Field(min_length=1, max_length=4)
    name: Named
    kind: str
    keywords: dict[Keyword, Weight] = Field(default_factory=dict)

    @field_validator("kind")
    @classmethod
    def _known_kind(cls, value: str) -> str:
        if value not in DEFAULTS:
            raise ValueError(f"one of {', '.join(DEFAULTS)} is wanted")
        return value


class Member(_Part):
    """Somebody who serves (in the demo: everybody)."""

    telegram_id: int = Field(gt=0)
    name: str = Field(min_length=1, max_length=64)
    roles: tuple[Role, ...] = ()
    home: str | None = None
    language: str = "zh_CN"

    @field_validator("language")
    @classmethod
    def _known_language(cls, value: str) -> str:
        if value not in LANGUAGES:
            raise ValueError(f"one of {', '.join(LANGUAGES)} is wanted")
        return value


class Organisation(_Part):
    """The whole file."""

    community: Community
    emergencies: tuple[Emergency, ...] = ()
    company: Company | None = None
    estates: tuple[Estate, ...] = Field(min_length=1)
    buildings: tuple[Building, ...] = Field(min_length=1)
    spots: tuple[Spot, ...] = ()
    categories: tuple[Category, ...] = Field(min_length=1)
    people: tuple[Member, ...] = ()


def read_organisation(path: Path) -> Organisation:
    """Return the organisation; raises OrganisationFault naming every fault by file and field."""
    try:
        document = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise OrganisationFault(f"{path.name} cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OrganisationFault(f"{path.name} is not valid TOML: {error}.") from None
    return check_organisation(document, path.name)


def check_organisation(document: dict[str, Any], source: str) -> Organisation:
    """Return the checked `document`; raises OrganisationFault naming every fault of `source`."""
    try:
        checked = Organisation.model_validate(document)
    except ValidationError as error:
        faults = [f"{_where(one['loc'])}: {_what(one)}" for one in error.errors()]
    else:
        faults = list(_contradictions(checked))
        if not faults:
            return checked
    raise OrganisationFault("\n".join(f"{source}: {fault}." for fault in faults))


def _where(location: tuple[int | str, ...]) -> str:
    """Return the place of a fault as a person counts: `buildings no. 2, units`."""
    parts = [f"no. {part + 1}" if isinstance(part, int) else part for part in location]
    return ", ".join(parts).replace(", no.", " no.") or "the file"


def _what(one: Any) -> str:
    return str(one["msg"]).removeprefix("Value error, ")


def _contradictions(organisation: Organisation) -> Iterator[str]:
    estates = {one.code for one in organisation.estates}
    for name in ("estates", "buildings", "spots", "categories"):
        yield from _twice(name, "code", [one.code for one in getattr(organisation, name)])
    yield from _twice("people", "telegram_id", [one.telegram_id for one in organisation.people])
    located: list[tuple[str, Building | Spot]] = [
        *(("buildings", one) for one in organisation.buildings),
        *(("spots", one) for one in organisation.spots),
    ]
    for table, place in located:
        if place.estate not in estates:
            yield f"{table} {place.code!r}: there is no estate {place.estate!r}"
    homes = {
        f"{one.code}-{unit}" for one in organisation.buildings for unit in range(1, one.units + 1)
    }
    for member in organisation.people:
        if member.home is not None and member.home not in homes:
            yield f"people {member.name!r}: there is no home {member.home!r}"


def _twice(table: str, field: str, values: list[Any]) -> Iterator[str]:
    seen: set[Any] = set()
    for value in values:
        if value in seen:
            yield f"{table}: {field} {value!r} stands twice"
        seen.add(value)
