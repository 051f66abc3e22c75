"""A demo begins anew whatever stands in it."""

from pathlib import Path

from bot.domain.agenda import TOPIC, Item, ItemStatus
from storage import agenda, person, snapshot
from tests.support.database import START, HandClock, a_person, make_database, opened, rows


async def test_topics_that_go_together_can_be_emptied(tmp_path: Path) -> None:
    await make_database(tmp_path / "linli.db", "east")
    async with opened(tmp_path / "linli.db", HandClock()) as database:
        async with database.begin() as uow:
            person.add(uow, a_person(1))
            one = Item(1, 0, "weekly", TOPIC, None, None, START, words="长椅", person_id=1)
            first = await agenda.keep(uow, one)
            along = Item(1, 0, "weekly", TOPIC, None, None, START, words="长凳", person_id=1,
                         status=ItemStatus.TOGETHER, with_id=first.id)  # fmt: skip
            await agenda.keep(uow, along)
        async with database.begin() as uow:
            await snapshot.empty(uow)
        assert await rows(database, "SELECT id FROM agenda_items") == []
        assert await rows(database, "SELECT id FROM people") == []


async def test_what_was_taken_is_put_back_to_the_last_row(tmp_path: Path) -> None:
    await make_database(tmp_path / "linli.db", "east")
    taken: list[snapshot.Snapshot] = []
    async with opened(tmp_path / "linli.db", HandClock()) as database:
        async with database.begin() as uow:
            snapshot.take(uow, taken.append)
            uow.before_commit["late"] = lambda late: person.add(late, a_person(1))
        before = await rows(database, "SELECT * FROM people")
        async with database.begin() as uow:
            await snapshot.empty(uow)
        assert await rows(database, "SELECT id FROM communities") == []
        async with database.begin() as uow:
            await snapshot.put_back(uow, taken[0])
        assert len(before) == 1
        assert await rows(database, "SELECT * FROM people") == before
        assert await rows(database, "SELECT id FROM communities")
