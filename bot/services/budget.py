"""The one place that decides when a letter becomes due, and whether it rings at all.

Called at the end of the transaction that causes the letters, when all of them are known. The
rules are those of bot/domain/budget.py.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.broadcast import Broadcast, Way
from bot.domain.budget import (
    PICTURES,
    PROGRESS,
    WEEK,
    Reason,
    Sort,
    always_passes,
    digest_after,
    is_told_at_once,
    may_ring,
    quiet_until,
)
from bot.domain.person import Person
from bot.domain.settings import SERVES, Settings
from bot.services.community import Community, community_of
from bot.services.unit_of_work import UnitOfWork
from storage import digest, due, told
from storage import letter as letters
from storage import person as people
from storage.broadcast_letters import Share
from storage.due import Due
from storage.letter import Gathered

MERGE = "morning"
AFTER = timedelta(minutes=1)  # what is merged goes first, what is left over follows


async def decide(uow: UnitOfWork) -> None:
    """Say of each letter that is news when it is due; drop what the live card says as well."""
    news = [one for one in letters.gathered(uow) if one.values["reason"] is Reason.NEWS]
    await people.load_by_telegram(uow, [one.values["chat_id"] for one in news])
    _one_a_change(news)
    for one in news:
        if not one.dropped:
            await _decide(uow, one)


def _one_a_change(news: list[Gathered]) -> None:
    """Keep of several alerts about one case in one chat the last, if the others are progress."""
    later: set[tuple[int, int]] = set()
    for one in reversed(news):
        kind, about = one.values["kind"], (one.values["chat_id"], one.values["subject"])
        if one.values["subject"] is None or kind in PICTURES or one.values["card_id"] is not None:
            continue
        one.dropped = kind in PROGRESS and about in later
        later.add(about)


async def _decide(uow: UnitOfWork, one: Gathered) -> None:
    values = one.values
    who = await people.find_by_telegram(uow, values["chat_id"])
    if who is not None and values["kind"] in PROGRESS and not await _may_ring(uow, who, one):
        one.dropped = True
        return
    if _is_alert(one):  # what waits about the same case has become old
        told.let_lapse(uow, values["community_id"], values["subject"], values["chat_id"])
    if always_passes(values["kind"], urgent=_is_urgent(values["facts"])):
        values["reason"] = Reason.URGENT
        return
    community = await community_of(uow, values["community_id"])
    until = _quiet_until(community, who, max(values["due_at"], uow.now))
    if until is None:
        return
    if who is None:  # a group: it is shown, and does not ring
        values["silent"] = True
        return
    about = values["community_id"], values["chat_id"], values["kind"]
    values["due_at"], values["reason"] = await _held_until(uow, *about, until), Reason.QUIET
    # Somebody who was never asked need not hear in the morning that others were quicker.
    one.dropped = values["facts"].get("view") == "onlooker"


async def _may_ring(uow: UnitOfWork, who: Person, one: Gathered) -> bool:
    values = one.values
    rung = await told.count_rung(uow, values["community_id"], values["chat_id"], values["subject"])
    return may_ring(values["kind"], alerts=Settings.of(who).alerts, rung=rung)


def _is_alert(one: Gathered) -> bool:
    values = one.values
    about_a_case = values["subject"] is not None and values["card_id"] is None
    return about_a_case and values["kind"] not in PICTURES


def _is_urgent(facts: Mapping[str, Any]) -> bool:
    case = facts.get("case")
    return bool((case if isinstance(case, Mapping) else facts).get("urgent"))


async def hold_late(uow: UnitOfWork) -> None:
    """Hold what fell due while the bot was away and would ring now, in quiet hours."""
    for one in await told.late_news(uow):
        who = await people.find_by_telegram(uow, one.chat_id)
        if who is None or always_passes(one.kind, urgent=_is_urgent(one.facts)):
            continue
        community = await community_of(uow, one.community_id)
        until = _quiet_until(community, who, uow.now)
        if until is not None:
            at = await _held_until(uow, one.community_id, one.chat_id, one.kind, until)
            told.hold(uow, one.community_id, one.id, at)


async def _held_until(
    uow: UnitOfWork, community_id: int, chat_id: int, kind: str, until: datetime
) -> datetime:
    """Return when (UTC) a letter goes that waits until then; progress is merged before it does."""
    if kind not in PROGRESS:
        return until
    await due.plan(uow, Due(community_id, MERGE, str(chat_id), until.isoformat(), until))
    return until + AFTER


def _quiet_until(community: Community, who: Person | None, at: datetime) -> datetime | None:
    """Return when (UTC) the quiet hours end in which `at` lies, None when it may ring."""
    usual = community.quiet
    hours = usual[:1] if who is None else Settings.of(who).hours(who, usual)
    return quiet_until(at, ZoneInfo(community.zone), hours)


async def shares(
    uow: UnitOfWork, community: Community, one: Broadcast, people_: Sequence[Person]
) -> list[Share]:
    """Return how and when each of the people gets what is said to many.

    Emergencies pass; else a resident gets two a week and one a day, the rest in their digest.
    """
    ids = [who.id for who in people_]
    known = {} if one.urgent else await digest.told(uow, one.community_id, ids, uow.now - WEEK)
    return [_share(uow, community, one, who, known.get(who.id, ())) for who in people_]


def _share(
    uow: UnitOfWork,
    community: Community,
    one: Broadcast,
    who: Person,
    known: Sequence[tuple[Way, datetime]],
) -> Share:
    to = (who.id, who.telegram_id, who.language, Settings.of(who).large)
    if one.urgent:
        return Share(*to, Way.LETTER, uow.now, Reason.URGENT)
    way, at = _way(uow.now, community, who, known, one.sort)
    held = way is Way.LETTER and at > uow.now
    return Share(*to, way, at, Reason.QUIET if held else Reason.NEWS)


async def way_of_survey(uow: UnitOfWork, community: Community, who: Person) -> tuple[Way, datetime]:
    """Return how and when (UTC) somebody is told of a survey: the same two a week hold for it."""
    known = await digest.told(uow, who.community_id, [who.id], uow.now - WEEK)
    return _way(uow.now, community, who, known.get(who.id, ()), Sort.SURVEY)


def _way(
    now: datetime,
    community: Community,
    who: Person,
    known: Sequence[tuple[Way, datetime]],
    sort: Sort,
) -> tuple[Way, datetime]:
    held, zone = Settings.of(who), ZoneInfo(community.zone)
    at, wish = _quiet_until(community, who, now) or now, held.wish(sort)
    serves = who.holds_somewhere(*SERVES)
    if is_told_at_once(wish, [when for _, when in known], at, zone, serves=serves):
        return Way.LETTER, at
    return Way.DIGEST, digest_after(wish, now, zone)
