"""Whose figures somebody reads whose role holds in a part alone."""

from dataclasses import replace

import pytest

from bot.domain.area import EVERYWHERE
from bot.domain.menu import commands_of
from bot.domain.refusal import Refusal
from bot.domain.role import Role
from bot.services import figures
from bot.services.community import Community
from bot.services.organisation_file import read_organisation
from bot.texts import words
from tests.support.database import a_person
from tests.support.offline import ORGANISATION

DOCUMENT = read_organisation(ORGANISATION)
EAST, WEST = (f"estate:{one.code}" for one in DOCUMENT.estates)


@pytest.fixture
def community() -> Community:
    return Community(DOCUMENT, words()["place"])


def read(community: Community, *parts: tuple[Role, str]) -> list[str]:
    who = replace(a_person(1), parts=frozenset(parts))
    return [one.code for one in figures.readable(community, who)]


def test_an_estate_is_read_by_who_serves_in_it(community: Community) -> None:
    for role in (Role.DISPATCHER, Role.SUPERVISOR, Role.ORGANIZER, Role.ADMIN):
        assert read(community, (role, WEST)) == [WEST.partition(":")[2]]
    for role in (Role.VOLUNTEER, Role.GRID_WORKER, Role.PROPERTY_STAFF):
        assert read(community, (role, WEST)) == []


def test_a_grid_and_a_building_are_less_than_an_estate(community: Community) -> None:
    for scope in ("grid:1", "building:3"):
        assert read(community, (Role.DISPATCHER, scope)) == []
        who = replace(a_person(1), parts=frozenset({(Role.DISPATCHER, scope)}))
        assert "report" not in commands_of(who)
        with pytest.raises(Refusal) as refused:
            figures.scope_for(community, who, 0)
        assert refused.value.is_denial


def test_every_estate_is_the_whole(community: Community) -> None:
    assert read(community, (Role.DISPATCHER, EAST), (Role.SUPERVISOR, WEST))[0] == EVERYWHERE
    whole = [one.code for one in figures.readable(community, a_person(1, Role.ORGANIZER))]
    assert whole == [one.code for one in figures.scopes(community)]


def test_a_forged_number_of_another_estate_is_denied(community: Community) -> None:
    who = replace(a_person(1), parts=frozenset({(Role.DISPATCHER, WEST)}))
    own = figures.scope_for(community, who, 0)
    assert own.code == WEST.partition(":")[2]
    assert figures.scope_for(community, who, own.number) == own
    assert figures.widest(community, who) == [own]
    assert "report" in commands_of(who)
    for one in figures.scopes(community)[1:]:
        if one != own:
            with pytest.raises(Refusal) as refused:
                figures.scope_for(community, who, one.number)
            assert refused.value.is_denial
    assert figures.scope_for(community, who, 99) == own  # an estate that has gone since
