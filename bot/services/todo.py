"""Lists: what somebody has reported, what waits for them, what could be taken."""

from collections.abc import Callable
from typing import Any

from bot.domain.case import AT_WORK, MAY_TAKE, TO_DISPATCH, TO_SUPERVISE, TO_TAKE, UNFINISHED
from bot.domain.case_record import Case
from bot.domain.level import USUAL, acts
from bot.domain.person import Person
from bot.domain.role import Role
from bot.services import callback_call, supervision
from bot.services import offer as offers
from bot.services.case_facts import readable, view_of
from bot.services.community import Community, community_of
from bot.services.unit_of_work import UnitOfWork
from storage import case as cases
from storage import co_signer as co_signers

# Buttons count in here, so the order stays.
FILTERS = ("all", "dispatch", "late", "urgent", "today", "mine", "supervise")


async def listing(
    uow: UnitOfWork, who: Person, which: str, *, page: int, per_page: int, only: int = 0
) -> dict[str, Any]:
    """Return one page of the list `which`: my, todo or tasks; `only` counts in FILTERS."""
    community = await community_of(uow, who.community_id)
    if which == "todo" and 0 < only < len(FILTERS):
        found = (await filtered(uow, who))[FILTERS[only]]
    else:
        found = await {"my": _my, "todo": _to_do, "tasks": _tasks}[which](uow, who)
    pages = max(1, -(-len(found) // per_page))
    page = min(page, pages - 1)
    shown = found[page * per_page : (page + 1) * per_page]
    return {
        "calls": await callback_call.counts(uow, who) if which == "todo" else {},
        "items": [item(uow, community, case, who) for case in shown],
        "page": page,
        "pages": pages,
        "total": len(found),
        "zone": community.zone,
        "only": only if 0 < only < len(FILTERS) else 0,
        "named": FILTERS[only] if 0 < only < len(FILTERS) else FILTERS[0],
    }


async def filtered(uow: UnitOfWork, who: Person) -> dict[str, list[Case]]:
    """Return what each filter of the list shows to the person, what is due first."""
    community = await community_of(uow, who.community_id)
    seen = await _to_do(uow, who)
    wide = seen
    if scopes := who.scopes_of(Role.DISPATCHER, Role.SUPERVISOR):
        every = await cases.in_status(uow, who.community_id, UNFINISHED, scopes)
        wide = _in_order([*seen, *every], who)
    today = community.calendar.local(uow.now).date()
    tests: dict[str, Callable[[Case], bool]] = {
        "dispatch": lambda case: case.status in TO_DISPATCH,
        "late": lambda case: case.due is not None and case.due < uow.now,
        "urgent": lambda case: case.urgent,
        "today": lambda case: (
            case.due is not None and community.calendar.local(case.due).date() == today
        ),
        "mine": lambda case: case.handler_id == who.id,
        "supervise": lambda case: case.status in TO_SUPERVISE,
    }
    return {"all": seen} | {
        name: [one for one in wide if fits(one)] for name, fits in tests.items()
    }


async def counts(uow: UnitOfWork, who: Person) -> dict[str, int]:
    """Return how many cases each filter shows."""
    return {name: len(found) for name, found in (await filtered(uow, who)).items()}


async def _my(uow: UnitOfWork, who: Person) -> list[Case]:
    own = await cases.reported_by(uow, who.community_id, who.id)
    numbers = await co_signers.joined_by(uow, who.community_id, who.id)
    await cases.load(uow, who.community_id, numbers)
    joined = [await cases.find(uow, who.community_id, number) for number in numbers]
    found = own + [case for case in joined if case is not None]
    return sorted(found, key=lambda case: case.number, reverse=True)


async def _to_do(uow: UnitOfWork, who: Person) -> list[Case]:
    """What the person has to decide or to do, each case once, what is due first."""
    found = await cases.handled_by(uow, who.community_id, who.id, AT_WORK)
    if scopes := who.scopes_of(Role.DISPATCHER, Role.ORGANIZER, Role.GRID_WORKER):
        waiting = await cases.in_status(uow, who.community_id, TO_DISPATCH, scopes)
        found += [case for case in waiting if _decides(case, who)]
    if scopes := who.scopes_of(Role.SUPERVISOR):
        found += await supervision.undecided(uow, who)
        asked = await cases.in_status(uow, who.community_id, TO_SUPERVISE, scopes)
        found += [case for case in asked if case.handler_id != who.id]
    return _in_order([*found, *await _led(uow, who)], who)


def _decides(case: Case, who: Person) -> bool:
    return who.holds_in(case.area, Role.DISPATCHER) or acts(case, who)


async def _led(uow: UnitOfWork, who: Person) -> list[Case]:
    """Return what the person had first and others work on now: theirs to know, not to do."""
    led = await cases.led_by(uow, who.community_id, who.id, UNFINISHED)
    return [case for case in led if case.handler_id != who.id]


def _in_order(found: list[Case], who: Person) -> list[Case]:
    once = {case.number: case for case in found if case.reporter_id != who.id}
    return sorted(once.values(), key=lambda case: (case.due is None, case.due, case.number))


async def _tasks(uow: UnitOfWork, who: Person) -> list[Case]:
    mine = await cases.handled_by(uow, who.community_id, who.id, AT_WORK)
    scopes = who.scopes_of(*MAY_TAKE)
    offered = await cases.in_status(uow, who.community_id, TO_TAKE, scopes)
    open_to_them = await offers.tasks_for(uow, who, offered)
    known = {case.number for case in (*mine, *open_to_them)}
    led = [case for case in await _led(uow, who) if case.number not in known]
    return [*mine, *open_to_them, *led]


def item(uow: UnitOfWork, community: Community, case: Case, who: Person) -> dict[str, Any]:
    """Return what a line of a list shows of the case to somebody."""
    category = community.category_or_other(case.category)
    return {
        "number": case.number,
        "status": case.status.value,
        "icon": category.icon,
        "name": category.name.model_dump(),
        "level": case.level or USUAL,
        "led": view_of(case, who) == "lead",
        "place": readable(community, case, view_of(case, who))(case.place),
        "due": case.due.isoformat() if case.due else None,
        "late": case.due is not None and case.due < uow.now,
    }
