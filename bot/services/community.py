"""The community as the use cases ask it: places, categories, clocks, telephone numbers.

Parsed once from the organisation that was imported, and kept while the process runs.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain import category
from bot.domain.body import WITH_CODE
from bot.domain.budget import Hours
from bot.domain.calendar import Calendar
from bot.domain.callback import LATER_CATEGORIES
from bot.domain.figures import Weights
from bot.domain.flood import Allowance
from bot.domain.guarded import Guard, public
from bot.domain.limits import DEFAULTS, EMERGENCY, Clock, Terms
from bot.domain.meeting import Series
from bot.domain.route import Route
from bot.domain.signal import Thresholds
from bot.domain.urgency import UrgentWords, is_urgent
from bot.services import holiday
from bot.services.community_places import WHOLE_BUILDING, Places
from bot.services.organisation_model import Category, Organisation
from bot.services.unit_of_work import UnitOfWork
from storage import community as communities

__all__ = ["OTHER", "WHOLE_BUILDING", "Community", "community_of"]
OTHER = "other"


class Community(Places):
    """One community; read-only."""

    def __init__(
        self, organisation: Organisation, words: Mapping[str, Any], years: Iterable[int] = ()
    ) -> None:
        super().__init__(organisation, words)
        self._years = tuple(years)  # whose public holidays count
        self._digits: Mapping[str, int] = words["digits"]
        self._categories = {one.code: one for one in organisation.categories}
        self._terms = organisation.terms.meant()
        self._limits = {kind: organisation.limits_of(kind) for kind in DEFAULTS}
        offered = [one for one in organisation.categories if not one.closed]
        self._keywords = {one.code: one.keywords for one in offered}

    @property
    def name(self) -> str:
        """Return the name that people know."""
        return self._organisation.community.name

    @property
    def digits(self) -> Mapping[str, int]:
        """Return one to ten and a hundred, as they are spelled."""
        return self._digits

    @property
    def zone(self) -> str:
        """Return the name of the time zone."""
        return self._organisation.community.time_zone

    @property
    def phone(self) -> str:
        """Return the plain telephone number."""
        return self._organisation.community.phone

    @property
    def hours(self) -> str:
        """Return the service hours, such as 8:00-20:00."""
        held = self._organisation.community
        return f"{held.opens:%-H:%M}-{held.closes:%-H:%M}"

    @property
    def minimal(self) -> bool:
        """Say whether no door and no telephone number may stand in a message."""
        return self._organisation.privacy.minimal

    @cached_property
    def guard(self) -> Guard:
        """Return what takes doors and numbers of people out of what is said."""
        house = [self.phone, *(one["phone"] for one in self.emergencies)]
        house += [self.street["phone"]] if self.street else []
        spelled = {ord(sign): str(n) for sign, n in self._digits.items() if n < len("0123456789")}
        return Guard(self.without_door, spelled, public(house))

    @property
    def emergencies(self) -> list[dict[str, Any]]:
        """Return the numbers to call first, with their names."""
        return [one.model_dump() for one in self._organisation.emergencies]

    def emergency_in(self, words: str) -> dict[str, Any] | None:
        """Return the number to call first for what the words speak of, None when unclear."""
        found = (one for one in self._organisation.emergencies if is_urgent(words, one.words))
        return next((one.model_dump() for one in found), None)

    @cached_property
    def urgent_words(self) -> UrgentWords:
        """Return what sounds like an emergency."""
        held = self._organisation.community
        return UrgentWords(held.urgent_words, held.calm_words)

    @property
    def on_duty(self) -> tuple[int, ...]:
        """Return the Telegram ids of those whom an emergency calls first, in their order."""
        return self._organisation.community.on_duty

    @cached_property
    def calendar(self) -> Calendar:
        """Return the calendar of the community, with the public holidays of its years."""
        held = self._organisation.community
        days = holiday.days_of(self.country, self._years, self.own_days)
        zone = ZoneInfo(held.time_zone)
        return Calendar(zone, held.opens, held.closes, days.holidays, days.working)

    @cached_property
    def country(self) -> str:
        """Return the country whose public holidays count, as its code."""
        held = self._organisation.community
        return held.country or holiday.country_of(held.time_zone)

    @property
    def own_days(self) -> list[tuple[date, bool]]:
        """Return the dates of which the organisation file says whether they are worked."""
        return [(one.date, one.working) for one in self._organisation.days]

    @property
    def quiet(self) -> tuple[Hours, ...]:
        """Return the quiet hours of residents, local; the night comes first."""
        held = self._organisation.quiet
        return (Hours(*held.night), Hours(*held.noon))

    @cached_property
    def flood(self) -> Allowance:
        """Return how much one resident may send."""
        return self._organisation.flood.meant()

    @cached_property
    def thresholds(self) -> Thresholds:
        """Return from how many on something is a signal."""
        return self._organisation.signals.meant()

    @property
    def terms(self) -> Terms:
        """Return how long and how often people may come back to a case."""
        return self._terms

    @property
    def teams(self) -> list[dict[str, str]]:
        """Return the teams in the order of the file."""
        held = [one for one in self._organisation.teams if not one.closed]
        return [{"code": one.code, "name": one.name} for one in held]

    def body_name(self, body: str, code: str) -> str | None:
        """Return what a body is called; None for one of which a community has only one."""
        held = getattr(self._organisation, WITH_CODE.get(body, ""), ())
        one = next((one for one in held if one.code == code), None)
        return (getattr(one, "branch", "") or str(one.name)) if one else code or None

    @cached_property
    def skills(self) -> tuple[str, ...]:
        """Return every skill that a category or a team names, in the order of the file."""
        held = self._organisation
        named = [one.skills for one in held.categories if not one.closed]
        named += [one.skills for one in held.teams if not one.closed]
        return tuple(dict.fromkeys(chain.from_iterable(named)))

    @property
    def street(self) -> dict[str, str] | None:
        """Return whom to ask for at the street and its telephone number, None when not known."""
        held = self._organisation.community
        if not held.street_phone:
            return None
        return {"contact": held.street_contact or held.street, "phone": held.street_phone}

    @cached_property
    def routes(self) -> list[Route]:
        """Return the routes in their order, without those to a team that is closed."""
        teams = {None, *(one["code"] for one in self.teams)}
        routes = (one.meant() for one in self._organisation.routes)
        return [one for one in routes if one.team in teams]

    # --- categories ---------------------------------------------------------------------

    def category(self, code: str) -> Category | None:
        """Return the category, None when there is none with this code."""
        return self._categories.get(code)

    def category_or_other(self, code: str) -> Category:
        """Return the category; one that is no longer there counts as the last one ("other")."""
        return self._categories.get(code) or self._organisation.categories[-1]

    def categories_beyond(self, skills: Collection[str]) -> list[str]:
        """Return the categories that need a skill, and none of these will do."""
        held = self._organisation.categories
        return [one.code for one in held if one.skills and set(one.skills).isdisjoint(skills)]

    def guess_category(self, words: str) -> str | None:
        """Return the category that the words speak of, None when that is not sure."""
        return category.guess(words, self._keywords)

    def clear_category(self, words: str) -> str | None:
        """Return the category of words that say it outright, None for a mere hint."""
        return category.guess(words, self._keywords, least=category.CLEAR)

    def asks_later(self, code: str) -> bool:
        """Say whether it is asked weeks after whether it is still good: what tends to come back."""
        said = self.category_or_other(code).later
        return code in LATER_CATEGORIES if said is None else said

    @property
    def check_rate(self) -> float:
        """Return which part of the answered cases the supervisor calls about."""
        return self._organisation.callback.check_rate

    @property
    def not_on_the_board(self) -> tuple[str, ...]:
        """Return the categories that are not shown on the screen in the lobby."""
        return self._organisation.board.hidden

    @property
    def series(self) -> dict[str, Series]:
        """Return the series of meetings as the file has them, by code."""
        return {one.code: one.meant() for one in self._organisation.series}

    @property
    def weights(self) -> Weights:
        """Return what each of the three rates counts for."""
        return self._organisation.figures.meant()

    @property
    def street_contacts(self) -> tuple[int, ...]:
        """Return the Telegram ids of those at the street who get the month's figures."""
        return self._organisation.figures.street_contacts

    def kind_tiles(self) -> list[dict[str, Any]]:
        """Return the categories as tiles, in the order of the file."""
        held = [one for one in self._organisation.categories if not one.closed]
        return [{"code": c.code, "icon": c.icon, "name": c.name.model_dump()} for c in held]

    def clock_of(self, code: str, *, urgent: bool = False) -> Clock:
        """Return the clock of a category's kind, or that of emergencies."""
        kind = EMERGENCY if urgent else self.category_or_other(code).kind
        return Clock(kind, self._limits[kind], self.calendar)

    def templates(self, use: str, code: str, language: str) -> list[dict[str, Any]]:
        """Return the ready sentences for a use that fit a category, its own ones first."""
        held = [one for one in self._organisation.templates if one.use == use]
        fitting = [one for one in held if not one.categories or code in one.categories]
        fitting.sort(key=lambda one: not one.categories)
        return [one.facts(language) for one in fitting]


async def community_of(uow: UnitOfWork, community_id: int) -> Community:
    """Return the community, with the calendar of these years; raises LookupError for none."""
    year = uow.now.year
    key = f"community {community_id} in {year}"
    if key not in uow.kept:
        document = await communities.organisation(uow, community_id)
        held, words = Organisation.model_validate(document), uow.given["place_words"]
        uow.kept[key] = Community(held, words, (year - 1, year, year + 1))
    found: Community = uow.kept[key]
    return found
