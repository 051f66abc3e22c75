"""Who has a duty where, in an organisation file: grids, companies, committees, groups; homes; days.

Source of the four levels: the glossary (street, community, estate, grid).
"""

from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from bot.domain import route
from bot.domain.body import BODIES
from bot.domain.level import LEVELS
from bot.domain.route import HOURS
from bot.services.organisation_part import Code, Part, Row, TelegramId

GROUP_KINDS = ("greening", "vehicles", "mediation", "safety", "culture", "care", "other")


def one_of(*allowed: str) -> AfterValidator:
    """Return a check that a word is one of those allowed."""

    def check(value: str) -> str:
        if value not in allowed:
            raise ValueError(f"one of {', '.join(allowed)} is wanted")
        return value

    return AfterValidator(check)


def check_days(first: date | None, last: date | None) -> None:
    """Raise ValueError when the last of some days comes before the first."""
    if first is not None and last is not None and last < first:
        raise ValueError("until must not be earlier than since")


class Grid(Row):
    """A grid: some buildings, or whole estates, that one grid worker looks after."""

    code: Code
    name: str = Field(min_length=1, max_length=20)
    estates: tuple[Code, ...] = ()
    buildings: tuple[Code, ...] = ()
    phone: str = Field(default="", max_length=30)

    @model_validator(mode="after")
    def _lies_somewhere(self) -> Self:
        if not self.estates and not self.buildings:
            raise ValueError("estates or buildings are missing")
        return self


class Company(Row):
    """A property company and its party branch."""

    code: Code = "property"
    name: str = Field(min_length=1, max_length=40)
    branch: str = Field(default="", max_length=40)
    secretary: TelegramId | None = None  # of the branch; none: the supervisors get its notices
    estates: tuple[Code, ...] = ()  # none: all of the community


class Day(Part):
    """A date that is, or is not, a working day, whatever the calendar of the country says."""

    date: date
    working: bool
    name: str = Field(default="", max_length=20)


class Committee(Row):
    """The owners' committee of an estate."""

    code: Code
    name: str = Field(min_length=1, max_length=40)
    estate: Code


class Seat(Part):
    """Somebody's seat in a body of the community, for whole local days."""

    telegram_id: TelegramId
    body: Annotated[str, one_of(*BODIES)]
    code: Code | None = None  # of the company, committee or group; party and residents have none
    title: str = Field(default="", max_length=12)
    lead: bool = False  # its secretary or chair
    since: date
    until: date | None = None  # the last day; none: until the file says another thing

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        check_days(self.since, self.until)
        return self


class SelfGroup(Row):
    """Neighbours who look after one thing themselves, such as the greenery."""

    code: Code
    name: str = Field(min_length=1, max_length=20)
    kind: Annotated[str, one_of(*GROUP_KINDS)] = "other"
    estate: Code | None = None  # none: the whole community


class Home(Row):
    """One flat: its door within a unit (stairwell), and its floor area in square metres."""

    building: Code
    unit: int = Field(default=0, ge=0, le=99)  # 0: the building has no units
    number: str = Field(pattern=r"^[0-9A-Za-z-]{1,8}$")
    area: float | None = Field(default=None, gt=0, le=100_000, allow_inf_nan=False)

    @property
    def key(self) -> tuple[str, int, str]:
        """Return what no other home of the community has."""
        return self.building, self.unit, self.number


class Route(Part):
    """A row of the ordered list that says who answers for a case; the first that fits counts."""

    to: str = Field(min_length=1, max_length=24)  # a level, or "team:" and its code
    categories: tuple[str, ...] = ()  # none: every
    estates: tuple[Code, ...] = ()
    grids: tuple[Code, ...] = ()
    buildings: tuple[Code, ...] = ()
    spots: tuple[Code, ...] = ()
    hours: Annotated[str, one_of(*HOURS)] | None = None
    urgent: bool | None = None

    def meant(self) -> route.Route:
        """Return the row as the rules see it."""
        return route.Route(**self.model_dump())

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if self.meant().team is None and self.to not in LEVELS:
            raise ValueError(f"to: one of {', '.join(LEVELS)} or team:CODE is wanted")
        return self
