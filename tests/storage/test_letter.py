"""Letters into the outbox: with their cause or not at all; of one card only the last drawing."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.letter import Notification, Recipient
from storage import card, letter
from storage.card import Card
from storage.tables import cards, outbox
from storage.unit_of_work import Database, UnitOfWork
from tests.support.database import START, HandClock, rows

TO = Recipient(1, 7001, "en")


async def new_card(database: Database, message_id: int | None = None) -> Card:
    async with database.begin() as uow:
        made = await card.add(uow, 1, TO.chat_id, "case", 1)
    async with database.begin() as uow:
        await uow.write_now(cards.update().values(message_id=message_id))
    return Card(1, made.id, TO.chat_id, "case", 1, message_id)


def draw(uow: UnitOfWork, shown: Card | None, words: str, **given: Any) -> None:
    letter.queue(uow, TO, Notification("case.card", {"words": words}), card=shown, **given)


async def queued(database: Database) -> list[tuple[str, str]]:
    query = select(outbox.c.facts, outbox.c.status).order_by(outbox.c.id)
    async with database.reading() as connection:
        return [(row.facts["words"], row.status) for row in await connection.execute(query)]


async def one_of(database: Database, column: str) -> Any:
    (row,) = await rows(database, f"SELECT {column} FROM outbox WHERE status = 'queued'")
    return row[0]


async def test_a_letter_goes_with_its_cause_or_not_at_all(database: Database) -> None:
    async def write_and_fail() -> None:
        async with database.begin() as uow:
            draw(uow, None, "lost")
            raise ConnectionError

    with pytest.raises(ConnectionError):
        await write_and_fail()
    assert await queued(database) == []
    async with database.begin() as uow:
        assert not uow.letters_queued
        draw(uow, None, "kept")
        assert uow.letters_queued
    assert await queued(database) == [("kept", "queued")]


async def test_a_letter_without_a_card_replaces_nothing(database: Database) -> None:
    for words in ("a", "b"):
        async with database.begin() as uow:
            draw(uow, None, words)
    assert await queued(database) == [("a", "queued"), ("b", "queued")]


async def test_a_card_drawn_again_replaces_what_is_still_queued(database: Database) -> None:
    shown = await new_card(database)
    for words in ("a", "b", "c"):
        async with database.begin() as uow:
            draw(uow, shown, words)
    assert await queued(database) == [("a", "superseded"), ("b", "superseded"), ("c", "queued")]


async def test_within_one_transaction_only_the_last_drawing_is_written(
    database: Database,
) -> None:
    shown = await new_card(database)
    async with database.begin() as uow:
        draw(uow, shown, "older")
    async with database.begin() as uow:
        draw(uow, shown, "a")
        draw(uow, None, "beside")
        draw(uow, shown, "b")
    assert await queued(database) == [
        ("older", "superseded"),
        ("beside", "queued"),
        ("b", "queued"),
    ]


async def test_cards_of_other_chats_are_left_alone(database: Database) -> None:
    shown = await new_card(database)
    async with database.begin() as uow:
        other = await card.add(uow, 1, 7002, "case", 1)
        west = await card.add(uow, 2, 7003, "case", 1)
        assert west.id == shown.id  # the same number in another community
        draw(uow, other, "other")
        letter.queue(uow, Recipient(2, 7003, "en"), Notification("k", {"words": "west"}), card=west)
    async with database.begin() as uow:
        draw(uow, shown, "mine")
    assert {status for _, status in await queued(database)} == {"queued"}


@pytest.mark.parametrize("status", ["sending", "sent", "dead", "unknown"])
async def test_what_is_on_its_way_or_over_is_not_replaced(database: Database, status: str) -> None:
    shown = await new_card(database)
    async with database.begin() as uow:
        draw(uow, shown, "a")
    async with database.begin() as uow:
        await uow.write_now(outbox.update().values(status=status))
        draw(uow, shown, "b")
    assert await queued(database) == [("a", status), ("b", "queued")]


async def test_a_redrawing_of_one_message_neither_replaces_nor_is_replaced(
    database: Database,
) -> None:
    shown = await new_card(database, message_id=5)
    async with database.begin() as uow:
        draw(uow, shown, "old message", message_id=3)
        draw(uow, shown, "card")
    async with database.begin() as uow:
        draw(uow, shown, "card again")
        draw(uow, shown, "old again", message_id=3)
    assert await queued(database) == [
        ("old message", "queued"),
        ("card", "superseded"),
        ("card again", "queued"),
        ("old again", "queued"),
    ]


async def test_a_silent_redrawing_of_a_card_that_was_not_seen_yet_still_rings(
    database: Database,
) -> None:
    shown = await new_card(database)
    async with database.begin() as uow:
        draw(uow, shown, "rings")
    async with database.begin() as uow:
        draw(uow, shown, "replaces it", silent=True)
    assert await one_of(database, "silent") == 0


@pytest.mark.parametrize("silent", [True, False])
async def test_a_card_that_was_seen_is_redrawn_as_silently_as_is_asked(
    database: Database, silent: bool
) -> None:
    shown = await new_card(database, message_id=5)
    async with database.begin() as uow:
        draw(uow, shown, "a", silent=silent)
    assert await one_of(database, "silent") == silent


async def test_a_message_of_its_own_is_as_silent_as_is_asked(database: Database) -> None:
    async with database.begin() as uow:
        draw(uow, None, "a", silent=True)
    assert await one_of(database, "silent") == 1


@pytest.mark.parametrize(
    ("kind", "message_id", "letter_class"),
    [
        ("case.card", None, "must_arrive"),
        ("case.card", 5, "idempotent"),
        ("broadcast.letter", None, "at_most_once"),
        ("case.thanks", None, "at_most_once"),
        ("case.thanks", 5, "idempotent"),
        ("survey.result", None, "must_arrive"),
    ],
)
async def test_the_class_goes_by_kind_and_by_whether_it_edits(
    database: Database, kind: str, message_id: int | None, letter_class: str
) -> None:
    async with database.begin() as uow:
        letter.queue(uow, TO, Notification(kind), message_id=message_id)
    assert await one_of(database, "letter_class") == letter_class


async def test_a_letter_falls_due_now_or_when_it_is_planned(
    database: Database, clock: HandClock
) -> None:
    clock.pass_(hours=1)
    async with database.begin() as uow:
        draw(uow, None, "now")
    async with database.begin() as uow:
        draw(uow, None, "later", due_at=START + timedelta(days=1))
    found = await rows(database, "SELECT (due_at - created_at) / 3600000000 FROM outbox")
    assert found == [(0,), (23,)]


async def test_the_facts_are_kept_as_they_were_said(database: Database) -> None:
    words = "灯坏了 <b>&\u202e"
    facts = {"words": words, "list": [1, {"a": None}]}
    async with database.begin() as uow:
        letter.queue(uow, TO, Notification("k", facts))
        facts["words"] = "changed afterwards"
    assert await queued(database) == [(words, "queued")]


async def test_the_demos_past_is_dropped_with_its_cards(database: Database) -> None:
    shown = await new_card(database)
    async with database.begin() as uow:
        draw(uow, shown, "before")
    async with database.begin() as uow:
        draw(uow, shown, "now")
        await letter.discard(uow, 1)
        assert await card.of(uow, 1, "case", 1) == ()
        draw(uow, None, "after")
    assert await queued(database) == [("after", "queued")]
