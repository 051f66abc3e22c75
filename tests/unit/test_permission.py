"""Who may make which move when: every move, status, role and relation against the written rules."""

import itertools
from dataclasses import replace

import pytest

from bot.domain.case import MOVES, Status, diagram
from bot.domain.permission import check_allowed, may, moves_for, who_may
from bot.domain.refusal import Refusal
from tests.unit.move_rules import (
    ALL,
    CLOSED,
    EVERYTHING,
    NOW,
    OPEN,
    RELATIONS,
    REPORTER,
    ROLES,
    RULES,
    a_case,
    allowed,
    an_actor,
)


def test_the_table_has_exactly_the_written_moves() -> None:
    assert set(MOVES) == set(RULES)


def test_each_status_has_its_written_phase() -> None:
    phases = dict.fromkeys(OPEN.split(), "open")
    phases |= dict.fromkeys(["needs_info", "on_hold", "resolved"], "waiting")
    phases |= dict.fromkeys(CLOSED, "closed")
    assert {status.value: status.phase.value for status in Status} == phases


@pytest.mark.parametrize("move", RULES)
def test_a_move_is_allowed_exactly_as_written(move: str) -> None:
    wrong = [
        (status, relation, role)
        for status, relation, role in itertools.product(ALL.split(), RELATIONS, ROLES)
        if may(a_case(status), move, an_actor(relation, role), NOW)
        is not allowed(move, status, relation, role)
    ]
    assert wrong == []


@pytest.mark.parametrize("move", RULES)
def test_holding_every_role_at_once_breaks_no_rule(move: str) -> None:
    together = ["", "reporter", "handler", "co_signer", "audience", "handler co_signer audience",
                "reporter co_signer audience"]  # fmt: skip
    roles = " ".join(EVERYTHING)
    wrong = [
        (status, relations)
        for status, relations in itertools.product(ALL.split(), together)
        if may(a_case(status), move, an_actor(relations, roles), NOW)
        is not allowed(move, status, relations, roles)
    ]
    assert wrong == []


@pytest.mark.parametrize("move", RULES)
def test_the_buttons_shown_are_the_moves_allowed(move: str) -> None:
    for status, relation in itertools.product(ALL.split(), RELATIONS):
        roles = "volunteer dispatcher supervisor"
        shown = moves_for(a_case(status), an_actor(relation, roles), NOW)
        assert (move in shown) is allowed(move, status, relation, roles)


def test_nobody_works_on_or_supervises_what_they_reported() -> None:
    everything = " ".join(EVERYTHING)
    mine = {"answer", "correct", "confirm", "contest", "appeal_decline", "withdraw", "restore",
            "join", "supplement"}  # fmt: skip
    for status in ALL.split():
        case = a_case(status, handler_id=None)
        assert set(moves_for(case, an_actor("reporter audience", everything), NOW)) <= mine


def test_even_a_reporter_who_was_made_handler_does_not_work_on_it() -> None:
    case = a_case("in_progress", handler_id=REPORTER)
    with pytest.raises(Refusal) as refused:
        check_allowed(case, "resolve", an_actor("reporter"), NOW)
    assert refused.value.key == "refusal.own_case"
    assert not may(replace(case, status=Status.RESOLVED), "confirm", an_actor("reporter"), NOW)


@pytest.mark.parametrize("move", ["confirm", "refuse_reopen", "close_unsolved", "decline", "merge"])
def test_the_handler_never_makes_the_closing_move(move: str) -> None:
    everything = " ".join(EVERYTHING)
    status = RULES[move][0].split()[0]
    assert may(a_case(status), move, an_actor("", everything), NOW)
    with pytest.raises(Refusal) as refused:
        check_allowed(a_case(status), move, an_actor("handler", everything), NOW)
    assert refused.value.key == "refusal.own_work"


@pytest.mark.parametrize("move", RULES)
def test_a_refused_stranger_hears_who_may(move: str) -> None:
    status = RULES[move][0].split()[0]
    if allowed(move, status, "", ""):
        assert may(a_case(status), move, an_actor(), NOW)
        return
    with pytest.raises(Refusal) as refused:
        check_allowed(a_case(status), move, an_actor(), NOW)
    assert refused.value.key == "refusal.not_yours"
    named = set(RULES[move][2].split())
    people = sorted(named - {"clock", "rule"} or named)
    assert refused.value.facts["who"] == people
    assert who_may(move) == tuple(people)


def test_the_diagram_shows_every_written_move_between_statuses() -> None:
    lines = [line.strip() for line in diagram().splitlines()]
    written = {
        f"{origin} --> {target}: {move}"
        for move, (origins, targets, _, _) in RULES.items()
        for origin in origins.split()
        for target in targets.split()
        if target in ALL.split() and move != "promise"
    }
    assert lines[0] == "stateDiagram-v2"
    assert "[*] --> submitted: report" in lines
    assert set(lines[1:]) - {"[*] --> submitted: report"} == written
    assert len(lines) == len(set(lines))
