"""A neighbourhood with one case that is put into any status, for the tests of who may what."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import text

from bot.domain.case import Status
from bot.domain.case_record import Case
from bot.domain.role import Role
from handlers.conversation import Dialogue
from handlers.turn import Presses
from storage import case as cases
from storage import co_signer, person
from storage.co_signer import CoSigner
from tests.support.database import START, a_person
from tests.support.offline import Offline

LI, ZHOU, XIAOLI = 7000001, 7000002, 7000003  # reporter, co-signer, a neighbour
DESK, LIU, WANG, SUN, ZHAO, QIAN, ADMIN = (
    *(7000006, 7000007, 7000009, 7000010),
    *(7000011, 7000012, 7000013),
)
EVERYBODY = (LI, ZHOU, XIAOLI, DESK, LIU, WANG, SUN, ZHAO, QIAN, ADMIN)
NUMBER = 1001
HANDLER = WANG
STRANGER, THEIRS = 8_000_001, 8_000_002  # of another community


async def begin(bot: Offline) -> None:
    """Let a case be reported, with a co-signer; everybody has started the bot."""
    await bot.take_in(bot.message(LI, "3楼灯不亮了"))
    await bot.settle()
    message_id, button = next(iter(bot.phones.buttons(LI)))
    await bot.take_in(bot.press(LI, message_id, button.data))
    await bot.take_in(*(bot.message(who, "/start") for who in EVERYBODY))
    await bot.settle()
    async with bot.house.database.begin() as uow:
        zhou = await person.find_by_telegram(uow, ZHOU)
        assert zhou is not None
        await co_signer.add(uow, CoSigner(1, NUMBER, zhou.id, START))


async def put(bot: Offline, status: Status) -> Case:
    """Let the case stand in `status`, as it would have come there."""
    async with bot.house.database.begin() as uow:
        before = await cases.find(uow, 1, NUMBER)
        handler = await person.find_by_telegram(uow, HANDLER)
        assert before is not None
        assert handler is not None
        taken = status in {
            *(Status.IN_PROGRESS, Status.ON_HOLD, Status.RESOLVED, Status.REOPEN_REQUESTED),
            *(Status.CLOSED_SOLVED, Status.CLOSED_UNSOLVED),
        }
        case = replace(
            before,
            status=status,
            version=before.version + 1,
            handler_id=handler.id if taken else None,
            audience="pool" if status is Status.OFFERED else None,
            came_from=(Status.SUBMITTED,),
            closed_at=bot.clock.instant if status.phase.value == "closed" else None,
            returns=0,
            appeals=0,
            master=None,
            urgent=False,
            level=None,
        )
        assert await cases.save(uow, case, before.version)
    return case


async def stands(bot: Offline) -> Case:
    async with bot.house.database.begin() as uow:
        found = await cases.find(uow, 1, NUMBER)
    assert found is not None
    return found


async def clear(bot: Offline) -> None:
    """Let nobody stand in a dialogue any more."""
    async with bot.house.database.begin() as uow:
        for table in ("conversations", "due"):
            await uow.write_now(text(f"DELETE FROM {table}"))
        await uow.write_now(text("UPDATE drafts SET status = 'dropped' WHERE status = 'open'"))


async def found_another_community(bot: Offline) -> None:
    """Add a community with a resident, and somebody who may do everything there."""
    async with bot.house.database.begin() as uow:
        await uow.write_now(
            text(
                "INSERT INTO communities (id, code, organisation)"
                " SELECT 2, 'elsewhere', organisation FROM communities WHERE id = 1"
            )
        )
        for number, telegram_id in ((1, STRANGER), (2, THEIRS)):
            roles = Role if telegram_id == STRANGER else ()
            more = {"telegram_id": telegram_id, "language": "zh_CN"}
            person.add(uow, a_person(number, *roles, community=2, **more))


def buttons(bot: Offline) -> Iterator[tuple[str, str]]:
    """Yield noun and verb of every button that is listened to."""
    for handler in _listeners(bot.house.application.handlers[0]):
        assert isinstance(handler.pattern, str) or handler.pattern is not None
        pattern = str(getattr(handler.pattern, "pattern", handler.pattern))
        for verb in pattern.partition("(?:")[2].partition(")")[0].split("|"):
            yield handler.noun, verb


def _listeners(handlers: Iterable[Any]) -> Iterator[Presses]:
    for one in handlers:
        if isinstance(one, Presses):
            yield one
        if isinstance(one, Dialogue):
            yield from _listeners(one.entry_points)
            for step in one.states.values():
                yield from _listeners(step)
