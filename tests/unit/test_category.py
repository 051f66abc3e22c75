"""Guessing a category: from the words alone, and silent when it is not sure."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.category import guess
from bot.sandbox import guest
from bot.services.organisation_file import read_organisation

TABLE = {
    "lighting": {"light": 2.0, "dark": 1.0},
    "lift": {"lift": 4.0},
    "noise": {"loud": 3.0},
    "other": {},
}


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("the light", "lighting"),
        ("light and dark", "lighting"),  # 3 against nothing
        ("light in the lift", "lift"),  # 4 >= 1.5 * 2
        ("light, dark, in the lift", None),  # 4 < 1.5 * 3
        ("loud and dark", "noise"),  # 3 >= 1.5 * 1
        ("loud, light", "noise"),  # 3 >= 1.5 * 2, exactly
        ("loud, lift", None),  # 4 < 1.5 * 3
        ("", None),
        ("nothing of the kind", None),
        ("light light light", "lighting"),  # a keyword counts once
    ],
)
def test_a_guess_is_made_only_when_one_is_clearly_ahead(words: str, category: str | None) -> None:
    assert guess(words, TABLE) == category


def test_without_categories_nothing_is_guessed() -> None:
    assert guess("light", {}) is None
    assert guess("light", {"lighting": {"light": 1.0}}) == "lighting"


weights = st.dictionaries(st.sampled_from("abcdef"), st.floats(0.5, 5), max_size=4)


@given(
    st.text("abcdefg", max_size=8), st.dictionaries(st.sampled_from("uvwxyz"), weights, max_size=6)
)
def test_whatever_is_guessed_is_half_as_good_again_as_the_next(
    words: str, table: dict[str, dict[str, float]]
) -> None:
    scores = {
        code: sum(weight for keyword, weight in held.items() if keyword in words)
        for code, held in table.items()
    }
    found = guess(words, table)
    ranked = sorted(scores.values(), reverse=True)
    clear = bool(ranked) and ranked[0] > 0 and ranked[0] >= 1.5 * [*ranked, 0.0][1]
    assert (found is not None) is clear
    if found is not None:
        assert scores[found] == ranked[0]
        assert found == guess(words, dict(reversed(table.items())))


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("3号楼2单元楼道灯不亮", "lighting"),
        ("声控灯坏了,晚上很黑", "lighting"),
        ("厨房水管漏水", "utilities"),
        ("又停电了", "utilities"),
        ("垃圾桶满了,很臭", "sanitation"),
        ("电梯停在5楼不动", "lift"),
        ("楼下广场舞太吵", "noise"),
        ("有车乱停挡住出口", "parking"),
        ("草坪没人修剪", "greening"),
        ("遛狗不牵绳", "pets"),
        ("灭火器过期了", "fire_safety"),
        ("门禁刷卡没反应", "access"),
        ("外墙瓷砖掉下来了", "building"),
        ("想请人调解邻里纠纷", "neighbours"),
        ("物业费涨价不合理", "service"),
        ("独居老人需要买菜", "care"),
        ("建议多放几张长椅", "suggestion"),
        ("你好", None),
        ("坏了", None),
        ("请尽快处理,谢谢", None),
    ],
)
def test_the_example_understands_plain_sentences(words: str, category: str | None) -> None:
    held = read_organisation(Path(guest.EXAMPLE)).categories
    assert guess(words, {one.code: one.keywords for one in held}) == category
