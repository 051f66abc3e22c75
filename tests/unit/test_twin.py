"""What is typed instead of a press: every question has its twins, and nothing is taken by force."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.letter import Letter, LetterClass
from bot.domain.press import Press
from bot.services.twin import Asked
from handlers.cards import KINDS
from handlers.twin import OWN_NUMBERS, STANDING, WAYS_OUT, bare, choose
from tests.unit.card_samples import SAMPLES, draw
from tests.unit.samples.facts import CASE, DONE, NOW


def letter(kind: str, *, facts: Any = None, still: bool = True) -> Asked:
    held = SAMPLES[kind] if facts is None else facts
    given = (1, 1, 42, "zh_CN", kind, held, LetterClass.MUST_ARRIVE, False, NOW, 0)
    return Asked(Letter(*given), still)


def verb(said: str, *asked: Asked) -> str | None:
    data = choose(bare(said), asked, NOW)
    press = Press.parse(data)
    return f"{press.verb}:{press.choice}".rstrip(":") if press else None


@pytest.mark.parametrize("kind", sorted(set(KINDS) - STANDING - OWN_NUMBERS))
def test_every_button_of_every_kind_can_be_typed(kind: str) -> None:
    buttons = [one for row in draw(kind, SAMPLES[kind]).buttons for one in row]
    presses = [(Press.parse(one.data), one.data) for one in buttons]
    ways_out = [data for press, data in presses if press and press.verb in WAYS_OUT]
    others = [data for press, data in presses if press and press.verb not in WAYS_OUT]
    for number, data in enumerate(others, start=1):
        assert choose(str(number), [letter(kind)], NOW) == data
    assert choose("0", [letter(kind)], NOW) == (ways_out[0] if ways_out else None)
    assert choose(str(len(others) + 1), [letter(kind)], NOW) is None
    for one in buttons:
        assert choose(bare(one.label), [letter(kind)], NOW) is not None


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        *(("1", "file"), ("2", "change_kind"), ("3", "change_place"), ("0", "drop")),
        *(("对,提交", "file"), ("提交", "file"), ("对", "file"), ("改类别", "change_kind")),
        *(("不报了", "drop"), ("1", "file"), ("①", "file"), ("1。", "file"), (" 1 ", "file")),
        *(("9", None), ("12", None), ("灯", None), ("好了", None)),
    ],
)
def test_words_below_the_check(said: str, wanted: str | None) -> None:
    assert verb(said, letter("draft.check")) == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [("1", "q1:yes"), ("好了", "q1:yes"), ("修好了", "q1:yes"), ("2", "q1:no"),
     ("没好", "q1:no"), ("还没好", "q1:no"), ("没修好!", "q1:no"), ("3", None)],
)  # fmt: skip
def test_words_below_a_result(said: str, wanted: str | None) -> None:
    assert verb(said, letter("survey.result")) == wanted


def test_the_latest_open_question_counts() -> None:
    answered, result = letter("draft.check", still=False), letter("survey.result")
    assert verb("1", answered, result) == "q1:yes"
    assert verb("1", letter("draft.check"), result) == "file"


def test_a_closing_word_settles_what_was_asked_about_the_case() -> None:
    thanks = letter("survey.thanks")
    assert not draw("survey.thanks", SAMPLES["survey.thanks"]).buttons
    assert verb("1", thanks, letter("survey.q3")) is None
    assert verb("1", replace(thanks, own=False), letter("survey.q3")) is not None


def test_a_digit_may_repeat_the_last_answer_and_words_may_not() -> None:
    assert verb("1", letter("draft.check", still=False)) == "file"
    assert verb("提交", letter("draft.check", still=False)) is None


def test_a_card_that_shows_how_things_are_is_no_question() -> None:
    standing = letter("case.card", facts={"view": "reporter", "case": CASE})
    asking = letter("case.card", facts={"view": "reporter", "case": {**DONE, "moves": ["confirm"]}})
    assert verb("1", standing) is None
    assert verb("1", asking) == "confirm"
    assert verb("1", standing, letter("survey.result")) == "q1:yes"


def test_a_number_below_the_places_is_a_building() -> None:
    assert verb("3", letter("draft.place")) is None
    assert verb("3", letter("draft.place"), letter("survey.result")) is None


def test_nothing_asked_nothing_meant() -> None:
    assert verb("1") is None
    assert verb("1", letter("menu.phone")) is None


def test_only_the_words_of_a_label_count() -> None:
    assert bare("✅ 对,提交") == "对提交"
    assert bare("1️⃣") == "1"
    assert bare(" ☎ Get HELP ") == "gethelp"
    assert bare("👍") == ""
