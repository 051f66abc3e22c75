"""The rules below the table of moves: windows of time, what is needed, and what a move changes."""

import itertools
from datetime import timedelta

import pytest

from bot.domain.case import Phase, Status
from bot.domain.permission import apply, check, check_allowed, may, role_in, who_may
from bot.domain.refusal import Refusal
from bot.texts import plain
from tests.unit.move_rules import (
    ALL,
    EVERYTHING,
    HANDLER,
    NOW,
    RELATIONS,
    ROLES,
    RULES,
    a_case,
    an_actor,
    moved,
)


@pytest.mark.parametrize(
    ("closed_ago", "possible"),
    [
        (timedelta(0), True),
        (timedelta(days=14), True),
        (timedelta(days=14, microseconds=1), False),
        (timedelta(days=400), False),
    ],
)
@pytest.mark.parametrize("status", ["closed_solved", "closed_unsolved"])
def test_a_result_may_be_contested_for_fourteen_days(
    status: str, closed_ago: timedelta, possible: bool
) -> None:
    case = a_case(status, closed_at=NOW - closed_ago)
    assert may(case, "contest", an_actor("reporter"), NOW) is possible
    assert may(case, "contest", an_actor("co_signer"), NOW) is possible


def test_a_result_that_waits_for_its_answer_may_be_contested_whenever() -> None:
    case = a_case("resolved", resolved_at=NOW - timedelta(days=60))
    assert may(case, "contest", an_actor("reporter"), NOW)


@pytest.mark.parametrize(("hours", "possible"), [(0, True), (24, True), (24.001, False)])
def test_a_withdrawal_may_be_taken_back_within_a_day(hours: float, possible: bool) -> None:
    case = a_case("withdrawn", closed_at=NOW - timedelta(hours=hours))
    assert may(case, "restore", an_actor("reporter"), NOW) is possible


@pytest.mark.parametrize(("returns", "possible"), [(0, True), (1, True), (2, False), (3, False)])
def test_a_case_is_returned_at_most_twice(returns: int, possible: bool) -> None:
    assert may(a_case("in_progress", returns=returns), "return_", an_actor("handler"), NOW) is (
        possible
    )


def test_two_returns_are_counted_and_the_third_is_refused() -> None:
    case = a_case("in_progress")
    for _ in range(2):
        check_allowed(case, "return_", an_actor("handler"), NOW)
        case = apply(case, "return_", Status.RETURNED, NOW)
        case = apply(case, "assign", Status.IN_PROGRESS, NOW, handler_id=HANDLER)
    with pytest.raises(Refusal) as refused:
        check_allowed(case, "return_", an_actor("handler"), NOW)
    assert refused.value.key == "refusal.returned_twice"


def test_a_decline_is_appealed_once() -> None:
    case = apply(a_case("declined"), "appeal_decline", Status.SUBMITTED, NOW)
    again = apply(case, "decline", Status.DECLINED, NOW)
    with pytest.raises(Refusal) as refused:
        check_allowed(again, "appeal_decline", an_actor("reporter"), NOW)
    assert refused.value.key == "refusal.appealed_once"


@pytest.mark.parametrize(("late", "possible"), [(0, True), (1, False)])
def test_an_extension_is_asked_for_before_the_deadline(late: int, possible: bool) -> None:
    case = a_case("in_progress", solution_due=NOW - timedelta(seconds=late))
    assert may(case, "ask_extension", an_actor("handler"), NOW) is possible
    assert may(case, "extend", an_actor("", "dispatcher"), NOW)


@pytest.mark.parametrize("move", [move for move, row in RULES.items() if row[3]])
def test_what_a_move_needs_has_to_be_given(move: str) -> None:
    origins, target, who, needs = RULES[move]
    case = a_case(origins.split()[0])
    somebody = who.split()[0]
    actor = an_actor(somebody) if somebody in RELATIONS else an_actor("", somebody)
    wanted = needs.split()
    extra = ["parts_or_access"]
    to = Status(target.split()[0]) if " " in target else None
    check(case, move, actor, NOW, to=to, given=[*wanted, *extra])
    for missing in wanted:
        given = [one for one in wanted if one != missing] + extra
        with pytest.raises(Refusal, match=r"refusal\.needs_"):
            check(case, move, actor, NOW, to=to, given=given)


@pytest.mark.parametrize("move", [move for move, row in RULES.items() if not row[3]])
def test_what_needs_nothing_is_done_with_nothing(move: str) -> None:
    origins, target, who, _ = RULES[move]
    actor = an_actor("audience", "volunteer") if who == "audience" else an_actor(who.split()[0])
    if who.split()[0] in ROLES:
        actor = an_actor("", who.split()[0])
    to = Status(target.split()[0]) if " " in target else None
    reached = check(a_case(origins.split()[0]), move, actor, NOW, to=to)
    expected = {"BACK": "offered", "SAME": origins.split()[0]}.get(target, target.split()[0])
    assert reached == expected


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ((), "refusal.needs_words"),
        (("photo_or_reason",), "refusal.needs_words"),
        (("words",), "refusal.needs_reason"),
        (("words", "photo_or_reason"), None),
    ],
)
def test_finishing_needs_words_and_a_photo_or_a_reason(
    given: tuple[str, ...], key: str | None
) -> None:
    if key is None:
        assert check(a_case("in_progress"), "resolve", an_actor("handler"), NOW, given=given) == (
            "resolved"
        )
        return
    with pytest.raises(Refusal) as refused:
        check(a_case("in_progress"), "resolve", an_actor("handler"), NOW, given=given)
    assert refused.value.key == key


@pytest.mark.parametrize("given", [(), ("reason",), ("whom",)])
def test_declining_needs_a_reason_and_whom_to_ask(given: tuple[str, ...]) -> None:
    with pytest.raises(Refusal):
        check(a_case("submitted"), "decline", an_actor("", "dispatcher"), NOW, given=given)


def test_moving_a_promise_needs_a_reason() -> None:
    first = check(a_case("in_progress"), "promise", an_actor("handler"), NOW, given=["time"])
    assert first == "in_progress"
    promised = a_case("in_progress", promise_at=NOW + timedelta(hours=2))
    with pytest.raises(Refusal):
        check(promised, "promise", an_actor("handler"), NOW, given=["time"])
    check(promised, "promise", an_actor("handler"), NOW, given=["time", "reason"])


def test_a_hold_without_approval_is_for_parts_or_access_only() -> None:
    case, given = a_case("in_progress"), ["reason", "date"]
    with pytest.raises(Refusal):
        check(case, "hold", an_actor("handler"), NOW, given=given)
    assert check(case, "hold", an_actor("handler"), NOW, given=[*given, "parts_or_access"]) == (
        "on_hold"
    )
    assert check(case, "hold", an_actor("", "dispatcher"), NOW, given=given) == "on_hold"


@pytest.mark.parametrize(
    ("move", "status"), [("reopen", "reopen_requested"), ("next_tier", "offered")]
)
def test_where_there_is_a_choice_only_the_written_ones_are_taken(move: str, status: str) -> None:
    actor = an_actor("clock") if move == "next_tier" else an_actor("", "supervisor")
    choices = set(RULES[move][1].split())
    for target in Status:
        if target in choices:
            assert check(a_case(status), move, actor, NOW, to=target, given=["audience"]) == target
            continue
        with pytest.raises(Refusal):
            check(a_case(status), move, actor, NOW, to=target, given=["audience"])
    with pytest.raises(Refusal):
        check(a_case(status), move, actor, NOW, given=["audience"])


@pytest.mark.parametrize("move", [move for move, row in RULES.items() if row[1] in ALL.split()])
def test_a_move_leads_where_it_is_written_whatever_is_asked(move: str) -> None:
    origins, target, who, needs = RULES[move]
    actor = (
        an_actor(who.split()[0]) if who.split()[0] in RELATIONS else an_actor("", who.split()[0])
    )
    if who == "audience":
        actor = an_actor("audience", "volunteer")
    for origin in origins.split():
        given = [*needs.split(), "parts_or_access"]
        assert check(a_case(origin), move, actor, NOW, given=given, to=Status.MERGED) == target


@pytest.mark.parametrize("status", ["submitted", "offered", "in_progress"])
@pytest.mark.parametrize("how", ["answer", "lapse"])
def test_an_answer_goes_back_to_where_the_question_was_asked(status: str, how: str) -> None:
    asked = moved(a_case(status, came_from=()), "ask_resident")
    assert asked.status == "needs_info"
    answered = moved(asked, how)
    assert answered.status == status
    assert answered.came_from == ()


@pytest.mark.parametrize("status", ["submitted", "offered", "in_progress"])
def test_a_question_that_was_withdrawn_and_restored_still_finds_its_way_back(status: str) -> None:
    asked = moved(a_case(status, came_from=()), "ask_resident")
    restored = moved(moved(asked, "withdraw"), "restore")
    assert restored.status == "needs_info"
    assert restored.closed_at is None
    assert moved(restored, "answer").status == status


@pytest.mark.parametrize(
    ("away", "back", "statuses"),
    [
        ("withdraw", "restore", "submitted needs_info offered in_progress"),
        ("merge", "unmerge", "submitted offered in_progress"),
        ("hold", "resume", "in_progress"),
    ],
)
def test_what_is_taken_back_stands_where_it_stood(away: str, back: str, statuses: str) -> None:
    for status in statuses.split():
        assert moved(moved(a_case(status), away), back).status == status


def test_there_is_no_way_back_where_none_was_kept() -> None:
    with pytest.raises(Refusal) as refused:
        check(a_case("needs_info", came_from=()), "answer", an_actor("reporter"), NOW)
    assert refused.value.key == "refusal.not_now"


@pytest.mark.parametrize("move", RULES)
def test_every_move_makes_one_version_and_closes_or_opens(move: str) -> None:
    for origin in RULES[move][0].split():
        case = a_case(origin)
        to = case.status if RULES[move][1] == "SAME" else Status.OFFERED
        if RULES[move][1] in ALL.split():
            to = Status(RULES[move][1])
        after = apply(case, move, to, NOW)
        assert (after.version, after.status) == (8, to)
        if RULES[move][1] == "SAME" or move == "promise":
            assert after.closed_at == case.closed_at
        else:
            assert after.closed_at == (NOW if to.phase is Phase.CLOSED else None)
        unchanged = ("number", "reporter_id", "reported_at", "words", "community_id")
        assert all(getattr(after, name) == getattr(case, name) for name in unchanged)


@pytest.mark.parametrize("move", ["contact", "arrive", "promise"])
def test_the_first_contact_is_recorded_once(move: str) -> None:
    first = apply(a_case("in_progress"), move, Status.IN_PROGRESS, NOW)
    again = apply(first, move, Status.IN_PROGRESS, NOW + timedelta(hours=1))
    assert (first.first_contact_at, again.first_contact_at) == (NOW, NOW)


def test_an_answer_at_once_is_a_contact_and_a_result() -> None:
    answered = moved(a_case("submitted"), "answer_now")
    assert (answered.first_contact_at, answered.resolved_at) == (NOW, NOW)


def test_finishing_is_recorded_and_a_reopening_begins_a_new_round() -> None:
    resolved = moved(a_case("in_progress", first_contact_at=NOW), "resolve")
    assert resolved.resolved_at == NOW
    reopened = moved(moved(resolved, "contest"), "reopen", handler_id=None)
    assert (reopened.round, reopened.resolved_at, reopened.first_contact_at) == (1, None, None)
    assert reopened.number == resolved.number


def test_the_history_names_the_capacity_in_which_somebody_moved() -> None:
    everything = " ".join(EVERYTHING)
    resolved = a_case("resolved")
    assert role_in(resolved, "confirm", an_actor("reporter", everything)) == "reporter"
    assert role_in(resolved, "confirm", an_actor("", everything)) == "supervisor"
    assert role_in(a_case("offered"), "claim", an_actor("audience", "volunteer")) == "audience"
    assert role_in(a_case("offered"), "next_tier", an_actor("clock")) == "clock"
    assert role_in(resolved, "report", an_actor("reporter")) == "resident"


def test_every_refusal_of_the_table_has_words() -> None:
    keys = ("not_now", "own_case", "own_work", "window_over", "returned_twice", "appealed_once",
            "needs_words", "needs_reason")  # fmt: skip
    for key, language in itertools.product(keys, ("zh_CN", "en")):
        assert plain(f"refusal.{key}", language)
    for move, language in itertools.product(RULES, ("zh_CN", "en")):
        assert "{" not in plain("refusal.not_yours", language, who=who_may(move))
