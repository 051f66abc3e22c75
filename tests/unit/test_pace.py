"""The pace of sending, on a clock of its own."""

import itertools
from collections import Counter, defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.pace import BURST, LATE, TOGETHER, Pacer, Slower

PERSON, OTHER, GROUP = 7, 8, -100


class Ticking:
    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def paced(clock: Ticking, *, total: float = 0, chat: float = 0, group: float = 0) -> Pacer:
    return Pacer(clock, total=total, chat=chat, group=group)


def send_all(pacer: Pacer, clock: Ticking, chats: list[int], late: float = 0.0) -> list[float]:
    """Send to each chat as soon as it may be and return when."""
    when = []
    for chat in chats:
        clock.at += pacer.wait(chat) + late
        assert pacer.wait(chat) <= 1e-9
        pacer.took(chat)
        when.append(clock.at)
    return when


def most_in(span: float, when: list[float]) -> int:
    return max(sum(start <= one < start + span - 1e-6 for one in when) for start in when)


def test_zero_switches_every_limit_off() -> None:
    clock = Ticking()
    when = send_all(paced(clock), clock, [GROUP] * 500)
    assert set(when) == {1000.0}


def test_a_few_go_at_once_and_then_the_total_is_spread_evenly() -> None:
    clock = Ticking()
    when = send_all(paced(clock, total=25), clock, list(range(1, 101)))
    assert [len(list(same)) for _, same in itertools.groupby(when)][:4] == [TOGETHER, 1, 1, 1]
    assert most_in(0.4, when) <= 10 + TOGETHER - 1
    assert most_in(1, when) == 25
    assert when[-1] - when[0] == pytest.approx(97 / 25, abs=0.1)


def test_a_loop_that_is_a_little_late_makes_it_up() -> None:
    clock = Ticking()
    when = send_all(paced(clock, total=25), clock, list(range(1, 201)), late=0.005)
    assert most_in(1, when) <= 25
    assert 200 / (when[-1] - when[0]) >= 0.9 * 25


def test_one_chat_gets_a_short_burst_and_then_one_a_second() -> None:
    clock = Ticking()
    pacer = paced(clock, chat=1)
    when = send_all(pacer, clock, [PERSON] * 6)
    assert [round(one - 1000, 6) for one in when] == [0, 0, 0, 1, 2, 3]
    assert pacer.wait(OTHER) == 0


def test_a_rested_chat_has_its_whole_burst_again() -> None:
    clock = Ticking()
    pacer = paced(clock, chat=1)
    send_all(pacer, clock, [PERSON] * 4)
    clock.at += 60
    assert [round(one - clock.at, 6) for one in send_all(pacer, clock, [PERSON] * 4)][:3] == [
        -1,
        -1,
        -1,
    ]


def test_a_group_gets_twenty_a_minute() -> None:
    clock = Ticking()
    pacer = paced(clock, group=20)
    when = send_all(pacer, clock, [GROUP] * 45)
    assert most_in(60, when) == 20
    assert pacer.wait(PERSON) == 0


def test_less_than_one_a_minute_is_a_limit_too() -> None:
    clock = Ticking()
    when = send_all(paced(clock, group=0.5), clock, [GROUP] * 3)
    assert when == [1000, 1120, 1240]


def test_a_halt_holds_back_everybody_and_the_longest_counts() -> None:
    clock = Ticking()
    pacer = paced(clock)
    pacer.halt(5.1)
    pacer.halt(2)
    assert pacer.wait(PERSON) == pytest.approx(5.1)
    assert pacer.wait(GROUP) == pytest.approx(5.1)
    clock.at += 5.2
    assert pacer.wait(PERSON) == 0


def test_chats_that_are_rested_are_forgotten() -> None:
    clock = Ticking()
    pacer = paced(clock, chat=1)
    for chat in range(10_001):
        pacer.took(chat)
        clock.at += 0.01
    assert len(pacer._chats) < 200


@given(
    st.integers(1, 40),
    st.floats(0.2, 3),
    st.integers(1, 25),
    st.lists(st.tuples(st.sampled_from([PERSON, OTHER, GROUP]), st.floats(0, 0.5)), max_size=120),
)
def test_no_window_ever_holds_more_than_the_limits(
    total: int, chat: float, group: int, letters: list[tuple[int, float]]
) -> None:
    clock = Ticking()
    pacer = paced(clock, total=total, chat=chat, group=group)
    everything: list[float] = []
    by_chat: defaultdict[int, list[float]] = defaultdict(list)
    for to, pause in letters:
        clock.at += max(pause, pacer.wait(to))
        pacer.took(to)
        everything.append(clock.at)
        by_chat[to].append(clock.at)
    if everything:
        assert most_in(1, everything) <= total
    for to, when in by_chat.items():
        assert most_in(1 / chat, when) <= BURST + 1
        if to < 0:
            assert most_in(60, when) <= group


def test_what_says_the_same_to_many_leaves_room_for_others() -> None:
    clock = Ticking()
    pacer = paced(clock, total=25)
    slower, went = Slower(pacer, clock, 18), {"many": 0, "answers": 0}
    until = clock.at + 10
    while clock.at < until:
        if slower.wait(PERSON) == 0:
            slower.took(PERSON)
            went["many"] += 1
        elif pacer.wait(OTHER) == 0:
            pacer.took(OTHER)
            went["answers"] += 1
        clock.at += 0.001
    assert 175 <= went["many"] <= 180 + 18 * LATE + 1
    assert went["many"] + went["answers"] == pytest.approx(250, abs=3)


def test_what_says_the_same_to_many_goes_by_threes_at_the_same_pace() -> None:
    clock = Ticking()
    slower = Slower(paced(clock, total=25), clock, 18)
    when: list[float] = []
    for chat in range(1, 181):
        clock.at += slower.wait(chat)
        slower.took(chat)
        when.append(clock.at)
    steady = when[60:]  # at first it makes up for the half second before
    assert set(Counter(steady).values()) == {TOGETHER}
    assert most_in(1, steady) == 18
    assert (len(steady) - TOGETHER) / (steady[-1] - steady[0]) == pytest.approx(18)


@given(st.integers(2, 40), st.lists(st.floats(0, 3), max_size=150))
def test_what_says_the_same_to_many_never_goes_faster_than_it_may(
    limit: int, pauses: list[float]
) -> None:
    clock = Ticking()
    slower = Slower(paced(clock), clock, limit)
    when: list[float] = []
    for chat, pause in enumerate(pauses):
        clock.at += max(pause, slower.wait(chat))
        slower.took(chat)
        when.append(clock.at)
    for span in (1, 10):
        if when:
            assert most_in(span, when) <= limit * (span + LATE) + TOGETHER


def test_paid_for_it_counts_for_itself_and_still_waits_when_telegram_asks() -> None:
    clock = Ticking()
    pacer = paced(clock, total=1)
    slower = Slower(pacer, clock, 1000, apart=True)
    pacer.took(PERSON)
    assert pacer.wait(OTHER) > 0
    assert slower.wait(OTHER) == 0
    slower.took(OTHER)
    pacer.halt(3)
    assert slower.wait(OTHER) == pytest.approx(3)
