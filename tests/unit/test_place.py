"""Places in people's own words: what is understood, what is left to a question, what is hidden."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.place import PlaceParser, PlaceWords, Spoken
from bot.texts import words

_SAID = words()["place"]
_LISTS = (
    "building",
    "unit",
    "floor",
    "door",
    "counted",
    "loose",
    "counters",
    "joiners",
    "parts",
    "many",
    "near_door",
    "leads",
    "ends",
    "events",
)
PARSER = PlaceParser(
    PlaceWords(
        digits=_SAID["digits"],
        before=_SAID["before"],
        **{name: tuple(_SAID[name]) for name in _LISTS},
    )
)

# What is written: building, unit, floor, door; a dash for what is not said.
UNDERSTOOD = """
3号楼                         3  -  -  -
三号楼                        3  -  -  -
03号楼                        3  -  -  -
\uff13号楼                    3  -  -  -
十二号楼                      12 -  -  -
二十三号楼                    23 -  -  -
一百二十号楼                  120 - -  -
一百零三号楼                  103 - -  -
3号楼门口的灯坏了             3  -  -  -
我住3号楼                     3  -  -  -
5号楼前面有人乱停车           5  -  -  -
A座                           A  -  -  -
b栋电梯坏了                   B  -  -  -
A3号楼                        A3 -  -  -
3#                            3  -  -  -
\uff13\uff03楼                3  -  -  -
3#楼水管爆了                  3  -  -  -
3栋                           3  -  -  -
三栋                          3  -  -  -
3栋没水了                     3  -  -  -
3栋楼下垃圾没人收             3  -  -  -
3幢垃圾没人收                 3  -  -  -
12座楼道灯不亮                12 -  -  -
3号楼2单元                    3  2  -  -
三号楼二单元                  3  2  -  -
3号楼二单元                   3  2  -  -
3号楼,2单元                  3  2  -  -
3号楼\uff0c2单元              3  2  -  -
3_号_楼_2_单_元               3  2  -  -
3号楼-2单元                   3  2  -  -
3#2单元                       3  2  -  -
3栋2单元                      3  2  -  -
三栋二单元                    3  2  -  -
三幢两单元                    3  2  -  -
3号2单元                      3  2  -  -
3号楼2门洞                    3  2  -  -
3-2_灯不亮                    3  2  -  -
3-2                           3  2  -  -
3\u20142                      3  2  -  -
\uff13\uff0d\uff12            3  2  -  -
3-2,灯不亮                    3  2  -  -
3号楼2单元5楼                 3  2  5  -
三栋二单元5楼                 3  2  5  -
三栋二单元五楼                3  2  5  -
3号楼2单元十二层              3  2  12 -
3号楼5楼                      3  -  5  -
3号楼2单元6层601              3  2  6  601
3号楼2单元502                 3  2  -  502
3号楼2单元502室               3  2  -  502
3号楼2单元502房漏水           3  2  -  502
3号楼2单元502灯坏了           3  2  -  502
3号楼2单元1203                3  2  -  1203
3号楼2单元五零二              3  2  -  502
三号楼二单元五〇二室          3  2  -  502
3号楼502                      3  -  -  502
3号楼502室没水                3  -  -  502
3#502                         3  -  -  502
3号502室                      3  -  -  502
3栋502                        3  -  -  502
三栋502室                     3  -  -  502
3号楼2-502                    3  2  -  502
3#-2-502                      3  2  -  502
3-2-502                       3  2  -  502
3-2-502室漏水                 3  2  -  502
我家3-2-502暖气不热           3  2  -  502
3\u20142\u2014502             3  2  -  502
3号楼2单元,水管漏了           3  2  -  -
3号楼停水,整个3号楼都没有     3  -  -  -
3号楼吵,就是3号楼2单元502     3  2  -  502
3号楼1单元和3号楼2单元都停电  3  -  -  -
3号楼2单元等了500元           3  2  -  -
3号楼2026年修过               3  -  -  -
"""
UNSURE = """
灯坏了
3楼灯不亮了
5楼502
2单元电梯停了不动
502漏水
等了2-3天没人来
来了2-3次
8-10点有人吵
下午3-5点停水
2-3楼都没灯
2-3号楼都停水
2、3号楼都停水
二、三号楼都停水
2和3号楼之间
3号楼和5号楼都停水
3-2和5-1都没电
两栋楼之间
三栋楼都没水
有两栋没灯
门口有一座垃圾山
一座桥
那一幢
3栋楼都停水
11月3号晚上很吵
3号晚上很吵
我3号报的,1000多人看到
今天是23号
2026-11-23
电话010-5550-1234
13800138000
3.5号楼
第1127号
比分3-2赢了
3-2-5
x-3-2-502
号楼
单元
一二三四五六
"""


def table(text: str) -> list[list[str]]:
    return [line.split() for line in text.strip().splitlines()]


def written(text: str) -> str:
    return text.replace("_", " ")


@pytest.mark.parametrize("row", table(UNDERSTOOD), ids=lambda row: row[0])
def test_a_place_is_understood(row: list[str]) -> None:
    said, building, *others = row
    parts = [None if part == "-" else part for part in others]
    assert PARSER.find(written(said)) == Spoken(building, *parts)


@pytest.mark.parametrize("said", [row[0] for row in table(UNSURE)])
def test_nothing_is_guessed_when_it_is_not_sure(said: str) -> None:
    assert PARSER.find(written(said)) is None


@pytest.mark.parametrize(
    "said", ["99号楼", "3号楼和5号楼", "5、6号楼", "九号楼9单元", "building 99"]
)
def test_a_building_is_named_though_it_is_not_sure_which(said: str) -> None:
    assert PARSER.names_building(f"{said}的灯")


@pytest.mark.parametrize("said", ["3楼灯不亮", "两栋楼之间", "11号来人", "晚上 8-10 很吵", "楼上"])
def test_no_building_is_named(said: str) -> None:
    assert not PARSER.names_building(said)


def test_the_tables_are_long_enough() -> None:
    assert len({row[0] for row in table(UNDERSTOOD)}) >= 60
    assert len({row[0] for row in table(UNSURE)}) >= 30


@pytest.mark.parametrize("row", [row for row in table(UNDERSTOOD) if row[4] != "-"])
def test_a_door_is_hidden_however_it_is_written(row: list[str]) -> None:
    said, building, unit, _, door = row
    hidden = PARSER.without_door(written(said))
    assert door not in hidden
    assert "五零二" not in hidden
    assert "五〇二" not in hidden
    shown = PARSER.find(hidden)
    assert shown is None or (shown.building, shown.unit or unit) == (building, unit)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("3号楼2单元502室漏水", "3号楼2单元漏水"),
        ("3号楼2单元6层601有人吵", "3号楼2单元6层有人吵"),
        ("3-2-502灯坏了", "3-2灯坏了"),
        ("楼上502室半夜吵", "楼上半夜吵"),
        ("\uff13号楼\uff15\uff10\uff12室", "\uff13号楼"),
        ("3号楼502和5号楼601", "3号楼和5号楼"),
        ("换了502门口的灯", "换了门口的灯"),
        ("五零二门外还是不亮", "门外还是不亮"),
        ("3号楼灯坏了,等了300天", "3号楼灯坏了,等了300天"),
        ("3单元502漏水", "3单元漏水"),
        ("三单元 五零二和5楼601", "三单元和5楼"),
        ("2单元停了300天,5楼修了200元", "2单元停了300天,5楼修了200元"),
        ("", ""),
    ],
)
def test_only_the_door_is_taken_out(said: str, shown: str) -> None:
    assert PARSER.without_door(said) == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("502没人在家", "没人在家"),
        ("要等502室的人回来", "要等的人回来"),
        ("敲了五零二,没人应", "敲了,没人应"),
        ("\uff15\uff10\uff12的灯", "的灯"),
        ("和1502是同一件,等了5020天,1.502米", "和1502是同一件,等了5020天,1.502米"),
        ("601也不亮", "601也不亮"),
    ],
)
def test_a_known_door_is_taken_out_wherever_it_stands(said: str, shown: str) -> None:
    assert PARSER.without_door(said, "502") == shown


@given(building=st.integers(1, 99), unit=st.integers(1, 30), door=st.integers(100, 3999))
def test_any_home_in_figures_is_understood_and_hidden(building: int, unit: int, door: int) -> None:
    home = Spoken(str(building), str(unit), door=str(door))
    for said in (f"{building}号楼{unit}单元{door}", f"{building}-{unit}-{door}"):
        assert PARSER.find(said) == home
        assert PARSER.find(PARSER.without_door(said)) == Spoken(str(building), str(unit))


@given(
    st.text(
        st.sampled_from("0123456789\uff13零一二两三十百号楼栋单元层室房座幢#-—,、和天 A灯"),
        max_size=30,
    )
)
def test_whatever_is_written_has_an_answer(said: str) -> None:
    PARSER.find(said)
    hidden = PARSER.without_door(said)
    assert len(hidden) <= len(said)


@pytest.mark.parametrize(
    "said", ["电梯口", "在电梯里", "就在垃圾房旁边。", "大树下面", "快递柜那儿"]
)
def test_words_that_only_say_where(said: str) -> None:
    assert PARSER.is_where(said)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "在",
        "电梯停了不动",
        "电梯坏在里面",
        "垃圾堆在楼道里",
        "门口有狗在里面",
        "路灯",
        "从昨天晚上开始就一直在楼下",
    ],
)
def test_words_that_say_what_is_wrong_are_no_place(said: str) -> None:
    assert not PARSER.is_where(said)


@pytest.mark.parametrize(
    ("said", "more"),
    [
        ("3号楼2单元", False),
        ("在三号楼二单元5楼那里", False),
        ("3-2-502", False),
        ("building 3, unit 2", False),
        ("3号楼2单元,昨天开始的", True),
        ("3-2 灯坏了", True),
    ],
)
def test_what_is_said_beside_a_place_counts(said: str, *, more: bool) -> None:
    assert PARSER.says_more(said) is more
