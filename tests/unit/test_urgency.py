"""Emergencies in people's own words: hardly one may be missed, and everyday matters can wait."""

import tomllib
from pathlib import Path

import pytest

from bot.domain.urgency import is_urgent
from bot.sandbox.guest import EXAMPLE

COMMUNITY = tomllib.loads(EXAMPLE.read_text("utf-8"))["community"]
PHRASES = tomllib.loads(Path(__file__).with_name("urgency_phrases.toml").read_text("utf-8"))


def sounds_urgent(words: str) -> bool:
    return is_urgent(words, COMMUNITY["urgent_words"], COMMUNITY["calm_words"])


@pytest.mark.parametrize("written", ["unseen", "known"])
def test_of_a_hundred_emergencies_at_most_two_are_missed(written: str) -> None:
    missed = [words for words in PHRASES[written] if not sounds_urgent(words)]
    assert len(PHRASES[written]) >= 60
    assert len(missed) <= 0.02 * len(PHRASES[written]), missed


def test_everyday_matters_raise_no_alarm() -> None:
    alarms = [words for words in PHRASES["everyday"] if sounds_urgent(words)]
    assert len(PHRASES["everyday"]) >= 150
    assert len(alarms) <= 0.05 * len(PHRASES["everyday"]), alarms


@pytest.mark.parametrize(
    "words",
    ["没有着火,只是冒烟", "不是燃气泄漏吧?有味道", "There is no fire yet, but smoke", "火还没灭"],
)
def test_a_denial_does_not_calm_it(words: str) -> None:
    assert sounds_urgent(words)


@pytest.mark.parametrize(
    "words",
    [
        *("着 火 了", "着...火!!!", "着\n火", "\u7740\u706b\ufe0f", "ON FIRE", "\uff2f\uff4e fire"),
        *("油烟机着火了", "灭火器没用,火还在烧", "电动车起火", "消防栓喷水", "睡着了醒来闻到煤气"),
    ],
)
def test_spaces_signs_and_harmless_neighbours_hide_nothing(words: str) -> None:
    assert sounds_urgent(words)


def test_all_parts_of_an_entry_have_to_be_there() -> None:
    assert is_urgent("我困在电梯里", ["电梯+困"])
    assert is_urgent("困了,电梯", ["困 + 电梯"])
    assert not is_urgent("电梯停了", ["电梯+困"])
    assert not is_urgent("困了", ["电梯+困"])


@pytest.mark.parametrize("entries", [[], [""], ["+"], [" + "], ["电梯+"], ["!?"]])
def test_an_empty_entry_means_nothing(entries: list[str]) -> None:
    assert not is_urgent("电梯", entries)
    assert not is_urgent("", entries)
    assert is_urgent("火", ["火"], ["", " "])


def test_calm_words_are_taken_out_and_join_nothing() -> None:
    assert not is_urgent("灭火器", ["火"], ["灭火器"])
    assert is_urgent("灭火器旁边有火", ["火"], ["灭火器"])
    assert not is_urgent("着灭火器火", ["着火"], ["灭火器"]), "what is left does not grow together"
