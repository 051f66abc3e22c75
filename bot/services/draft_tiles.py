"""What a report can be made of by tapping: pages of categories and places, places that are known.

Knows no draft.
"""

from typing import Any

from bot.domain.person import Person
from bot.domain.place import Place
from bot.domain.settings import Settings
from bot.services.community import Community

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
