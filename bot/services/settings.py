"""What a person chooses: language, large text, alerts, quiet hours, home."""

from dataclasses import replace
from typing import Any

from bot.domain.budget import Notices, Sort, fewer
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.role import Role
from bot.domain.settings import SERVES, Settings
from bot.services import menu, tell_case, volunteer
from bot.services.case import find as find_case
from bot.services.community import Community, community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import card as cards
from storage import person as people

LANGUAGES = ("zh_CN", "en")
SWITCHES = ("large", "alerts", "quiet")
BEGINS = ("20:00", "21:00", "21:30", "22:00", "23:00", "00:00")
ENDS = ("06:00", "07:00", "07:30", "08:00", "09:00", "10:00")
TILES = 6
_FEWER = "fewer"  # under which thing of each sort was pressed last that fewer are wanted
CARDS = 8  # live cards that are drawn in the new language at once


async def facts(uow: UnitOfWork, who: Person) -> dict[str, Any]:
    """Return what the card of settings shows."""
    community = await community_of(uow, who.community_id)
    held = Settings.of(who)
    home = community.place_of_home(who.home)
    return {
        **{name: getattr(held, name) for name in SWITCHES},
        "wish": await volunteer.is_waiting(uow, who),
        "hours": _hours(who, community),
        "serves": who.holds_somewhere(*SERVES),
        "volunteer": who.holds_somewhere(Role.VOLUNTEER),
        "home": home.text if home else None,
    }


def _hours(who: Person, community: Community) -> str:
    """Return the quiet hours of the person as they are written, such as 21:30-08:00."""
    spans = replace(Settings.of(who), quiet=True).hours(who, community.quiet)
    return ", ".join(f"{one.begins:%H:%M}-{one.ends:%H:%M}" for one in spans)


def change(uow: UnitOfWork, who: Person, **changes: Any) -> Person:
    """Keep what was chosen; return the person as they are now."""
    held = replace(Settings.of(who), **changes)
    changed = replace(who, settings=held.stored(who.settings))
    people.change(uow, changed)
    return changed


def want_fewer(uow: UnitOfWork, who: Person, sort: Sort, thing: int) -> Notices:
    """Let a kind of what is said to many ring one step less; return how often.

    The button below one `thing` counts once, however often it is pressed.
    """
    wish, pressed = Settings.of(who).wish(sort), who.settings.get(_FEWER, {})
    if pressed.get(sort.value) == thing:
        return wish
    kept = {**who.settings, _FEWER: {**pressed, sort.value: thing}}
    wish = fewer(wish)
    change(uow, replace(who, settings=kept), **{sort.value: wish.value})
    return wish


def often(who: Person) -> dict[str, Any]:
    """Return of what the person wants to hear, and how often."""
    held = Settings.of(who)
    sorts = [{"sort": sort.value, "often": held.wish(sort).value} for sort in Sort]
    return {"alerts": held.alerts, "sorts": sorts}


def wish(uow: UnitOfWork, who: Person, sort: str, how: str) -> Person:
    """Keep how often a kind of what is said to many rings; raises Refusal for no such thing."""
    if sort not in set(Sort) or how not in set(Notices):
        raise Refusal("toast.stale")
    return change(uow, who, **{sort: how})


def switch(uow: UnitOfWork, who: Person, name: str, *, on: bool) -> Person:
    """Turn one choice on or off; raises Refusal for one that there is not."""
    if name not in SWITCHES:
        raise Refusal("toast.stale")
    return change(uow, who, **{name: on})


async def speak(uow: UnitOfWork, who: Person, language: str) -> Person:
    """Speak `language` from now on: the keys, the menu and the live cards change at once."""
    if language not in LANGUAGES:
        raise Refusal("toast.stale")
    if language == who.language:
        return who
    changed = replace(who, language=language)
    people.change(uow, changed)
    changed = menu.fit(uow, changed, anyhow=True)
    tell(uow, changed, "menu.keyboard")
    await redraw_cards(uow, changed)
    return changed


async def redraw_cards(uow: UnitOfWork, who: Person) -> None:
    """Draw the latest live cards of the person's cases as they want them now."""
    community = await community_of(uow, who.community_id)
    for number in await cards.subjects_in(uow, who.community_id, who.telegram_id, "case", CARDS):
        case = await find_case(uow, who, number)
        await tell_case.redraw_message(uow, community, case, who, None)


def move_quiet_hours(uow: UnitOfWork, who: Person, begins: str, ends: str) -> Person:
    """Set the quiet hours of somebody who serves, local; raises Refusal for no such times."""
    if not who.holds_somewhere(*SERVES) or not {begins, ends} <= {*BEGINS, *ENDS}:
        raise Refusal("toast.stale")
    return change(uow, who, quiet=True, begins=begins, ends=ends)


async def live_at(uow: UnitOfWork, who: Person, building: str, unit: str) -> Person:
    """Keep the unit where the person lives; raises Refusal for one that there is not."""
    community = await community_of(uow, who.community_id)
    home = f"{building}-{unit}"
    if community.place_of_home(home) is None:
        raise Refusal("toast.stale")
    changed = replace(change(uow, who, home_asked=True), home=home)
    people.change(uow, changed)
    return changed


async def home_to_ask(uow: UnitOfWork, who: Person) -> dict[str, Any] | None:
    """Return the facts of the question where the person lives; None once it was asked.

    The place of a first report may have answered it already.
    """
    who = (await people.find(uow, who.community_id, [who.id]))[who.id]
    if who.home is not None or Settings.of(who).home_asked:
        return None
    change(uow, who, home_asked=True)
    return await buildings(uow, who, 0)


async def buildings(uow: UnitOfWork, who: Person, page: int) -> dict[str, Any]:
    """Return a page of buildings as tiles; behind the last page comes the first again."""
    community = await community_of(uow, who.community_id)
    tiles = community.building_tiles()
    pages = max(1, -(-len(tiles) // TILES))
    at = page % pages
    return {"buildings": tiles[at * TILES : (at + 1) * TILES], "page": at, "pages": pages}


async def units(uow: UnitOfWork, who: Person, building: str) -> dict[str, Any]:
    """Return the units of a building as tiles; raises Refusal for an unknown building."""
    community = await community_of(uow, who.community_id)
    if building not in {one["code"] for one in community.building_tiles()}:
        raise Refusal("toast.stale")
    return community.unit_tiles(building)
