"""As what somebody sees a case, whatever roles they hold: nothing that a role may do is hidden."""

from itertools import combinations
from typing import Any

import pytest

from bot.domain.case import Status
from bot.domain.case_record import Case
from bot.domain.permission import moves_for
from bot.domain.person import Person
from bot.domain.role import Role
from bot.services.case_facts import actor_of, view_of, views_of
from tests.support.database import START, a_case, a_person

REPORTER, HANDLER, SOMEBODY = 1, 2, 3
ROLES = (Role.VOLUNTEER, Role.PROPERTY_STAFF, Role.DISPATCHER, Role.SUPERVISOR)


def a(status: Status) -> Case:
    audience = "pool" if status is Status.OFFERED else None
    handler = None if status in {Status.SUBMITTED, Status.OFFERED} else HANDLER
    more: dict[str, Any] = {
        "status": status,
        "audience": audience,
        "handler_id": handler,
        "estate": "east",
    }
    return a_case(1, reporter_id=REPORTER, **more)


def somebody(id_: int, *roles: Role) -> Person:
    return a_person(id_, *roles)


@pytest.mark.parametrize("status", Status)
def test_two_roles_together_see_what_each_of_them_sees(status: Status) -> None:
    case = a(status)
    for one, other in combinations(ROLES, 2):
        both = set(views_of(case, somebody(SOMEBODY, one, other)))
        each = {view for role in (one, other) for view in views_of(case, somebody(SOMEBODY, role))}
        assert both >= each - {"onlooker"}, (one, other)


@pytest.mark.parametrize("status", Status)
def test_nobody_supervises_what_they_reported_or_work_on(status: Status) -> None:
    case = a(status)
    judges = {"reopen", "refuse_reopen", "close_unsolved"}
    reporter, handler = somebody(REPORTER, *Role), somebody(HANDLER, *Role)
    assert views_of(case, reporter) == ("reporter",)
    assert judges.isdisjoint(moves_for(case, actor_of(case, reporter), START))
    if case.handler_id == HANDLER:
        assert view_of(case, handler) == "handler"
        assert (judges | {"confirm"}).isdisjoint(moves_for(case, actor_of(case, handler), START))


def test_the_nearest_speaks() -> None:
    def views(status: Status, *roles: Role, joined: bool = False) -> tuple[str, ...]:
        return views_of(a(status), somebody(SOMEBODY, *roles), joined=joined)

    supervisor, volunteer, desk = Role.SUPERVISOR, Role.VOLUNTEER, Role.DISPATCHER
    assert views(Status.OFFERED, supervisor, volunteer) == ("offer", "supervisor")
    assert views(Status.OFFERED, desk, volunteer) == ("dispatcher", "offer")
    assert views(Status.REOPEN_REQUESTED, desk, supervisor) == ("supervisor", "dispatcher")
    assert views(Status.RESOLVED, desk, supervisor) == ("dispatcher", "supervisor")
    assert views(Status.IN_PROGRESS, volunteer, joined=True) == ("co_signer",)
    assert views(Status.IN_PROGRESS, volunteer) == ("onlooker",)
