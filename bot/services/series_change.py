"""Organizers' screens: which series there are; making one, moving it, pausing it."""

from typing import Any
from zlib import crc32

from bot.domain.meeting import Series
from bot.domain.person import Person
from bot.domain.recurrence import Rule
from bot.domain.refusal import Refusal
from bot.services import recurrence, series
from bot.services.community import Community, community_of
from bot.services.meeting import is_organizer
from bot.services.meeting_shown import place_of
from bot.services.organisation_series import SeriesRow, rule_of
from bot.services.unit_of_work import UnitOfWork
from storage import audit
from storage import person as people
from storage import series as stored
from storage.counter import next_number

NAME, PLACE = 12, 20  # characters
_OWN = "own"  # what the codes of those made in the chat begin with


def number_of(code: str) -> int:
    """Return the number that stands for a code in a button."""
    return crc32(code.encode())


async def listing(uow: UnitOfWork, who: Person) -> dict[str, Any]:
    """Return every series; raises Refusal."""
    community = await _checked(uow, who)
    found = await series.all_of(uow, community, who.community_id)
    return {"series": [await _facts(uow, community, one) for one in found.values()]}


async def show(uow: UnitOfWork, who: Person, number: int) -> dict[str, Any]:
    """Return one series with its next dates; raises Refusal."""
    community = await _checked(uow, who)
    return await _facts(uow, community, await _find(uow, community, who, number))


async def _checked(uow: UnitOfWork, who: Person) -> Community:
    if not is_organizer(who):
        raise Refusal("refusal.not_yours", who=["organizer"])
    return await community_of(uow, who.community_id)


async def _find(uow: UnitOfWork, community: Community, who: Person, number: int) -> Series:
    for one in (await series.all_of(uow, community, who.community_id)).values():
        if number_of(one.code) == number:
            return one
    raise Refusal("toast.stale")


async def _facts(uow: UnitOfWork, community: Community, one: Series) -> dict[str, Any]:
    rule = rule_of(one)
    secretary = (
        await people.find_by_telegram(uow, one.secretary) if one.secretary is not None else None
    )
    return {
        "id": number_of(one.code),
        "version": one.version,
        "series": one.code,
        "name": one.name,
        "text": one.rule,
        "rule": recurrence.rule_facts(rule),
        **recurrence.five(community, rule, uow.now),
        "place": place_of(community, one.place),
        "secretary": secretary.name if secretary else "",
        "paused": one.paused,
    }


async def change(
    uow: UnitOfWork, who: Person, number: int, version: int, **changes: Any
) -> dict[str, Any]:
    """Write what is different from now on, and plan anew; raises Refusal."""
    community = await _checked(uow, who)
    one = await _find(uow, community, who, number)
    if one.version != version:
        raise Refusal("toast.stale")
    held = (await stored.all_of(uow, who.community_id)).get(one.code)
    row = SeriesRow.model_validate({**_document(one), **changes})
    document = row.model_dump(mode="json")
    if held is None:
        stored.add(uow, who.community_id, one.code, document, who.id)
    else:
        stored.change(uow, who.community_id, one.code, version + 1, document, who.id)
    await audit.add(
        uow, who.community_id, who.id, "series_changed", f"series:{one.code}", **changes
    )
    await uow.flush()
    await series.plan_ahead(uow, who.community_id)
    return await show(uow, who, number)


def _document(one: Series) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "rule": one.rule,
        "begins": f"{one.begins:%H:%M}",
        "minutes": one.minutes,
        "place": one.place,
        "holidays": one.policy,
        "secretary": one.secretary,
        "invites": list(one.invites),
        "paused": one.paused,
    }


async def keep_rule(
    uow: UnitOfWork, who: Person, number: int, version: int, rule: Rule
) -> dict[str, Any]:
    """Let the meetings be by another rule, and take place again; raises Refusal."""
    return await change(
        uow,
        who,
        number,
        version,
        rule=rule.text,
        begins=f"{rule.at:%H:%M}",
        minutes=int(rule.lasts.total_seconds() // 60),
        holidays=rule.on_holiday.value,
        paused=False,
    )


async def make(uow: UnitOfWork, who: Person, name: str) -> dict[str, Any]:
    """Make a series of a name, paused until its time is chosen; raises Refusal."""
    await _checked(uow, who)
    name = name.strip()
    if not 0 < len(name) <= NAME:
        raise Refusal("refusal.series_name")
    code = f"{_OWN}{await next_number(uow, who.community_id, 'series')}"
    row = SeriesRow(code=code, name=name, paused=True)
    stored.add(uow, who.community_id, code, row.model_dump(mode="json"), who.id)
    await audit.add(uow, who.community_id, who.id, "series_made", f"series:{code}", name=name)
    await uow.flush()
    return await show(uow, who, number_of(code))


async def set_place(
    uow: UnitOfWork, who: Person, number: int, version: int, words: str
) -> dict[str, Any]:
    """Let the meetings be somewhere else: a spot by its name, or words; raises Refusal."""
    community = await _checked(uow, who)
    words = words.strip()
    if not words or len(words) > PLACE:
        raise Refusal("common.too_long", limit=PLACE)
    named = next((one["code"] for one in community.place_tiles() if one["name"] == words), words)
    return await change(uow, who, number, version, place=named)


async def set_secretary(
    uow: UnitOfWork, who: Person, number: int, version: int, words: str
) -> dict[str, Any]:
    """Let somebody keep the minutes whose name was written, "" for nobody; raises Refusal."""
    await _checked(uow, who)
    if not words.strip():
        return await change(uow, who, number, version, secretary=None)
    found = await people.named(uow, who.community_id, words.strip())
    found = [one for one in found if one.name == words.strip()] or found
    if len(found) != 1:
        raise Refusal("refusal.nobody_named", n=len(found))
    return await change(uow, who, number, version, secretary=found[0].telegram_id)
