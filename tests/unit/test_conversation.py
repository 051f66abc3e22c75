"""What we rely on in PTB: a conversation's state lives, commits and rolls back with the rest."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from telegram import CallbackQuery, Chat, Message, Update, User
from telegram.ext import ContextTypes, ConversationHandler, ExtBot, MessageHandler, filters

from bot.services import conversation
from handlers.context import ChatApplication, Context
from handlers.conversation import END, Dialogue, Handlers
from handlers.turn import Turn, on, on_presses
from storage import conversation as stored
from storage.unit_of_work import Database, UnitOfWork
from tests.support.database import HandClock, opened, rows

PERSON, NEIGHBOUR = 5, 6


class OfflineBot(ExtBot[None]):
    """A bot that never asks anybody."""

    async def initialize(self) -> None:
        self._bot_user = User(77, "Linli", is_bot=True)
        self._initialized = True

    async def shutdown(self) -> None:
        self._initialized = False


class Chats:
    """An application with one dialogue: go -> one -> two -> end."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.application = (
            ChatApplication.builder()
            .application_class(ChatApplication)
            .bot(OfflineBot("77:" + "x" * 35))
            .context_types(ContextTypes(context=Context))
            .updater(None)
            .job_queue(None)
            .build()
        )
        self.dialogue = Dialogue(
            "report",
            entry=[self.on("entry", r"^go$", "one")],
            steps={
                "one": [
                    self.on("one", r"^stay$", None),
                    self.on("one", r"^fail$", "two", fails=True),
                    self.on("one", r"^\w+$", "two"),
                ],
                "two": [self.on("two", r"^\w+$", END)],
            },
        )
        self.application.add_handler(self.dialogue)
        self.application.add_handler(MessageHandler(filters.ALL, self._outside))

    def on(self, step: str, pattern: str, to: object, *, fails: bool = False) -> Any:
        async def callback(update: Update, _context: Context) -> object:
            assert update.message is not None
            self.heard.append(f"{step}:{update.message.text}")
            if fails:
                raise RuntimeError("a defect")
            return to

        return MessageHandler(filters.Regex(pattern) & filters.UpdateType.MESSAGE, callback)

    async def _outside(self, update: Update, _context: Context) -> None:
        message = update.effective_message
        assert message is not None
        self.heard.append(f"outside:{message.text}")

    async def hear(self, uow: UnitOfWork, *said: tuple[int, str], edited: bool = False) -> None:
        await conversation.load(uow, {person for person, _ in said})
        for person, text in said:
            await self.application.process_update(an_update(person, text, edited=edited))


def an_update(person: int, text: str, *, edited: bool = False) -> Update:
    message = Message(
        1,
        datetime(2026, 11, 17, tzinfo=UTC),
        Chat(person, "private"),
        from_user=User(person, "somebody", is_bot=False),
        text=text,
    )
    return Update(1, edited_message=message) if edited else Update(1, message=message)


@pytest.fixture
async def chats() -> AsyncIterator[Chats]:
    made = Chats()
    await made.application.initialize()
    yield made
    await made.application.shutdown()


async def say(database: Database, chats: Chats, *said: tuple[int, str]) -> None:
    async with database.begin() as uow:
        await chats.hear(uow, *said)


async def states(database: Database) -> dict[int, str]:
    found = await rows(database, "SELECT user_id, state FROM conversations WHERE name = 'report'")
    return {row[0]: row[1] for row in found}


async def test_the_state_moves_with_the_unit_of_work(database: Database, chats: Chats) -> None:
    for said, state in (("go", "one"), ("a", "two")):
        await say(database, chats, (PERSON, said))
        assert await states(database) == {PERSON: state}
    await say(database, chats, (PERSON, "b"))
    assert await states(database) == {}
    assert chats.heard == ["entry:go", "one:a", "two:b"]


async def test_nothing_is_kept_before_the_commit(database: Database, chats: Chats) -> None:
    async with database.begin() as uow:
        await chats.hear(uow, (PERSON, "go"), (PERSON, "a"))
        assert await states(database) == {}
    assert await states(database) == {PERSON: "two"}


async def test_the_state_rolls_back_with_the_unit_of_work(database: Database, chats: Chats) -> None:
    await say(database, chats, (PERSON, "go"))

    async def go_on_and_fail() -> None:
        async with database.begin() as uow:
            await chats.hear(uow, (PERSON, "a"))
            await uow.flush()
            raise ConnectionError

    with pytest.raises(ConnectionError):
        await go_on_and_fail()
    assert await states(database) == {PERSON: "one"}
    await say(database, chats, (PERSON, "b"))
    assert chats.heard == ["entry:go", "one:a", "one:b"]


async def test_a_handler_that_fails_comes_out_and_moves_nothing(
    database: Database, chats: Chats
) -> None:
    await say(database, chats, (PERSON, "go"))
    with pytest.raises(RuntimeError, match="a defect"):
        await say(database, chats, (NEIGHBOUR, "go"), (PERSON, "fail"))
    assert await states(database) == {PERSON: "one"}
    await say(database, chats, (NEIGHBOUR, "go"), (PERSON, "again"))
    assert await states(database) == {NEIGHBOUR: "one", PERSON: "two"}


async def test_after_a_restart_the_next_message_goes_on_at_the_right_step(
    file: Path, clock: HandClock
) -> None:
    for said, step in (("go", "entry:go"), ("a", "one:a"), ("b", "two:b")):
        made = Chats()
        await made.application.initialize()
        async with opened(file, clock) as database:
            await say(database, made, (PERSON, said))
        await made.application.shutdown()
        assert made.heard == [step]


async def test_a_step_that_an_older_version_stored_falls_back_to_the_entry(
    database: Database, chats: Chats
) -> None:
    async with database.begin() as uow:
        await conversation.load(uow, [PERSON])
        stored.move(uow, "report", (PERSON, PERSON), "a step of yesteryear")
    await say(database, chats, (PERSON, "what"))
    await say(database, chats, (PERSON, "go"))
    assert chats.heard == ["outside:what", "entry:go"]
    assert await states(database) == {PERSON: "one"}


async def test_none_stays_where_it_is_and_the_end_forgets(database: Database, chats: Chats) -> None:
    await say(database, chats, (PERSON, "go"), (PERSON, "stay"), (PERSON, "stay"))
    assert await states(database) == {PERSON: "one"}
    await say(database, chats, (PERSON, "a"), (PERSON, "b"), (PERSON, "b"))
    assert await states(database) == {}
    assert chats.heard[-1] == "outside:b"


async def test_everybody_stands_somewhere_of_their_own(database: Database, chats: Chats) -> None:
    await say(database, chats, (PERSON, "go"), (NEIGHBOUR, "go"), (PERSON, "a"))
    assert await states(database) == {PERSON: "two", NEIGHBOUR: "one"}


async def test_a_corrected_message_is_not_the_next_answer(database: Database, chats: Chats) -> None:
    await say(database, chats, (PERSON, "go"))
    async with database.begin() as uow:
        await chats.hear(uow, (PERSON, "typo"), edited=True)
    assert await states(database) == {PERSON: "one"}
    assert chats.heard == ["entry:go", "outside:typo"]


async def test_what_was_not_loaded_is_a_defect_and_not_a_new_conversation(
    database: Database, chats: Chats
) -> None:
    async def forget_to_load() -> None:
        async with database.begin():
            await chats.application.process_update(an_update(PERSON, "go"))

    with pytest.raises(LookupError, match="not loaded"):
        await forget_to_load()


async def test_outside_a_unit_of_work_nothing_is_heard(chats: Chats) -> None:
    with pytest.raises(LookupError):
        await chats.application.process_update(an_update(PERSON, "go"))


async def test_two_dialogues_of_one_person_do_not_mix(database: Database, chats: Chats) -> None:
    other: Handlers = [chats.on("other", r"^refuse$", "why")]
    why: Handlers = [chats.on("why", r"^because$", END)]
    chats.application.add_handler(Dialogue("refusal", entry=other, steps={"why": why}), group=-1)
    await say(database, chats, (PERSON, "go"), (PERSON, "refuse"))
    found = await rows(database, "SELECT name, state FROM conversations ORDER BY name")
    assert found == [("refusal", "why"), ("report", "two")]


def test_ptb_still_has_the_inside_that_we_replace() -> None:
    """When this fails after an upgrade, look at handlers/conversation.py first."""
    plain: ConversationHandler[Context] = ConversationHandler([], {}, [])
    assert plain._conversations == {}
    assert END == ConversationHandler.END


async def test_a_state_is_read_once_for_a_whole_batch(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with database.begin() as uow:
        await conversation.load(uow, [1, 2])
        stored.move(uow, "report", (1, 1), "one")
        stored.move(uow, "report", (2, 2), "two")
    async with database.begin() as uow:
        await conversation.load(uow, [1, 2, 3])

        async def never(*_given: Any) -> Any:
            raise AssertionError("asked again")

        monkeypatch.setattr(uow, "read", never)
        await conversation.load(uow, [3, 2])
        assert [conversation.state("report", (one, one)) for one in (1, 2, 3)] == [
            "one",
            "two",
            None,
        ]


async def test_the_quick_look_passes_by_only_what_no_step_would_take(database: Database) -> None:
    async def step(_turn: Turn) -> object:
        return END

    words = MessageHandler(filters.TEXT, on(step))
    pressed = on_presses("thing", {"do": step})
    by_words = Dialogue("report", entry=[words], steps={"one": [pressed]})
    by_press = Dialogue("decline", entry=[pressed], steps={"one": [words]})
    updates = [
        an_update(PERSON, "go"),
        Update(1),
        *(a_press(data) for data in ("v1:thing:do:1:0", "v1:other:do:1:0", "v1:thing:no:1:0", "x")),
    ]
    taken = []
    async with database.begin() as uow:
        await conversation.load(uow, {PERSON})
        for state in (None, "one"):
            conversation.move("report", (PERSON, PERSON), state)
            conversation.move("decline", (PERSON, PERSON), state)
            for dialogue in (by_words, by_press):
                for one in updates:
                    found = dialogue.check_update(one)
                    assert bool(found) == bool(ConversationHandler.check_update(dialogue, one))
                    taken.append(bool(found))
    assert taken.count(True) == 6


def a_press(data: str) -> Update:
    user = User(PERSON, "somebody", is_bot=False)
    message = an_update(PERSON, "card").message
    return Update(1, callback_query=CallbackQuery("1", user, "1", message, data))
