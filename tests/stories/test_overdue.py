"""A case that becomes late, through all five stages; and those of which nobody hears anything."""

from tests.support import plot
from tests.support.town import Neighbour, Town, labels


def given_to_wang(town: Town) -> tuple[plot.Cast, Neighbour, str]:
    """Bring a broken lamp to the property worker; Tuesday 09:10, it is due on Wednesday 09:10."""
    who = plot.cast(town)
    wang = town.person("王师傅")
    number = plot.report(who.li)
    who.desk.presses("👤 派给…")
    (label,) = [one for one in labels(who.desk.news()[-1]) if one.startswith("王师傅")]
    who.desk.presses(label)
    wang.sees(f"您接了 {number}")
    return who, wang, number


def documents(town: Town, who: Neighbour) -> list[str]:
    """Return what stands below the documents that somebody was sent."""
    sent = [one for one in town.calls("sendDocument") if one["status"] == 200]
    mine = [one for one in sent if str(one["parameters"]["chat_id"]) == str(who.id)]
    return [one["parameters"]["caption"] for one in mine]


def test_a_case_becomes_late_in_five_stages_and_each_is_told_once(town: Town) -> None:
    who, wang, number = given_to_wang(town)

    town.wait("PT12H10M")  # 21:20
    half = wang.sees(f"{number} 时间过半了", "明天(周三)09:10 前要办好")
    assert labels(half) == ["🔍 看看"]
    town.restart_bot()
    town.wait("PT11H")  # the time was nearly over at 04:22, which is no hour to ring
    wang.sees(f"{number} 时间快到了", "今天09:10 前要办好")
    assert not who.desk.has(f"{number} 到期了")

    town.wait("PT1H")  # 09:20
    wang.sees(f"{number} 到期了", "请尽快办")
    who.desk.sees(f"{number} 到期了,还没办好", "王师傅")
    who.desk.sees(number, "今天09:10 到期", "刚过期")
    who.desk.sends("/todo")
    assert not [one for one in documents(town, who.zhao) if number in one]

    town.wait("P1D")
    who.zhao.sees(f"{number} 过期 1 天:书面督办", "安居物业党支部:请您过问")
    assert len([one for one in documents(town, who.zhao) if number in one]) == 1
    town.restart_bot()

    town.wait("P6D")
    who.zhao.sees(f"{number} 过期 7 天", "已列入下次恳谈会", "记进安居物业诚信档案")
    town.restart_bot()
    town.wait("P3D")
    for person, piece in (
        (wang, f"{number} 时间过半了"),
        (wang, f"{number} 时间快到了"),
        (wang, f"{number} 到期了"),
        (who.desk, f"{number} 到期了"),
        (who.zhao, f"{number} 过期 7 天"),
    ):
        assert len([one for one in person.shown() if piece in one["text"]]) == 1, piece
    assert len([one for one in documents(town, who.zhao) if number in one]) == 1


def test_six_hours_down_each_nudge_comes_once_and_in_order(town: Town) -> None:
    who, wang, number = given_to_wang(town)
    town.wait("PT20H")  # 05:10; the second nudge waits for the morning
    town.kill_bot()
    town.sandbox.post("/sim/clock", advance="PT6H")
    town.start_bot()

    pieces = [f"{number} {said}" for said in ("时间过半了", "时间快到了", "到期了")]
    shown = [one["text"] for one in wang.shown()]
    told = [next((at for at, text in enumerate(shown) if one in text), -1) for one in pieces]
    assert told == sorted(told)
    assert -1 not in told
    town.restart_bot()
    town.wait("PT1H")
    for piece in pieces:
        assert len(wang.has(piece)) == 1, piece
    assert len(who.desk.has(f"{number} 到期了,还没办好")) == 1


def test_what_is_done_in_time_hears_nothing(town: Town) -> None:
    who, wang, number = given_to_wang(town)
    plot.finish(wang)
    who.li.presses("👍 好了")

    town.wait("P8D")

    for person in (wang, who.desk, who.zhao):
        for piece in ("时间过半", "时间快到", "到期了", "书面督办", "过期"):
            assert not [one for one in person.has(piece) if number in one["text"]]


def test_more_time_moves_what_is_ahead(town: Town) -> None:
    who, wang, number = given_to_wang(town)
    wang.presses("🕐 说个时间")
    wang.presses("⏳ 请调度宽限")
    wang.presses("🔩 等配件")
    wang.presses("五20")
    wang.presses("下午(18:00前)")
    asked = who.desk.sees(f"{number} 王师傅想请您点个头")
    who.desk.presses("✅ 同意", asked)
    who.li.sees(f"{number} 延到 周五(20日)18:00 前", "原因:等配件")

    town.wait("P1D")
    assert not wang.has(f"{number} 时间过半了")
    assert not who.desk.has(f"{number} 到期了")
    town.wait("P1D")
    assert wang.has(f"{number} 时间过半了", "明天(周五)18:00")
    town.wait("P1DT10H")
    assert len(who.desk.has(f"{number} 到期了,还没办好")) == 1


def test_on_hold_nothing_falls_due(town: Town) -> None:
    who, wang, number = given_to_wang(town)
    wang.presses("⏸ 先停一停")
    wang.presses("🔩 等配件")
    wang.presses("五20")

    town.wait("P2DT20H")  # Friday 05:10
    assert not wang.has(f"{number} 时间过半了")
    assert not who.desk.has(f"{number} 到期了")
    town.wait("PT15H30M")
    wang.sees(f"{number} 时间过半了")


def test_a_case_that_waits_is_told_to_the_desk(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li)

    town.wait("PT1H")
    who.desk.sees(f"{number} 还没派出去", "今天11:10 前要有人接")
    town.wait("PT1H")
    who.desk.sees(f"{number} 该派的时间过了")
    assert len(who.desk.has(f"{number} 还没派出去")) == 1

    who.desk.presses("🙋 放给志愿者")
    town.wait("PT16M")
    who.desk.sees(f"{number} 还没有人接")


def test_the_resident_hears_that_somebody_is_still_at_it(town: Town) -> None:
    who, wang, number = given_to_wang(town)
    town.wait("P1D")
    who.li.sees(f"{number} 还在办,没有忘", "王师傅")
    wang.sees(f"{number} 居民有一阵没听到消息了")


def test_who_acts_now_stands_on_the_card_of_what_was_passed_on(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li)
    assert not who.desk.has("现在由")
    who.desk.presses("📄 看全部")
    who.desk.presses("⏫ 转上一级")
    who.desk.presses("⏫ 转过去")
    who.desk.sees(number, "👉 现在由社区接着办")
