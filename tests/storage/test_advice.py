"""Who has done work of a kind: summed up by person, on both databases."""

from datetime import timedelta

from storage import advice, case, person
from storage.advice import Done
from storage.unit_of_work import Database
from tests.support.database import START, a_case, a_person

TOOK = timedelta(hours=3)


async def test_what_was_done_is_summed_up_by_person(database: Database) -> None:
    async with database.begin() as uow:
        for one in (1, 2, 3):
            person.add(uow, a_person(one))
        for number, who, kind in ((1, 2, "x"), (2, 3, "x"), (3, 2, "x"), (4, 2, "y"), (5, 2, "x")):
            done = None if number == 5 else START + number * TOOK
            case.add(uow, a_case(1000 + number, category=kind, handler_id=who, resolved_at=done))
    async with database.begin() as uow:
        assert await advice.done(uow, 1, "x", 200) == [Done(2, 2, 4 * TOOK), Done(3, 1, 2 * TOOK)]
        assert await advice.done(uow, 1, "x", 1) == [Done(2, 1, 3 * TOOK)]
        assert await advice.done(uow, 1, "z", 200) == []
