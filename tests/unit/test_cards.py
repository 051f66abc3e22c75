"""Cards: every kind, view and status drawn with plausible facts, and with anybody's words."""

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.case import MOVES, Status
from bot.domain.letter import Drawing
from bot.domain.person import ERASED
from bot.domain.press import LIMIT, Press
from bot.sandbox.entities import parse_html
from bot.texts import LANGUAGES, has, t
from handlers.cards import KINDS
from handlers.cards.case import VIEWS
from tests.unit.card_rules import CHINESE, LONG, ROOMY, buttons, is_for_staff, shown, with_words
from tests.unit.card_samples import EVERYTHING, SAMPLES, draw
from tests.unit.samples.facts import CASE, TAKEN, case_in


def verbs(drawing: Drawing) -> list[str]:
    pressed = [Press.parse(button.data) for button in buttons(drawing)]
    return [f"{one.noun}:{one.verb}" for one in pressed if one]


def test_every_kind_has_a_sample() -> None:
    assert set(KINDS) <= set(SAMPLES)


def test_an_unknown_kind_and_a_missing_fact_are_errors() -> None:
    for kind, facts in (("case.nothing", CASE), ("toast.nothing", CASE), ("menu.start", CASE)):
        with pytest.raises(KeyError):
            draw(kind, facts)


def test_cards_are_short() -> None:
    for kind, facts in EVERYTHING:
        text = shown(draw(kind, facts))
        most = 10 if is_for_staff(kind, facts) or kind in ROOMY else 5
        if kind not in LONG:
            assert len(text.split("\n")) <= most, text
            assert len(CHINESE.findall(text)) <= 90, text


def test_buttons_are_few_short_and_can_be_read_back() -> None:
    for language in LANGUAGES:
        for kind, facts in EVERYTHING:
            drawing = draw(kind, facts, language)
            grid = kind.endswith(".day")  # two weeks of days, a week a row, and the ways out
            assert len(buttons(drawing)) <= (16 if grid else 8), kind
            assert all(len(row) <= (7 if grid else 2) for row in drawing.buttons)
            for button in buttons(drawing):
                assert button.label.strip()
                assert len(CHINESE.findall(button.label)) <= 8, button.label
                assert len(button.data.encode()) <= LIMIT
                assert Press.parse(button.data) is not None


def test_english_cards_say_the_same_buttons() -> None:
    for kind, facts in EVERYTHING:
        assert verbs(draw(kind, facts, "en")) == verbs(draw(kind, facts, "zh_CN"))


# Moves with two buttons: not today, hear nothing more, pass it on to neighbours.
TWO = {"claim", "supplement", "correct"}


@pytest.mark.parametrize("view", VIEWS)
def test_a_button_is_drawn_only_for_a_move_that_may_be_made(view: str) -> None:
    for status in Status:
        bare = case_in(status, moves=[], photos=0)
        assert verbs(draw("case.card", {"view": view, "case": bare})) == []
        allowed = {move: case_in(status, moves=[move], photos=0) for move in MOVES}
        drawn = {
            move: verbs(draw("case.card", {"view": view, "case": case}))
            for move, case in allowed.items()
        }
        assert all(len(found) <= (2 if move in TWO else 1) for move, found in drawn.items())


def test_each_view_has_its_own_buttons_in_their_order() -> None:
    def of(view: str, status: Status, **other: Any) -> list[str]:
        return verbs(draw("case.card", {"view": view, "case": case_in(status, **other)}))

    assert of("reporter", Status.SUBMITTED, moves=["withdraw"]) == ["case:withdraw_ask"]
    answers = ["case:confirm", "case:contest"]
    assert of("reporter", Status.RESOLVED, moves=["contest", "confirm"]) == answers
    assert of("reporter", Status.CLOSED_SOLVED, moves=["contest"]) == ["case:contest"]
    desk = ["case:offer", "case:assign_ask", "ask:start", "now:start", "merge:start"]
    desk += ["decline:start", "case:photos", "case:full"]
    assert of("dispatcher", Status.SUBMITTED) == desk
    assert of("offer", Status.OFFERED) == ["case:claim", "case:not_today"]
    work = ["case:arrive", "finish:start", "promise:start", "case:contact", "hold:start"]
    work += ["case:return_", "ask:start", "case:photos"]
    assert of("handler", Status.IN_PROGRESS) == work
    assert of("handler", Status.IN_PROGRESS, arrived=True) == work[1:]
    assert of("supervisor", Status.REOPEN_REQUESTED, photos=0) == [
        "case:reopen_ask",
        "refuse:start",
        "case:full",
    ]
    assert of("onlooker", Status.OFFERED) == []


def together(status: Status, view: str, *also: str, page: int = 0, **other: Any) -> list[str]:
    facts = {"view": view, "also": list(also), "case": case_in(status, **other), "page": page}
    return verbs(draw("case.card", facts))


def test_who_is_several_things_to_a_case_has_the_buttons_of_all() -> None:
    asked = together(Status.OFFERED, "offer", "supervisor", photos=1)
    assert asked == ["case:claim", "case:not_today", "case:photos", "case:full"]
    both = together(Status.RESOLVED, "dispatcher", "supervisor", moves=["confirm", "note"])
    assert both == ["case:confirm", "case:photos", "case:full"]
    joined = together(Status.RESOLVED, "supervisor", "co_signer", moves=["confirm", "contest"])
    assert joined == ["case:confirm", "case:contest", "case:photos"]
    alone = together(Status.SUBMITTED, "lead", "co_signer", moves=["supplement"], photos=0)
    assert alone == ["supplement:start", "joined:mute"]


def test_what_finds_no_room_on_a_card_is_one_press_away() -> None:
    views = ("dispatcher", "offer", "supervisor", "co_signer")
    more: dict[str, Any] = {"to_nudge": True}
    pages = [together(Status.OFFERED, *views, page=page, **more) for page in (0, 1)]
    assert pages[0][:2] == ["case:claim", "case:not_today"], "what waits for an answer comes first"
    assert [len(one) for one in pages] == [8, len(pages[1])]
    assert {one[-1] for one in pages} == {"case:more"}
    shown = {verb for page in pages for verb in page} - {"case:more"}
    for view in views:
        assert set(together(Status.OFFERED, view, **more)) <= shown, view
    assert together(Status.OFFERED, *views, page=2, **more) == pages[0]


def test_a_button_carries_the_version_that_was_drawn() -> None:
    data = [one.data for one in buttons(draw("case.card", {"view": "dispatcher", "case": CASE}))]
    assert data[0] == "v1:case:offer:1127:3"


def test_a_late_case_says_so_to_staff_and_apologises_to_the_resident() -> None:
    late = {**CASE, "due": "2026-11-24T01:00:00+00:00"}
    assert "过期" in shown(draw("case.card", {"view": "dispatcher", "case": late}))
    assert "对不起" in shown(draw("case.card", {"view": "reporter", "case": late}))
    assert "过期" not in shown(draw("case.card", {"view": "dispatcher", "case": CASE}))


def test_the_losers_of_an_offer_read_no_name() -> None:
    text = shown(draw("case.card", {"view": "onlooker", "case": TAKEN}))
    assert "刚被别的邻居接走了" in text
    assert "王师傅" not in text


def test_the_keys_of_the_keyboard_are_four() -> None:
    drawing = draw("menu.keyboard", {})
    assert drawing.keyboard == (("📝 报问题", "📋 我的事"), ("📢 社区动态", "☎ 找人帮忙"))
    assert drawing.placeholder


def test_pictures_are_handed_over() -> None:
    assert draw("case.photos", SAMPLES["case.photos"]).photos == ("file-1", "file-2")


def test_a_voice_is_handed_over_as_a_voice() -> None:
    assert draw("case.file", SAMPLES["case.file"]).file == ("voice", "file-3")


def check_any(words: str) -> None:
    for language in LANGUAGES:
        for kind, facts in EVERYTHING:
            drawing = draw(kind, with_words(json.loads(json.dumps(facts)), words), language)
            assert len(drawing.text) <= 4096
            assert drawing.text or drawing.commands or drawing.asks_for
            text, entities = parse_html(drawing.text)
            assert drawing.text.count("<b>") >= sum(one["type"] == "bold" for one in entities)
            most = 25 if kind in LONG else 10
            assert len(text.split("\n")) <= most
            assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069]", text)
            assert all(len(button.label) <= 40 for button in buttons(drawing))


@pytest.mark.parametrize(
    "words", ["<b>&", "&" * 5000, "</b>", "\u202e\u2067😀\u200f", "字" * 5000, "{x}", "a\n\nb", ""]
)
def test_nasty_words_break_no_card(words: str) -> None:
    check_any(words)


def test_whoever_was_erased_has_a_pseudonym() -> None:
    for language, word in (("zh_CN", "已注销的居民"), ("en", "somebody who has left")):
        taken = {"view": "reporter", "case": {**TAKEN, "handler": ERASED}}
        assert word in shown(draw("case.card", taken, language))
        for kind, facts in EVERYTHING:
            drawing = draw(kind, with_words(json.loads(json.dumps(facts)), ERASED), language)
            said = [shown(drawing), *(one.label for one in buttons(drawing))]
            assert ERASED not in "".join(said), kind


@settings(max_examples=10, deadline=None)
@given(st.text(max_size=5000))
def test_any_words_break_no_card(words: str) -> None:
    check_any(words)


def test_every_view_has_texts_for_every_status() -> None:
    for language in LANGUAGES:
        assert all(has(f"card.reporter.{status}.head", language) for status in Status)
        assert t("status.submitted", language).startswith("🆕")
