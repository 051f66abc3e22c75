"""The places of a community: estates, buildings, units and spots, and how people say them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from bot.domain import estate
from bot.domain.area import BUILDING, ESTATE, EVERYWHERE, GRID, NOWHERE, Area, scope
from bot.domain.code import SPOT_KINDS, Standing
from bot.domain.duplicate import place_key
from bot.domain.place import Place, PlaceParser, PlaceWords
from bot.services.organisation_bodies import Company, Grid
from bot.services.organisation_model import Building, Estate, Organisation

WHOLE_BUILDING = "0"
_PLACE_WORDS = (
    *("building", "unit", "floor", "door"),
    *("counted", "loose", "counters", "joiners", "parts", "many", "near_door"),
    *("leads", "ends", "events"),
)


class Places:
    """Where things are in one community; read-only."""

    def __init__(self, organisation: Organisation, words: Mapping[str, Any]) -> None:
        self._organisation = organisation
        self._unit_word: str = words["unit"][0]
        self._floor_word: str = words["floor_shown"]
        self._buildings = {one.code: one for one in organisation.buildings}
        self._spots = {one.code: one for one in organisation.spots}
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

    def place_tiles(self) -> list[dict[str, str]]:
        """Return buildings and shared spots as tiles, in the order of the file."""
        return self._place_tiles

    @cached_property
    def _place_tiles(self) -> list[dict[str, str]]:
        spots = [one for one in self._organisation.spots if not one.closed]
        return self.building_tiles() + [{"code": one.code, "name": one.name} for one in spots]

    def building_tiles(self) -> list[dict[str, str]]:
        """Return the buildings as tiles, in the order of the file."""
        held = [one for one in self._organisation.buildings if not one.closed]
        return [{"code": one.code, "name": one.name} for one in held]

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
        if not building or not unit or unit == WHOLE_BUILDING:
            return None
        return f"{building}-{unit}"

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

    def says_where(self, words: str) -> bool:
        """Say whether the words name a place, even one of several, or one that is not here."""
        return self.find_place(words) is not None or self._parser.names_building(words)

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

    def figures(self, words: str) -> str:
        """Return the words with figures for spelled numbers, sign by sign."""
        return self._parser.in_figures(words)

    def building_name(self, code: str) -> str:
        """Return the name of the building."""
        return self._buildings[code].name

    def building_of(self, place: str) -> str | None:
        """Return the code of the building in which a case's place lies; None for a spot."""
        found = self.find_place(place)
        return None if found is None else found.building

    def without_door(self, words: str, known: str | None = None, mark: str = "") -> str:
        """Return the words with a mark for the numbers of doors, for those who need not know.

        A door that is `known` is found also where nothing says that it is one.
        """
        return self._parser.without_door(words, known, mark)

    @cached_property
    def scopes(self) -> tuple[str, ...]:
        """Return where roles can be given: the whole community, its estates, its grids."""
        held = self._organisation
        estates = (scope(ESTATE, one.code) for one in held.estates if not one.closed)
        grids = (scope(GRID, one.code) for one in held.grids if not one.closed)
        return (EVERYWHERE, *estates, *grids)

    @cached_property
    def within(self) -> Mapping[str, frozenset[str]]:
        """Return which scopes lie wholly in each: buildings, and grids within one estate."""
        held: dict[str, set[str]] = {}
        estates: dict[str, set[str]] = {}
        for one in self._organisation.buildings:
            area = area_in(self._organisation, one)
            parts = area.scopes - {EVERYWHERE, scope(BUILDING, one.code)}
            for part in parts:
                held.setdefault(part, set()).add(scope(BUILDING, one.code))
            if area.grid is not None:
                estates.setdefault(area.grid, set()).add(scope(ESTATE, one.estate))
        for grid, meant in estates.items():
            if len(meant) == 1:
                held[min(meant)].add(scope(GRID, grid))
        return {part: frozenset(found) for part, found in held.items()}

    def scope_name(self, part: str) -> str | None:
        """Return what a part is called, its code when it is not there; None for everywhere."""
        kind, _, code = part.partition(":")
        held = self._organisation
        tables: dict[str, Sequence[Estate | Grid | Building]] = {
            ESTATE: held.estates,
            GRID: held.grids,
            BUILDING: held.buildings,
        }
        return next((one.name for one in tables.get(kind, ()) if one.code == code), code or None)

    def estate_name(self, code: str) -> str:
        """Return the name of an estate, its code when it is not there."""
        held = self._organisation.estates
        return next((one.name for one in held if one.code == code), code)

    def spots_in(self, place: str) -> frozenset[str]:
        """Return the codes of the shared spots that a case's place names."""
        return frozenset(one.code for one in self._spots.values() if one.name in place)

    @cached_property
    def buildings_by_estate(self) -> dict[str, tuple[str, ...]]:
        """Return the buildings of each estate, in the order of the file."""
        held = [one for one in self._organisation.buildings if not one.closed]
        codes = dict.fromkeys(one.estate for one in held)
        return {code: tuple(one.code for one in held if one.estate == code) for code in codes}

    def part_name(self, kind: str, code: str) -> str:
        """Return what people call an estate, a grid, a building or a spot."""
        held = getattr(self._organisation, f"{kind}s")
        return next((str(one.name) for one in held if one.code == code), code)

    def placed(self, place: Place, home: str | None = None) -> dict[str, Any]:
        """Return what a case keeps of its place; `home` is that of who reports."""
        area = self.area(place.building, place.text or "", home)
        company = self.company_of(area.estate)
        return {
            "place": place.text or "",
            "door": place.door,
            "place_key": place_key(place.facts()),
            "company": company.code if company else None,
            **area.codes(),
        }

    def company_of(self, estate: str | None) -> Company | None:
        """Return the company that maintains the estate now; of no estate the one that has all."""
        held = [one for one in self._organisation.companies if not one.closed]
        return next((one for one in held if not one.estates or estate in one.estates), None)

    @property
    def estates(self) -> dict[str, str]:
        """Return the names of the estates by their codes, in the order of the file."""
        return {one.code: one.name for one in self._organisation.estates if not one.closed}

    @property
    def companies(self) -> dict[str, str]:
        """Return the names of the companies by their codes, in the order of the file."""
        return {one.code: one.name for one in self._organisation.companies if not one.closed}

    def area(self, building: str | None, place: str, home: str | None) -> Area:
        """Return in which part of the community a place lies.

        By its building or spot, else by the estate that the words name, else by the home (such as
        "3-2") of who reports; where there is one estate only, it is that.
        """
        held = self._organisation
        code = building or self.building_of(place)
        if code is None:
            names = {one.code: one.name for one in held.estates}
            spots = {one.estate for one in held.spots if one.name in place}
            at_home = {self.area_of_home(home).estate} - {None}
            meant = spots or estate.named_in(place, names) or at_home or {*names}
            return Area(next(iter(meant)) if len(meant) == 1 else None)
        return area_in(held, self._buildings[code]) if code in self._buildings else NOWHERE

    def area_of_home(self, home: str | None) -> Area:
        """Return in which part somebody lives, from the code of the home such as "3-2"."""
        building = self._buildings.get((home or "").partition("-")[0])
        return area_in(self._organisation, building) if building else NOWHERE

    def standing_places(self) -> list[Standing]:
        """Return every unit, building without units and spot: where codes hang."""
        found: list[Standing] = []
        for one in self._organisation.buildings:
            units = [] if one.closed else [str(n) for n in _units(one)] or [WHOLE_BUILDING]
            for unit in units:
                place = self.place_of_unit(one.code, unit)
                name = place.text or one.name if place else one.name
                found.append(Standing(f"{one.code}-{unit}", name))
        spots = [one for one in self._organisation.spots if not one.closed]
        return found + [Standing(one.code, one.name, one.kind) for one in spots]

    def kind_of_spot(self, code: str) -> str:
        """Return what a place is for: a stairwell is like any shared place."""
        return self._spots[code].kind if code in self._spots else SPOT_KINDS[0]

    def _unit_name(self, number: int) -> str:
        return f"{number}{self._unit_word}"


def _units(building: Building) -> range:
    return range(1, building.units + 1)


def area_in(organisation: Organisation, building: Building) -> Area:
    """Return in which part of the community a building lies; a grid of buildings comes first."""
    held = [one for one in organisation.grids if not one.closed]
    grids = [one.code for one in held if building.code in one.buildings]
    grids += [one.code for one in held if building.estate in one.estates]
    return Area(building.estate, next(iter(grids), None), building.code)
