"""What stands in an organisation file: frozen models, each checking its own fields.

Every number has a default and may be left out.
"""

import re
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    Field,
    field_validator,
    model_validator,
)

from bot.domain.area import ESTATE, EVERYWHERE, GRID, scope
from bot.domain.code import SPOT_KINDS
from bot.domain.limits import DEFAULTS, TERMS, Limits, Terms
from bot.domain.role import Role
from bot.services.organisation_bodies import (
    Committee,
    Company,
    Day,
    Grid,
    Home,
    Route,
    Seat,
    SelfGroup,
    check_days,
    one_of,
)
from bot.services.organisation_figures import Figures
from bot.services.organisation_part import Code, LocalTime, Part, Row, TelegramId
from bot.services.organisation_rules import Board, Callback, Flood, Privacy, Quiet
from bot.services.organisation_series import SeriesRow
from bot.services.organisation_signals import Signals
from bot.services.organisation_texts import Template

LANGUAGES = ("zh_CN", "en")
_SPAN = re.compile(r"(\d{1,4}) (min|h|day|days|working day|working days)")
_UNITS = {"min": timedelta(minutes=1), "h": timedelta(hours=1), "day": timedelta(days=1)}


def _check_span(value: str) -> str:
    if not _SPAN.fullmatch(value):
        raise ValueError("a time such as '30 min', '2 h', '1 day' or '7 days' is wanted")
    return value


def _check_in_hours(value: str) -> str:
    if "working" in value:
        raise ValueError("only the solution is counted in working days")
    return _check_span(value)


Kind = Annotated[str, one_of(*DEFAULTS)]
Language = Annotated[str, one_of(*LANGUAGES)]
Span = Annotated[str, AfterValidator(_check_in_hours)]
DaysSpan = Annotated[str, AfterValidator(_check_span)]
Keyword = Annotated[str, Field(min_length=1)]
Weight = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Skill = Annotated[str, Field(pattern=r"^[a-z_]{1,20}$")]


class Community(Part):
    """The community itself."""

    code: str = Field(min_length=1, max_length=32, pattern=r"^[a-z0-9_-]+$")
    name: str = Field(min_length=1, max_length=40)
    street: str = ""
    street_contact: str = Field(default="", max_length=20)  # whom to ask for at the street
    street_phone: str = Field(default="", max_length=30)
    time_zone: str
    country: str = Field(default="", pattern=r"^([A-Z]{2})?$")  # "": that of the time zone
    phone: str = Field(min_length=3, max_length=30)
    opens: LocalTime = time(8)
    closes: LocalTime = time(20)
    urgent_words: tuple[str, ...] = ()  # "lift+trapped": both have to be there
    calm_words: tuple[str, ...] = ()  # taken out before; a fire extinguisher is no fire
    on_duty: tuple[TelegramId, ...] = ()  # Telegram ids: whom an emergency calls, one after another

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of zones, say
            raise ValueError(f"{value!r} is no time zone, such as Asia/Shanghai") from None
        return value

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError("opens must be earlier than closes")
        return self


class Named(Part):
    """A text in each language."""

    zh_CN: str = Field(min_length=1, max_length=12)  # noqa: N815 - the code of the language
    en: str = Field(min_length=1, max_length=24)


class Advice(Part):
    """What to do at once, in each language."""

    zh_CN: str = Field(min_length=1, max_length=30)  # noqa: N815 - the code of the language
    en: str = Field(min_length=1, max_length=90)


class Emergency(Part):
    """A number to call first."""

    phone: str
    name: Named
    words: tuple[str, ...] = ()  # what an emergency of this kind is called
    advice: Advice | None = None


class Estate(Row):
    """An estate of the community."""

    code: Code
    name: str = Field(min_length=1, max_length=20)


class Building(Row):
    """A building, how many units (stairwells) it has and how many floors."""

    code: Code
    estate: str
    name: str = Field(min_length=1, max_length=16)
    units: int = Field(ge=0, le=30)
    floors: int | None = Field(default=None, ge=1, le=99)


class Spot(Row):
    """A place that everybody shares."""

    code: Code
    estate: str
    name: str = Field(min_length=1, max_length=16)
    kind: Annotated[str, one_of(*SPOT_KINDS)] = SPOT_KINDS[0]


class Clocks(Part):
    """What differs from the usual limits of one kind of case."""

    kind: Kind
    dispatch: Span | None = None
    claim: Span | None = None
    contact: Span | None = None
    solution: DaysSpan | None = None
    update: int | None = Field(default=None, ge=1, le=30)  # working days until something is heard


class TermsTable(Part):
    """How long and how often people may come back to a case, where it is not as usual."""

    contest: Span | None = None
    restore: Span | None = None
    answer: Span | None = None
    returns: int = Field(default=TERMS.returns, ge=0, le=99)
    appeals: int = Field(default=TERMS.appeals, ge=0, le=99)

    def meant(self) -> Terms:
        """Return the terms, the usual ones where nothing was said."""
        return Terms(
            contest=_span(self.contest) if self.contest else TERMS.contest,
            restore=_span(self.restore) if self.restore else TERMS.restore,
            answer=_span(self.answer) if self.answer else TERMS.answer,
            returns=self.returns,
            appeals=self.appeals,
        )


class Team(Row):
    """Some who work together."""

    code: Code
    name: str = Field(min_length=1, max_length=16)
    skills: tuple[Skill, ...] = ()  # what each of them can do
    buildings: tuple[str, ...] = ()  # where they go; none: everywhere


class Category(Row):
    """What a case may be about."""

    code: str = Field(pattern=r"^[a-z_]{1,20}$")
    icon: str = Field(min_length=1, max_length=4)
    name: Named
    kind: Kind
    keywords: dict[Keyword, Weight] = Field(default_factory=dict)
    skills: tuple[Skill, ...] = ()  # one of these is needed; none: anybody can do it
    later: bool | None = None  # asked about again after weeks; not said: as is usual for the code


class Member(Part):
    """Somebody who serves (in the demo: everybody)."""

    telegram_id: TelegramId
    name: str = Field(min_length=1, max_length=64)
    roles: tuple[Role, ...] = ()
    teams: tuple[str, ...] = ()
    home: str | None = None
    skills: tuple[Skill, ...] = ()
    buildings: tuple[str, ...] = ()  # where they go; none: everywhere
    linked: tuple[str, ...] = ()  # the buildings whose linked party member they are
    lead: bool = False  # leads the property staff: asked last
    phone: str | None = Field(default=None, min_length=3, max_length=30)  # of a grid worker
    estates: tuple[Code, ...] = ()  # where the roles of this row hold; none: in all of it
    grids: tuple[Code, ...] = ()
    since: date | None = None  # the first local day on which they hold; none: at once
    until: date | None = None  # the last one; none: for good
    language: Language = "zh_CN"

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        check_days(self.since, self.until)
        return self

    @property
    def scopes(self) -> tuple[str, ...]:
        """Return where the roles of this row hold."""
        parts = (*(scope(ESTATE, one) for one in self.estates),
                 *(scope(GRID, one) for one in self.grids))  # fmt: skip
        return parts or (EVERYWHERE,)


class Organisation(Part):
    """The whole file."""

    community: Community
    emergencies: tuple[Emergency, ...] = ()
    companies: tuple[Company, ...] = ()
    estates: tuple[Estate, ...] = Field(min_length=1)
    grids: tuple[Grid, ...] = ()
    buildings: tuple[Building, ...] = Field(min_length=1)
    homes: tuple[Home, ...] = ()
    spots: tuple[Spot, ...] = ()
    committees: tuple[Committee, ...] = ()
    groups: tuple[SelfGroup, ...] = ()
    categories: tuple[Category, ...] = Field(min_length=1)
    clocks: tuple[Clocks, ...] = ()
    days: tuple[Day, ...] = ()
    terms: TermsTable = TermsTable()
    quiet: Quiet = Quiet()
    flood: Flood = Flood()
    callback: Callback = Callback()
    board: Board = Board()
    privacy: Privacy = Privacy()
    signals: Signals = Signals()
    figures: Figures = Figures()
    teams: tuple[Team, ...] = ()
    routes: tuple[Route, ...] = ()
    templates: tuple[Template, ...] = ()
    series: tuple[SeriesRow, ...] = ()
    people: tuple[Member, ...] = ()
    seats: tuple[Seat, ...] = ()

    def limits_of(self, kind: str) -> Limits:
        """Return the limits of a kind of case: the usual ones, and what the file says besides."""
        said = next((one for one in self.clocks if one.kind == kind), Clocks(kind=kind))
        spans = said.model_dump(exclude={"kind", "update"}, exclude_none=True)
        changes: dict[str, Any] = {step: _span(text) for step, text in spans.items()}
        if said.update is not None:
            changes["update"] = said.update
        if said.solution is not None:
            changes["working_days"] = "working" in said.solution
        return replace(DEFAULTS[kind], **changes)


def _span(text: str) -> timedelta:
    amount, unit = text.split(" ", 1)
    return int(amount) * _UNITS[unit.removeprefix("working ").removesuffix("s")]
