"""What somebody on patrol does: says that they come, arrives, ticks what is wrong, says wishes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.roster import LIMITS, Absence, Member, Roster
from bot.domain.shift import EXPECTED, HAZARDS, ON, Duty, DutyStatus, Shift, ShiftStatus, SwapStatus
from bot.services import finding, hazard, roster_table, roster_week, swap
from bot.services import roster as making
from bot.services.community import community_of
from bot.services.roster_shown import duty_facts, names, shift_facts, where
from bot.services.unit_of_work import UnitOfWork
from storage import roster as rosters
from storage import shift as shifts

EARLY = timedelta(minutes=30)  # before a shift begins one may have arrived
MOST = 3  # duties that the list shows
SPANS = ("week", "month", "two_months")  # how long somebody is away, from today
_DAYS = {"week": 7, "month": 30, "two_months": 61}
KEPT = ON | {DutyStatus.MISSED}  # still stands in a calendar
_SHOWN = {ShiftStatus.PUBLISHED, ShiftStatus.OVER}


async def mine(uow: UnitOfWork, who: Person) -> dict[str, Any]:
    """Return the person's next duties, and whether they belong to a roster or lead one."""
    held = await rosters.memberships(uow, who.community_id, who.id)
    live = await rosters.live(uow, who.community_id)
    shown = await _published(uow, who, live)
    community = await community_of(uow, who.community_id)
    return {
        "duties": shown[:MOST],
        "total": len(shown),
        "member": any(one.id in held for one in live),
        "leads": making.may_make(who) or any(one.leader_id == who.id for one in live),
        "zone": community.zone,
    }


async def ahead(uow: UnitOfWork, who: Person, until: datetime) -> list[dict[str, Any]]:
    """Return the person's duties that begin before an instant (UTC), the earliest first."""
    found = await _published(uow, who, await rosters.live(uow, who.community_id))
    return [one for one in found if datetime.fromisoformat(one["starts"]) < until]


async def _published(uow: UnitOfWork, who: Person, live: Iterable[Roster]) -> list[dict[str, Any]]:
    """Return the person's duties of which they know, the earliest first."""
    community = await community_of(uow, who.community_id)
    by_id = {one.id: one for one in live}
    found = []
    for duty, _, _ in await shifts.of_people(uow, who.community_id, [who.id], uow.now):
        shift = await shifts.find(uow, who.community_id, duty.shift_id)
        if shift is None or shift.status is not ShiftStatus.PUBLISHED or duty.status not in ON:
            continue
        if shift.roster_id in by_id:
            facts = shift_facts(community, by_id[shift.roster_id], shift)
            found.append({**facts, "duty": duty.id, "said": duty.status.value})
    return found


async def show(uow: UnitOfWork, who: Person, duty_id: int) -> dict[str, Any]:
    """Return one duty of the person; raises Refusal."""
    duty = await swap.mine(uow, who, duty_id)
    roster, shift = await _where(uow, duty)
    facts = await duty_facts(uow, roster, shift, duty)
    running = shift.starts - EARLY <= uow.now < shift.ends
    may = shift.status is ShiftStatus.PUBLISHED and duty.status in EXPECTED
    return {
        **facts,
        "may_say": may and uow.now < shift.starts,
        "may_come": may and running,
        "here": duty.status is DutyStatus.CAME and running,
    }


async def entry(uow: UnitOfWork, who: Person, duty_id: int) -> dict[str, Any]:
    """Return the entry of one duty for a calendar: also that it is off. Raises Refusal."""
    duty = await swap.mine(uow, who, duty_id)
    found = await where(uow, duty)
    if found is None:
        raise Refusal("toast.stale")
    roster, shift = found
    facts = await duty_facts(uow, roster, shift, duty)
    off = shift.status is ShiftStatus.CANCELLED or duty.status not in KEPT
    uid = f"shift-{who.community_id}-{shift.id}@linli"
    count = shift.version + duty.version  # both only grow: a later file counts more
    return {**facts, "uid": uid, "title": roster.name, "sequence": count, "off": off}


async def _where(uow: UnitOfWork, duty: Duty) -> tuple[Roster, Shift]:
    found = await where(uow, duty)
    if found is None or found[1].status not in _SHOWN:
        raise Refusal("toast.stale")
    return found


async def come(uow: UnitOfWork, who: Person, duty_id: int) -> None:
    """Say that one comes; who had looked for somebody else looks no more. Raises Refusal."""
    duty = await swap.mine(uow, who, duty_id)
    roster, shift = await swap.standing(uow, duty)
    if duty.status not in EXPECTED:
        raise Refusal("toast.stale")
    await swap.end(uow, duty, SwapStatus.OVER)
    shifts.change_duty(uow, duty.changed(status=DutyStatus.COMING))
    await roster_table.redraw(uow, roster.id, roster.community_id, shift.planned)


async def arrive(uow: UnitOfWork, who: Person, duty_id: int) -> None:
    """Say that one is there; what is sent now is about this place. Raises Refusal."""
    duty = await swap.mine(uow, who, duty_id)
    roster, shift = await _where(uow, duty)
    if duty.status not in EXPECTED or shift.status is not ShiftStatus.PUBLISHED:
        raise Refusal("toast.stale")
    if not shift.starts - EARLY <= uow.now < shift.ends:
        raise Refusal("refusal.not_yet_time")
    await _arrive(uow, who, roster, shift, duty)


async def arrive_by_code(uow: UnitOfWork, who: Person, place: str) -> int | None:
    """Return the duty of now at the place whose code was scanned: the person has arrived."""
    known = await shifts.of_people(uow, who.community_id, [who.id], uow.now)
    for duty, starts, _ in known:
        if duty.status not in EXPECTED or not starts - EARLY <= uow.now:
            continue
        roster, shift = await _where(uow, duty)
        if roster.place == place and shift.status is ShiftStatus.PUBLISHED:
            await _arrive(uow, who, roster, shift, duty)
            return duty.id
    return None


async def _arrive(uow: UnitOfWork, who: Person, roster: Roster, shift: Shift, duty: Duty) -> None:
    await swap.end(uow, duty, SwapStatus.OVER)
    shifts.change_duty(uow, duty.changed(status=DutyStatus.CAME, came_at=uow.now))
    await finding.begin(uow, who, roster.place, shift.ends)
    await roster_table.redraw(uow, roster.id, who.community_id, shift.planned)


async def tick(uow: UnitOfWork, who: Person, duty_id: int, what: str, *, on: bool) -> None:
    """Tick something on the list, or take the tick away; raises Refusal. Twice is once."""
    duty = await swap.mine(uow, who, duty_id)
    if what not in HAZARDS or duty.status is not DutyStatus.CAME:
        raise Refusal("toast.stale")
    if what in duty.reported:
        raise Refusal("toast.hazard_known", number=duty.reported[what])
    seen = {*duty.hazards, what} if on else {*duty.hazards} - {what}
    shifts.change_duty(uow, duty.changed(hazards=tuple(one for one in HAZARDS if one in seen)))


async def hand_in(uow: UnitOfWork, who: Person, duty_id: int) -> int:
    """Hand in what was ticked; return how many became, or joined, a case. Raises Refusal."""
    duty = await swap.mine(uow, who, duty_id)
    roster, _ = await _where(uow, duty)
    if duty.status is not DutyStatus.CAME:
        raise Refusal("toast.stale")
    after = await hazard.report(uow, who, roster, duty)
    return len(after.reported) - len(duty.reported)


# --- wishes -----------------------------------------------------------------------------


async def wishes(uow: UnitOfWork, who: Person) -> dict[str, Any]:
    """Return what the person has wished for: the same in all their rosters; raises Refusal."""
    held = await _held(uow, who)
    one = next(iter(held.values()))
    today = (await community_of(uow, who.community_id)).calendar.local(uow.now).date()
    away = [
        absence
        for absence in await rosters.away(uow, who.community_id, [who.id], today)
        if not absence.only_cover
    ]
    partner = one.partner_id and await names(uow, who.community_id, [one.partner_id])
    return {
        "not_on": sorted(one.not_on),
        "most": one.most,
        "away": max(absence.last for absence in away).isoformat() if away else None,
        "partner": partner[one.partner_id] if partner and one.partner_id else None,
        "agreed": await _agreed(uow, who, one),
    }


async def _held(uow: UnitOfWork, who: Person) -> dict[int, Member]:
    live = {one.id for one in await rosters.live(uow, who.community_id)}
    held = await rosters.memberships(uow, who.community_id, who.id)
    found = {id_: one for id_, one in held.items() if id_ in live}
    if not found:
        raise Refusal("refusal.no_roster")
    return found


async def _agreed(uow: UnitOfWork, who: Person, one: Member) -> bool:
    """Say whether the other half has chosen the person, too."""
    if one.partner_id is None:
        return False
    theirs = await rosters.memberships(uow, who.community_id, one.partner_id)
    return any(other.partner_id == who.id for other in theirs.values())


async def not_on(uow: UnitOfWork, who: Person, weekday: int, *, on: bool) -> None:
    """Rule a local weekday out, or allow it again; raises Refusal. Twice is once."""
    if weekday not in range(7):
        raise Refusal("toast.stale")
    for id_, one in (await _held(uow, who)).items():
        days = one.not_on | {weekday} if on else one.not_on - {weekday}
        rosters.wish(uow, who.community_id, id_, replace(one, not_on=frozenset(days)))
    await roster_week.think_again(uow, who)


async def at_most(uow: UnitOfWork, who: Person, most: int) -> None:
    """Wish for so many duties in four weeks at most; 0 is no limit. Raises Refusal."""
    if most not in LIMITS:
        raise Refusal("toast.stale")
    for id_, one in (await _held(uow, who)).items():
        rosters.wish(uow, who.community_id, id_, replace(one, most=most))
    await roster_week.think_again(uow, who)


async def partners(uow: UnitOfWork, who: Person) -> list[dict[str, Any]]:
    """Return with whom the person could go together, by name; raises Refusal."""
    ids: set[int] = set()
    for id_ in await _held(uow, who):
        ids |= {one.person_id for one in await rosters.members(uow, who.community_id, id_)}
    known = await names(uow, who.community_id, ids - {who.id})
    return [{"id": id_, "name": name} for id_, name in sorted(known.items())]


async def together(uow: UnitOfWork, who: Person, other: int) -> None:
    """Wish to go with somebody, 0: with nobody; counts once both have said so. Raises Refusal."""
    if other and other not in {one["id"] for one in await partners(uow, who)}:
        raise Refusal("toast.stale")
    for id_, one in (await _held(uow, who)).items():
        rosters.wish(uow, who.community_id, id_, replace(one, partner_id=other or None))


async def be_away(uow: UnitOfWork, who: Person, span: str) -> None:
    """Be away from today on; raises Refusal. What was published before is swapped by hand."""
    await _held(uow, who)
    if span not in SPANS:
        raise Refusal("toast.stale")
    today = await _today(uow, who)
    await _drop_absences(uow, who, today)
    last = today + timedelta(days=_DAYS[span])
    rosters.be_away(uow, who.community_id, Absence(who.id, today, last))
    await roster_week.think_again(uow, who)


async def come_back(uow: UnitOfWork, who: Person) -> None:
    """Be there again, and be asked again; raises Refusal for whoever is on no roster."""
    await _held(uow, who)
    await _drop_absences(uow, who, await _today(uow, who))


async def _today(uow: UnitOfWork, who: Person) -> date:
    return (await community_of(uow, who.community_id)).calendar.local(uow.now).date()


async def _drop_absences(uow: UnitOfWork, who: Person, today: date) -> None:
    rosters.come_back(uow, who.community_id, who.id, today)
