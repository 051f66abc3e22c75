"""Who may shut out whom, and how long it holds."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.area import ESTATE, scope
from bot.domain.block import ANSWERED_EVERY, Block, BlockStatus, may_block
from bot.domain.grant import Held
from bot.domain.role import Role
from tests.support.database import START

DAY = timedelta(days=1)
STANDS = Block(1, 1, 1, "spam", None, BlockStatus.STANDS, "day", START + DAY, 2, START)


def held(*roles: Role, scope: str = "") -> list[Held]:
    return [Held(one, scope, START) for one in roles]


@pytest.mark.parametrize(
    ("mine", "theirs", "may"),
    [
        (Role.ORGANIZER, Role.RESIDENT, True),
        (Role.ORGANIZER, Role.SUPERVISOR, True),
        (Role.ORGANIZER, Role.ORGANIZER, False),
        (Role.ORGANIZER, Role.ADMIN, False),
        (Role.ADMIN, Role.ORGANIZER, True),
        (Role.ADMIN, Role.ADMIN, False),
        (Role.SUPERVISOR, Role.RESIDENT, False),
        (Role.RESIDENT, Role.RESIDENT, False),
    ],
)
def test_only_who_gives_roles_shuts_out_and_only_below(mine: Role, theirs: Role, may: bool) -> None:
    assert may_block(held(mine), held(theirs)) is may


def test_whoever_holds_nothing_is_a_resident_and_the_highest_role_counts() -> None:
    assert may_block(held(Role.ORGANIZER), [])
    assert not may_block(held(Role.ORGANIZER), held(Role.VOLUNTEER, Role.ADMIN))
    assert not may_block(held(Role.ORGANIZER, scope=scope(ESTATE, "east")), [])
    assert not may_block(held(Role.ADMIN), held(Role.ADMIN, scope=scope(ESTATE, "east")))


def test_it_ends_at_its_instant_and_holds_only_when_agreed_to() -> None:
    assert STANDS.holds(START + DAY - timedelta(microseconds=1))
    assert not STANDS.holds(START + DAY)
    assert replace(STANDS, ends_at=None).holds(START + 900 * DAY)
    asked = replace(STANDS, status=BlockStatus.ASKED, ends_at=None)
    assert not asked.holds(START)
    assert asked.is_open(START)


def test_it_is_said_again_after_an_hour() -> None:
    assert STANDS.may_answer(START)
    said = replace(STANDS, answered_at=START)
    assert not said.may_answer(START + ANSWERED_EVERY - timedelta(seconds=1))
    assert said.may_answer(START + ANSWERED_EVERY)


def test_an_appeal_waits_until_it_is_judged_or_the_block_is_over() -> None:
    said = replace(STANDS, appeal="words")
    assert not STANDS.waits_for_judgement(START)
    assert said.waits_for_judgement(START)
    assert not said.waits_for_judgement(START + DAY)
    assert not replace(said, judged_by=3).waits_for_judgement(START)
