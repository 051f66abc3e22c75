"""Every button with which something about a case begins, pressed by everybody in every status.

Whose it is comes before what is said: whoever may not begin is denied, once, whatever stands in
the press, and it is audited; whoever may begin finds that something comes of it.
"""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import text

from bot.domain import permission
from bot.domain.case import MOVES, Status
from bot.domain.case_record import Case
from bot.services.case_facts import actor_in
from bot.texts import plain
from handlers.conversation import Dialogue
from handlers.turn import Presses
from storage import case as cases
from storage import person as people
from tests.support.offline import Offline, offline
from tests.unit.matrix_room import (
    DESK,
    HANDLER,
    LI,
    LIU,
    NUMBER,
    SUN,
    XIAOLI,
    ZHOU,
    begin,
    clear,
    put,
    stands,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")
PRESSING = (LI, ZHOU, XIAOLI, DESK, LIU, HANDLER, SUN)
A_MINUTE = 29  # updates: more would be a flood

BEGINS = {  # the press, and the move that it makes or begins
    "answer:say": "answer",
    "ask:start": "ask_resident",
    "case:appeal": "appeal_decline",
    "case:arrive": "arrive",
    "case:assign": "assign",
    "case:claim": "claim",
    "case:contact": "contact",
    "case:not_today": "claim",
    "case:offer": "offer",
    "case:reopen": "reopen",
    "case:reopen_ask": "reopen",
    "case:reopen_page": "reopen",
    "case:restore": "restore",
    "case:return_": "return_",
    "case:up": "transfer",
    "case:urgent": "raise_urgency",
    "case:withdraw": "withdraw",
    "close:start": "close_unsolved",
    "decline:start": "decline",
    "extension:start": "ask_extension",
    "finish:start": "resolve",
    "fix:start": "correct",
    "hold:start": "ask_hold",
    "merge:start": "merge",
    "merge:undo": "unmerge",
    "note:start": "note",
    "now:start": "answer_now",
    "outage:start": "outage",
    "overrule:start": "overrule_return",
    "promise:object": "supplement",
    "promise:start": "promise",
    "refuse:start": "refuse_reopen",
    "request:agree": "extend",
    "request:disagree": "extend",
    "request:resume": "resume",
    "return:start": "return_",
    "supplement:start": "supplement",
}
# Needs something that no case of this test has: a question, a request, whoever gave it back;
# or comes of the press as a mark on the person, a card, or a refusal of its own.
NOTHING_COMES = {
    *("answer:say", "request:agree", "request:disagree", "case:not_today", "case:return_"),
    *("case:reopen_ask", "case:reopen_page", "case:withdraw"),
}
# An offer stays good when others are asked as well, and words are good at any time.
ANY_VERSION = {"case:claim", "promise:object", "supplement:start"}
CHOICES = {  # what stands behind the press; nothing of it may be looked at too early
    "answer:say": ("", "0", "9"),
    "case:assign": ("", "0", "{handler}", "{reporter}"),
    "case:offer": ("", "pool", "team:none", "team:{team}", "people:{handler}", "people:0"),
    "case:reopen": ("", "0", "{handler}"),
}
OPEN_TO_ALL = {  # no case
    "action",
    "agenda",
    "announce",
    "audit",
    "behalf",
    "block",
    "broadcast",
    "code",
    "compose",
    "consent",
    "draft",
    "figures",
    "group",
    "home",
    "home_word",
    "kin",
    "list",
    "meeting",
    "minutes",
    "moving",
    "newcomer",
    "off",
    "patrol",
    "people",
    "privacy",
    "residence",
    "roster",
    "series",
    "settings",
    "shift",
    "signal",
    "survey",
    "volunteer",
}
HARMLESS = {"supplement:stop", "finish:words"}  # nothing is waited for, or written


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Offline]:
    folder: Path = tmp_path_factory.mktemp("entries")
    async with offline(folder) as made:
        await begin(made)
        yield made


def entries(bot: Offline) -> set[str]:
    """Return every press that is listened to where nothing has been begun."""
    return {f"{noun}:{verb}" for noun, verb in _entries(bot) if noun not in OPEN_TO_ALL}


def _entries(bot: Offline) -> Iterator[tuple[str, str]]:
    for one in bot.house.application.handlers[0]:
        for handler in one.entry_points if isinstance(one, Dialogue) else [one]:
            if isinstance(handler, Presses):
                pattern = str(getattr(handler.pattern, "pattern", handler.pattern))
                for verb in pattern.partition("(?:")[2].partition(")")[0].split("|"):
                    yield handler.noun, verb


async def presses_of(bot: Offline, case: Case, press: str) -> list[str]:
    """Return the press with each choice that may stand behind it."""
    found = await bot.rows("SELECT id FROM people WHERE telegram_id = :who", who=HANDLER)
    facts = {"handler": found[0]["id"], "reporter": case.reporter_id, "team": "engineering"}
    choices = [one.format(**facts) for one in CHOICES.get(press, ("",))]
    return [f"v1:{press}:{NUMBER}:{case.version}{f':{one}' if one else ''}" for one in choices]


async def denied(bot: Offline) -> list[Any]:
    return await bot.rows(
        "SELECT json_extract(facts, '$.tried') tried FROM audit WHERE what = 'denied' ORDER BY id"
    )


async def press_all(bot: Offline, who: int, presses: list[str]) -> None:
    for at in range(0, len(presses), A_MINUTE):
        bot.clock.instant += timedelta(minutes=1)
        some = presses[at : at + A_MINUTE]
        await bot.take_in(*(bot.press(who, 1, one) for one in some))
        await bot.settle()


async def may(bot: Offline, who: int, case: Case, move: str) -> tuple[bool, bool]:
    """Return whether the move is theirs at all, and whether they may make it now."""
    async with bot.house.database.begin() as uow:
        person = await people.find_by_telegram(uow, who)
        assert person is not None
        actor = await actor_in(uow, case, person)
    now = permission.may(case, move, actor, bot.clock.instant)
    return bool(permission._entitled(case, MOVES[move], actor)), now


@pytest.mark.parametrize("status", Status)
async def test_a_neighbour_is_denied_whatever_stands_in_the_press(
    bot: Offline, status: Status
) -> None:
    await clear(bot)
    case = await put(bot, status)
    presses = [
        one
        for press in sorted(entries(bot) - HARMLESS)
        for one in await presses_of(bot, case, press)
    ]
    before, heard = len(await denied(bot)), len(bot.phones.toasts)
    await press_all(bot, XIAOLI, presses)
    over = plain("common.stale_draft", "zh_CN")  # belongs into a dialogue that was not begun
    toasts = [toast.text for toast in bot.phones.toasts[heard:]]
    expected = [one for one, said in zip(presses, toasts, strict=True) if said != over]
    tried = [f"v1:{one['tried']}" for one in (await denied(bot))[before:]]
    assert tried == [":".join(one.split(":")[:3]) for one in expected]
    assert await stands(bot) == case
    assert bot.defects == []


@pytest.mark.parametrize("status", Status)
async def test_whose_it_is_not_is_denied_and_whose_it_is_begins(
    bot: Offline, status: Status
) -> None:
    case = await put(bot, status)
    for who in PRESSING:
        await clear(bot)
        denials: list[str] = []
        begins: list[str] = []
        for press, move in BEGINS.items():
            theirs, now = await may(bot, who, case, move)
            if not theirs:
                denials += await presses_of(bot, case, press)
            elif now and press not in NOTHING_COMES:
                begins.append(press)
        before = len(await denied(bot))
        await press_all(bot, who, denials)
        assert len(await denied(bot)) == before + len(denials), (who, status)
        await nothing_comes_of_old_ones(bot, who, begins, case)
        for press in begins:
            await clear(bot)
            await something_comes(bot, who, press, case)
            case = await put(bot, status)
    assert bot.defects == []


async def nothing_comes_of_old_ones(bot: Offline, who: int, presses: list[str], case: Case) -> None:
    """Press what was drawn for another version: no move, no dialogue, and no denial either."""
    drawn = [one for one in presses if one not in ANY_VERSION]
    before = len(await denied(bot))
    for version in (case.version - 1, 99_999):
        await press_all(bot, who, [f"v1:{one}:{NUMBER}:{version}" for one in drawn])
    drafts = await bot.rows("SELECT noun FROM drafts WHERE status = 'open'")
    assert (await stands(bot), drafts, await denied(bot)) == (
        case,
        [],
        (await denied(bot))[:before],
    )


async def something_comes(bot: Offline, who: int, press: str, case: Case) -> None:
    """Press it, and see the case move or a dialogue begin."""
    before = len(await denied(bot))
    one = f"v1:{press}:{NUMBER}:{case.version}"
    if press == "case:assign":
        one = (await presses_of(bot, case, press))[2]
    await press_all(bot, who, [one])
    now = await stands(bot)
    drafts = await bot.rows("SELECT noun FROM drafts WHERE status = 'open'")
    assert now.version > case.version or drafts, (who, press, case.status)
    assert len(await denied(bot)) == before


async def test_the_table_names_every_press_that_makes_a_move(bot: Offline) -> None:
    assert set(BEGINS) <= entries(bot)
    starts = {one for one in entries(bot) if one.endswith(":start")}
    assert starts <= set(BEGINS)


async def test_a_neighbour_who_joined_keeps_a_report_and_without_one_it_is_taken_back(
    bot: Offline,
) -> None:
    press = "v1:case:withdraw:{}:{}"
    for status in sorted(MOVES["withdraw"].from_):
        case = await put(bot, status)
        await press_all(bot, LI, [press.format(NUMBER, case.version)])
        assert await stands(bot) == case
    async with bot.house.database.begin() as uow:
        await uow.write_now(text("DELETE FROM co_signers"))
    for status in sorted(MOVES["withdraw"].from_):
        case = await put(bot, status)
        await press_all(bot, LI, [press.format(NUMBER, case.version)])
        assert (await stands(bot)).status is Status.WITHDRAWN, status


async def test_whoever_was_asked_may_say_not_today_and_nobody_else(bot: Offline) -> None:
    case = await put(bot, Status.OFFERED)
    said, before = len(bot.phones.toasts), len(await denied(bot))
    for who, version in ((LIU, case.version), (LIU, 1), (XIAOLI, 1), (XIAOLI, case.version)):
        await press_all(bot, who, [f"v1:case:not_today:{NUMBER}:{version}"])
    toasts = [toast.text for toast in bot.phones.toasts[said:]]
    thanks, old = plain("toast.not_today", "zh_CN"), plain("toast.stale", "zh_CN")
    assert toasts[:3] == [thanks, thanks, old]
    assert toasts[3] not in {thanks, old}
    assert len(await denied(bot)) == before + 1


async def test_whoever_asked_for_something_does_not_answer_it(bot: Offline) -> None:
    """A pause is theirs to make for parts; agreeing to one is not."""
    await put(bot, Status.IN_PROGRESS)
    asked = {"what": "hold", "reason": "other", "until": "2026-11-20T00:00:00+00:00"}
    async with bot.house.database.begin() as uow:
        case = await cases.find(uow, 1, NUMBER)
        assert case is not None
        assert await cases.save(
            uow, replace(case, asked=asked, version=case.version + 1), case.version
        )
    for who, comes in ((HANDLER, 0), (DESK, 1)):
        before = len(await denied(bot))
        await press_all(bot, who, [f"v1:request:agree:{NUMBER}:{case.version + 1}"])
        assert len(await denied(bot)) == before + 1 - comes
    assert (await stands(bot)).status is Status.ON_HOLD
