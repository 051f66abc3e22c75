"""A file of a whole street: rows find their community, and every planted fault is named."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.guest import EXAMPLE
from bot.services.organisation_columns import Titles
from bot.services.organisation_file import OrganisationFault, Source, check_source
from bot.services.organisation_sheet import read_workbook
from bot.services.organisation_template import write_workbook
from bot.texts import sheets

Document = dict[str, Any]
TITLES = Titles(**sheets())


def street() -> Document:
    """Return two communities: the example, and a small one beside it."""
    whole = tomllib.loads(EXAMPLE.read_text("utf-8"))
    del whole["series"]  # meetings stand in TOML only
    first = whole.pop("community")
    whole["communities"] = [first, {**first, "code": "hehe", "name": "和合社区", "on_duty": []}]
    for table in (
        *("estates", "grids", "buildings", "homes", "spots", "companies", "committees"),
        *("groups", "teams", "people", "seats"),
    ):
        whole[table] = [{"community": "xingfuli", **row} for row in whole[table]]
    whole["routes"] = [{"community": "xingfuli", **row} for row in whole["routes"]]
    whole["estates"].append({"community": "hehe", "code": "east", "name": "和合园"})
    whole["buildings"].append(
        {"community": "hehe", "code": "1", "estate": "east", "name": "1号楼", "units": 2}
    )
    whole["homes"].append({"community": "hehe", "building": "1", "unit": 2, "number": "302"})
    return whole


def test_each_community_gets_its_rows_and_what_counts_for_all() -> None:
    first, second = check_source(Source("street.toml", street()))
    assert [one.community.name for one in (first, second)] == ["幸福里社区", "和合社区"]
    assert len(first.buildings) == 8
    assert [one.name for one in second.buildings] == ["1号楼"]
    assert [one.key for one in second.homes] == [("1", 2, "302")]
    assert [*second.people, *second.routes, *second.teams] == []
    assert len(first.categories) == len(second.categories) == 16


def test_the_street_gives_its_name_and_number_to_whoever_has_none() -> None:
    given = street()
    given["street"] = {"name": "和平街道", "phone": "010-5550 0001"}
    del given["communities"][1]["street"], given["communities"][1]["phone"]
    first, second = check_source(Source("street.toml", given))
    assert (second.community.street, second.community.phone) == ("和平街道", "010-5550 0001")
    assert first.community.phone == "010-5550 1234"


def test_a_workbook_says_the_same_as_the_file_it_was_written_from(tmp_path: Path) -> None:
    given = street()
    file = tmp_path / "street.xlsx"
    write_workbook(file, given, TITLES)
    assert check_source(read_workbook(file, TITLES)) == check_source(Source("", given))


def _set(table: str, row: int, field: str, value: Any) -> Callable[[Document], None]:
    def harm(given: Document) -> None:
        given[table][row][field] = value

    return harm


def _add(table: str, **row: Any) -> Callable[[Document], None]:
    def harm(given: Document) -> None:
        given[table].append({"community": "xingfuli", **row})

    return harm


PLANTED: tuple[tuple[Callable[[Document], None], str], ...] = (
    (_set("communities", 1, "time_zone", "Asia/Nowhere"), "社区 row 3, 时区"),
    (_set("communities", 0, "phone", "1"), "社区 row 2, 电话"),
    (_add("estates", code="east", name="又一个"), "小区 row 5: code 'east' stands twice"),
    (_set("estates", 1, "name", "长" * 21), "小区 row 3, 名称"),
    (_set("estates", 2, "community", "nowhere"), "小区 row 4, 社区代码: there is no community"),
    (_set("grids", 0, "estates", ["north"]), "网格 row 2, 小区代码(可多个): there is no estate"),
    (_add("grids", code="g3", name="空网格"), "网格 row 4: estates or buildings are missing"),
    (_set("buildings", 1, "units", -1), "楼栋 row 3, 单元数"),
    (_set("buildings", 2, "estate", "south"), "楼栋 row 4, 小区代码: there is no estate"),
    (_set("buildings", 3, "floors", "many"), "楼栋 row 5, 层数"),
    (_set("buildings", 4, "name", "长" * 17), "楼栋 row 6, 名称"),
    (_set("homes", 0, "building", "99"), "户 row 2, 楼栋代码: there is no building '99'"),
    (_set("homes", 1, "unit", 9), "户 row 3, 单元: building '3' has 3 units"),
    (_set("homes", 2, "area", -5), "户 row 4, 面积(平方米)"),
    (_add("homes", building="3", unit=2, number="30 2"), "户 row 6, 门牌"),
    (_set("spots", 0, "estate", "north"), "公共点位 row 2, 小区代码: there is no estate"),
    (_add("spots", code="3", estate="east", name="重名"), "公共点位 row 7: code '3' stands twice"),
    (_set("companies", 0, "estates", ["up"]), "物业公司 row 2, 小区代码(可多个): there is no"),
    (_set("committees", 0, "estate", "up"), "业委会 row 2, 小区代码: there is no estate"),
    (_set("groups", 0, "kind", "cooking"), "自治小组 row 2, 类型"),
    (_set("teams", 1, "buildings", ["77"]), "班组 row 3, 楼栋代码(可多个): there is no building"),
    (_set("people", 0, "telegram_id", "阿姨"), "工作人员 row 2, Telegram编号"),
    (_set("people", 4, "home", "3-9"), "工作人员 row 6, 住在: there is no home '3-9'"),
    (_set("people", 5, "teams", ["night"]), "工作人员 row 7, 班组代码: there is no team"),
    (_set("people", 6, "roles", ["king"]), "工作人员 row 8, 身份"),
    (_set("categories", 3, "kind", "soon"), "类别 row 5, 类型"),
    (_set("categories", 4, "keywords", {"灯": -1}), "类别 row 6, 关键词"),
    (_set("clocks", 1, "claim", "soon"), "时限 row 3, 接单"),
    (_set("routes", 0, "to", "team:nobody"), "谁负责 row 2, 交给: there is no team 'nobody'"),
    (_set("emergencies", 1, "phone", None), "急救电话 row 3, 电话"),
)


def test_a_workbook_with_thirty_planted_faults_names_all_thirty(tmp_path: Path) -> None:
    assert len(PLANTED) == 30
    given = street()
    for harm, _ in PLANTED:
        harm(given)
    file = tmp_path / "street.xlsx"
    write_workbook(file, given, TITLES)
    with pytest.raises(OrganisationFault) as fault:
        check_source(read_workbook(file, TITLES))
    named = str(fault.value).splitlines()
    for _, sentence in PLANTED:
        assert any(one.startswith(f"street.xlsx: sheet {sentence}") for one in named), sentence


@pytest.mark.parametrize(("harm", "sentence"), PLANTED)
def test_each_planted_fault_alone_is_one_sentence(
    tmp_path: Path, harm: Callable[[Document], None], sentence: str
) -> None:
    given = street()
    harm(given)
    file = tmp_path / "street.xlsx"
    write_workbook(file, given, TITLES)
    with pytest.raises(OrganisationFault) as fault:
        check_source(read_workbook(file, TITLES))
    assert any(
        one.startswith(f"street.xlsx: sheet {sentence}") for one in str(fault.value).splitlines()
    )


IN_SHEETS_OF_RULES: tuple[tuple[Callable[[Document], None], str], ...] = (
    (_set("spots", 0, "kind", "pond"), "公共点位 row 2, 类型"),
    (_set("templates", 0, "use", "sing"), "现成的话 row 2, 用在"),
    (_set("templates", 1, "text", {"zh_CN": "只有中文"}), "现成的话 row 3, 英文内容"),
    (_add("templates", code="lamp", use="ask"), "现成的话 row 13: code 'lamp' stands twice"),
    (lambda given: given["quiet"].update(night=["late", "08:00"]), "免打扰 row 2, 夜里"),
    (lambda given: given["flood"].update(updates=0), "发送上限 row 2, 每分钟几条"),
    (lambda given: given["terms"].update(contest="soon"), "往来期限 row 2, 可说没解决"),
    (lambda given: given["callback"].update(check_rate=7), "回访 row 2, 人工回访比例"),
    (lambda given: given["privacy"].update(minimal="perhaps"), "隐私 row 2, 消息里不带门牌电话"),
)


@pytest.mark.parametrize(("harm", "sentence"), IN_SHEETS_OF_RULES)
def test_a_fault_in_the_rules_is_named_by_sheet_and_row(
    tmp_path: Path, harm: Callable[[Document], None], sentence: str
) -> None:
    test_each_planted_fault_alone_is_one_sentence(tmp_path, harm, sentence)


def test_a_second_row_where_one_counts_is_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "street.xlsx"
    given = street()
    write_workbook(file, {**given, "flood": [given["flood"], given["flood"]]}, TITLES)
    with pytest.raises(OrganisationFault, match="sheet 发送上限 row 3: one row is enough"):
        check_source(read_workbook(file, TITLES))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"community": {"code": "x"}}, "communities: several communities are wanted, or one"),
        ({"communities": {}}, "communities: several communities are wanted, or one"),
        ({"communities": [{"code": "a"}, {"code": "a"}]}, "communities no. 2: code 'a' stands"),
        ({"estates": [{"code": "a", "name": "A"}]}, "estates no. 1, community: is missing"),
    ],
)
def test_a_street_that_contradicts_itself_is_refused(change: Document, sentence: str) -> None:
    with pytest.raises(OrganisationFault) as fault:
        check_source(Source("street.toml", {**street(), **change}))
    assert f"street.toml: {sentence}" in str(fault.value)
