"""Somebody wants to be erased: they have seven days to think again, then nothing is left of them.

What others need to go on stays without a name: their open cases until they are closed, the
places and dates of the closed ones, what they did in a role. Whoever writes again afterwards is
somebody new.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from bot.domain import privacy as rules
from bot.domain import retention as kept
from bot.domain.audience import KEPT as SERVES
from bot.domain.letter import Recipient
from bot.domain.onbehalf import NOWHERE, account_of, phone_of
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.role import Role
from bot.services.community import Community, community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import audit, due, erase, key, privacy, retention
from storage import case as cases
from storage import community as communities
from storage import person as people
from storage.due import Due

DAY, REMIND = "erase", "erase_remind"
AT_ONCE = 50  # closed cases a night
_LANGUAGE = "zh_CN"  # of whoever was shown a case
_BEGINNING = 12  # signs of what was said, by which it is found in letters to others


async def everywhere(uow: UnitOfWork, telegram_id: int) -> list[Person]:
    """Return who the account is, and was, in each community."""
    here = await people.find_by_telegram(uow, telegram_id)
    left = await people.left_by(uow, telegram_id)
    return ([here] if here else []) + list(left.values())


async def planned(uow: UnitOfWork, who: Person) -> Due | None:
    """Return the wish of the person that stands; None without any."""
    for one in await everywhere(uow, who.telegram_id):
        found = await due.open_of(uow, one.community_id, DAY, str(one.id))
        if found is not None:
            return found
    return None


async def hand_over(uow: UnitOfWork, who: Person) -> dict[str, Any]:
    """Return what the person has to hand over before; nothing when they can go."""
    found: dict[str, Any] = {}
    for one in await everywhere(uow, who.telegram_id):
        for name, n in (await privacy.in_hand(uow, one)).items():
            found[name] = found.get(name, 0) + n
    roles = sorted(one.value for one in who.all_roles - {Role.RESIDENT})
    if roles:
        found["roles"] = roles
        admins = await people.acting(uow, who.community_id, Role.ADMIN)
        found["last_admin"] = [one.id for one in admins] == [who.id]
    return found


async def effects(uow: UnitOfWork, who: Person) -> dict[str, Any]:
    """Return what would become of it all."""
    own = [
        case
        for one in await everywhere(uow, who.telegram_id)
        for case in await cases.reported_by(uow, one.community_id, one.id)
    ]
    open_ = sum(one.closed_at is None for one in own)
    return {"id": who.id, "open": open_, "closed": len(own) - open_}


async def ask(uow: UnitOfWork, who: Person) -> None:
    """Plan it in seven days; raises Refusal when something has to be handed over before."""
    if await hand_over(uow, who):
        raise Refusal("refusal.hand_over")
    occurrence = uow.now.isoformat()
    subject, community = str(who.id), who.community_id
    due.plan_new(uow, Due(community, DAY, subject, occurrence, uow.now + rules.GRACE))
    due.plan_new(uow, Due(community, REMIND, subject, occurrence, uow.now + rules.REMINDED))
    await audit.add(uow, community, who.id, rules.ASKED, f"person:{who.id}")


async def take_back(uow: UnitOfWork, who: Person) -> None:
    """Let everything stay; raises Refusal when nothing was planned."""
    found = await planned(uow, who)
    if found is None:
        raise Refusal("toast.stale")
    for kind in (DAY, REMIND):
        due.cancel(uow, found.community_id, kind, found.subject)
    await audit.add(uow, who.community_id, who.id, rules.TAKEN_BACK, f"person:{who.id}")


async def remind(uow: UnitOfWork, row: Due) -> None:
    """Say a day before that it is tomorrow."""
    who = await _whose(uow, row)
    if who is not None and (found := await planned(uow, who)) is not None:
        zone = (await community_of(uow, who.community_id)).zone
        tell(uow, who, "privacy.tomorrow", id=who.id, at=found.due_at.isoformat(), zone=zone)


async def _whose(uow: UnitOfWork, row: Due) -> Person | None:
    """Return who the person of a due row is now: they may live in another community."""
    found = await people.find(uow, row.community_id, [int(row.subject)])
    there = found.get(int(row.subject))
    return None if there is None else await people.find_by_telegram(uow, there.telegram_id) or there


async def carry_out(uow: UnitOfWork, row: Due) -> None:
    """Erase the person wherever they are and were, unless they serve again by now."""
    who = await _whose(uow, row)
    if who is None or who.telegram_id >= NOWHERE:
        return
    if needs := await hand_over(uow, who):
        tell(uow, who, "privacy.not_erased", **needs)
        return
    all_ = await everywhere(uow, who.telegram_id)
    needles = [found for one in all_ for found in await _needles(uow, one)]
    for one in all_:
        await _erase(uow, one)
    await _count(uow, all_)
    await erase.account(uow, who.telegram_id, needles)
    await _out_of_files(uow, who.telegram_id)


async def _count(uow: UnitOfWork, all_: Iterable[Person]) -> None:
    for one in all_:
        zone = (await community_of(uow, one.community_id)).calendar.zone
        month = f"{uow.now.astimezone(zone):%Y-%m}"
        await retention.count(uow, one.community_id, month, kept.ERASED, 1)


async def _needles(uow: UnitOfWork, who: Person) -> list[str]:
    """Return what tells the person in letters to others: names, numbers, doors, their words."""
    own = await cases.reported_by(uow, who.community_id, who.id)
    said = [one.words[:_BEGINNING] for one in own] + [one.door or "" for one in own]
    held = who.settings.get(SERVES) or {}
    return [who.name, phone_of(who) or "", str(held.get("phone") or ""), *said]


async def _erase(uow: UnitOfWork, who: Person) -> None:
    uow.pictures_dropped += await erase.pictures(uow, who)
    community = await community_of(uow, who.community_id)
    closed = await erase.closed_cases(uow, who)
    await _empty(uow, community, who.community_id, closed, but=who.telegram_id)
    alias = rules.alias(who.id)
    await erase.person(uow, who, alias, account_of(who.id))
    key.destroy(uow, who.community_id, who.id)
    await audit.add(uow, who.community_id, None, rules.ERASED, f"person:{who.id}")


async def _empty(
    uow: UnitOfWork,
    community: Community,
    community_id: int,
    closed: dict[int, str | None],
    but: int | None = None,
) -> None:
    """Take the words out of closed cases; who was shown them is shown a line instead."""
    for code, given in groupby(sorted(closed, key=lambda n: closed[n] or ""), key=closed.get):
        numbers = list(given)
        place = community.part_name("building", code) if code else ""
        shown = await erase.empty_cases(uow, community_id, numbers, place)
        _redraw(uow, community_id, ((chat, id_) for chat, id_ in shown if chat != but))


def _redraw(uow: UnitOfWork, community_id: int, shown: Iterable[tuple[int, int]]) -> None:
    for chat, message_id in shown:
        tell(
            uow,
            Recipient(community_id, chat, _LANGUAGE),
            "privacy.case_gone",
            message_id=message_id,
        )


async def _out_of_files(uow: UnitOfWork, telegram_id: int) -> None:
    """Take the person out of the organisation as it was imported; the operator has the file."""
    for community_id, code in (await communities.codes(uow)).items():
        document = dict(await communities.organisation(uow, community_id))
        kept = {
            name: [one for one in document.get(name) or () if one["telegram_id"] != telegram_id]
            for name in ("people", "seats")
            if document.get(name)
        }
        if any(len(rows) != len(document[name]) for name, rows in kept.items()):
            await communities.keep(uow, code, {**document, **kept})


async def empty_closed(uow: UnitOfWork, community_id: int) -> int:
    """Take the words out of cases of erased people that were closed since; return how many."""
    closed = await privacy.erased_with_words(uow, community_id, NOWHERE, AT_ONCE)
    if closed:
        await _empty(uow, await community_of(uow, community_id), community_id, closed)
    return len(closed)
