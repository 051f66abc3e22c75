"""The texts themselves: both languages alike, short, in the right words, safe for any fact."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.case import Relation, Status
from bot.domain.person import ERASED
from bot.domain.role import Role
from bot.sandbox.entities import parse_html
from bot.texts import _TEXTS, LANGUAGES, Markup, has, label, plain, spoken, t, tidy

CHINESE = re.compile("[\u4e00-\u9fff]")
TELEGRAM_LIMIT, TOAST_LIMIT = 4096, 200
NEVER = (
    *("工单", "SLA", "受理号", "诉求", "已派单", "不予受理", "重办", "追加备注"),
    *("满意度评价", "提案事项", "排班", "处理人", "你"),
)
NASTY = (
    *("<b>&", "</b>", "&amp;", "{words}", "%s", "👨‍👩‍👧‍👦" * 40, "🖼️"),
    *("\u202eabc\u202c\u2067x\u2069\u200f", "a\x00\x1b[0m\r\n\tb\u2028c", "字" * 5000),
    *("<" * 5000, "&" * 5000, "", " ", "\ud83d"),
)

zh, en = (_TEXTS[language] for language in LANGUAGES)


def literal(key: str, language: str) -> str:
    return "".join(f"{before}{{{name}}}" for before, name, _ in _TEXTS[language][key].pieces)


def all_texts() -> list[tuple[str, str]]:
    return [(language, key) for language in LANGUAGES for key in _TEXTS[language]]


def test_both_languages_have_the_same_keys() -> None:
    assert set(zh) == set(en)


def test_both_languages_need_the_same_facts() -> None:
    # A date may be said with more or fewer words; `when` hands over all of them.
    differing = [k for k in zh if zh[k].facts != en[k].facts and not k.startswith("when.")]
    assert differing == []


@pytest.mark.parametrize("word", NEVER)
def test_no_text_uses_the_words_of_an_office(word: str) -> None:
    assert [key for key in zh if word in literal(key, "zh_CN")] == []


def test_english_texts_are_english() -> None:
    chinese = [key for key in en if CHINESE.search(literal(key, "en"))]
    assert chinese == ["board.language"]  # the way back for who reads no English


@pytest.mark.parametrize("key", [key for key in zh if key.startswith("label.")])
def test_a_label_is_short(key: str) -> None:
    assert len(CHINESE.findall(literal(key, "zh_CN"))) <= 8
    assert len(literal(key, "en")) <= 24


@pytest.mark.parametrize("key", [k for k in zh if k.startswith(("toast.", "refusal."))])
def test_a_toast_fits_and_has_no_tags(key: str) -> None:
    for language in LANGUAGES:
        facts = dict.fromkeys(_TEXTS[language][key].facts, "很长的名字" * 40)
        assert len(plain(key, language, **facts)) <= TOAST_LIMIT
        assert "<" not in literal(key, language)


def test_every_status_and_every_party_has_a_name_of_its_own() -> None:
    for language in LANGUAGES:
        for group in ("status", "progress"):
            names = [t(f"{group}.{status}", language) for status in Status]
            assert len(set(names)) == len(Status) == 13
            assert len({name.split(" ")[0] for name in names}) == 13
        assert all(has(f"role.{one.value}", language) for one in (*Role, *Relation))


def test_parties_are_spoken_of_by_name() -> None:
    facts = {"who": ["dispatcher", "supervisor"]}
    assert plain("refusal.not_yours", "zh_CN", **facts) == "这一步要由调度、督办来做。"
    assert spoken(facts, "en") == {"who": "the dispatcher or the supervisor"}


def test_what_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError):
        t("toast.there_is_no_such_text", "zh_CN")
    with pytest.raises(KeyError):
        t("toast.filed", "zh_CN")
    with pytest.raises(KeyError):
        t("draft.dropped", "tlh")
    with pytest.raises(TypeError):
        t("toast.filed", "zh_CN", number=None)


def test_a_fact_is_escaped_and_what_is_drawn_already_is_not() -> None:
    assert t("piece.words", "zh_CN", words="<b>&") == "“&lt;b&gt;&amp;”"
    assert t("piece.words", "zh_CN", words=Markup("<b>x</b>")) == "“<b>x</b>”"
    assert label("tile", "zh_CN", name="<b>&") == "<b>&"


def test_a_toast_loses_the_tags_of_the_text_and_keeps_those_of_a_person() -> None:
    assert plain("menu.emergency", "en", name="<b>", phone="119") == "<b> 119"


@pytest.mark.parametrize(
    ("language", "word"), [("zh_CN", "已注销的居民"), ("en", "somebody who has left")]
)
def test_whoever_was_erased_is_called_so_in_toasts_labels_and_papers_too(
    language: str, word: str
) -> None:
    assert plain("toast.volunteer_agreed", language, name=ERASED).count(word) == 1
    for key, template in _TEXTS[language].items():
        facts = dict.fromkeys(template.facts, f"{ERASED} 17")
        said = [t(key, language, **facts), plain(key, language, **facts)]
        if key.startswith("label."):
            said.append(label(key.removeprefix("label."), language, **facts))
        assert all(ERASED not in one for one in said), key
        assert not facts or any(word in one for one in said), key


def test_a_long_fact_is_cut_with_an_ellipsis_and_never_inside_a_reference() -> None:
    said = t("piece.words", "zh_CN", words="&" * 5000)
    assert said == "“" + "&amp;" * 33 + "…”"
    assert tidy("x" * 60, 60) == "x" * 60
    assert tidy("x" * 61, 60) == "x" * 59 + "…"
    assert tidy("ab👩\u200d👧", 4) == "ab👩…"


def test_what_could_disturb_the_message_is_stripped() -> None:
    assert tidy("a\u202eb\u2066c\u200fd\x00e\x1bf\ud800g", 60) == "abcdefg"
    assert tidy(" one\r\n\ttwo\u2028three ", 60) == "one two three"
    assert tidy("👨‍👩‍👧 إصلاح", 60) == "👨‍👩‍👧 إصلاح"


def check_any(text: str) -> None:
    for language, key in all_texts():
        html = t(key, language, **dict.fromkeys(_TEXTS[language][key].facts, text))
        assert len(html) <= TELEGRAM_LIMIT
        shown, entities = parse_html("x" + html)
        assert {one["type"] for one in entities} <= {
            *("bold", "bot_command", "url", "mention", "hashtag", "phone_number", "email")
        }
        assert html.count("\n") == literal(key, language).count("\n")
        assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)


@pytest.mark.parametrize("text", NASTY)
def test_nasty_words_break_no_text(text: str) -> None:
    check_any(text)


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(), max_size=200))
@example("\u0590\u202e")
def test_any_words_break_no_text(text: str) -> None:
    check_any(text)
