"""The community as the use cases ask it: places, categories, clocks, telephone numbers.

Parsed once from the organisation that was imported, and kept while the process runs.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain import category, estate
from bot.domain.budget import Hours
from bot.domain.calendar import Calendar
from bot.domain.callback import LATER_CATEGORIES
from bot.domain.flood import Allowance
from bot.domain.limits import DEFAULTS, EMERGENCY, Clock, Terms
from bot.domain.place import Place, PlaceParser, PlaceWords
from bot.domain.urgency import UrgentWords, is_urgent
from bot.services.organisation_model import Building, Category, Organisation
from bot.services.unit_of_work import UnitOfWork
from storage import community as communities

WHOLE_BUILDING = "0"
OTHER = "other"
_PLACE_WORDS = (
    *("building", "unit", "floor", "door"),
    *("counted", "loose", "counters", "joiners", "parts", "many", "near_door"),
    *("leads", "ends", "events"),
)


class Community:
    """One community; read-only."""

    def __init__(self, organisation: Organisation, words: Mapping[str, Any]) -> None:
        self._organisation = organisation
        self._unit_word: str = words["unit"][0]
        self._floor_word: str = words["floor_shown"]
        self._buildings = {one.code: one for one in organisation.buildings}
        self._spots = {one.code: one for one in organisation.spots}
        self._categories = {one.code: one for one in organisation.categories}
        self._terms = organisation.terms.meant()
        self._limits = {kind: organisation.limits_of(kind) for kind in DEFAULTS}
        self._keywords = {one.code: one.keywords for one in organisation.categories}
        self._parser = PlaceParser(
            PlaceWords(
                digits=words["digits"],
                before={name: tuple(said) for name, said in words["before"].items()},
                **{name: tuple(words[name]) for name in _PLACE_WORDS},
            )
        )

    @cached_property
    def _numbers(self) -> dict[str, str]:
        """Return the number of each building, as people say it, by its code."""
        spoken = {one.code: self._parser.find(one.name) for one in self._organisation.buildings}
        return {code: said.building if said else code for code, said in spoken.items()}

    @property
    def name(self) -> str:
        """Return the name that people know."""
        return self._organisation.community.name

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
        """Return the calendar of the community."""
        held = self._organisation.community
        return Calendar(ZoneInfo(held.time_zone), held.opens, held.closes)

    @property
    def quiet(self) -> tuple[Hours, ...]:
        """Return the quiet hours of residents, local; the night comes first."""
        held = self._organisation.quiet
        return (Hours(*held.night), Hours(*held.noon))

    @cached_property
    def flood(self) -> Allowance:
        """Return how much one resident may send."""
        return self._organisation.flood.meant()

    @property
    def terms(self) -> Terms:
        """Return how long and how often people may come back to a case."""
        return self._terms

    @property
    def teams(self) -> list[dict[str, str]]:
        """Return the teams in the order of the file."""
        return [{"code": one.code, "name": one.name} for one in self._organisation.teams]

    # --- categories ---------------------------------------------------------------------

    def category(self, code: str) -> Category | None:
        """Return the category, None when there is none with this code."""
        return self._categories.get(code)

    def category_or_other(self, code: str) -> Category:
        """Return the category; one that is no longer there counts as the last one ("other")."""
        return self._categories.get(code) or self._organisation.categories[-1]

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

    def kind_tiles(self) -> list[dict[str, Any]]:
        """Return the categories as tiles, in the order of the file."""
        held = self._organisation.categories
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

    # --- places -------------------------------------------------------------------------

    def place_tiles(self) -> list[dict[str, str]]:
        """Return buildings and shared spots as tiles, in the order of the file."""
        return self._place_tiles

    @cached_property
    def _place_tiles(self) -> list[dict[str, str]]:
        spots = [{"code": one.code, "name": one.name} for one in self._organisation.spots]
        return self.building_tiles() + spots

    def building_tiles(self) -> list[dict[str, str]]:
        """Return the buildings as tiles, in the order of the file."""
        return [{"code": one.code, "name": one.name} for one in self._organisation.buildings]

    def unit_tiles(self, code: str) -> dict[str, Any]:
        """Return the units of a building as tiles."""
        building = self._buildings[code]
        units = [{"code": str(n), "name": self._unit_name(n)} for n in _units(building)]
        return {"building": {"code": code, "name": building.name}, "units": units}

    def place_of_building(self, code: str) -> Place | None:
        """Return the building or the spot; of a building with units the unit is still open."""
        if code in self._spots:
            return Place(self._spots[code].name)
        building = self._buildings.get(code)
        if building is None:
            return None
        return Place(None if building.units else building.name, building.code)

    def place_of_unit(self, code: str, unit: str) -> Place | None:
        """Return the unit of a building, or the whole building for `WHOLE_BUILDING`."""
        building = self._buildings.get(code)
        if building is None:
            return None
        if unit == WHOLE_BUILDING:
            return Place(building.name, code, unit)
        if not unit.isdecimal() or int(unit) not in _units(building):
            return None
        return Place(building.name + self._unit_name(int(unit)), code, unit)

    def place_of_home(self, home: str | None) -> Place | None:
        """Return the place where somebody lives, from its code such as "3-2"."""
        building, _, unit = (home or "").partition("-")
        return self.place_of_unit(building, unit)

    def home_code(self, building: str | None, unit: str | None) -> str | None:
        """Return the code of a home; None when the place is no single unit."""
        return f"{building}-{unit}" if building and unit not in (None, "", WHOLE_BUILDING) else None

    def place_code(self, facts: Mapping[str, Any]) -> str | None:
        """Return the code by which a draft's place is remembered; None for own words."""
        building, unit = facts.get("building"), facts.get("unit")
        if building:
            return f"{building}-{unit or WHOLE_BUILDING}"
        return next((s.code for s in self._spots.values() if s.name == facts.get("place")), None)

    def place_of_code(self, code: str) -> Place | None:
        """Return the place that is remembered by its code."""
        return self.place_of_building(code) if code in self._spots else self.place_of_home(code)

    def find_place(self, words: str) -> Place | None:
        """Return the place that the words name, None when that is not sure."""
        spoken = self._parser.find(words)
        code = None if spoken is None else self._building_meant(spoken.building, words)
        if spoken is None or code is None:
            return next((Place(s.name) for s in self._spots.values() if s.name in words), None)
        if spoken.unit is None:
            return self.place_of_building(code)
        place = self.place_of_unit(code, spoken.unit)
        if place is None:
            return None
        floor = f" {spoken.floor}{self._floor_word}" if spoken.floor else ""
        return replace(place, text=f"{place.text}{floor}", door=spoken.door)

    def _building_meant(self, number: str, words: str) -> str | None:
        """Return the code of the building; None when none, or several estates have this number."""
        held = self._organisation
        named = estate.named_in(words, {one.code: one.name for one in held.estates})
        meant = [
            one.code
            for one in held.buildings
            if self._numbers[one.code] == number and (not named or one.estate in named)
        ]
        return meant[0] if len(meant) == 1 else None

    def is_where(self, words: str) -> bool:
        """Say whether the words say where something is, and nothing of what it is."""
        return self._parser.is_where(words)

    def says_more(self, words: str) -> bool:
        """Say whether words that name a place say something else as well."""
        return self._parser.says_more(words)

    def building_name(self, code: str) -> str:
        """Return the name of the building."""
        return self._buildings[code].name

    def building_of(self, place: str) -> str | None:
        """Return the code of the building in which a case's place lies; None for a spot."""
        found = self.find_place(place)
        return None if found is None else found.building

    def without_door(self, words: str, known: str | None = None) -> str:
        """Return the words with the numbers of doors taken out, for those who need not know.

        A door that is `known` is found also where nothing says that it is one.
        """
        return self._parser.without_door(words, known)

    def _unit_name(self, number: int) -> str:
        return f"{number}{self._unit_word}"


def _units(building: Building) -> range:
    return range(1, building.units + 1)


async def community_of(uow: UnitOfWork, community_id: int) -> Community:
    """Return the community; raises LookupError when it was never imported."""
    key = f"community {community_id}"
    if key not in uow.kept:
        document = await communities.organisation(uow, community_id)
        uow.kept[key] = Community(Organisation.model_validate(document), uow.given["place_words"])
    found: Community = uow.kept[key]
    return found
