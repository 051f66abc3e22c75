"""Roles that end by themselves, links that are guessed, the first admin."""

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import bindparam, func, select

from bot.clock import new_id
from bot.domain.area import Area
from bot.domain.block import Block, BlockStatus
from bot.domain.grant import PREFIX, GrantStatus
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.role import Role
from bot.services import grant, leaver
from bot.services.organisation_file import read_organisation
from bot.services.person import FIRST_ADMINS, Account, recognise
from storage import audit, block, community, due, person, role
from storage.tables import grants, outbox, roles
from storage.unit_of_work import Database, UnitOfWork
from tests.support.database import HandClock, a_person
from tests.support.offline import ORGANISATION

DOCUMENT = read_organisation(ORGANISATION).model_dump(mode="json", exclude={"homes", "people"})
GUESSES, A_PAGE = 1_000_000, 20_000


async def people(uow: UnitOfWork, *held: Role) -> list[Person]:
    for code in ("east", "west"):
        await community.keep(uow, code, DOCUMENT)
    made = [a_person(n, one, telegram_id=7000 + n) for n, one in enumerate(held, 1)]
    for one in made:
        person.add(uow, one)
    return made


async def now(database: Database, telegram_id: int) -> frozenset[Role]:
    async with database.begin() as uow:
        found = await person.find_by_telegram(uow, telegram_id)
        assert found is not None
        return found.roles


async def test_a_role_that_was_given_for_a_month_ends_by_itself(
    database: Database, clock: HandClock
) -> None:
    async with database.begin() as uow:
        giver, to = await people(uow, Role.ORGANIZER, Role.RESIDENT)
    async with database.begin() as uow:
        given = await grant.give(uow, giver, to, Role.VOLUNTEER, "", "month")
        assert given.status is GrantStatus.GRANTED
    assert Role.VOLUNTEER in await now(database, to.telegram_id)
    clock.pass_(days=30)
    assert Role.VOLUNTEER not in await now(database, to.telegram_id)
    async with database.begin() as uow:  # and may be given again
        await grant.give(uow, giver, to, Role.VOLUNTEER, "", "none")
    assert Role.VOLUNTEER in await now(database, to.telegram_id)


async def test_giving_and_taking_is_in_the_audit_and_works_at_once(database: Database) -> None:
    async with database.begin() as uow:
        giver, to = await people(uow, Role.ADMIN, Role.RESIDENT)
        await grant.give(uow, giver, to, Role.GRID_WORKER, "estate:east", "year")
    async with database.begin() as uow:
        await grant.take(uow, giver, to, Role.GRID_WORKER, "estate:east")
    assert Role.GRID_WORKER not in await now(database, to.telegram_id)
    async with database.begin() as uow:
        noted = [(one.what, one.facts["role"]) for one in await audit.of(uow, 1)]
        assert noted == [("role_ended", "grid_worker"), ("role_given", "grid_worker")]
        with pytest.raises(Refusal, match="stale"):
            await grant.take(uow, giver, to, Role.GRID_WORKER, "estate:east")


async def test_a_role_in_a_part_of_the_community_counts_there_alone(database: Database) -> None:
    async with database.begin() as uow:
        giver, to = await people(uow, Role.ORGANIZER, Role.RESIDENT)
        await grant.give(uow, giver, to, Role.VOLUNTEER, "estate:east", "none")
    assert await now(database, to.telegram_id) == {Role.RESIDENT}
    async with database.begin() as uow:
        for area, there in ((Area("east"), 1), (Area("west"), 0), (Area(), 1)):
            assert len(await person.holders(uow, 1, [Role.VOLUNTEER], area)) == there


async def test_without_a_second_person_nothing_is_asked(database: Database) -> None:
    async with database.begin() as uow:
        giver, to = await people(uow, Role.ADMIN, Role.RESIDENT)
    async with database.begin() as uow:
        with pytest.raises(Refusal, match="no_second"):
            await grant.give(uow, giver, to, Role.DISPATCHER, "", "year")
        assert uow.writes <= 1  # the number that was taken
    async with database.reading() as connection:
        assert (await connection.execute(select(func.count()).select_from(grants))).scalar() == 0


async def test_an_invitation_of_who_was_demoted_since_gives_nothing(database: Database) -> None:
    async with database.begin() as uow:
        boss, giver, to = await people(uow, Role.ADMIN, Role.ORGANIZER, Role.RESIDENT)
        code = await grant.invite(uow, giver, Role.VOLUNTEER, "", "year")
    async with database.begin() as uow:
        await grant.take(uow, boss, giver, Role.ORGANIZER, "")
    async with database.begin() as uow:
        with pytest.raises(Refusal, match="gone"):
            await grant.open_invitation(uow, to, code)


async def test_an_invitation_of_another_community_is_none_here(database: Database) -> None:
    async with database.begin() as uow:
        giver, _ = await people(uow, Role.ORGANIZER, Role.RESIDENT)
        code = await grant.invite(uow, giver, Role.VOLUNTEER, "", "year")
        foreign = a_person(1, community=2, telegram_id=8001)
        person.add(uow, foreign)
    async with database.begin() as uow:
        with pytest.raises(Refusal, match="elsewhere"):
            await grant.open_invitation(uow, foreign, code)


async def test_a_million_guessed_invitations_give_nothing(database: Database) -> None:
    async with database.begin() as uow:
        giver, guesser = await people(uow, Role.ORGANIZER, Role.RESIDENT)
        for _ in range(50):
            await grant.invite(uow, giver, Role.VOLUNTEER, "", "year")
    for _ in range(200):
        async with database.begin() as uow:
            with pytest.raises(Refusal, match="gone"):
                await grant.open_invitation(uow, guesser, PREFIX + new_id())
    found = select(func.count()).where(grants.c.code_hash.in_(bindparam("some", expanding=True)))
    hits = 0
    async with database.reading() as connection:
        for _ in range(GUESSES // A_PAGE):
            some = [hashlib.sha256((PREFIX + new_id()).encode()).hexdigest() for _ in range(A_PAGE)]
            hits += (await connection.execute(found, {"some": some})).scalar_one()
    assert hits == 0
    async with database.reading() as connection:
        of = select(func.count()).where(roles.c.person_id == guesser.id, roles.c.role != "resident")
        assert (await connection.execute(of)).scalar_one() == 0


async def test_who_is_named_in_the_settings_is_the_first_admin_and_only_while_there_is_none(
    database: Database,
) -> None:
    database.give(FIRST_ADMINS, frozenset({7001, 7002}))
    for telegram_id, is_admin in ((7001, True), (7002, False), (7003, False)):
        async with database.begin() as uow:
            who, _ = await recognise(uow, Account(telegram_id, "n", "zh_CN"))
            assert (Role.ADMIN in who.roles) is is_admin


async def test_every_ninety_days_those_who_give_roles_are_asked_to_look(
    database: Database, clock: HandClock
) -> None:
    async with database.begin() as uow:
        await people(uow, Role.ORGANIZER, Role.VOLUNTEER, Role.RESIDENT)
        await leaver.plan_all(uow)
    async with database.begin() as uow:
        await leaver.plan_all(uow)  # at every start: nothing moves
    clock.pass_(days=89)
    async with database.reading() as connection:
        assert await due.fallen_due(connection, clock.now()) == []
    for round_ in ("0", "1"):
        clock.pass_(days=90)
        async with database.reading() as connection:
            found = await due.fallen_due(connection, clock.now())
        assert [(one.community_id, one.occurrence) for one in found] == [(1, round_), (2, round_)]
        for one in found:
            async with database.begin() as uow:
                assert await due.mark_done(uow, one)
                await leaver.look(uow, one)
    async with database.reading() as connection:
        told = await connection.execute(
            select(outbox.c.chat_id, outbox.c.facts).where(outbox.c.kind == leaver.CHECK)
        )
        assert [tuple(row) for row in told] == [(7001, {"n": 2, "gone": 0})] * 2


async def test_an_admin_who_is_shut_out_is_not_the_one_who_stays(
    database: Database, clock: HandClock
) -> None:
    """Shut out as a resident, and given the role afterwards: it rests."""
    async with database.begin() as uow:
        first, second = await people(uow, Role.ADMIN, Role.ADMIN)
        until = uow.now + timedelta(days=1)
        block.add(uow, Block(1, 1, 2, "spam", None, BlockStatus.STANDS, "day", until, 1, uow.now))
    async with database.begin() as uow:
        assert [one.id for one in await person.acting(uow, 1, Role.ADMIN)] == [first.id]
        with pytest.raises(Refusal, match="last_admin"):
            await grant.take(uow, first, first, Role.ADMIN, "")
        await grant.take(uow, first, second, Role.ADMIN, "")  # who cannot act may go
    async with database.begin() as uow:
        await role.give(uow, 1, second.id, Role.ADMIN, "", None)
    clock.pass_(days=2)
    async with database.begin() as uow:
        await grant.take(uow, first, first, Role.ADMIN, "")
        assert [one.id for one in await person.acting(uow, 1, Role.ADMIN)] == [second.id]


async def test_whom_the_settings_name_comes_in_while_the_only_admin_is_shut_out(
    database: Database,
) -> None:
    database.give(FIRST_ADMINS, frozenset({7001, 7002}))
    async with database.begin() as uow:
        await people(uow, Role.ADMIN, Role.RESIDENT)
        until = uow.now + timedelta(days=1)
        block.add(uow, Block(1, 1, 1, "spam", None, BlockStatus.STANDS, "day", until, 2, uow.now))
    async with database.begin() as uow:
        shut_out, _ = await recognise(uow, Account(7001, "周管理", "zh_CN"))
        assert shut_out.roles == frozenset()
        named, _ = await recognise(uow, Account(7002, "小李", "zh_CN"))
        assert Role.ADMIN in named.roles
