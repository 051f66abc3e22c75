"""What the one place decides: held, merged, renewed, dropped; over a real outbox."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import update

from bot.domain.letter import Recipient
from bot.domain.person import Person
from bot.domain.retention import LETTERS_KEPT
from bot.services import budget, morning, settings
from bot.services.letter import show_card, tell
from storage import case as cases
from storage import person as people
from storage import retention, told
from storage.tables import cases as cases_table
from storage.tables import outbox as outbox_table
from storage.unit_of_work import Database, UnitOfWork
from tests.support.chat_room import DESK, GROUP, LI, chat_room
from tests.support.database import HandClock, a_case, rows
from tests.unit.samples.facts import CASE

EIGHT = datetime(2026, 11, 18, 0, 0, tzinfo=UTC)  # in the morning, in Shanghai
A_MINUTE = 60_000_000  # as the tables keep a span
LIU = 7000007  # a volunteer
Row = tuple[str, str, str, bool]


@pytest.fixture
async def town(database: Database, clock: HandClock) -> AsyncIterator[Database]:
    async with chat_room(database, clock):
        yield database


@pytest.fixture
async def night(town: Database, clock: HandClock) -> Database:
    clock.pass_(hours=13)  # ten past ten at night
    return town


async def person(uow: UnitOfWork, telegram_id: int) -> Person:
    found = await people.find_by_telegram(uow, telegram_id)
    assert found is not None
    return found


async def say(
    town: Database, kind: str, to: int = LI, acting: tuple[int, ...] = (), **facts: Any
) -> None:
    async with town.begin() as uow:
        uow.acting = acting
        tell(uow, await person(uow, to), kind, **({"case": CASE} | facts))


async def outbox(town: Database) -> list[Row]:
    sql = "SELECT kind, status, reason, due_at > created_at FROM outbox ORDER BY id"
    return [(row[0], row[1], row[2], bool(row[3])) for row in await rows(town, sql)]


async def test_by_day_everything_goes_at_once(town: Database) -> None:
    await say(town, "case.taken")
    assert await outbox(town) == [("case.taken", "queued", "news", False)]


async def test_at_night_news_is_held_until_eight_and_says_why(night: Database) -> None:
    await say(night, "case.taken")
    assert await outbox(night) == [("case.taken", "queued", "quiet", True)]
    due = await rows(night, "SELECT due_at FROM outbox")
    assert due[0][0] == int(EIGHT.timestamp() * 1_000_000) + A_MINUTE, "first it is merged"
    await say(night, "case.need_info")
    due = await rows(night, "SELECT due_at FROM outbox WHERE kind = 'case.need_info'")
    assert due[0][0] == int(EIGHT.timestamp() * 1_000_000)


@pytest.mark.parametrize("to", [LI, LIU, DESK])
async def test_at_night_answers_pass(night: Database, to: int) -> None:
    await say(night, "case.need_info", to, acting=(to,))
    assert await outbox(night) == [("case.need_info", "queued", "own", False)]


async def test_at_night_emergencies_pass_with_their_pictures(night: Database) -> None:
    await say(night, "case.taken", DESK, case={**CASE, "urgent": True})
    await say(night, "case.photos", DESK, case=None, number=1127, urgent=True)
    assert [one[2:] for one in await outbox(night)] == [("urgent", False)] * 2


async def test_at_night_silent_edits_pass_and_a_first_card_waits(night: Database) -> None:
    async with night.begin() as uow:
        tell(uow, await person(uow, LI), "case.card", message_id=5, view="reporter", case=CASE)
        await show_card(
            uow, await person(uow, DESK), ("case", 1), "case.card", view="dispatcher", case=CASE
        )
    assert [one[2:] for one in await outbox(night)] == [("edit", False), ("quiet", True)]


async def test_a_held_card_shows_the_latest_and_only_once(night: Database) -> None:
    for version in (3, 4):
        async with night.begin() as uow:
            case = {**CASE, "version": version}
            desk = await person(uow, DESK)
            await show_card(uow, desk, ("case", 1), "case.card", view="dispatcher", case=case)
    found = await rows(
        night,
        "SELECT json_extract(facts, '$.case.version'), reason FROM outbox WHERE status = 'queued'",
    )
    assert [tuple(one) for one in found] == [(4, "quiet")]


async def test_who_was_never_asked_hears_nothing_of_who_was_quicker(night: Database) -> None:
    for view in ("offer", "onlooker"):
        async with night.begin() as uow:
            liu = await person(uow, LIU)
            await show_card(uow, liu, ("case", 1), "case.card", view=view, case=CASE)
    assert [one[1] for one in await outbox(night)] == ["superseded"]


async def test_several_alerts_of_a_case_become_the_latest(night: Database) -> None:
    other = {**CASE, "number": 1128}
    for kind, case in (("case.taken", CASE), ("case.taken", other), ("survey.result", CASE)):
        await say(night, kind, case=case)
    found = [(kind, status) for kind, status, _, _ in await outbox(night)]
    assert found == [
        ("case.taken", "superseded"),
        ("case.taken", "queued"),
        ("survey.result", "queued"),
    ]


async def test_pictures_that_belong_to_an_alert_stay_with_it(night: Database) -> None:
    async with night.begin() as uow:
        li = await person(uow, LI)
        tell(uow, li, "case.photos", silent=True, number=1127, photos=["p"], stage="after")
        tell(uow, li, "survey.result", case=CASE)
    assert [one[1] for one in await outbox(night)] == ["queued"] * 2


async def test_one_change_rings_once(town: Database) -> None:
    async with town.begin() as uow:
        li = await person(uow, LI)
        tell(uow, li, "case.taken", case=CASE)
        tell(uow, li, "survey.result", case=CASE)
    assert [one[0] for one in await outbox(town)] == ["survey.result"]


async def test_the_fourth_progress_is_left_to_the_live_card_until_the_result(
    town: Database,
) -> None:
    for _ in range(5):
        await say(town, "case.taken")
    await say(town, "case.taken", case={**CASE, "number": 1128})
    assert len(await outbox(town)) == 4
    await say(town, "survey.result")
    await say(town, "case.taken")
    assert [one[0] for one in (await outbox(town))[-2:]] == ["survey.result", "case.taken"]


async def test_whoever_wants_no_progress_gets_none_and_still_the_rest(town: Database) -> None:
    async with town.begin() as uow:
        settings.switch(uow, await person(uow, LI), "alerts", on=False)
    await say(town, "case.taken")
    await say(town, "case.need_info")
    assert [one[0] for one in await outbox(town)] == ["case.need_info"]


async def test_whoever_switched_the_quiet_off_is_rung_at_night(night: Database) -> None:
    async with night.begin() as uow:
        settings.switch(uow, await person(uow, LI), "quiet", on=False)
    await say(night, "case.taken")
    assert [one[2] for one in await outbox(night)] == ["news"]


async def test_residents_have_the_pause_at_noon_and_those_who_serve_have_not(
    town: Database, clock: HandClock
) -> None:
    clock.pass_(hours=4)  # ten past one
    await say(town, "case.taken", LI)
    await say(town, "case.taken", DESK)
    assert [one[2] for one in await outbox(town)] == ["quiet", "news"]


async def test_a_group_is_told_silently_at_night(night: Database) -> None:
    async with night.begin() as uow:
        tell(uow, Recipient(1, GROUP, "zh_CN"), "case.card", view="dispatcher", case=CASE)
    assert [tuple(one) for one in await rows(night, "SELECT silent, reason FROM outbox")] == [
        (1, "news")
    ]


async def test_what_fell_due_while_the_bot_was_away_does_not_ring_at_night(
    town: Database, clock: HandClock
) -> None:
    await say(town, "case.taken")
    await say(town, "case.need_info", acting=(LI,))
    clock.pass_(hours=13)
    async with town.begin() as uow:
        await budget.hold_late(uow)
    assert [one[2] for one in await outbox(town)] == ["quiet", "own"]


async def test_what_waited_for_a_morning_without_the_bot_does_not_ring_at_night(
    night: Database, clock: HandClock
) -> None:
    await say(night, "case.taken")
    await say(night, "case.need_info")
    clock.pass_(hours=25)  # ten past eleven at night
    async with night.begin() as uow:
        await budget.hold_late(uow)
        await morning.merge_late(uow)
    due = await rows(night, "SELECT min(due_at) FROM outbox WHERE status = 'queued'")
    assert due[0][0] >= int(EIGHT.timestamp() * 1_000_000) + 24 * 60 * A_MINUTE


async def merged(town: Database) -> list[tuple[str, str]]:
    async with town.begin() as uow:
        await morning.merge_late(uow)
    return [(kind, status) for kind, status, _, _ in await outbox(town)]


async def test_what_waited_about_several_cases_is_one_message(
    night: Database, clock: HandClock
) -> None:
    for number in range(1127, 1134):
        await say(night, "case.taken", case={**CASE, "number": number})
    await say(night, "case.need_info", case={**CASE, "number": 1140})
    await say(night, "case.taken", DESK)
    clock.pass_(hours=10)
    found = await merged(night)
    assert found[:7] == [("case.taken", "together")] * 6 + [("case.taken", "queued")]
    assert found[7:9] == [("case.need_info", "queued"), ("case.taken", "queued")]
    assert found[9:] == [("case.morning", "queued")] * 2
    facts = await rows(
        night, "SELECT json_array_length(facts, '$.cases') FROM outbox WHERE kind = 'case.morning'"
    )
    assert [one[0] for one in facts] == [3, 3]
    assert await merged(night) == found, "once is enough"


async def test_what_was_merged_still_counts_as_an_alert(night: Database, clock: HandClock) -> None:
    for number in (1127, 1128):
        await say(night, "case.taken", case={**CASE, "number": number})
    clock.pass_(hours=10)
    await merged(night)
    for _ in range(4):
        await say(night, "case.taken")
    found = await outbox(night)
    assert [one[0] for one in found].count("case.taken") == 4, "three about it, one about another"


async def test_three_alerts_are_three_however_long_the_case_takes(
    town: Database, clock: HandClock
) -> None:
    async with town.begin() as uow:
        cases.add(uow, a_case(1127, reporter_id=(await person(uow, LI)).id))
    for kind in ("case.taken", "case.need_info", "case.promised", "case.promise_moved"):
        await say(town, kind)
        clock.pass_(days=20)
    async with town.begin() as uow:
        await uow.write_now(update(outbox_table).values(status="sent"))
        assert await retention.letters(uow, 1, uow.now - LETTERS_KEPT, 9) == 1, "no question counts"
    await say(town, "case.promise_missed")
    assert len(await outbox(town)) == 3
    async with town.begin() as uow:
        await uow.write_now(update(cases_table).values(closed_at=uow.now))
    for days, left in ((29, 3), (2, 0)):
        clock.pass_(days=days)
        async with town.begin() as uow:
            await retention.letters(uow, 1, uow.now - LETTERS_KEPT, 9)
        assert len(await outbox(town)) == left


async def test_what_waits_is_renewed_or_lapses(night: Database) -> None:
    await say(night, "case.taken")
    async with night.begin() as uow:
        ((id_, chat, facts),) = await told.held(uow, 1, 1127)
        assert chat == LI
        told.redraw_held(uow, 1, id_, {**facts, "case": {**CASE, "handler": "new"}})
    found = await rows(night, "SELECT json_extract(facts, '$.case.handler') FROM outbox")
    assert found[0][0] == "new"
    async with night.begin() as uow:
        told.let_lapse(uow, 1, 1127)
    assert [one[1] for one in await outbox(night)] == ["superseded"]


async def test_the_settings_of_somebody_who_never_chose_are_the_usual(town: Database) -> None:
    async with town.begin() as uow:
        li = replace(await person(uow, LI), settings={"unknown": 1, "large": True})
        changed = settings.change(uow, li, alerts=False)
    assert changed.settings["unknown"] == 1
    assert changed.settings["large"] is True
    assert changed.settings["alerts"] is False
