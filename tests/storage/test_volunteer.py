"""A wish from the first tick to the work, on a real database: what is kept, and what is noted."""

from dataclasses import replace

import pytest

from bot.domain.audience import Serving
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.role import Role
from bot.domain.volunteer import Wish, WishStatus
from bot.services import volunteer, volunteer_decision, volunteer_tiles
from bot.services.organisation_file import read_organisation
from storage import audit, community, person
from storage import volunteer as wishes
from storage.unit_of_work import Database, UnitOfWork
from tests.support.database import START, a_person
from tests.support.offline import ORGANISATION

DOCUMENT = read_organisation(ORGANISATION).model_dump(mode="json", exclude={"homes", "people"})


async def people(uow: UnitOfWork, *held: Role, home: str | None = "3-2") -> list[Person]:
    for code in ("east", "west"):
        await community.keep(uow, code, DOCUMENT)
    made = [
        replace(a_person(n, one, telegram_id=7000 + n), home=home) for n, one in enumerate(held, 1)
    ]
    for one in made:
        person.add(uow, one)
    return made


async def again(uow: UnitOfWork, who: Person) -> Person:
    return (await person.find(uow, 1, [who.id]))[who.id]


async def test_a_wish_is_kept_as_it_was_written(database: Database) -> None:
    one = Wish(1, 1, 1, 1, ("lift", "locks"), "estate:east", WishStatus.DRAFT, START)
    async with database.begin() as uow:
        await people(uow, Role.RESIDENT, Role.ORGANIZER)
        wishes.add(uow, one)
        assert await wishes.count_waiting(uow, 1) == 0
        later = replace(one, status=WishStatus.WAITING, skills=(), told=True, version=2)
        wishes.change(uow, later)
    async with database.begin() as uow:
        assert await wishes.find(uow, 1, 1) == later
        assert await wishes.waiting(uow, 1) == [later]
        assert await wishes.of(uow, 1, 1) == [later]
        assert await wishes.count_waiting(uow, 1) == 1
        assert await wishes.find(uow, 2, 1) is None


async def test_agreed_noted_and_served_by(database: Database) -> None:
    async with database.begin() as uow:
        li, giver = await people(uow, Role.RESIDENT, Role.ORGANIZER)
        kind, facts = await volunteer.home(uow, li)
        assert (kind, facts["where"]) == ("volunteer.edit", ["幸福里东区"])
        await volunteer_tiles.tick(uow, li, facts["id"], "plumbing", on=True)
        facts = await volunteer_tiles.tick(uow, li, facts["id"], "plumbing", on=True)
        assert facts["version"] == 2, "twice is once"
        assert await volunteer.send(uow, li, facts["id"], 2)
    async with database.begin() as uow:
        assert await volunteer_decision.agree(uow, giver, facts["id"], 3) == li.name
    async with database.begin() as uow:
        now = await again(uow, li)
        assert now.holds(Role.VOLUNTEER)
        serving = Serving.of(now)
        assert serving.skills == ("plumbing",)
        assert serving.buildings == ("1", "2", "3", "5", "6")
        noted = [one.what for one in reversed(await audit.of(uow, 1))]
        assert noted == ["wish_sent", "role_given", "volunteer_serves"]
        await volunteer.stop(uow, now)
    async with database.begin() as uow:
        now = await again(uow, li)
        assert not now.holds(Role.VOLUNTEER)
        assert Serving.of(now) == Serving()
        assert (await audit.of(uow, 1))[0].what == "role_ended"


async def test_staff_who_volunteers_keeps_what_their_work_asks_for(database: Database) -> None:
    async with database.begin() as uow:
        wang, giver = await people(uow, Role.PROPERTY_STAFF, Role.ORGANIZER)
        held = {"serves": {"skills": ["lift"], "buildings": ["11"]}}
        person.change(uow, replace(wang, settings=held))
        wang = await again(uow, wang)
        _, facts = await volunteer.home(uow, wang)
        facts = await volunteer_tiles.tick(uow, wang, facts["id"], "plumbing", on=True)
        facts = await volunteer_tiles.go(uow, wang, facts["id"], "buildings:3")
        await volunteer.send(uow, wang, facts["id"], facts["version"])
        await volunteer_decision.agree(uow, giver, facts["id"], facts["version"] + 1)
        serving = Serving.of(await again(uow, wang))
        assert set(serving.skills) == {"lift", "plumbing"}
        assert serving.buildings == ("11", "3")


async def test_without_a_home_every_estate_may_be_chosen(database: Database) -> None:
    async with database.begin() as uow:
        (li,) = await people(uow, Role.RESIDENT, home=None)
        _, facts = await volunteer.home(uow, li)
        assert facts["where"] == [], "anywhere"
        tiles = (await volunteer_tiles.areas(uow, li, facts["id"]))["tiles"]
        assert [one["area"] for one in tiles] == ["estate:east", "estate:west", ""]
        with pytest.raises(Refusal, match="stale"):
            await volunteer_tiles.go(uow, li, facts["id"], "buildings:3")


async def test_only_who_may_give_the_role_decides(database: Database) -> None:
    async with database.begin() as uow:
        li, desk = await people(uow, Role.RESIDENT, Role.DISPATCHER)
        _, facts = await volunteer.home(uow, li)
        await volunteer.send(uow, li, facts["id"], 1)
        assert await volunteer_decision.count(uow, desk) == 0
        for step in (volunteer_decision.agree, volunteer_decision.reasons):
            with pytest.raises(Refusal, match="not_yours"):
                await step(uow, desk, facts["id"], 2)
        with pytest.raises(Refusal, match="not_yours"):
            await volunteer_decision.listing(uow, desk, 0)
