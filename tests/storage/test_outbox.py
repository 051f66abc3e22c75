"""The outbox in real databases."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import insert

from bot.domain.letter import LetterClass
from storage import outbox, retention
from storage.outbox import Going, Result
from storage.tables import cards
from tests.unit.delivery_room import START, Room, room_over


@pytest.fixture
async def room(url: str) -> AsyncIterator[Room]:
    async with room_over(url) as made:
        yield made


async def looked_up(room: Room, but: tuple[int, ...] = (), most: int = 10) -> list[int]:
    async with room.database.begin() as uow:
        return [one.chat_id for one in await outbox.page(uow, but, most)]


async def marked(room: Room, *kinds: str) -> dict[str, Going]:
    ids = [(await room.row(kind)).id for kind in kinds]
    async with room.database.begin() as uow:
        return {one.letter.kind: one for one in (await outbox.mark_sending(uow, ids)).values()}


async def settled(room: Room, *results: Result) -> None:
    async with room.database.begin() as uow:
        outbox.settle(uow, results)


async def test_a_page_is_in_order_of_due_time_and_leaves_chats_out(room: Room) -> None:
    await room.queue((3, "late"), due_at=START + timedelta(hours=2))
    await room.queue((2, "soon"), due_at=START - timedelta(hours=1))
    await room.queue((1, "a"), (4, "b"))
    assert await looked_up(room) == [2, 1, 4, 3]
    assert await looked_up(room, most=2) == [2, 1]
    assert await looked_up(room, but=(1, 2)) == [4, 3]


async def test_marking_gives_back_only_what_is_still_queued(room: Room) -> None:
    await room.queue((1, "a"), (2, "b"))
    await room.change("b", status="superseded")
    going = await marked(room, "a", "b")
    assert list(going) == ["a"]
    assert await room.statuses() == {"a": "sending", "b": "superseded"}


async def test_each_letter_knows_the_message_of_its_own_card_only(room: Room) -> None:
    await room.show(1, "one")
    await room.show(2, "two")
    await room.queue((3, "none"))
    async with room.database.begin() as uow:
        await uow.write_now(
            insert(cards).values(
                community_id=2, id=1, chat_id=1, noun="case", subject_id=1, message_id=999
            )
        )
        await uow.write_now(cards.update().where(cards.c.chat_id == 2).values(message_id=22))
    going = await marked(room, "one", "two", "none")
    assert {kind: one.over for kind, one in going.items()} == {"one": None, "two": 22, "none": None}
    assert {kind: one.shows_card for kind, one in going.items()} == {
        "one": True,
        "two": True,
        "none": False,
    }
    assert going["one"].letter_class is LetterClass.MUST_ARRIVE
    assert going["two"].letter_class is LetterClass.IDEMPOTENT


async def test_an_edit_whose_card_was_detached_counts_as_new(room: Room) -> None:
    await room.queue((1, "a"))
    await room.change("a", letter_class="idempotent")
    assert (await marked(room, "a"))["a"].letter_class is LetterClass.MUST_ARRIVE


async def test_a_letter_that_redraws_one_message_is_not_the_live_card(room: Room) -> None:
    await room.show(1, "first")
    first = (await marked(room, "first"))["first"]
    await settled(room, Result(first, outbox.SENT, START, 1, 1, message_id=50, sent_at=START))
    await room.queue((1, "old"), message_id=40)
    old = (await marked(room, "old"))["old"]
    assert (old.over, old.shows_card) == (40, False)
    await settled(room, Result(old, outbox.QUEUED, START, 1, 0, anew=True, error="gone"))
    assert await room.shown_by(1) == 50
    assert (await room.row("old")).message_id is None


async def test_results_are_written_with_the_message_that_shows_the_card(room: Room) -> None:
    await room.show(1, "a")
    going = (await marked(room, "a"))["a"]
    later = START + timedelta(seconds=5)
    await settled(room, Result(going, outbox.QUEUED, later, 1, 0, error="not_sent"))
    row = await room.row("a")
    assert (row.status, row.due_at, row.attempts, row.copies) == ("queued", later, 1, 0)
    assert await room.shown_by(1) is None
    async with room.database.begin() as uow:
        assert [one.id for one in await outbox.waiting(uow)] == [row.id]
    going = (await marked(room, "a"))["a"]
    await settled(room, Result(going, outbox.SENT, START, 2, 1, message_id=50, sent_at=later))
    row = await room.row("a")
    assert (row.status, row.sent_at, row.error) == ("sent", later, None)
    assert await room.shown_by(1) == 50


async def test_a_result_for_a_letter_that_is_not_being_sent_changes_nothing(room: Room) -> None:
    await room.queue((1, "a"))
    going = (await marked(room, "a"))["a"]
    await room.change("a", status="dead")
    await settled(room, Result(going, outbox.SENT, START, 1, 1, message_id=5))
    assert await room.statuses() == {"a": "dead"}


async def test_what_was_in_flight_is_found_again(room: Room) -> None:
    await room.queue((1, "a"), (2, "b"), (3, "c"))
    await marked(room, "a", "c")
    async with room.database.begin() as uow:
        left = await outbox.left_sending(uow)
    assert [one.letter.kind for one in left] == ["a", "c"]


async def test_due_now_and_next(room: Room) -> None:
    await room.queue((1, "later"), due_at=START + timedelta(hours=1))
    async with room.database.reading() as connection:
        assert not await outbox.any_due(connection, START, ())
        assert await outbox.next_due(connection, START) == START + timedelta(hours=1)
        now = START + timedelta(hours=1)
        assert await outbox.any_due(connection, now, ())
        assert not await outbox.any_due(connection, now, (1,))
        assert await outbox.next_due(connection, now) is None


async def test_only_letters_that_ended_long_ago_are_forgotten(room: Room) -> None:
    await room.queue((1, "old"), (1, "waiting"), (1, "young"))
    month = timedelta(days=31)
    await room.change("old", status="sent", created_at=START - month)
    await room.change("waiting", created_at=START - month)
    await room.change("young", status="sent")
    async with room.database.begin() as uow:
        assert await retention.letters(uow, 1, START - timedelta(days=30), 9) == 1
    assert await room.statuses() == {"waiting": "queued", "young": "sent"}


async def test_the_queue_is_read_by_its_index_without_sorting(room: Room) -> None:
    async with room.database.reading() as connection:
        page = outbox._PAGE.params(but=[1, 2], most=64, in_bulk=False).compile(
            dialect=connection.dialect, compile_kwargs={"literal_binds": True}
        )
        if connection.dialect.name == "sqlite":
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {page}")
            assert [row[-1] for row in plan] == ["SCAN outbox USING INDEX ix_outbox_queued"]
        else:
            for way in ("seqscan", "bitmapscan", "sort"):  # cheaper, as long as there is little
                await connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
            plan = await connection.exec_driver_sql(f"EXPLAIN {page}")
            steps = [row[0].strip() for row in plan if "cost=" in row[0]]
            assert [one.partition("  (")[0] for one in steps] == [
                "Limit",
                "->  Index Scan using ix_outbox_queued on outbox",
            ]
