"""Who may give which role where, and who may be the second one."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.grant import (
    GIVEN,
    RANK,
    Grant,
    GrantStatus,
    Held,
    covers,
    may_agree,
    may_give,
    needs_second,
    to_give,
)
from bot.domain.role import Role

NOW = datetime(2026, 11, 17, 1, tzinfo=UTC)
EAST, WEST = "estate:east", "estate:west"


def held(role: Role, scope: str = "") -> list[Held]:
    return [Held(role, scope, NOW)]


@pytest.mark.parametrize("giver", RANK)
@pytest.mark.parametrize("role", GIVEN)
def test_only_organizers_and_admins_give_and_only_what_is_below(giver: Role, role: Role) -> None:
    below = RANK.index(role) < RANK.index(giver)
    expected = giver is Role.ADMIN or (giver is Role.ORGANIZER and below)
    assert may_give(held(giver), role, "") is expected
    assert (role in to_give(held(giver))) is expected


def test_nobody_gives_beyond_their_own_scope() -> None:
    for giver in (Role.ORGANIZER, Role.ADMIN):
        assert may_give(held(giver, EAST), Role.VOLUNTEER, EAST)
        assert not may_give(held(giver, EAST), Role.VOLUNTEER, WEST)
        assert not may_give(held(giver, EAST), Role.VOLUNTEER, "")
        assert may_give(held(giver), Role.VOLUNTEER, WEST)
    assert may_give([*held(Role.ADMIN, EAST), *held(Role.ORGANIZER)], Role.VOLUNTEER, WEST)
    assert not may_give([*held(Role.ADMIN, EAST), *held(Role.ORGANIZER)], Role.ADMIN, WEST)


def test_the_whole_covers_its_parts_and_no_part_another() -> None:
    assert covers("", EAST)
    assert covers(EAST, EAST)
    assert not covers(EAST, WEST)
    assert not covers(EAST, "")


def test_an_estate_covers_what_lies_wholly_in_it() -> None:
    within = {EAST: frozenset({"building:3", "grid:g1"}), "grid:g1": frozenset({"building:3"})}
    assert covers(EAST, "building:3", within)
    assert covers(EAST, "grid:g1", within)
    assert covers("grid:g1", "building:3", within)
    assert not covers("grid:g1", EAST, within)
    assert not covers(WEST, "grid:g1", within)
    assert may_give(held(Role.ORGANIZER, EAST), Role.DISPATCHER, "grid:g1", within)
    assert not may_give(held(Role.ORGANIZER, EAST), Role.DISPATCHER, "grid:g2", within)


def test_from_dispatcher_upward_a_second_person_agrees() -> None:
    assert {role for role in GIVEN if needs_second(role)} == {
        Role.DISPATCHER,
        Role.SUPERVISOR,
        Role.ORGANIZER,
        Role.ADMIN,
    }


def a_grant(**more: object) -> Grant:
    facts: dict[str, object] = {
        "community_id": 1,
        "id": 1,
        "person_id": 5,
        "role": Role.DISPATCHER,
        "scope": EAST,
        "ends_at": None,
        "asked_by": 1,
        "asked_at": NOW,
        "status": GrantStatus.ASKED,
    }
    return Grant(**facts | more)  # type: ignore[arg-type]


def test_the_second_one_is_somebody_else_who_could_give_it() -> None:
    assert may_agree(held(Role.ADMIN), a_grant(), 2)
    assert may_agree(held(Role.ORGANIZER, EAST), a_grant(), 2)
    assert not may_agree(held(Role.ADMIN), a_grant(), 1)  # who asked
    assert not may_agree(held(Role.ADMIN), a_grant(), 5)  # who gets it
    assert not may_agree(held(Role.ORGANIZER, WEST), a_grant(), 2)
    assert not may_agree(held(Role.DISPATCHER), a_grant(), 2)


@pytest.mark.parametrize(
    ("status", "hours", "good"),
    [
        (GrantStatus.INVITED, 0, True),
        (GrantStatus.INVITED, 24, True),
        (GrantStatus.INVITED, 24.01, False),
        (GrantStatus.ASKED, 0, False),
        (GrantStatus.GRANTED, 0, False),
        (GrantStatus.REFUSED, 0, False),
    ],
)
def test_a_link_is_good_once_and_for_a_day(
    status: GrantStatus, hours: float, *, good: bool
) -> None:
    link = a_grant(person_id=None, status=status)
    assert link.can_be_opened(NOW + timedelta(hours=hours)) is good
