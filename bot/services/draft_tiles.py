"""What a report can be made of by tapping: pages of categories and places, places that are known.

Knows no draft.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain.person import Person
from bot.domain.place import Place
from bot.domain.settings import Settings
from bot.services.community import Community
from bot.services.unit_of_work import UnitOfWork
from storage import person as people

TILES = 6
BUILDINGS_A_PAGE = 5


def last_place(community: Community, who: Person) -> Place | None:
    """Return the place of the person's last report."""
    return community.place_of_code(Settings.of(who).last_place)


def usual_place(community: Community, who: Person) -> Place | None:
    """Return where it probably is: where a code was scanned, the building of the last report, home.

    A shared spot of the last report is only offered: it was about the spot.
    """
    standing = Settings.of(who).standing
    if standing and (place := community.place_of_code(standing)) is not None:
        return place
    last = last_place(community, who)
    return last if last and last.building else community.place_of_home(who.home)


def kind_page(community: Community, page: int) -> dict[str, Any]:
    """Return one page of the categories as tiles; behind the last comes the first again."""
    tiles = community.kind_tiles()
    pages = max(1, -(-len(tiles) // TILES))
    first = page % pages * TILES
    return {"tiles": tiles[first : first + TILES], "page": page % pages, "pages": pages}


def place_page(community: Community, who: Person, page: int) -> dict[str, Any]:
    """Return one page of buildings and spots as tiles, and the places that are known."""
    tiles = community.place_tiles()
    pages = max(1, -(-len(tiles) // BUILDINGS_A_PAGE))
    first = min(page, pages - 1) * BUILDINGS_A_PAGE
    return {
        **known_places(community, who),
        "buildings": tiles[first : first + BUILDINGS_A_PAGE],
        "page": min(page, pages - 1),
        "pages": pages,
    }


def known_places(community: Community, who: Person) -> dict[str, Any]:
    """Return the places of the last report and of home, as far as they are known and differ."""
    home, last = community.place_of_home(who.home), last_place(community, who)
    known = home.text if home else None
    return {"home": known, "last": last.text if last and last.text != known else None}


def remember_place(
    uow: UnitOfWork, community: Community, who: Person, facts: Mapping[str, Any]
) -> None:
    """Remember where a report was about; of the first one as the home of who never said so."""
    home = community.home_code(facts.get("building"), facts.get("unit"))
    held = Settings.of(who)
    place = community.place_code(facts) or held.last_place
    last = replace(held, last_place=place, standing="")
    if last != held or (who.home is None and home is not None):
        people.change(uow, replace(who, home=who.home or home, settings=last.stored(who.settings)))
