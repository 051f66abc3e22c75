"""Rules of surveys: the table of moves, the way through the questions, what answers come to."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.addressees import Addressees
from bot.domain.refusal import Refusal
from bot.domain.survey import (
    MOVES,
    By,
    Status,
    Survey,
    Whom,
    moves_for,
    reminded_at,
)
from bot.domain.survey_number import number_in
from bot.domain.survey_paper import (
    Paper,
    before,
    following,
    grouped_numbers,
    grouped_words,
    is_unsatisfied,
    sums,
    way,
)
from bot.domain.survey_question import (
    END,
    Kind,
    Question,
    checked,
    options_in,
    without,
)
from bot.texts import words
from tests.support.database import START

ASKED = (
    Question(Kind.YES_HALF_NO, "灯亮吗", leads={0: 2}),
    Question(Kind.WORDS, "哪里不亮"),
    Question(Kind.SINGLE, "保洁", ("好", "不好"), {1: END}),
    Question(Kind.RATING, "几颗星"),
)


def a_survey(status: Status) -> Survey:
    whom = Whom(Addressees(), closed_cases=True)
    return Survey(1, 1, 1, "楼道", ASKED, whom, True, status, 1, START, START + timedelta(days=3))


def paper(**answers: object) -> Paper:
    return Paper(1, 1, "x", {key.removeprefix("q"): one for key, one in answers.items()}, done=True)


def test_every_status_but_the_first_is_reached_and_no_move_leads_back() -> None:
    assert {one.to for one in MOVES.values()} | {Status.PLANNED} == set(Status)
    order = list(Status)
    assert all(order.index(one.to) > order.index(f) for one in MOVES.values() for f in one.from_)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("name", MOVES)
def test_a_move_is_made_from_where_the_table_says(status: Status, name: str) -> None:
    survey = a_survey(status)
    if status in MOVES[name].from_:
        assert survey.moved(name).status is MOVES[name].to
        assert survey.moved(name).version == 2
        assert (name in moves_for(survey)) is (By.ASKER in MOVES[name].needs)
    else:
        with pytest.raises(ValueError, match=name):
            survey.moved(name)


def test_it_is_stored_and_read_again() -> None:
    assert tuple(Question.read(one.stored()) for one in ASKED) == ASKED
    assert [Question.read(one.stored()).leads for one in ASKED] == [one.leads for one in ASKED]
    whom = a_survey(Status.RUNNING).whom
    assert Whom.read(whom.stored()) == whom


def test_an_answer_leads_on() -> None:
    assert way(ASKED, {}) == [0]
    assert way(ASKED, {"0": 0}) == [0, 2]
    assert way(ASKED, {"0": 2}) == [0, 1]
    assert following(ASKED, paper(q0=0, q2=1), 2) is None
    assert following(ASKED, paper(q0=0, q2=0), 2) == 3
    assert before(ASKED, paper(q0=0), 2) == 0
    assert before(ASKED, paper(), 0) is None


def test_what_lies_off_the_way_does_not_count() -> None:
    found = sums(ASKED, [paper(q0=0, q1="门口", q2=0, q3=4), paper(q0=2, q1="门口", q2=1)])
    assert [one.n for one in found] == [2, 1, 2, 1]
    assert found[1].groups == (("门口", 1),)


@pytest.mark.parametrize(("n", "percent"), [(0, None), (4, None), (5, 100)])
def test_fewer_than_five_have_no_percentage(n: int, percent: int | None) -> None:
    found = sums(ASKED[:1], [paper(q0=1)] * n)
    assert found[0].options == (0, n, 0)
    assert found[0].percent(1) == percent


def test_lines_of_nobody_join_their_question() -> None:
    asked = (Question(Kind.NUMBER, "几口人"), Question(Kind.WORDS, "说"), ASKED[3])
    found = sums(asked, [], [(0, "3.0"), (0, "4.0"), (1, "电梯坏了"), (9, "x"), (2, "x")])
    assert [(one.n, one.mean) for one in found] == [(2, 3.5), (1, None), (0, None)]


def test_numbers_are_counted_one_by_one_or_in_spans_of_one_width() -> None:
    assert grouped_numbers([3, 4, 3, 2.5]) == (("2.5", 1), ("3", 2), ("4", 1))
    assert grouped_numbers([]) == ()
    many = grouped_numbers([*range(0, 100, 5), 7, 100])
    assert [words for words, _ in many] == ["0–19", "20–39", "40–59", "60–79", "80–99", "100–119"]
    assert sum(n for _, n in many) == 22
    odd = grouped_numbers([0.1 * n for n in range(9)] + [-1e9, 1e9])
    assert sum(n for _, n in odd) == 11
    assert len(odd) <= 8


def test_alike_lines_go_together() -> None:
    said = ["电梯坏了", "电梯又坏了", "灯不亮", "电梯坏了!", "", "🙂"]
    assert grouped_words(said)[0] == ("电梯坏了", 3)
    assert sum(n for _, n in grouped_words(said)) == len(said)


def test_who_is_not_satisfied_says_half_or_no_or_two_stars() -> None:
    assert is_unsatisfied(ASKED, paper(q0=1))
    assert is_unsatisfied(ASKED, paper(q0=0, q2=0, q3=1))
    assert not is_unsatisfied(ASKED, paper(q0=0, q2=0, q3=2))
    assert not is_unsatisfied(ASKED, paper(q0=None, q1=None))


def test_an_option_of_ones_own_may_say_so_too() -> None:
    bad = ("不满意", "🙁")
    asked = (checked(Kind.SINGLE, "办得怎么样", ("很好", "很不满意", "🙁 Bad"), bad),)
    assert [is_unsatisfied(asked, paper(q0=one)) for one in (0, 1, 2, None)] == [0, 1, 1, 0]
    assert Question.read(asked[0].stored()) == asked[0]
    held = {key: one for key, one in asked[0].stored().items() if key != "bad"}
    assert Question.read(held).bad == frozenset(), "as it was stored before"
    several = checked(Kind.MULTIPLE, "哪里", ("不满意", "好"), bad)
    assert not is_unsatisfied((several,), paper(q0=[0]))


def test_leads_move_with_the_questions_they_lead_to() -> None:
    assert [dict(one.leads) for one in without(ASKED, 1)] == [{}, {1: END}, {}]
    assert [dict(one.leads) for one in without(ASKED, 3)] == [{0: 2}, {}, {1: END}]
    to_last = (Question(Kind.RATING, "几颗星", leads={0: 2, 1: 1}), *ASKED[1:3])
    assert [dict(one.leads) for one in without(to_last, 2)] == [{0: END}, {}], "nothing is there"


@given(st.integers(0, 3), st.dictionaries(st.sampled_from("0123"), st.integers(0, 4)))
def test_every_way_goes_forward_and_ends(gone: int, answers: dict[str, int]) -> None:
    left = without(ASKED, gone)
    found = way(left, answers)
    assert found == sorted(set(found))
    assert all(0 <= one < len(left) for one in found)


@pytest.mark.parametrize(
    "typed", ["", "一个", "a\na", "\n".join("1234567"), "九个字的选项太长了呀\n好"]
)
def test_options_that_do_not_fit_are_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        options_in(typed)


def test_numbers_and_words() -> None:
    assert number_in(" 3.5 ") == 3.5
    assert number_in("-2") == -2
    assert number_in("12") == 12
    assert number_in("\uff11\uff12\uff0e\uff15") == 12.5
    assert [number_in(one) for one in ("3口人", "3 个", "大约3个", "-2度")] == [3, 3, 3, -2]
    none = ("", "-", "1e9", "1.2.3", "9" * 400, "3号楼2单元", "好多人", "3到4个", "没有")
    assert [number_in(one) for one in none] == [None] * len(none)


def test_numbers_are_typed_in_chinese_too() -> None:
    digits = words()["place"]["digits"]
    said = ("三", "三口人", "十二", "二十", "三十五个", "一百", "一百零五", "两", "零")
    assert [number_in(one, digits) for one in said] == [3, 3, 12, 20, 35, 100, 105, 2, 0]
    none = ("十百", "好", "三到四", "一百三", "三四")
    assert [number_in(one, digits) for one in none] == [None] * len(none)


def test_questions_have_words() -> None:
    assert checked(Kind.WORDS, " 说 ").words == "说"
    for said in ("", " ", "长" * 51):
        with pytest.raises(Refusal):
            checked(Kind.WORDS, said)


def test_the_silent_are_reminded_twice_and_not_behind_the_end() -> None:
    survey = a_survey(Status.RUNNING)
    assert reminded_at(survey, START, 1) == START + timedelta(hours=48)
    assert reminded_at(survey, START, 3) is None
    assert reminded_at(survey, START + timedelta(hours=30), 2) is None
