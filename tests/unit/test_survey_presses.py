"""Presses of somebody else's paper, of no paper, out of order, again and again, and too late."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.offline import Offline, offline
from tests.unit.survey_room import account, begin, press

STRANGER = 7000001
OTHER_VERBS = ("begin", "decline", "next", "back", "change", "again", "say", "tick")
DESK_VERBS = ("show", "result", "charts", "sheet", "end_ask", "end", "call_off", "publish")
DRAFT_VERBS = ("home", "send", "secret", "kind", "tick", "lead", "role", "days", "out", "words")


@pytest.fixture(params=[True, False])
async def bot(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Offline]:
    async with offline(tmp_path) as made:
        await begin(made, 4, anonymous=request.param)
        yield made
        assert made.defects == []


async def papers(bot: Offline) -> list[Any]:
    return await bot.rows("SELECT * FROM survey_papers ORDER BY id")


async def begun(bot: Offline) -> Any:
    """Let the second of them begin; return the paper."""
    await press(bot, account(1), "begin")
    (held,) = await papers(bot)
    return held


async def pressed(bot: Offline, who: int, *data: str) -> list[str]:
    before = len(bot.phones.toasts)
    for one in data:
        await bot.take_in(bot.press(who, 1, one))
        await bot.settle()
        bot.clock.instant += timedelta(seconds=5)
    return [one.text for one in bot.phones.toasts[before:]]


async def test_a_paper_that_nobody_has_is_stale(bot: Offline) -> None:
    said = await pressed(bot, account(0), *(f"v1:survey:{v}:1:0:0.NOPE" for v in ("say", "next")))
    assert len(said) == 2
    assert await papers(bot) == []


async def test_who_is_not_asked_changes_nothing(bot: Offline) -> None:
    held = await begun(bot)
    before = [held]
    choices = ("", f"0.{held['id']}", f"0+.{held['id']}", "9", "0.0.0", "pool", "..")
    data = [
        f"v1:{noun}:{verb}:1:{version}{':' + choice if choice else ''}"
        for noun, verbs in (("survey", OTHER_VERBS + DESK_VERBS), ("compose", DRAFT_VERBS))
        for verb in verbs
        for version in (0, 1, 2)
        for choice in choices
    ]
    said = await pressed(bot, STRANGER, *data)
    assert len(said) == len(data), "every press is answered"
    assert await papers(bot) == before
    running = await bot.rows("SELECT status, version FROM surveys")
    assert [tuple(one.values()) for one in running] == [("running", 2)]


async def test_named_papers_are_their_own_and_answers_ahead_are_stale(bot: Offline) -> None:
    held = await begun(bot)
    before = [held]
    if held["person_id"] is not None:
        await pressed(bot, account(2), f"v1:survey:say:1:0:1.{held['id']}")
        assert await papers(bot) == before
    odd = ("2:0.", "9:0.", "0:7.", "0:-1.", "0:x.", "0:.")
    await pressed(bot, account(1), *(f"v1:survey:say:1:{one}{held['id']}" for one in odd))
    assert await papers(bot) == before


async def test_five_presses_are_one_and_two_papers_one_vote(bot: Offline) -> None:
    held = await begun(bot)
    await pressed(bot, account(1), *[f"v1:survey:say:1:0:1.{held['id']}"] * 5)
    (after,) = await papers(bot)
    assert after["answers"] == '{"0":1}'
    await pressed(bot, account(1), "v1:survey:begin:1:0", "v1:survey:begin:1:0")
    for one in await papers(bot):
        id_ = one["id"]
        steps = ("say:1:0:0", "say:1:1:0", "next:1:2:")
        await pressed(bot, account(1), *(f"v1:survey:{step}.{id_}" for step in steps))
    done = await bot.rows("SELECT id FROM survey_papers WHERE done")
    assert len(done) == 1


async def test_who_blocked_the_bot_is_left_out(bot: Offline) -> None:
    bot.phones.blocked.add(account(3))
    await bot.pass_(timedelta(days=4))
    left = await bot.rows("SELECT person_id FROM survey_guests WHERE status = 'left_out'")
    assert [one["person_id"] for one in left] == [1003]


async def test_after_the_end_nothing_changes_and_halves_are_gone(bot: Offline) -> None:
    id_ = (await begun(bot))["id"]
    steps = ("say:1:0:0", "say:1:1:0", "next:1:2:")
    await pressed(bot, account(1), *(f"v1:survey:{step}.{id_}" for step in steps))
    await press(bot, account(2), "begin")
    await bot.pass_(timedelta(days=7))
    before = await papers(bot)
    assert [one["done"] for one in before] == [1]
    id_ = before[0]["id"]
    said = await pressed(
        bot, account(1), f"v1:survey:say:1:0:2.{id_}", f"v1:survey:change:1:0:.{id_}"
    )
    assert len(said) == 2
    assert await papers(bot) == before
